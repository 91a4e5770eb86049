//! The picture of a project's QR code: what workers scan to register themselves.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode, render::svg};

use super::code;
use crate::{
    entity::project,
    platform::{
        App,
        web::{Error, Result},
    },
};

/// Where the code leads.
pub fn link(app: &App, project: &project::Model) -> String {
    let base = app.config.server.public_url.trim_end_matches('/');
    format!("{base}/m/r/{}", code::of(&app.keys, project.number))
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
