//! Bytes to an upright picture.

use image::RgbImage;

use crate::Unreadable;

/// A decoded picture, turned as its camera held it.
#[derive(Debug, Clone)]
pub struct Picture {
    pub pixels: RgbImage,
    /// Pixels of the file per pixel here: more than 1 when it was made smaller while it was read.
    pub scale: f32,
}

impl Picture {
    /// At its own size.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let pixels = image::load_from_memory(bytes).map_err(|_| Unreadable::NotAPicture)?.into_rgb8();
        Ok(Self { pixels, scale: 1.0 })
    }

    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    pub fn height(&self) -> u32 {
        self.pixels.height()
    }
}
