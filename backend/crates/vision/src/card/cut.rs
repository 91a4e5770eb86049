//! Small colour pictures of parts of a picture.

use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder};

use crate::{Error, Point, Quad, ocr::Projection};

/// A place with room around it, as a JPEG that is `height` high.
pub fn cut(picture: &RgbImage, at: Quad, height: u32, most_width: u32) -> Result<Vec<u8>, Error> {
    let [a, b, c, d] = at.0;
    let (across, down) = ((a.distance(b) + d.distance(c)) / 2.0, ((a.distance(d) + b.distance(c)) / 2.0).max(1.0));
    let width = ((across / down * height as f32) as u32).clamp(8, most_width);
    jpeg(&straightened(picture, at, width, height))
}

/// What is inside a quad.
pub fn straightened(picture: &RgbImage, at: Quad, width: u32, height: u32) -> RgbImage {
    let Some(there) = Projection::onto(width as f32, height as f32, at) else { return RgbImage::new(width, height) };
    let across = at.0[0].distance(at.0[1]) / width as f32;
    let steps = (across.ceil() as u32).clamp(1, 4);
    RgbImage::from_fn(width, height, |x, y| {
        let mut sum = [0.0; 3];
        for i in 0..steps * steps {
            let part = |at: u32, of: u32| at as f32 + (of as f32 + 0.5) / steps as f32;
            let value = sample(picture, there.apply(Point::new(part(x, i % steps), part(y, i / steps))));
            sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
        }
        Rgb(sum.map(|value| (value / (steps * steps) as f32 + 0.5) as u8))
    })
}

fn sample(picture: &RgbImage, at: Point) -> [f32; 3] {
    let (right, bottom) = (picture.width() - 1, picture.height() - 1);
    let (x, y) = ((at.x - 0.5).clamp(0.0, right as f32), (at.y - 0.5).clamp(0.0, bottom as f32));
    let (left, top) = (x as u32, y as u32);
    let (fx, fy) = (x - left as f32, y - top as f32);
    let pixel = |dx: u32, dy: u32| picture.get_pixel((left + dx).min(right), (top + dy).min(bottom)).0.map(f32::from);
    let [a, b, c, d] = [pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1)];
    std::array::from_fn(|i| {
        let upper = a[i] + (b[i] - a[i]) * fx;
        upper + (c[i] + (d[i] - c[i]) * fx - upper) * fy
    })
}

pub fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 88)
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|error| Error::Model(format!("no JPEG: {error}")))?;
    Ok(bytes)
}
