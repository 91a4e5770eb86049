//! Faces of people who do not exist: drawn, not photographed.

use image::{
    Rgb, RgbImage,
    imageops::{self, FilterType},
};

use crate::encode;

const WIDTH: u32 = 180;
const HEIGHT: u32 = 240;
const QUALITY: u8 = 85;

const SKIN: [[u8; 3]; 4] = [[244, 214, 186], [232, 190, 158], [214, 168, 132], [196, 148, 112]];
const HELMETS: [[u8; 3]; 5] = [[250, 204, 40], [226, 74, 58], [52, 120, 214], [245, 245, 240], [240, 140, 40]];
const COATS: [[u8; 3]; 4] = [[60, 84, 120], [88, 96, 90], [120, 72, 56], [48, 104, 96]];
const WALLS: [[u8; 3]; 4] = [[222, 232, 240], [236, 232, 222], [226, 238, 228], [238, 230, 236]];

/// A shape of one colour; of those that cover a point the last is seen.
struct Shape {
    colour: [u8; 3],
    centre: (f32, f32),
    radius: (f32, f32),
    /// Only what lies above this line.
    above: f32,
}

/// The JPEG of a face in a safety helmet. The same seed gives the same face.
pub fn portrait(seed: u64) -> Vec<u8> {
    let shapes = shapes(seed);
    let wall = pick(&WALLS, seed / 5);
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let point = (x as f32, y as f32);
        Rgb(shapes.iter().rev().find(|shape| shape.covers(point)).map_or(wall, |shape| shape.colour))
    });
    jpeg(&picture)
}

/// A card without a word on it: nobody takes it for one. On its front is a portrait.
pub fn blank_card(portrait: Option<&[u8]>) -> Vec<u8> {
    let mut card = RgbImage::from_pixel(640, 404, Rgb([222, 236, 242]));
    for (x, y, pixel) in card.enumerate_pixels_mut() {
        if (x * 3 + y * 7) % 41 < 3 {
            *pixel = Rgb([206, 226, 236]);
        }
    }
    if let Some(portrait) = portrait.and_then(|jpeg| image::load_from_memory(jpeg).ok()) {
        let portrait = portrait.resize(190, 240, FilterType::Triangle);
        imageops::overlay(&mut card, &portrait.into_rgb8(), 410, 70);
    }
    jpeg(&card)
}

/// What was drawn is small and has pixels: there is nothing in it that could not be encoded.
fn jpeg(picture: &RgbImage) -> Vec<u8> {
    encode(picture, QUALITY).unwrap_or_default()
}

/// A photo of a punch with this many bytes: the picture, and a comment that makes it as long as wanted.
pub fn padded(picture: &[u8], bytes: usize) -> Vec<u8> {
    const START: usize = 2;
    const SEGMENT: usize = 60_000;
    let mut out = picture[..START.min(picture.len())].to_vec();
    let mut missing = bytes.saturating_sub(picture.len());
    while missing > 4 {
        let length = (missing - 2).min(SEGMENT);
        out.extend([0xff, 0xfe]);
        out.extend(u16::try_from(length).unwrap_or(2).to_be_bytes());
        out.extend((2..length).map(|at| (at * 31 % 251) as u8));
        missing -= length + 2;
    }
    out.extend(&picture[START.min(picture.len())..]);
    out
}

fn shapes(seed: u64) -> Vec<Shape> {
    let (skin, helmet, coat) = (pick(&SKIN, seed / 2), pick(&HELMETS, seed), pick(&COATS, seed / 3));
    let shadow = skin.map(|channel| channel - channel / 6);
    let wide = 44.0 + (seed % 7) as f32 * 1.6;
    let long = 56.0 + (seed / 7 % 6) as f32 * 1.5;
    let apart = 17.0 + (seed / 11 % 4) as f32;
    let mouth = 9.0 + (seed / 13 % 6) as f32;
    let brow = 128.0 - (seed / 17 % 4) as f32;
    let dark = [44, 38, 36];
    let oval = |colour, centre, radius| Shape { colour, centre, radius, above: HEIGHT as f32 };
    let mut shapes = vec![
        oval(coat, (90.0, 252.0), (84.0, 58.0)),
        oval(shadow, (90.0, 196.0), (20.0, 26.0)),
        oval(shadow, (90.0 - wide, 140.0), (7.0, 12.0)),
        oval(shadow, (90.0 + wide, 140.0), (7.0, 12.0)),
        oval(dark, (90.0, 118.0), (wide + 3.0, long)),
        oval(skin, (90.0, 138.0), (wide, long)),
    ];
    for side in [-1.0, 1.0] {
        let x = 90.0 + side * apart;
        shapes.push(oval(dark, (x, brow), (10.0, 2.2)));
        shapes.push(oval([250, 250, 248], (x, brow + 9.0), (8.0, 4.5)));
        shapes.push(oval(dark, (x, brow + 9.0), (3.4, 3.8)));
    }
    shapes.push(oval(shadow, (90.0, 153.0), (6.0, 8.0)));
    shapes.push(oval([176, 92, 84], (90.0, 173.0), (mouth, 3.2)));
    shapes.push(Shape { colour: helmet, centre: (90.0, 112.0), radius: (wide + 10.0, 58.0), above: 106.0 });
    let brim = helmet.map(|channel| channel - channel / 5);
    shapes.push(oval(brim, (90.0, 106.0), (wide + 18.0, 6.0)));
    shapes
}

impl Shape {
    fn covers(&self, (x, y): (f32, f32)) -> bool {
        let (across, down) = ((x - self.centre.0) / self.radius.0, (y - self.centre.1) / self.radius.1);
        y <= self.above && across * across + down * down <= 1.0
    }
}

fn pick(from: &[[u8; 3]], seed: u64) -> [u8; 3] {
    from[usize::try_from(seed).unwrap_or_default() % from.len()]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    #[test]
    fn a_padded_picture_is_as_long_as_wanted_and_still_the_same_picture() {
        let picture = portrait(3);
        let same = image::load_from_memory(&picture).unwrap().to_rgb8();
        for bytes in [10_240, 50_000, 200_000] {
            let padded = padded(&picture, bytes);
            assert!(padded.len().abs_diff(bytes) <= 4, "{}", padded.len());
            assert_eq!(image::load_from_memory(&padded).unwrap().to_rgb8(), same);
        }
        assert_eq!(padded(&picture, 0), picture);
    }

    #[test]
    fn faces_differ() {
        assert_eq!(portrait(1), portrait(1));
        assert_ne!(portrait(1), portrait(2));
    }
}
