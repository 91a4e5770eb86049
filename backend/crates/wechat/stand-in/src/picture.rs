//! Codes as pictures, both ways.

use image::{ImageEncoder, Luma, codecs::jpeg::JpegEncoder};

/// A JPEG with a code that says this.
pub(crate) fn draw(text: &str, width: u32) -> Option<Vec<u8>> {
    let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
    let picture = code.render::<Luma<u8>>().min_dimensions(width, width).build();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .write_image(&picture, picture.width(), picture.height(), image::ExtendedColorType::L8)
        .ok()?;
    Some(jpeg)
}

/// A page's own drawing of a code.
pub(crate) fn svg(text: &str) -> Option<String> {
    let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
    Some(code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(240, 240).build())
}

/// A photograph's longest side that the search is worth doing at.
const LARGEST: u32 = 1600;

/// What the codes in a picture say.
pub(crate) fn read(picture: &[u8]) -> Option<Vec<String>> {
    let mut reader = image::ImageReader::new(std::io::Cursor::new(picture)).with_guessed_format().ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(12_000);
    limits.max_image_height = Some(12_000);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut picture = reader.decode().ok()?;
    if picture.width().max(picture.height()) > LARGEST {
        picture = picture.thumbnail(LARGEST, LARGEST);
    }
    // A code on a transparent ground would be black on black.
    let gray = on_white(&picture);
    let (width, height) = (gray.width() as usize, gray.height() as usize);
    let pixel = |x: usize, y: usize| gray.as_raw().get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    let grids = prepared.detect_grids();
    Some(grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect())
}

fn on_white(picture: &image::DynamicImage) -> image::GrayImage {
    let picture = picture.to_luma_alpha8();
    image::GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let image::LumaA([gray, alpha]) = *picture.get_pixel(x, y);
        let mixed = (u16::from(gray) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
        Luma([u8::try_from(mixed).unwrap_or(u8::MAX)])
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    #[test]
    fn what_was_drawn_can_be_read() {
        for text in ["http://weixin.qq.com/q/02abc", "项目 实名制"] {
            assert_eq!(read(&draw(text, 430).unwrap()).unwrap(), [text]);
        }
        assert!(svg("a").unwrap().contains("<svg"));
        assert!(read(b"no picture").is_none());
    }
}
