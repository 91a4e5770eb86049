//! Grey pictures, and parts of them straightened.

use image::RgbImage;

use super::Projection;
use crate::{Point, Quad};

#[derive(Debug, Clone, PartialEq)]
pub struct Gray {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Gray {
    pub fn filled(width: usize, height: usize, value: u8) -> Self {
        Self { width, height, pixels: vec![value; width * height] }
    }

    pub fn of(picture: &RgbImage) -> Self {
        let luma =
            |rgb: &[u8]| ((u32::from(rgb[0]) * 77 + u32::from(rgb[1]) * 150 + u32::from(rgb[2]) * 29) >> 8) as u8;
        Self {
            width: picture.width() as usize,
            height: picture.height() as usize,
            pixels: picture.as_raw().chunks_exact(3).map(luma).collect(),
        }
    }

    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let upper = self.row((2 * y).min(self.height - 1));
            let lower = self.row((2 * y + 1).min(self.height - 1));
            for x in 0..width {
                let (a, b) = (2 * x, (2 * x + 1).min(self.width - 1));
                let sum = u32::from(upper[a]) + u32::from(upper[b]) + u32::from(lower[a]) + u32::from(lower[b]);
                pixels.push(((sum + 2) / 4) as u8);
            }
        }
        Self { width, height, pixels }
    }
}

/// A picture and its halves, so that small cuts of large places do not flicker.
#[derive(Debug, Clone)]
pub struct Pyramid {
    levels: Vec<Gray>,
}

impl Pyramid {
    pub fn of(picture: Gray) -> Self {
        let mut levels = vec![picture];
        while let Some(last) = levels.last()
            && last.width.min(last.height) >= 256
        {
            levels.push(last.halved());
        }
        Self { levels }
    }

    /// The picture itself.
    pub fn finest(&self) -> &Gray {
        &self.levels[0]
    }

    pub fn width(&self) -> usize {
        self.levels[0].width
    }

    pub fn height(&self) -> usize {
        self.levels[0].height
    }

    /// What is inside a quad, as an upright picture.
    pub fn cut(&self, at: Quad, width: usize, height: usize) -> Gray {
        match Projection::onto(width as f32, height as f32, at) {
            Some(there) => self.project(&there, width, height),
            None => Gray::filled(width, height, 127),
        }
    }

    /// A picture whose places are led into this one; what lies outside is the nearest edge.
    pub fn project(&self, there: &Projection, width: usize, height: usize) -> Gray {
        let (w, h) = (width as f32, height as f32);
        let corners = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)].map(|(x, y)| there.apply(Point::new(x, y)));
        let across = (corners[0].distance(corners[1]) + corners[3].distance(corners[2])) / 2.0 / w;
        let down = (corners[0].distance(corners[3]) + corners[1].distance(corners[2])) / 2.0 / h;
        let shrink = across.min(down).max(1.0);
        let level = (shrink.log2() + 0.15).floor().clamp(0.0, (self.levels.len() - 1) as f32) as usize;
        let source = &self.levels[level];
        let scaled = there.then(Projection::scale(1.0 / (1 << level) as f32));

        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            sample_row(source, &scaled, y as f32 + 0.5, width, &mut pixels);
        }
        Gray { width, height, pixels }
    }
}

fn sample_row(source: &Gray, there: &Projection, y: f32, width: usize, pixels: &mut Vec<u8>) {
    // The largest place whose right and lower neighbours exist.
    let (right, bottom) = ((source.width - 1) as f32 - 0.001, (source.height - 1) as f32 - 0.001);
    for x in 0..width {
        let place = there.apply(Point::new(x as f32 + 0.5, y));
        let (sx, sy) = ((place.x - 0.5).clamp(0.0, right.max(0.0)), (place.y - 0.5).clamp(0.0, bottom.max(0.0)));
        let (left, top) = (sx as usize, sy as usize);
        let (fx, fy) = (sx - left as f32, sy - top as f32);
        let at = top * source.width + left;
        let value = |offset: usize| f32::from(source.pixels.get(at + offset).copied().unwrap_or(0));
        let upper = value(0) + (value(1) - value(0)) * fx;
        let lower = value(source.width) + (value(source.width + 1) - value(source.width)) * fx;
        pixels.push((upper + (lower - upper) * fy + 0.5) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(width: usize, height: usize) -> Gray {
        let pixels = (0..width * height).map(|at| (at % width * 255 / width) as u8);
        Gray { width, height, pixels: pixels.collect() }
    }

    #[test]
    fn a_cut_at_the_same_size_is_the_picture() {
        let picture = slope(300, 260);
        let place =
            Quad([Point::new(0.0, 0.0), Point::new(300.0, 0.0), Point::new(300.0, 260.0), Point::new(0.0, 260.0)]);
        assert_eq!(Pyramid::of(picture.clone()).cut(place, 300, 260).pixels, picture.pixels);
    }

    #[test]
    fn a_turned_cut_is_the_other_way_round() {
        let picture = Pyramid::of(slope(300, 260));
        let place =
            Quad([Point::new(300.0, 260.0), Point::new(0.0, 260.0), Point::new(0.0, 0.0), Point::new(300.0, 0.0)]);
        let cut = picture.cut(place, 30, 26);
        assert!(cut.row(3)[0] > 240 && cut.row(3)[29] < 15);
    }

    #[test]
    fn places_outside_are_the_edge() {
        let picture = Pyramid::of(slope(300, 260));
        let place =
            Quad([Point::new(-90.0, -9.0), Point::new(-50.0, -9.0), Point::new(-50.0, 9.0), Point::new(-90.0, 9.0)]);
        assert!(picture.cut(place, 16, 16).pixels.iter().all(|value| *value == 0));
    }
}
