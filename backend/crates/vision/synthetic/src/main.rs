//! `synthetic-cards OUT_DIR FROM COUNT [all|odd|even]`: pictures of the cards of these seeds and, in `truth.json`, what
//! they say. Seeds go on from `FROM`; with `odd` or `even` only those are taken.

use std::path::Path;
use std::{env, error, fs, io, process};

use synthetic_cards::{Fonts, write_card};

fn main() {
    if let Err(error) = run(&env::args().skip(1).collect::<Vec<_>>()) {
        eprintln!("{error}");
        process::exit(1);
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn error::Error>> {
    let [folder, from, count, rest @ ..] = arguments else {
        return Err("usage: synthetic-cards OUT_DIR FROM COUNT [all|odd|even]".into());
    };
    let (folder, from, count) = (Path::new(folder), from.parse::<u64>()?, count.parse::<usize>()?);
    let wanted = |seed: &u64| match rest.first().map(String::as_str) {
        Some("odd") => seed % 2 == 1,
        Some("even") => seed % 2 == 0,
        _ => true,
    };
    fs::create_dir_all(folder)?;
    let fonts = Fonts::from_system()?;
    let seeds = (from..).filter(wanted).take(count);
    let truth = seeds.map(|seed| write_card(folder, &fonts, seed)).collect::<io::Result<Vec<_>>>()?;
    fs::write(folder.join("truth.json"), serde_json::to_vec_pretty(&truth)?)?;
    Ok(())
}
