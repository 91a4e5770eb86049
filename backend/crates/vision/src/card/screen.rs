//! Whether a card was photographed from a screen: a screen is made of rows and columns of lights, finer than anything that
//! is printed on a card, and as regular as nothing else in a photograph.

use super::place::Placement;
use crate::{
    Point,
    ocr::{Gray, Projection},
};

/// Tiles are squares of the picture as it was taken: any scaling would take the lights away.
const SIDE: usize = 128;
/// Tiles along each way of the card.
const TILES: usize = 4;
/// Waves to a pixel: what is coarser is print, what is finer noise.
const COARSEST: f32 = 0.14;
const FINEST: f32 = 0.48;
/// By how much a wave has to stand out from others of its length, as a logarithm. Of the made-up cards that no figure is about
/// none comes to more than 6.4; of the photographs of screens that show them more than half come to 6.9 and beyond.
const STANDS_OUT: f32 = 6.6;

pub fn is_screen(picture: &Gray, card: &Placement) -> bool {
    let Some(to_picture) = Projection::onto(1.0, 1.0, card.corners()) else { return false };
    let mut strength = vec![0.0; SIDE * SIDE];
    let mut tiles = 0;
    for at in 0..TILES * TILES {
        let part = |step: usize| 0.15 + 0.7 * step as f32 / (TILES - 1) as f32;
        let middle = to_picture.apply(Point::new(part(at % TILES), part(at / TILES)));
        if let Some(tile) = tile(picture, middle) {
            add_strength(tile, &mut strength);
            tiles += 1;
        }
    }
    tiles > TILES && stands_out(&strength) > STANDS_OUT
}

/// Faded out towards its edges, which would otherwise look like waves.
fn tile(picture: &Gray, middle: Point) -> Option<Vec<Wave>> {
    let corner = |middle: f32, most: usize| {
        let corner = middle - SIDE as f32 / 2.0;
        (corner >= 0.0 && corner + SIDE as f32 <= most as f32).then_some(corner as usize)
    };
    let (left, top) = (corner(middle.x, picture.width)?, corner(middle.y, picture.height)?);
    let rows = (0..SIDE).map(|y| &picture.row(top + y)[left..left + SIDE]);
    let mean = rows.clone().flatten().map(|value| f32::from(*value)).sum::<f32>() / (SIDE * SIDE) as f32;
    let fade = |at: usize| 0.5 - 0.5 * (std::f32::consts::TAU * at as f32 / (SIDE - 1) as f32).cos();
    let faded = rows.enumerate().flat_map(|(y, row)| {
        row.iter().enumerate().map(move |(x, value)| Wave((f32::from(*value) - mean) * fade(x) * fade(y), 0.0))
    });
    Some(faded.collect())
}

/// How strong each wave is in the tile, as a part of them all.
fn add_strength(mut tile: Vec<Wave>, strength: &mut [f32]) {
    for _ in 0..2 {
        tile.chunks_exact_mut(SIDE).for_each(transform);
        tile = (0..SIDE * SIDE).map(|at| tile[at % SIDE * SIDE + at / SIDE]).collect();
    }
    let squares = tile.iter().map(|Wave(a, b)| a * a + b * b);
    let whole: f32 = squares.clone().sum();
    strength.iter_mut().zip(squares).for_each(|(sum, square)| *sum += square / whole.max(1e-3));
}

/// Of all waves in question the one that is furthest above the usual one of its length.
fn stands_out(strength: &[f32]) -> f32 {
    let signed = |at: usize| if at < SIDE / 2 { at as f32 } else { at as f32 - SIDE as f32 };
    let length = |at: usize| signed(at % SIDE).hypot(signed(at / SIDE));
    let mut rings: Vec<Vec<f32>> = vec![Vec::new(); SIDE];
    for (at, strength) in strength.iter().enumerate() {
        rings[length(at) as usize].push((strength + 1e-12).ln());
    }
    let usual: Vec<f32> = rings
        .into_iter()
        .map(|mut ring| {
            ring.sort_by(f32::total_cmp);
            ring.get(ring.len() / 2).copied().unwrap_or(0.0)
        })
        .collect();
    let fine = |at: &usize| (COARSEST..FINEST).contains(&(length(*at) / SIDE as f32)) && !is_of_blocks(*at);
    let above = |at: usize| (strength[at] + 1e-12).ln() - usual[length(at) as usize];
    (0..SIDE * SIDE).filter(fine).map(above).fold(f32::MIN, f32::max)
}

/// JPEG knows pictures by blocks of eight, which are waves too: along one way and all that go into eight.
fn is_of_blocks(at: usize) -> bool {
    let near = |at: usize, to: usize, most: usize| at.abs_diff(to).min(SIDE - at.abs_diff(to)) <= most;
    let along = |a: usize, b: usize| near(b, 0, 2) && (1..8).any(|nth| near(a, nth * SIDE / 8, 1));
    along(at % SIDE, at / SIDE) || along(at / SIDE, at % SIDE)
}

/// A complex number.
#[derive(Debug, Clone, Copy, Default)]
struct Wave(f32, f32);

/// The discrete Fourier transform, in place: halves of halves, as Cooley and Tukey do it.
fn transform(row: &mut [Wave]) {
    let bits = row.len().trailing_zeros();
    for at in 0..row.len() {
        let other = at.reverse_bits() >> (usize::BITS - bits);
        if at < other {
            row.swap(at, other);
        }
    }
    let mut half = 1;
    while half < row.len() {
        for nth in 0..half {
            let (sin, cos) = (-std::f32::consts::PI * nth as f32 / half as f32).sin_cos();
            for even in (nth..row.len()).step_by(2 * half) {
                let (Wave(a, b), Wave(c, d)) = (row[even], row[even + half]);
                let (c, d) = (c * cos - d * sin, c * sin + d * cos);
                row[even] = Wave(a + c, b + d);
                row[even + half] = Wave(a - c, b - d);
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::layout::{Layout, upright};

    /// A card that fills a picture whose pixels are said one by one, with a little noise.
    fn shown(light: impl Fn(f32, f32) -> f32) -> bool {
        let (width, height) = (800, 504);
        let mut random = 7_u32;
        let pixels = (0..width * height).map(|at| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (random >> 24) as f32 / 256.0 * 12.0 - 6.0;
            (light((at % width) as f32, (at / width) as f32) + noise).clamp(0.0, 255.0) as u8
        });
        let picture = Gray { width, height, pixels: pixels.collect() };
        let card = upright(0.0, 0.0, width as f32, height as f32);
        let Some(to_picture) = Projection::onto(1000.0, 630.0, card) else { return false };
        is_screen(&picture, &Placement { layout: Layout::Front, to_picture, lines: vec![] })
    }

    #[test]
    fn rows_of_lights_are_a_screen() {
        assert!(shown(|x, y| 180.0 + 12.0 * (2.1 * x + 0.2 * y).sin()));
        assert!(shown(|x, y| 180.0 + 12.0 * (1.7 * y - 0.1 * x).sin()));
    }

    #[test]
    fn print_shade_and_noise_are_none() {
        assert!(!shown(|x, y| 120.0 + 0.1 * x + 0.05 * y));
        // Fine lines behind the print, a dozen pixels apart.
        assert!(!shown(|x, y| 180.0 + 20.0 * (0.5 * x + 3.0 * (0.02 * y).sin()).sin()));
    }

    #[test]
    fn the_blocks_of_a_jpeg_are_none() {
        assert!(!shown(|x, y| 180.0
            + 8.0 * f32::from(u8::from(x % 8.0 < 1.0))
            + 8.0 * f32::from(u8::from(y % 8.0 < 1.0))));
    }
}
