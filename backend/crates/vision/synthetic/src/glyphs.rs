//! The shapes of characters, small: what the reader compares the characters of a name with.
//!
//! They are drawn from a font that no made-up card is printed in, so that figures say how it does with a black face it
//! has not seen.

use std::path::Path;
use std::{fs, io};

use ab_glyph::{Font, FontVec, PxScale, point};

/// Debian's package fonts-droid-fallback; Apache-2.0.
pub const FONT: &str = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf";
/// Pixels of a shape, each way.
pub const SIDE: usize = 24;
/// Ink is told in four steps, two bits a pixel.
const STEPS: f32 = 3.0;
/// Drawn so many times larger, and then averaged.
const FINER: usize = 4;
/// How far below its top a character's square has its base line.
const BASE: f32 = 0.88;

/// Of each character of `list` its pixels row by row, four to a byte, the first in the lowest bits.
pub fn draw_glyphs(font: &Path, list: &str) -> io::Result<Vec<u8>> {
    let font = FontVec::try_from_vec(fs::read(font)?).map_err(io::Error::other)?;
    let shapes = list.chars().filter(|character| !character.is_whitespace()).map(|character| shape(&font, character));
    Ok(shapes.collect::<io::Result<Vec<_>>>()?.concat())
}

fn shape(font: &FontVec, character: char) -> io::Result<Vec<u8>> {
    let fine = SIDE * FINER;
    let missing = || io::Error::other(format!("the font has no {character}"));
    let id = font.glyph_id(character);
    let units = font.units_per_em().ok_or_else(missing)?;
    let scale = PxScale::from(fine as f32 * font.height_unscaled() / units);
    let glyph = id.with_scale_and_position(scale, point(0.0, BASE * fine as f32));
    let outline = (id.0 != 0).then(|| font.outline_glyph(glyph)).flatten().ok_or_else(missing)?;
    let (left, top) = (outline.px_bounds().min.x as i32, outline.px_bounds().min.y as i32);
    let mut ink = vec![0.0_f32; SIDE * SIDE];
    outline.draw(|x, y, cover| {
        let (x, y) = (x as i32 + left, y as i32 + top);
        if (0..fine as i32).contains(&x) && (0..fine as i32).contains(&y) {
            ink[y as usize / FINER * SIDE + x as usize / FINER] += cover / (FINER * FINER) as f32;
        }
    });
    let steps: Vec<u8> = ink.iter().map(|ink| (ink.min(1.0) * STEPS).round() as u8).collect();
    Ok(steps.chunks(4).map(|four| four.iter().rev().fold(0, |byte, step| byte << 2 | step)).collect())
}
