//! The picture of a project's QR code: what workers scan to register themselves.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode, render::svg};

use crate::platform::{
    App,
    web::{Error, Result},
};

/// The page of the phone's front end that a code opens; in the mini-program the code is its scene.
pub const JOIN_PAGE: &str = "pages/join/index";

/// Where a code leads.
pub fn link(app: &App, code: &str) -> String {
    let base = app.config.server.public_url.trim_end_matches('/');
    format!("{base}/m/#/{JOIN_PAGE}?scene={code}")
}

/// Medium correction: it hangs at a gate, gets dirty, and is scanned from two metres.
fn draw(link: &str) -> Result<QrCode> {
    QrCode::with_error_correction_level(link, EcLevel::M).map_err(Error::internal)
}

pub fn svg(link: &str) -> Result<String> {
    Ok(draw(link)?.render::<svg::Color>().min_dimensions(512, 512).build())
}

pub fn png(link: &str) -> Result<Vec<u8>> {
    // Modules of whole pixels, about a thousand across: sharp on paper.
    let picture = draw(link)?.render::<Luma<u8>>().min_dimensions(1024, 1024).build();
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut bytes, ImageFormat::Png).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}
