//! Bytes to an upright picture, with everything that is wrong with them found before, or while, they are decoded.

mod kind;
mod shrink;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, RgbImage,
    codecs::{jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};

use crate::Unreadable;
use kind::Kind;

/// A decoded picture, turned as its camera held it.
#[derive(Debug, Clone)]
pub struct Picture {
    pub pixels: RgbImage,
    /// Pixels of the file per pixel here: more than 1 when it was made smaller while it was read.
    pub scale: f32,
}

/// Which pictures are looked at, and how closely.
#[derive(Debug, Clone)]
pub struct Limits {
    pub bytes: usize,
    /// Width times height.
    pub least: u64,
    pub most: u64,
    /// Pictures whose longer side is twice this or more are made smaller by a whole number.
    pub enough: u32,
}

/// A card: its small print needs every pixel.
pub const CARD: Limits = Limits { bytes: 32 << 20, least: 300_000, most: 50_000_000, enough: u32::MAX };
/// A face photo: nothing that is told of it needs more than this.
pub const FACE: Limits = Limits { enough: 1280, ..CARD };
/// A picture that was cut out of another.
pub const PORTRAIT: Limits = Limits { least: 64 * 64, ..FACE };

/// Room for decoders: fifty million pixels with alpha.
const ROOM: u64 = 256 << 20;
/// A picture narrower than this shows nothing that is asked for here.
const NARROWEST: u32 = 32;

impl Picture {
    /// With every pixel, as a card needs it.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        Self::read_within(bytes, &CARD)
    }

    pub fn read_within(bytes: &[u8], limits: &Limits) -> Result<Self, Unreadable> {
        if bytes.len() > limits.bytes {
            return Err(Unreadable::TooManyBytes(bytes.len()));
        }
        match kind::of(bytes)? {
            Kind::Jpeg if !kind::jpeg_is_whole(bytes) => Err(Unreadable::Damaged),
            Kind::Jpeg => decode(JpegDecoder::new(Cursor::new(bytes)).map_err(damaged)?, limits),
            Kind::Png => {
                let room = image_limits();
                decode(PngDecoder::with_limits(Cursor::new(bytes), room).map_err(damaged)?, limits)
            }
            Kind::WebP => decode(WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?, limits),
        }
    }

    /// From pixels that are there already.
    pub fn new(pixels: RgbImage) -> Self {
        Self { pixels, scale: 1.0 }
    }

    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// Smaller by a whole number.
    pub fn shrunk(&self, by: u32) -> Self {
        Self { pixels: shrink::shrink(&self.pixels, by), scale: self.scale * by as f32 }
    }
}

fn decode(mut decoder: impl ImageDecoder, limits: &Limits) -> Result<Picture, Unreadable> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.most {
        return Err(Unreadable::TooLarge { width, height });
    }
    if pixels < limits.least || width.min(height) < NARROWEST {
        return Err(Unreadable::TooSmall { width, height });
    }
    if decoder.total_bytes() > ROOM {
        return Err(Unreadable::TooLarge { width, height });
    }
    decoder.set_limits(image_limits()).map_err(|_| Unreadable::TooLarge { width, height })?;
    // A picture whose notes are damaged is still a picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder).map_err(|error| match error {
        ImageError::Limits(_) => Unreadable::TooLarge { width, height },
        _ => Unreadable::Damaged,
    })?;
    let by = (width.max(height) / limits.enough).min(width.min(height)).clamp(1, shrink::MOST);
    let pixels = on_white(decoded);
    let mut turned = DynamicImage::ImageRgb8(if by > 1 { shrink::shrink(&pixels, by) } else { pixels });
    turned.apply_orientation(orientation);
    Ok(Picture { pixels: turned.into_rgb8(), scale: by as f32 })
}

/// What shows through is white, as paper is; the colours behind are often black.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut pixels = RgbImage::new(picture.width(), picture.height());
    for (to, from) in pixels.pixels_mut().zip(picture.pixels()) {
        let [colour @ .., alpha] = from.0;
        let alpha = u32::from(alpha);
        to.0 = colour.map(|value| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8);
    }
    pixels
}

fn image_limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(ROOM);
    limits
}

fn damaged(_: ImageError) -> Unreadable {
    Unreadable::Damaged
}
