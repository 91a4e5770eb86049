//! The figures of reading cards and checking faces: ours beside RapidOCR with the same rules, on the same pictures, one
//! thread each. `scripts/bench.sh` prepares the fonts, the models and the peer.
//!
//! Every part that is measured is a process of its own, so that no memory or time is another's.
//!
//! For finding out what goes wrong, `MINGCE_BENCH_LOOK=FOLDER` reads only the cards of a folder that `synthetic-cards` wrote
//! (of even seeds: the table's are odd) and says of each what was misread or marked.

mod cards;
mod faces;
mod look;
mod ours;
mod peer;
mod process;
mod report;
mod score;
#[path = "../../../../../benches/figures/table.rs"]
#[expect(dead_code, reason = "the other benches use all of it")]
mod table;
mod tell;

use std::path::{Path, PathBuf};

use process::{PART, number, run_part};
use report::{Report, Truth};

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Result<()> {
    match std::env::var(PART).as_deref() {
        Ok(part) => run(part, Path::new(&std::env::args().nth(1).ok_or("a part needs its folder")?)),
        Err(_) => match std::env::var_os("MINGCE_BENCH_LOOK") {
            Some(folder) => look(Path::new(&folder)),
            None => all(),
        },
    }
}

fn look(folder: &Path) -> Result<()> {
    let (read, truth) = (ours::read(folder, 0)?, Truth::read(folder)?);
    look::cards(&read, &truth);
    Ok(())
}

/// A part, in a process of its own.
fn run(part: &str, folder: &Path) -> Result<()> {
    let written = match part {
        "cards" => serde_json::to_vec(&ours::read(folder, number("MINGCE_BENCH_PICTURES", 1000)?)?)?,
        "special" => serde_json::to_vec(&ours::read(folder, 0)?)?,
        "faces" => serde_json::to_vec(&faces::measure(&folder.join("portrait.png"))?)?,
        _ => return Err(format!("there is no part {part}").into()),
    };
    Ok(std::fs::write(folder.join(format!("{part}.json")), written)?)
}

fn all() -> Result<()> {
    // Pictures of a seed are always the same, and so is what the peer makes of them: in a folder that is named they are
    // kept, and taken from there by the next run.
    if let Some(folder) = std::env::var_os("MINGCE_BENCH_FOLDER") {
        return measure(Path::new(&folder));
    }
    let folder = std::env::temp_dir().join(format!("mingce-vision-{}", std::process::id()));
    let outcome = measure(&folder);
    std::fs::remove_dir_all(&folder)?;
    outcome
}

fn measure(folder: &Path) -> Result<()> {
    let count = number("MINGCE_BENCH_CARDS", 200)?;
    let (plain, special) = (folder.join("cards"), folder.join("special"));
    vision::models::fetch(&vision::models::default_dir(), &mut |step| eprintln!("{step}"))?;
    if !plain.join("truth.json").exists() {
        cards::write(&plain, count)?;
    }
    if !special.join("truth.json").exists() {
        cards::write_special_ones(&special, count.div_ceil(10))?;
    }
    let theirs = peer::read(&plain)?;
    run_part("cards", &plain)?;
    let ours = Report::read(&plain.join("cards.json"))?;
    run_part("special", &special)?;
    let truth = Truth::read(&plain)?;
    let faces = match portrait(folder)? {
        Some(()) => {
            run_part("faces", folder)?;
            Some(serde_json::from_slice(&std::fs::read(folder.join("faces.json"))?)?)
        }
        None => None,
    };
    tell::cards(&ours, &theirs, &truth, faces.as_ref());
    tell::special_ones(&Report::read(&special.join("special.json"))?, &Truth::read(&special)?);
    Ok(())
}

/// The portrait the peer's environment brings, where it is looked for.
fn portrait(folder: &Path) -> Result<Option<()>> {
    let Some(found) = std::env::var_os("MINGCE_BENCH_PORTRAIT").map(PathBuf::from) else {
        eprintln!("MINGCE_BENCH_PORTRAIT names no picture: nothing is said about faces");
        return Ok(None);
    };
    std::fs::copy(found, folder.join("portrait.png"))?;
    Ok(Some(()))
}
