//! Photos as face terminals take them: small, upright, and never above fifty thousand bytes.

use image::{RgbImage, imageops::FilterType};

use crate::{Result, encode};

const WIDEST: u32 = 480;
const HIGHEST: u32 = 640;
const LARGEST: usize = 50_000;
/// From what looks like the original down to what a terminal still finds a face in.
const QUALITIES: [u8; 6] = [88, 78, 68, 56, 44, 32];

/// Made smaller where it has to be, and never larger.
pub(crate) fn render(picture: RgbImage) -> Result<Vec<u8>> {
    let mut picture = within(picture, WIDEST, HIGHEST);
    loop {
        for quality in QUALITIES {
            let jpeg = encode(&picture, quality)?;
            if jpeg.len() <= LARGEST {
                return Ok(jpeg);
            }
        }
        // Noise does not compress. Half the pixels and again: a dot fits in any case.
        let (width, height) = (picture.width() * 7 / 10, picture.height() * 7 / 10);
        picture = within(picture, width.max(1), height.max(1));
    }
}

fn within(picture: RgbImage, widest: u32, highest: u32) -> RgbImage {
    if picture.width() <= widest && picture.height() <= highest {
        return picture;
    }
    let picture = image::DynamicImage::from(picture);
    picture.resize(widest, highest, FilterType::CatmullRom).into_rgb8()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use image::Rgb;

    use super::*;

    fn size_of(jpeg: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(jpeg).unwrap();
        (picture.width(), picture.height())
    }

    /// The same on every run, and as hard to compress as anything.
    fn noise(width: u32, height: u32) -> RgbImage {
        let mut state = 1_u32;
        RgbImage::from_fn(width, height, |_, _| {
            Rgb([(); 3].map(|()| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            }))
        })
    }

    #[test]
    fn a_large_photo_is_fitted_in_and_keeps_its_shape() {
        assert_eq!(size_of(&render(RgbImage::new(1200, 1600)).unwrap()), (480, 640));
        assert_eq!(size_of(&render(RgbImage::new(1600, 1200)).unwrap()), (480, 360));
        assert_eq!(size_of(&render(RgbImage::new(100, 2000)).unwrap()), (32, 640));
    }

    #[test]
    fn a_small_photo_stays_as_it_is() {
        assert_eq!(size_of(&render(RgbImage::new(102, 126)).unwrap()), (102, 126));
    }

    #[test]
    fn whatever_is_on_it_it_is_never_too_large() {
        for (width, height) in [(480, 640), (2560, 1920), (640, 480)] {
            let jpeg = render(noise(width, height)).unwrap();
            assert!(jpeg.len() <= LARGEST, "{} bytes", jpeg.len());
            assert!(size_of(&jpeg).0 > 100, "it is still a picture");
        }
    }
}
