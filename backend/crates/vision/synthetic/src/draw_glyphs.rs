//! `draw-glyphs LIST OUT`: the shapes of the characters of a text file, compressed, as `vision` holds them.

use std::path::Path;
use std::{env, error, fs, io, io::Write, process};

use flate2::{Compression, write::ZlibEncoder};
use synthetic_cards::{GLYPHS_FONT, draw_glyphs};

fn main() {
    if let Err(error) = run(&env::args().skip(1).collect::<Vec<_>>()) {
        eprintln!("{error}");
        process::exit(1);
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn error::Error>> {
    let [list, out] = arguments else { return Err("usage: draw-glyphs LIST OUT".into()) };
    let shapes = draw_glyphs(Path::new(GLYPHS_FONT), &fs::read_to_string(list)?)?;
    let mut encoder = ZlibEncoder::new(io::BufWriter::new(fs::File::create(out)?), Compression::best());
    encoder.write_all(&shapes)?;
    encoder.finish()?.flush()?;
    Ok(())
}
