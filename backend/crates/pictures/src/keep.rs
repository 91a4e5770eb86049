//! Pictures: checked by their header, decoded within limits, turned upright and encoded afresh as JPEG, so that
//! of an upload nothing is kept but its pixels: no position, no camera, no second file behind the first.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};

use crate::{Format, Refused, Result, header, terminal};

/// What is accepted, and what is kept of it.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    pub max_pixels: u64,
    pub max_edge: u32,
    pub quality: u8,
}

/// Decides by the header alone; returns the number of pixels.
pub fn check(format: Format, bytes: &[u8], rules: &Rules) -> Result<u64> {
    let (width, height) = header::dimensions(format, bytes).ok_or(Refused::Broken)?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > rules.max_pixels {
        return Err(Refused::TooManyPixels { limit: rules.max_pixels });
    }
    if format == Format::Jpeg && !header::is_whole_jpeg(bytes) {
        return Err(Refused::Broken);
    }
    Ok(pixels)
}

/// A picture as it is kept.
pub struct Kept {
    pub jpeg: Vec<u8>,
    /// The same for terminals, if it was asked for.
    pub terminal: Option<Vec<u8>>,
}

/// The picture as it is kept. It has been [`check`]ed.
pub fn keep(format: Format, bytes: &[u8], rules: &Rules, for_terminals: bool) -> Result<Kept> {
    let upright = decode(format, bytes, rules).map_err(|_| Refused::Broken)?;
    let picture = on_white(upright);
    let jpeg = encode(&picture, rules.quality)?;
    let terminal = if for_terminals { Some(terminal::render(picture)?) } else { None };
    Ok(Kept { jpeg, terminal })
}

pub fn encode(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
    picture.write_with_encoder(encoder).map_err(|_| Refused::Broken)?;
    Ok(jpeg)
}

fn decode(format: Format, bytes: &[u8], rules: &Rules) -> image::ImageResult<DynamicImage> {
    let format = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    // The deepest pixel has four channels of 16 bits; the decoder needs a little on top.
    limits.max_alloc = Some(rules.max_pixels * 8 + 16 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let picture = DynamicImage::from_decoder(decoder)?;
    let mut picture = bound(picture, rules.max_edge);
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// A good filter works on floating point copies, which is too much for a large picture: those are first brought
/// near their size by averaging.
fn bound(picture: DynamicImage, edge: u32) -> DynamicImage {
    let near = edge.saturating_mul(2);
    let picture = shrink(picture, near, |picture| picture.thumbnail(near, near));
    shrink(picture, edge, |picture| picture.resize(edge, edge, FilterType::CatmullRom))
}

/// Takes the picture by value, so that the large one is gone before the next step.
fn shrink(picture: DynamicImage, edge: u32, how: impl Fn(&DynamicImage) -> DynamicImage) -> DynamicImage {
    if picture.width().max(picture.height()) > edge { how(&picture) } else { picture }
}

/// JPEG knows no transparency; what shows through is white as paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u32::from);
        let blend = |channel: u32| u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        Rgb([red, green, blue].map(blend))
    })
}
