//! What a camera does to a picture: blur, shake, noise, and a small file.

use image::{ExtendedColorType, ImageEncoder, RgbImage, codecs::jpeg::JpegEncoder};

use crate::Random;

/// A separable Gaussian; cheap while it is as narrow as lenses make it.
pub fn defocus(picture: &mut RgbImage, sigma: f32) {
    if sigma < 0.25 {
        return;
    }
    let reach = (sigma * 2.6).ceil() as isize;
    let kernel: Vec<f32> = (-reach..=reach).map(|at| (-0.5 * (at as f32 / sigma).powi(2)).exp()).collect();
    let total: f32 = kernel.iter().sum();
    let kernel: Vec<f32> = kernel.into_iter().map(|weight| weight / total).collect();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let raw: &mut [u8] = picture;
    rows(raw, width, height, &kernel);
    columns(raw, width, height, &kernel);
}

fn rows(raw: &mut [u8], width: usize, height: usize, kernel: &[f32]) {
    let reach = kernel.len() / 2;
    let mut padded = vec![0.0f32; (width + 2 * reach) * 3];
    for row in raw.chunks_exact_mut(width * 3).take(height) {
        for (at, value) in padded.iter_mut().enumerate() {
            let x = (at / 3).saturating_sub(reach).min(width - 1);
            *value = f32::from(row[x * 3 + at % 3]);
        }
        for (at, out) in row.iter_mut().enumerate() {
            let sum: f32 = kernel.iter().enumerate().map(|(k, weight)| weight * padded[at + k * 3]).sum();
            *out = (sum + 0.5) as u8;
        }
    }
}

fn columns(raw: &mut [u8], width: usize, height: usize, kernel: &[f32]) {
    let (reach, stride) = (kernel.len() / 2, width * 3);
    let source = raw.to_vec();
    let mut sums = vec![0.0f32; stride];
    for y in 0..height {
        sums.fill(0.5);
        for (k, weight) in kernel.iter().enumerate() {
            let from = (y + k).saturating_sub(reach).min(height - 1) * stride;
            for (sum, value) in sums.iter_mut().zip(&source[from..from + stride]) {
                *sum += weight * f32::from(*value);
            }
        }
        for (out, sum) in raw[y * stride..].iter_mut().zip(&sums) {
            *out = *sum as u8;
        }
    }
}

/// A hand that moved by `(dx, dy)` pixels while the shutter was open.
pub fn shake(picture: &mut RgbImage, (dx, dy): (f32, f32)) {
    let steps = dx.hypot(dy).ceil() as usize;
    if steps < 2 {
        return;
    }
    let (width, height) = (picture.width() as isize, picture.height() as isize);
    let source: Vec<u8> = picture.to_vec();
    let offsets: Vec<(isize, isize)> = (0..steps)
        .map(|step| step as f32 / (steps - 1) as f32 - 0.5)
        .map(|at| ((dx * at).round() as isize, (dy * at).round() as isize))
        .collect();
    let raw: &mut [u8] = picture;
    let mut sums = vec![0u32; width as usize * 3];
    for y in 0..height {
        sums.fill(0);
        for &(ox, oy) in &offsets {
            let line = (y + oy).clamp(0, height - 1) * width;
            for x in 0..width {
                let from = (line + (x + ox).clamp(0, width - 1)) as usize * 3;
                for channel in 0..3 {
                    sums[x as usize * 3 + channel] += u32::from(source[from + channel]);
                }
            }
        }
        let out = &mut raw[(y * width * 3) as usize..((y + 1) * width * 3) as usize];
        for (value, sum) in out.iter_mut().zip(&sums) {
            *value = (sum / steps as u32) as u8;
        }
    }
}

/// Of a small sensor: mostly in brightness, a little in colour, and coarser than a pixel.
pub fn noise(picture: &mut RgbImage, deviation: f32, random: &mut Random) {
    // A table of draws read from a random start on every row: as good to the eye, and twenty times as quick.
    let table: Vec<f32> = (0..8192).map(|_| random.normal() * deviation).collect();
    let width = picture.width() as usize * 3;
    let raw: &mut [u8] = picture;
    for row in raw.chunks_exact_mut(width) {
        let mut at = random.int(0, 8192) as usize;
        for pixel in row.chunks_exact_mut(3) {
            at += 1;
            let grey = table[at % 8192];
            for (channel, value) in pixel.iter_mut().enumerate() {
                let tint = table[(at * 3 + channel * 2731) % 8192];
                *value = (f32::from(*value) + grey + 0.35 * tint).clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// A JPEG file; `orientation` is EXIF's number when the camera wrote one.
pub fn jpeg(picture: &RgbImage, quality: u8, orientation: Option<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    if let Some(orientation) = orientation {
        // Only fails for a block of more than 64 kB.
        encoder.set_exif_metadata(exif(orientation)).unwrap_or_default();
    }
    let written = encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8);
    // Into memory, and of sides JPEG has room for: nothing can fail, and an empty file would be noticed at once.
    written.map_or_else(|_| Vec::new(), |()| bytes)
}

/// A TIFF directory of one entry: 0x0112, a short.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    block
}
