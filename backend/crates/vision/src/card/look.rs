//! What a card's colours say about where the picture comes from.

use image::RgbImage;

use super::{cut::straightened, place::Placement};

/// A copy in black and white has, under whatever light, one colour; a card has blue labels, skin or a red emblem.
pub fn is_photocopy(picture: &RgbImage, card: &Placement) -> bool {
    // So small that noise and the blocks of a JPEG are averaged away.
    let small = straightened(picture, card.corners(), 64, 40);
    let mut tints: Vec<[f32; 2]> = small
        .pixels()
        .filter_map(|pixel| {
            let [r, g, b] = pixel.0.map(|value| f32::from(value) + 1.0);
            // What is white or black by overexposure says nothing.
            (g > 40.0 && g < 250.0).then(|| [(r / g).ln(), (b / g).ln()])
        })
        .collect();
    if tints.len() < 300 {
        return false;
    }
    let mut spread = |at: usize| {
        tints.sort_by(|a, b| a[at].total_cmp(&b[at]));
        let part = |share: f32| tints[((tints.len() - 1) as f32 * share) as usize][at];
        part(0.97) - part(0.03)
    };
    spread(0) + spread(1) < 0.09
}
