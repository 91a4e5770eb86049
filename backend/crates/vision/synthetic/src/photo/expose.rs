//! Pixel by pixel: desk, cards, their shadow, a finger, the light.

use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::{Place, Setup};
use crate::Random;
use crate::light::{Finger, Light};
use crate::pose::Projection;
use crate::surface;

/// How round a card's corners are.
const CORNER: f32 = 0.037;

pub fn compose(
    setup: &Setup,
    cards: &[RgbaImage],
    desk: &RgbImage,
    light: &Light,
    finger: Option<&Finger>,
) -> RgbImage {
    let (width, height) = setup.size;
    let unit = 1.0 / width.max(height) as f32;
    let back: Vec<Projection> = setup.cards.iter().map(Projection::inverse).collect();
    RgbImage::from_fn(width, height, |px, py| {
        let (x, y) = (px as f32 + 0.5, py as f32 + 0.5);
        let mut colour = surface::sample(desk, x / 2.0, y / 2.0);
        let mut on_card = None;
        for (at, (back, card)) in back.iter().zip(cards).enumerate() {
            let place = back.apply((x, y));
            let half = card.height() as f32 / card.width() as f32 / 2.0;
            // From the card's outline, which is round at its corners.
            let (dx, dy) = (place.0.abs() - 0.5 + CORNER, place.1.abs() - half + CORNER);
            let off = dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - CORNER;
            if off > 0.06 {
                continue;
            }
            // A card is 0.8 mm thick: the table just beside it is a little darker.
            let shadow = 1.0 - 0.3 * (1.0 - off.max(0.0) / 0.02).clamp(0.0, 1.0);
            colour = colour.map(|value| value * shadow);
            if let Some((print, alpha)) = print(card, place, half) {
                colour = std::array::from_fn(|i| colour[i] + (print[i] - colour[i]) * alpha);
                on_card = Some(place);
            }
            if at == 0
                && let Some((skin, alpha)) = finger.and_then(|finger| finger.at(place))
            {
                colour = std::array::from_fn(|i| colour[i] + (skin[i] - colour[i]) * alpha);
                on_card = None;
            }
        }
        if let Some(finger) = finger
            && let Some(back) = back.first()
            && on_card.is_none()
        {
            // The rest of the finger lies on the table.
            if let Some((skin, alpha)) = finger.at(back.apply((x, y))) {
                colour = std::array::from_fn(|i| colour[i] + (skin[i] - colour[i]) * alpha);
            }
        }
        let place = ((x - width as f32 / 2.0) * unit, (y - height as f32 / 2.0) * unit);
        Rgb(light.fall(colour, place, on_card).map(|value| value.clamp(0.0, 255.0) as u8))
    })
}

/// The card's colour at a place of it, and how much of it is there.
fn print(card: &RgbaImage, (x, y): Place, half: f32) -> Option<([f32; 3], f32)> {
    let width = card.width() as f32;
    let (px, py) = ((x + 0.5) * width - 0.5, (y + half) * width - 0.5);
    if px < 0.0 || py < 0.0 || px > width - 1.001 || py > card.height() as f32 - 1.001 {
        return None;
    }
    let (x0, y0) = (px as u32, py as u32);
    let (fx, fy) = (px - x0 as f32, py - y0 as f32);
    let (x1, y1) = ((x0 + 1).min(card.width() - 1), (y0 + 1).min(card.height() - 1));
    let [a, b, c, d] = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| card.get_pixel(x, y).0.map(f32::from));
    let mixed: [f32; 4] = std::array::from_fn(|i| {
        let top = a[i] + (b[i] - a[i]) * fx;
        top + (c[i] + (d[i] - c[i]) * fx - top) * fy
    });
    (mixed[3] > 1.0).then_some(([mixed[0], mixed[1], mixed[2]], mixed[3] / 255.0))
}

/// What a copier makes of a card: grey, of few tones, with dust.
pub fn copied(card: &RgbaImage, random: &mut Random) -> RgbaImage {
    let (dark, light) = (random.range(60.0, 90.0), random.range(185.0, 215.0));
    let mut copy = card.clone();
    for Rgba([r, g, b, a]) in copy.pixels_mut() {
        let grey = 0.3 * f32::from(*r) + 0.59 * f32::from(*g) + 0.11 * f32::from(*b);
        let toned = ((grey - dark) / (light - dark)).clamp(0.06, 0.99) * 250.0 + 9.0 * random.normal();
        let dust = if random.chance(0.0006) { 70.0 } else { toned };
        let value = dust.clamp(8.0, 250.0) as u8;
        (*r, *g, *b, *a) = (value, value, value, 255);
    }
    copy
}

/// A picture as a screen shows it: of lit stripes, three to a pixel.
pub fn screened(picture: &RgbImage) -> RgbaImage {
    const MOST: u32 = 1600;
    let width = picture.width().min(MOST);
    let height = (picture.height() as f32 * width as f32 / picture.width() as f32) as u32;
    let small = image::imageops::resize(picture, width, height, image::imageops::FilterType::Triangle);
    RgbaImage::from_fn(width, height, |x, y| {
        let Rgb(colour) = *small.get_pixel(x, y);
        let row = if y % 3 == 2 { 0.8 } else { 1.0 };
        let lit: [u8; 3] = std::array::from_fn(|i| {
            let stripe = if x as usize % 3 == i { 1.12 } else { 0.88 };
            (f32::from(colour[i]) * stripe * row).min(255.0) as u8
        });
        Rgba([lit[0], lit[1], lit[2], 255])
    })
}
