//! The picture of a face that terminals get.

use image::RgbImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::{
    mesh::Mesh,
    warp::{Beyond, Similarity, cut},
};
use crate::{Error, Picture, Point};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 640;
/// Between the eyes, so that a head with its hair and shoulders fits.
const EYES: f32 = 120.0;
/// How far down the eyes are.
const EYE_LEVEL: f32 = 0.42;

/// Terminals refuse what is larger.
pub const LARGE: usize = 50_000;
pub const SMALL: usize = 30_000;

/// Upright as the photo is; what the photo does not show goes on as its edge is.
pub fn crop(picture: &Picture, mesh: &Mesh) -> RgbImage {
    let scale = (mesh.eye_distance() / EYES).max(0.05);
    let middle = mesh.between_eyes();
    let shift = Point::new(middle.x - scale * WIDTH as f32 / 2.0, middle.y - scale * HEIGHT as f32 * EYE_LEVEL);
    cut(&picture.pixels, &Similarity { cos: scale, sin: 0.0, shift }, WIDTH, HEIGHT, Beyond::Edge)
}

/// Qualities that are tried; the difference between neighbours cannot be seen.
const BEST: u8 = 92;
const WORST: u8 = 5;

/// The best JPEG that is not larger than `bytes`, or nearly: a quality is tried, and the next guessed from it, because
/// writing a picture takes longer than everything else here.
pub fn jpeg_of_at_most(picture: &RgbImage, bytes: usize, first: u8) -> Result<(Vec<u8>, u8), Error> {
    let (mut low, mut high) = (WORST, BEST + 1);
    let (mut quality, mut best) = (first.clamp(WORST, BEST), None);
    for attempt in 0..6 {
        let written = jpeg(picture, quality)?;
        let share = written.len() as f32 / bytes as f32;
        if share <= 1.0 {
            low = quality;
            best = Some((written, quality));
        } else {
            high = quality;
        }
        // Nearly full is good enough.
        if high - low <= 1 || (0.85..=1.0).contains(&share) {
            break;
        }
        // Pictures that two guesses do not fit are halved in on.
        quality = if attempt < 2 { guess(quality, share).clamp(low + 1, high - 1) } else { low.midpoint(high) };
    }
    match best {
        Some(best) => Ok(best),
        None => Ok((jpeg(picture, WORST)?, WORST)),
    }
}

/// The quality for [`SMALL`], from one that gave so many bytes.
pub fn smaller(quality: u8, bytes: usize) -> u8 {
    guess(quality, bytes as f32 / SMALL as f32)
}

/// Where a picture came out `share` times as large as wanted. Around here the size grows with the inverse of what is
/// lacking to 100; a little less is better than a little too much.
fn guess(quality: u8, share: f32) -> u8 {
    (100.0 - f32::from(100 - quality) * share * 1.03).clamp(f32::from(WORST), f32::from(BEST)) as u8
}

/// Colours at half the resolution. The tables stay the usual ones: optimised ones together with halved colours come out
/// as files that some decoders read as garbage.
pub fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Model(error.to_string());
    let width = u16::try_from(picture.width()).map_err(|error| failed(&error))?;
    let height = u16::try_from(picture.height()).map_err(|error| failed(&error))?;
    let mut bytes = Vec::with_capacity(LARGE);
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).map_err(|error| failed(&error))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use image::Rgb;

    use super::*;

    /// Something between a face and noise: `grain` says how much.
    fn picture(grain: u32) -> RgbImage {
        let mut state = 1u32;
        RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = if grain == 0 { 0 } else { (state >> 16) % grain };
            Rgb([(x / 4 + noise) as u8, (y / 5 + noise) as u8, 90])
        })
    }

    #[test]
    fn whatever_the_picture_it_fits_and_is_read_again_as_it_was() {
        for grain in [0, 8, 40, 100] {
            let picture = picture(grain);
            for most in [LARGE, SMALL] {
                let (written, quality) = jpeg_of_at_most(&picture, most, 86).unwrap();
                assert!(written.len() <= most, "grain {grain}: {} bytes of {most} at {quality}", written.len());
                assert!(quality == BEST || written.len() * 4 > most * 3, "grain {grain}: {} of {most}", written.len());
                let back = image::load_from_memory(&written).unwrap().into_rgb8();
                assert_eq!(back.dimensions(), (WIDTH, HEIGHT));
                let apart: u64 =
                    (back.as_raw().iter().zip(picture.as_raw())).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
                assert!(apart / (back.as_raw().len() as u64) < 30);
            }
        }
    }
}
