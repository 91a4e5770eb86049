//! Cutting a piece out of a picture, turned and scaled.

use image::{Rgb, RgbImage};

use crate::Point;

/// From places in the piece to places in the picture: a turn, a scale and a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// Scale times cosine and sine of the turn.
    pub cos: f32,
    pub sin: f32,
    pub shift: Point,
}

impl Similarity {
    /// The square of `side` picture pixels around `center`, its upright direction leaning by `angle`, as a piece of
    /// `pixels` pixels a side.
    pub fn square(center: Point, side: f32, angle: f32, pixels: usize) -> Self {
        let scale = side / pixels as f32;
        let (cos, sin) = (scale * angle.cos(), scale * angle.sin());
        let half = pixels as f32 / 2.0;
        let shift = Point::new(center.x - cos * half + sin * half, center.y - sin * half - cos * half);
        Self { cos, sin, shift }
    }

    /// The one that takes the points of a piece nearest to those of a picture, by least squares.
    pub fn fit(piece: &[Point], picture: &[Point]) -> Self {
        let count = piece.len().max(1) as f32;
        let mean = |points: &[Point]| {
            let sum = points.iter().fold(Point::default(), |sum, point| Point::new(sum.x + point.x, sum.y + point.y));
            Point::new(sum.x / count, sum.y / count)
        };
        let (from, to) = (mean(piece), mean(picture));
        let (mut along, mut across, mut size) = (0.0, 0.0, 0.0);
        for (a, b) in piece.iter().zip(picture) {
            let (ax, ay, bx, by) = (a.x - from.x, a.y - from.y, b.x - to.x, b.y - to.y);
            along += ax * bx + ay * by;
            across += ax * by - ay * bx;
            size += ax * ax + ay * ay;
        }
        let size = size.max(f32::MIN_POSITIVE);
        let (cos, sin) = (along / size, across / size);
        let shift = Point::new(to.x - cos * from.x + sin * from.y, to.y - sin * from.x - cos * from.y);
        Self { cos, sin, shift }
    }

    pub fn apply(&self, point: Point) -> Point {
        Point::new(
            self.cos * point.x - self.sin * point.y + self.shift.x,
            self.sin * point.x + self.cos * point.y + self.shift.y,
        )
    }

    /// Picture pixels a piece pixel.
    pub fn scale(&self) -> f32 {
        self.cos.hypot(self.sin)
    }
}

/// What lies beyond the edge of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    Black,
    /// The edge goes on.
    Edge,
}

/// Where a piece pixel covers several picture pixels, the mean of a grid of samples; otherwise one, between the four
/// pixels around it.
pub fn cut(picture: &RgbImage, from: &Similarity, width: u32, height: u32, beyond: Beyond) -> RgbImage {
    let grid = (from.scale().ceil() as u32).clamp(1, 8);
    let (step, share) = (1.0 / grid as f32, 1.0 / (grid * grid) as f32);
    RgbImage::from_fn(width, height, |x, y| {
        let mut sum = [0.0; 3];
        for row in 0..grid {
            for column in 0..grid {
                let place = Point::new(x as f32 + (column as f32 + 0.5) * step, y as f32 + (row as f32 + 0.5) * step);
                let colour = sample(picture, from.apply(place), beyond);
                sum.iter_mut().zip(colour).for_each(|(sum, value)| *sum += value);
            }
        }
        Rgb(sum.map(|sum| (sum * share + 0.5) as u8))
    })
}

/// Pixel centres lie at halves.
fn sample(picture: &RgbImage, at: Point, beyond: Beyond) -> [f32; 3] {
    let (width, height) = (picture.width() as i32, picture.height() as i32);
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (left, top) = (floor(x), floor(y));
    let (right_share, lower_share) = (x - left as f32, y - top as f32);
    let pixels = picture.as_raw();
    let pixel = |x: i32, y: i32| -> [f32; 3] {
        let inside = (0..width).contains(&x) && (0..height).contains(&y);
        if !inside && beyond == Beyond::Black {
            return [0.0; 3];
        }
        let (x, y) = (x.clamp(0, width - 1), y.clamp(0, height - 1));
        let at = 3 * (y as usize * width as usize + x as usize);
        match pixels.get(at..at + 3) {
            Some(&[r, g, b]) => [f32::from(r), f32::from(g), f32::from(b)],
            _ => [0.0; 3],
        }
    };
    let (a, b) = (pixel(left, top), pixel(left + 1, top));
    let (c, d) = (pixel(left, top + 1), pixel(left + 1, top + 1));
    let mut colour = [0.0; 3];
    for (index, value) in colour.iter_mut().enumerate() {
        let upper = a[index] + (b[index] - a[index]) * right_share;
        let lower = c[index] + (d[index] - c[index]) * right_share;
        *value = upper + (lower - upper) * lower_share;
    }
    colour
}

/// What the processors that everything is compiled for have no instruction for.
fn floor(value: f32) -> i32 {
    let towards_zero = value as i32;
    towards_zero - i32::from(towards_zero as f32 > value)
}

/// Planes of red, green and blue, each value less `mean` and times `factor`.
pub fn planes(picture: &RgbImage, mean: [f32; 3], factor: f32) -> Vec<f32> {
    let size = picture.width() as usize * picture.height() as usize;
    let mut planes = vec![0.0; 3 * size];
    for (channel, (plane, mean)) in planes.chunks_exact_mut(size.max(1)).zip(mean).enumerate() {
        for (value, pixel) in plane.iter_mut().zip(picture.as_raw().as_chunks::<3>().0) {
            *value = (f32::from(pixel[channel]) - mean) * factor;
        }
    }
    planes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: Point, b: Point) {
        assert!(a.distance(b) < 1e-3, "{a:?} {b:?}");
    }

    #[test]
    fn a_fit_finds_the_turn_scale_and_shift() {
        let truth = Similarity { cos: 1.2, sin: -0.7, shift: Point::new(31.0, -4.0) };
        let piece = [Point::new(10.0, 10.0), Point::new(90.0, 20.0), Point::new(40.0, 120.0), Point::new(-5.0, 60.0)];
        let fitted = Similarity::fit(&piece, &piece.map(|point| truth.apply(point)));
        assert!((fitted.cos - truth.cos).abs() < 1e-4 && (fitted.sin - truth.sin).abs() < 1e-4);
        near(fitted.shift, truth.shift);
    }

    #[test]
    fn a_square_lies_around_its_center() {
        let square = Similarity::square(Point::new(100.0, 50.0), 80.0, 0.3, 40);
        near(square.apply(Point::new(20.0, 20.0)), Point::new(100.0, 50.0));
        assert!((square.scale() - 2.0).abs() < 1e-6);
        let upright = Similarity::square(Point::new(100.0, 50.0), 80.0, 0.0, 40);
        near(upright.apply(Point::new(0.0, 0.0)), Point::new(60.0, 10.0));
    }

    #[test]
    fn the_whole_picture_cut_out_is_the_picture() {
        let picture = RgbImage::from_fn(9, 7, |x, y| Rgb([(x * 20) as u8, (y * 30) as u8, 7]));
        let same = Similarity { cos: 1.0, sin: 0.0, shift: Point::default() };
        assert_eq!(cut(&picture, &same, 9, 7, Beyond::Black), picture);
        let aside = Similarity { shift: Point::new(100.0, 0.0), ..same };
        assert!(cut(&picture, &aside, 2, 2, Beyond::Black).pixels().all(|pixel| pixel.0 == [0; 3]));
        assert!(cut(&picture, &aside, 2, 2, Beyond::Edge).pixels().all(|pixel| pixel.0[0] == 160));
        let half = Similarity { cos: 2.0, ..same };
        assert_eq!(cut(&picture, &half, 4, 3, Beyond::Black).get_pixel(1, 1).0, [50, 75, 7]);
    }

    #[test]
    fn floors_are_below() {
        for value in [-2.5, -2.0, -0.1, 0.0, 0.9, 7.0, 7.2] {
            assert_eq!(floor(value), value.floor() as i32);
        }
    }

    #[test]
    fn planes_are_colours_one_after_the_other() {
        let picture = RgbImage::from_fn(2, 1, |x, _| Rgb([x as u8, 10, 20]));
        assert_eq!(planes(&picture, [0.0, 10.0, 0.0], 0.5), [0.0, 0.5, 0.0, 0.0, 10.0, 10.0]);
    }
}
