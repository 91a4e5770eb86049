//! `synthetic-cards OUT_DIR FROM COUNT [all|odd|even] [special|PORTRAIT]`: pictures of the cards of these seeds and, in
//! `truth.json`, what they say. Seeds go on from `FROM`; with `odd` or `even` only those are taken. With `special` it is
//! one of each kind of picture that is not simply one side of a card; with a picture's file that is the portrait.

use std::path::Path;
use std::{env, error, fs, io, process};

use synthetic_cards::{Card, Fonts, Special, write_card, write_special};

fn main() {
    if let Err(error) = run(&env::args().skip(1).collect::<Vec<_>>()) {
        eprintln!("{error}");
        process::exit(1);
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn error::Error>> {
    let [folder, from, count, rest @ ..] = arguments else {
        return Err("usage: synthetic-cards OUT_DIR FROM COUNT [all|odd|even] [special|PORTRAIT]".into());
    };
    let (folder, from, count) = (Path::new(folder), from.parse::<u64>()?, count.parse::<usize>()?);
    let wanted = |seed: &u64| match rest.first().map(String::as_str) {
        Some("odd") => !seed.is_multiple_of(2),
        Some("even") => seed.is_multiple_of(2),
        _ => true,
    };
    fs::create_dir_all(folder)?;
    let fonts = Fonts::from_system()?;
    let seeds = (from..).filter(wanted).take(count);
    let last = rest.iter().map(String::as_str).find(|word| !["all", "odd", "even"].contains(word));
    let special = last == Some("special");
    let portrait = match last {
        Some(file) if !special => Some(image::open(file)?.into_rgb8()),
        _ => None,
    };
    let truth = seeds.flat_map(|seed| {
        if special {
            Special::ALL.map(|special| write_special(folder, &fonts, seed, special)).into()
        } else {
            vec![write_card(folder, &fonts, &Card { portrait: portrait.clone(), ..Card::from_seed(seed) })]
        }
    });
    let truth = truth.collect::<io::Result<Vec<_>>>()?;
    fs::write(folder.join("truth.json"), serde_json::to_vec_pretty(&truth)?)?;
    Ok(())
}
