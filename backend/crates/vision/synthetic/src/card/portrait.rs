//! The portrait: a face drawn from a seed, or a given picture, printed as cards print it.

use image::RgbImage;
use image::imageops::{self, FilterType};

use super::Card;
use crate::Random;
use crate::canvas::{Canvas, Colour};

/// `grey` as on temporary cards.
pub fn draw(canvas: &mut Canvas, card: &Card, rect: [f32; 4], grey: bool) {
    let mut random = card.random("portrait");
    match &card.portrait {
        Some(picture) => printed(canvas, picture, rect, &mut random),
        None => drawn(canvas, rect, &mut random, card.person.female),
    }
    if grey {
        canvas.grey(rect);
    }
}

fn printed(canvas: &mut Canvas, picture: &RgbImage, [x0, y0, x1, y1]: [f32; 4], random: &mut Random) {
    let mirrored = if random.chance(0.5) { imageops::flip_horizontal(picture) } else { picture.clone() };
    let (width, height) = ((x1 - x0) as u32 * 2, (y1 - y0) as u32 * 2);
    let fitted = imageops::resize(&mirrored, width, height, FilterType::Triangle);
    let (gain, lift) = (random.range(0.85, 1.1), random.range(0.0, 18.0));
    canvas.paint([x0, y0, x1, y1], |x, y| {
        let (px, py) = (((x - x0) * 2.0) as u32, ((y - y0) * 2.0) as u32);
        let pixel = fitted.get_pixel(px.min(width - 1), py.min(height - 1));
        (pixel.0.map(|value| (f32::from(value) * gain + lift).min(255.0) as u8), 0.97)
    });
}

fn drawn(canvas: &mut Canvas, [x0, y0, x1, y1]: [f32; 4], random: &mut Random, female: bool) {
    // The card's own paper shines through where a portrait has no background.
    let (w, h) = (x1 - x0, y1 - y0);
    let at = |fx: f32, fy: f32| (x0 + fx * w, y0 + fy * h);
    let tone = random.range(0.84, 1.06);
    let skin: Colour = [226.0, 186.0, 160.0].map(|value: f32| (value * tone).min(255.0) as u8);
    let dark: Colour = [226.0, 186.0, 160.0].map(|value: f32| (value * tone * 0.84) as u8);
    let hair: Colour = [random.int(20, 60) as u8, random.int(18, 48) as u8, random.int(18, 44) as u8];
    let coat: Colour = [random.int(20, 120) as u8, random.int(20, 110) as u8, random.int(30, 130) as u8];
    let face = (random.range(0.215, 0.25) * w, random.range(0.235, 0.262) * h);
    let (cx, cy) = at(0.5, 0.45);
    if female && random.chance(0.7) {
        canvas.ellipse((cx, cy + 0.06 * h), (face.0 * 1.35, face.1 * 1.5), hair);
    }
    canvas.clip(|canvas| canvas.ellipse(at(0.5, 1.06), (0.48 * w, 0.27 * h), coat), [x0, y0, x1, y1]);
    canvas.rect([cx - 0.1 * w, cy + face.1 * 0.7, cx + 0.1 * w, cy + face.1 * 1.45], dark);
    canvas.ellipse((cx, cy + face.1 * 1.42), (0.1 * w, 0.03 * h), dark);
    canvas.ellipse((cx, cy - face.1 * 0.28), (face.0 * 1.09, face.1 * 0.9), hair);
    for side in [-1.0, 1.0] {
        canvas.ellipse((cx + side * face.0, cy + 0.02 * h), (0.03 * w, 0.05 * h), dark);
    }
    canvas.ellipse((cx, cy), face, skin);
    canvas.ellipse(
        (cx, cy - face.1 * 0.86),
        (face.0 * random.range(0.7, 0.95), face.1 * random.range(0.25, 0.36)),
        hair,
    );
    features(canvas, (cx, cy), face, (skin, hair), random);
}

fn features(
    canvas: &mut Canvas,
    (cx, cy): (f32, f32),
    face: (f32, f32),
    (skin, hair): (Colour, Colour),
    random: &mut Random,
) {
    let apart = face.0 * random.range(0.4, 0.46);
    let eye = (face.0 * random.range(0.15, 0.19), face.1 * random.range(0.05, 0.075));
    let shade = skin.map(|value| (f32::from(value) * 0.8) as u8);
    for side in [-1.0, 1.0] {
        let x = cx + side * apart;
        canvas.ellipse((x, cy - face.1 * 0.24), (eye.0 * 1.35, face.1 * 0.03), hair);
        canvas.ellipse((x, cy - face.1 * 0.05), (eye.0 * 1.25, eye.1 * 1.6), shade);
        canvas.ellipse((x, cy - face.1 * 0.05), eye, [244, 242, 240]);
        canvas.ellipse((x, cy - face.1 * 0.05), (eye.1 * 1.05, eye.1 * 1.05), [30, 22, 20]);
    }
    canvas.ellipse((cx + face.0 * 0.05, cy + face.1 * 0.16), (face.0 * 0.07, face.1 * 0.22), shade);
    canvas.ellipse((cx, cy + face.1 * 0.3), (face.0 * 0.17, face.1 * 0.06), shade);
    let mouth = (face.0 * random.range(0.26, 0.36), face.1 * random.range(0.045, 0.07));
    canvas.ellipse((cx, cy + face.1 * 0.56), mouth, [178, 96, 92]);
    canvas.ellipse((cx, cy + face.1 * 0.56), (mouth.0, mouth.1 * 0.2), [110, 50, 52]);
}
