//! One shape: blurred, brought to a common measure, cut out of a strip.

use super::Cell;
use crate::ocr::Gray;

pub const SIDE: usize = 24;
pub const AREA: usize = SIDE * SIDE;
const COARSE: usize = SIDE / 2;
pub const COARSE_AREA: usize = COARSE * COARSE;

/// By a bell curve of this width in pixels, along one way and then the other.
pub fn blurred(shape: &[f32; AREA], width: f32) -> [f32; AREA] {
    let reach = (3.0 * width) as i32 + 1;
    let bell: Vec<f32> = (-reach..=reach).map(|off| (-0.5 * (off as f32 / width).powi(2)).exp()).collect();
    let whole: f32 = bell.iter().sum();
    let along = |shape: &[f32; AREA], step: usize| -> [f32; AREA] {
        std::array::from_fn(|at| {
            let place = (at / step % SIDE) as i32;
            let (first, last) = ((-reach).max(-place), reach.min(SIDE as i32 - 1 - place));
            let sum: f32 = (first..=last)
                .map(|off| bell[(off + reach) as usize] * shape[(at as i32 + off * step as i32) as usize])
                .sum();
            sum / whole
        })
    };
    along(&along(shape, 1), SIDE)
}

/// With a mean of 0 and a length of 1, so that light and contrast do not count.
pub fn normed<const N: usize>(mut shape: [f32; N]) -> [f32; N] {
    let mean = shape.iter().sum::<f32>() / N as f32;
    shape.iter_mut().for_each(|value| *value -= mean);
    let length = shape.iter().map(|value| value * value).sum::<f32>().sqrt();
    shape.iter_mut().for_each(|value| *value /= length.max(1e-3));
    shape
}

/// Half as wide and high, and normed.
pub fn halved(shape: &[f32; AREA]) -> [f32; COARSE_AREA] {
    normed(std::array::from_fn(|at| {
        let corner = at / COARSE * 2 * SIDE + at % COARSE * 2;
        shape[corner] + shape[corner + 1] + shape[corner + SIDE] + shape[corner + SIDE + 1]
    }))
}

/// What stands in a cell, dark as ink, and normed.
pub fn sampled(strip: &Gray, cell: &Cell) -> [f32; AREA] {
    let place = |at: usize, middle: f32, most: usize| {
        let place = middle + ((at as f32 + 0.5) / SIDE as f32 - 0.5) * cell.side - 0.5;
        let place = place.clamp(0.0, most as f32 - 1.001);
        (place as usize, place.fract())
    };
    let columns: [(usize, f32); SIDE] = std::array::from_fn(|x| place(x, cell.middle.x, strip.width));
    let mut shape = [0.0; AREA];
    for (y, row) in shape.chunks_exact_mut(SIDE).enumerate() {
        let (top, down) = place(y, cell.middle.y, strip.height);
        let (upper, lower) = (strip.row(top), strip.row((top + 1).min(strip.height - 1)));
        for (value, (left, right)) in row.iter_mut().zip(columns) {
            let next = (left + 1).min(strip.width - 1);
            let between = |row: &[u8]| f32::from(row[left]) * (1.0 - right) + f32::from(row[next]) * right;
            *value = -(between(upper) * (1.0 - down) + between(lower) * down);
        }
    }
    normed(shape)
}
