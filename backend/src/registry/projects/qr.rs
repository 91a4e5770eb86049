//! The picture of a project's QR code: what workers scan to register themselves.

use std::io::Cursor;

use ::wechat::mini_program::CodeRequest;
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

/// About a thousand pixels across: sharp on paper. The mini-program's own code where there is one. A poster must not wait
/// for WeChat: while it does not answer, the link's code leads to the same place.
pub async fn png(app: &App, code: &str) -> Result<Vec<u8>> {
    if let Some(wechat) = &app.wechat
        && let Some(mini_program) = wechat.mini_program()
    {
        let request = CodeRequest::new(code, JOIN_PAGE).map_err(Error::internal)?.release(wechat.release).width(1024);
        match mini_program.code(&request).await {
            Ok(jpeg) => {
                let picture = image::load_from_memory(&jpeg).map_err(Error::internal)?;
                return encoded(&picture);
            }
            Err(error) => tracing::warn!(code = error.log_code(), %error, "a project's code is a link for now"),
        }
    }
    // Modules of whole pixels.
    let picture = draw(&link(app, code))?.render::<Luma<u8>>().min_dimensions(1024, 1024).build();
    encoded(&DynamicImage::ImageLuma8(picture))
}

fn encoded(picture: &DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}
