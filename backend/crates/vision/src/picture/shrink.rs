//! Making a picture smaller by a whole number, each pixel the mean of those it stands for.

use image::RgbImage;

/// Sums of a column fit 16 bits up to here.
pub const MOST: u32 = 256;

/// By at most [`MOST`], and no more than leaves a pixel. What is left over at the right and lower edge goes.
pub fn shrink(picture: &RgbImage, by: u32) -> RgbImage {
    let by = by.min(MOST).min(picture.width()).min(picture.height()).max(1);
    let (width, height) = (picture.width() / by, picture.height() / by);
    let (by_across, row_length) = (by as usize, picture.width() as usize * 3);
    let mut result = RgbImage::new(width, height);
    let mut sums = vec![0u16; row_length];
    // A product takes a tenth of a division, of which there would be three a pixel.
    let area = u64::from(by * by);
    let share = (1u64 << 32).div_ceil(area);
    let rows = picture.as_raw().chunks_exact(row_length * by_across);
    for (source, target) in rows.zip(result.chunks_exact_mut(width as usize * 3)) {
        sums.fill(0);
        for row in source.chunks_exact(row_length) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += u16::from(*value);
            }
        }
        for (cell, pixel) in sums.chunks_exact(by_across * 3).zip(target.as_chunks_mut::<3>().0) {
            let mut total = [area as u32 / 2; 3];
            for column in cell.as_chunks::<3>().0 {
                for (total, sum) in total.iter_mut().zip(column) {
                    *total += u32::from(*sum);
                }
            }
            *pixel = total.map(|total| ((u64::from(total) * share) >> 32) as u8);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn a_pixel_is_the_mean_of_those_it_stands_for() {
        let picture = RgbImage::from_fn(7, 5, |x, y| Rgb([(x * 10) as u8, (y * 20) as u8, 255]));
        let small = shrink(&picture, 2);
        assert_eq!(small.dimensions(), (3, 2));
        assert_eq!(small.get_pixel(0, 0).0, [5, 10, 255]);
        assert_eq!(small.get_pixel(2, 1).0, [45, 50, 255]);
        assert_eq!(shrink(&picture, 1), picture);
    }

    #[test]
    fn white_stays_white_however_small() {
        let picture = RgbImage::from_pixel(700, 301, Rgb([255; 3]));
        assert!(shrink(&picture, 256).pixels().all(|pixel| pixel.0 == [255; 3]));
    }
}
