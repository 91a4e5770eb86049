//! Checking a face and finding it again, timed. All faces are one public-domain portrait, so nothing is said about
//! accuracy; how far its variants are apart only says how robust the numbers are.

use std::path::Path;

use bytes::Bytes;
use image::imageops::{self, FilterType};
use image::{ExtendedColorType, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};
use serde::{Deserialize, Serialize};
use synthetic_cards::Random;
use vision::{Embedding, Gallery, Vision, distance};

use crate::Result;
use crate::process::cpu_ms;
use crate::score::percentile;

#[derive(Default, Serialize, Deserialize)]
pub struct Faces {
    /// CPU of a check with its 128 numbers, half of the time.
    pub small_ms: f64,
    pub large_ms: f64,
    /// From the plain portrait to its variants: the half, and the farthest.
    pub half: f32,
    pub farthest: f32,
    pub refused: usize,
    pub variants: usize,
    /// For the five nearest of a million, half of the time.
    pub search_ms: f64,
}

pub fn measure(portrait: &Path) -> Result<Faces> {
    let vision = crate::ours::load()?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let portrait = image::open(portrait)?.into_rgb8();
    let mut faces = Faces {
        small_ms: check_ms(&vision, &runtime, &framed(&portrait, 640, 480), 40)?,
        large_ms: check_ms(&vision, &runtime, &framed(&portrait, 4000, 3000), 12)?,
        ..Faces::default()
    };
    robustness(&vision, &runtime, &portrait, &mut faces)?;
    drop(vision);
    faces.search_ms = search_ms(1_000_000);
    Ok(faces)
}

/// In the middle of a picture of this size, over a plain wall.
fn framed(portrait: &RgbImage, width: u32, height: u32) -> RgbImage {
    let fitted = imageops::resize(portrait, height, height, FilterType::CatmullRom);
    let mut picture = RgbImage::from_pixel(width, height, image::Rgb([176, 180, 186]));
    imageops::replace(&mut picture, &fitted, i64::from(width - height) / 2, 0);
    picture
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Bytes> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)?;
    Ok(Bytes::from(bytes))
}

fn check_ms(vision: &Vision, runtime: &tokio::runtime::Runtime, picture: &RgbImage, times: usize) -> Result<f64> {
    let bytes = jpeg(picture, 88)?;
    let mut spent = Vec::new();
    for _ in 0..times + 2 {
        let before = cpu_ms();
        let report = runtime.block_on(vision.check_face(bytes.clone()))?;
        spent.push(cpu_ms() - before);
        if report.embedding.is_none() {
            return Err(format!("no face was found: {:?}", report.issues).into());
        }
    }
    // The first two bring memory and caches in.
    let mut spent = spent.split_off(2);
    spent.sort_by(f64::total_cmp);
    Ok(percentile(&spent, 50))
}

fn robustness(
    vision: &Vision,
    runtime: &tokio::runtime::Runtime,
    portrait: &RgbImage,
    faces: &mut Faces,
) -> Result<()> {
    let embed = |picture: &RgbImage, quality| -> Result<Option<Embedding>> {
        Ok(runtime.block_on(vision.check_face(jpeg(picture, quality)?))?.embedding)
    };
    // Pictures of less than 0.3 megapixels are refused.
    let plain = embed(&imageops::resize(portrait, 768, 768, FilterType::CatmullRom), 92)?
        .ok_or("the plain portrait has no face")?;
    let mut random = Random::new(1, "variants");
    let mut far = Vec::new();
    faces.variants = 60;
    for _ in 0..faces.variants {
        let (picture, quality) = variant(portrait, &mut random);
        match embed(&picture, quality)? {
            Some(embedding) => far.push(distance(&plain, &embedding)),
            None => faces.refused += 1,
        }
    }
    far.sort_by(f32::total_cmp);
    faces.half = far.get(far.len() / 2).copied().unwrap_or(f32::NAN);
    faces.farthest = far.last().copied().unwrap_or(f32::NAN);
    Ok(())
}

/// Smaller, blurred, lit differently, mirrored, saved badly.
fn variant(portrait: &RgbImage, random: &mut Random) -> (RgbImage, u8) {
    let side = random.int(560, 1000);
    let mut picture = imageops::resize(portrait, side, side, FilterType::Triangle);
    if random.chance(0.5) {
        imageops::flip_horizontal_in_place(&mut picture);
    }
    if random.chance(0.5) {
        picture = imageops::fast_blur(&picture, random.range(0.3, 1.6));
    }
    let (gain, lift) = (random.range(0.7, 1.25), random.range(-15.0, 25.0));
    for value in picture.iter_mut() {
        *value = (f32::from(*value) * gain + lift).clamp(0.0, 255.0) as u8;
    }
    (picture, random.int(45, 92) as u8)
}

/// Made-up faces about as far apart as people's are.
fn search_ms(count: usize) -> f64 {
    let mut random = Random::new(2, "gallery");
    let mut made_up = || Embedding::new(std::array::from_fn(|_| 0.12 * random.normal()));
    let mut gallery = Gallery::default();
    for key in 0..count as u64 {
        gallery.push(key, &made_up());
    }
    let mut spent: Vec<f64> = (0..40)
        .map(|_| {
            let face = made_up();
            let before = cpu_ms();
            std::hint::black_box(gallery.nearest(&face, 5, 2.0));
            cpu_ms() - before
        })
        .collect();
    spent.sort_by(f64::total_cmp);
    percentile(&spent, 50)
}
