//! How much of a strip is written on.

use super::fields::Ink;
use crate::ocr::Gray;

/// Columns and rows with ink; `None` when nothing stands out from the ground.
pub fn ink(strip: &Gray) -> Option<Ink> {
    let mut sorted = strip.pixels.clone();
    sorted.sort_unstable();
    let at = |share: f32| f32::from(sorted[((sorted.len() - 1) as f32 * share) as usize]);
    let (dark, ground) = (at(0.02), at(0.7));
    if ground - dark < 35.0 {
        return None;
    }
    let level = (dark + 0.45 * (ground - dark)) as u8;
    // Above and below the line others begin.
    let (top, bottom) = (strip.height / 8, strip.height - strip.height / 8);
    let inked = |x: usize, y: usize| strip.pixels[y * strip.width + x] < level;
    let columns: Vec<bool> = (0..strip.width).map(|x| (top..bottom).filter(|y| inked(x, *y)).count() >= 2).collect();
    let rows: Vec<bool> = (0..strip.height).map(|y| (0..strip.width).filter(|x| inked(*x, y)).count() >= 3).collect();
    let extent = |marks: &[bool]| {
        let first = marks.iter().position(|mark| *mark)?;
        let last = marks.iter().rposition(|mark| *mark)?;
        Some((last + 1 - first) as f32 / strip.height as f32)
    };
    Some(Ink { width: extent(&columns)?, height: extent(&rows)?, strip: strip.width as f32 / strip.height as f32 })
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
        let ink = ink(&strip).unwrap();
        assert!((ink.width - 110.0 / 48.0).abs() < 0.05 && (ink.height - 30.0 / 48.0).abs() < 0.05);
    }

    #[test]
    fn an_empty_strip_has_none() {
        assert_eq!(ink(&Gray::filled(160, 48, 200)), None);
    }
}
