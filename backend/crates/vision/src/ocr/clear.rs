//! Strips made easier to read: darker ink on lighter ground, and edges as they were before the lens softened them.

use super::Gray;

/// How much of what a pixel has over its surroundings is added once more.
const SHARPEN: f32 = 1.2;

/// Ink and ground pulled apart to black and white.
pub fn stretched(strip: &Gray) -> Gray {
    let mut sorted = strip.pixels.clone();
    sorted.sort_unstable();
    let at = |share: f32| f32::from(sorted.get((sorted.len() as f32 * share) as usize).copied().unwrap_or(127));
    let (dark, light) = (at(0.01), at(0.95));
    let gain = 235.0 / (light - dark).max(24.0);
    let pull = |value: &u8| ((f32::from(*value) - dark) * gain + 10.0).clamp(0.0, 255.0) as u8;
    Gray { width: strip.width, height: strip.height, pixels: strip.pixels.iter().map(pull).collect() }
}

/// Softness taken away, then stretched.
pub fn sharpened(strip: &Gray) -> Gray {
    let soft = softened(&softened(strip));
    let pixels = strip.pixels.iter().zip(&soft.pixels).map(|(value, soft)| {
        let (value, soft) = (f32::from(*value), f32::from(*soft));
        (value + SHARPEN * (value - soft)).clamp(0.0, 255.0) as u8
    });
    stretched(&Gray { width: strip.width, height: strip.height, pixels: pixels.collect() })
}

/// The mean of three by three.
fn softened(strip: &Gray) -> Gray {
    let (width, height) = (strip.width, strip.height);
    let mean = |x: usize, y: usize| {
        let mut sum = 0u32;
        let mut count = 0;
        for row in y.saturating_sub(1)..(y + 2).min(height) {
            for value in &strip.row(row)[x.saturating_sub(1)..(x + 2).min(width)] {
                sum += u32::from(*value);
                count += 1;
            }
        }
        (sum / count) as u8
    };
    Gray { width, height, pixels: (0..width * height).map(|at| mean(at % width, at / width)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faint() -> Gray {
        let mut strip = Gray::filled(60, 48, 150);
        for y in 10..38 {
            for x in 20..26 {
                strip.pixels[y * 60 + x] = 110;
            }
        }
        strip
    }

    #[test]
    fn faint_ink_becomes_dark() {
        let strip = stretched(&faint());
        assert!(strip.row(20)[22] < 30 && strip.row(20)[40] > 225, "{:?}", strip.row(20));
    }

    #[test]
    fn sharpening_keeps_the_size_and_the_ink_where_it_is() {
        let strip = sharpened(&softened(&faint()));
        assert_eq!((strip.width, strip.height), (60, 48));
        assert!(strip.row(20)[22] < 60 && strip.row(20)[5] > 200);
    }
}
