//! How much of a strip is written on, and where its characters are.

use super::fields::Ink;
use crate::{
    Point,
    ocr::{Cell, Gray},
};

/// The box around all ink of a strip, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// How much of its square a character's ink takes, as a rule.
const INKED: f32 = 0.95;

impl Extent {
    /// `None` when nothing stands out from the ground.
    pub fn of(strip: &Gray) -> Option<Self> {
        let mut sorted = strip.pixels.clone();
        sorted.sort_unstable();
        let at = |share: f32| f32::from(sorted[((sorted.len() - 1) as f32 * share) as usize]);
        let (dark, ground) = (at(0.02), at(0.7));
        if ground - dark < 35.0 {
            return None;
        }
        let level = (dark + 0.45 * (ground - dark)) as u8;
        // Above and below the line others begin.
        let (above, below) = (strip.height / 8, strip.height - strip.height / 8);
        let inked = |x: usize, y: usize| strip.pixels[y * strip.width + x] < level;
        let column = |x: &usize| (above..below).filter(|y| inked(*x, *y)).count() >= 2;
        let row = |y: &usize| (0..strip.width).filter(|x| inked(*x, *y)).count() >= 3;
        let (mut columns, mut rows) = (0..strip.width, 0..strip.height);
        let (left, right) = (columns.find(column)?, columns.rfind(column).map_or(0, |last| last + 1));
        let (top, bottom) = (rows.find(row)?, rows.rfind(row).map_or(0, |last| last + 1));
        let [left, top, right, bottom] = [left, top, right.max(left + 1), bottom.max(top + 1)].map(|edge| edge as f32);
        Some(Self { left, top, right, bottom })
    }

    /// As parts of the strip's height.
    pub fn ink(&self, strip: &Gray) -> Ink {
        let height = strip.height as f32;
        Ink {
            width: (self.right - self.left) / height,
            height: (self.bottom - self.top) / height,
            strip: strip.width as f32 / height,
        }
    }

    /// Where the `nth` of `count` characters stands: they are square, as high as the ink, and evenly apart.
    pub fn cell(&self, nth: usize, count: usize) -> Cell {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        let y = (self.top + self.bottom) / 2.0;
        if count < 2 {
            return Cell { middle: Point::new((self.left + self.right) / 2.0, y), side: height / INKED };
        }
        let counted = count as f32;
        let side = (height / INKED).clamp(width / (1.2 * counted), width / (counted - 0.1));
        let apart = (width - INKED * side) / (counted - 1.0);
        Cell { middle: Point::new(self.left + INKED / 2.0 * side + apart * nth as f32, y), side }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    #[test]
    fn three_blocks_are_measured_from_the_first_to_the_last() {
        let mut strip = Gray::filled(160, 48, 220);
        for x in (10..40).chain(50..80).chain(90..120) {
            for y in 9..39 {
                strip.pixels[y * 160 + x] = 30;
            }
        }
        let extent = Extent::of(&strip).unwrap();
        let ink = extent.ink(&strip);
        assert!((ink.width - 110.0 / 48.0).abs() < 0.05 && (ink.height - 30.0 / 48.0).abs() < 0.05);
    }

    #[test]
    fn characters_are_as_wide_as_high_and_evenly_apart() {
        let extent = Extent { left: 10.0, top: 9.0, right: 120.0, bottom: 39.0 };
        let cells = [0, 1, 2].map(|nth| extent.cell(nth, 3));
        assert!(cells.iter().all(|cell| cell.middle.y == 24.0 && (cell.side - 30.0 / INKED).abs() < 1.5), "{cells:?}");
        assert!((cells[0].middle.x - 25.0).abs() < 1.0 && (cells[1].middle.x - 65.0).abs() < 1.0);
        assert!((cells[2].middle.x - 105.0).abs() < 1.0);
    }

    #[test]
    fn an_empty_strip_has_none() {
        assert_eq!(Extent::of(&Gray::filled(160, 48, 200)), None);
    }
}
