//! What a card lies on.

use image::{Rgb, RgbImage};

use crate::Random;

/// Smooth noise in `0..1`: random values on a grid, and what lies between.
pub struct Noise {
    values: Vec<f32>,
}

const GRID: usize = 128;

impl Noise {
    pub fn new(random: &mut Random) -> Self {
        Self { values: (0..GRID * GRID).map(|_| random.unit()).collect() }
    }

    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (fx, fy) = (x - x.floor(), y - y.floor());
        let wrap = |value: f32| (value.floor() as i64).rem_euclid(GRID as i64) as usize;
        let (x, y) = (wrap(x), wrap(y));
        let value = |dx: usize, dy: usize| self.values[(y + dy) % GRID * GRID + (x + dx) % GRID];
        let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
        let (sx, sy) = (smooth(fx), smooth(fy));
        let top = value(0, 0) + (value(1, 0) - value(0, 0)) * sx;
        let bottom = value(0, 1) + (value(1, 1) - value(0, 1)) * sx;
        top + (bottom - top) * sy
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Surface {
    Wood,
    Cloth,
    Plain,
    Stone,
    Leather,
    Paper,
    Dark,
}

pub const DESKS: [Surface; 7] =
    [Surface::Wood, Surface::Wood, Surface::Cloth, Surface::Plain, Surface::Stone, Surface::Leather, Surface::Paper];

/// Of half the size it is used at: a table is out of focus, and nobody reads it.
pub fn draw(surface: Surface, (width, height): (u32, u32), random: &mut Random) -> RgbImage {
    let noise = Noise::new(random);
    let base = colour(surface, random);
    let (sin, cos) = random.range(0.0, 6.3).sin_cos();
    // Lengths are in parts of the picture's longer side.
    let unit = 1.0 / width.max(height) as f32;
    let grain = random.range(0.7, 1.4);
    RgbImage::from_fn(width, height, |px, py| {
        let (x, y) = (px as f32 * unit, py as f32 * unit);
        let (x, y) = (x * cos - y * sin, x * sin + y * cos);
        let light = match surface {
            Surface::Wood => {
                let ring = noise.at(x * 3.0 * grain, y * 22.0 * grain) * 5.0;
                0.8 + 0.16 * (ring * 6.3).sin() + 0.2 * noise.at(x * 14.0, y * 210.0)
                    - 0.06 * noise.at(x * 2.0, y * 2.0)
            }
            Surface::Cloth => {
                let (warp, weft) = ((x * 520.0 * grain).sin(), (y * 520.0 * grain).sin());
                0.88 + 0.1 * warp * weft + 0.16 * noise.at(x * 6.0, y * 6.0)
            }
            Surface::Plain => 0.94 + 0.08 * noise.at(x * 3.0, y * 3.0),
            Surface::Stone => {
                let speck = noise.at(x * 190.0 * grain, y * 190.0 * grain);
                0.72 + 0.3 * noise.at(x * 9.0, y * 9.0)
                    + if speck > 0.8 {
                        0.22
                    } else if speck < 0.18 {
                        -0.2
                    } else {
                        0.0
                    }
            }
            Surface::Leather => {
                let pore = noise.at(x * 110.0 * grain, y * 110.0 * grain);
                0.85 + 0.3 * (pore - 0.4) + 0.15 * noise.at(x * 5.0, y * 5.0)
            }
            Surface::Paper => 0.96 + 0.05 * noise.at(x * 60.0, y * 60.0),
            Surface::Dark => 0.95 + 0.1 * noise.at(x * 4.0, y * 4.0),
        };
        Rgb(base.map(|value| (value * light).clamp(0.0, 255.0) as u8))
    })
}

fn colour(surface: Surface, random: &mut Random) -> [f32; 3] {
    let tone = random.range(0.7, 1.15);
    let base = match surface {
        Surface::Wood => {
            random.pick(&[[186.0, 138.0, 92.0], [128.0, 84.0, 54.0], [214.0, 180.0, 136.0], [98.0, 62.0, 44.0]])
        }
        Surface::Cloth => {
            random.pick(&[[92.0, 110.0, 136.0], [166.0, 156.0, 140.0], [70.0, 70.0, 74.0], [140.0, 72.0, 70.0]])
        }
        Surface::Plain => {
            random.pick(&[[222.0, 220.0, 214.0], [120.0, 126.0, 130.0], [60.0, 64.0, 70.0], [176.0, 196.0, 186.0]])
        }
        Surface::Stone => random.pick(&[[168.0, 164.0, 158.0], [98.0, 96.0, 96.0], [196.0, 184.0, 168.0]]),
        Surface::Leather => random.pick(&[[56.0, 48.0, 46.0], [120.0, 78.0, 52.0], [36.0, 38.0, 44.0]]),
        Surface::Paper => return [236.0, 235.0, 230.0],
        Surface::Dark => return [14.0, 15.0, 18.0],
    };
    base.map(|value: f32| (value * tone).min(250.0))
}

/// Between the pixels of a picture of half the size.
pub fn sample(picture: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let (w, h) = picture.dimensions();
    let (x, y) = ((x - 0.5).clamp(0.0, w as f32 - 1.001), (y - 0.5).clamp(0.0, h as f32 - 1.001));
    let (x0, y0) = (x as u32, y as u32);
    let (x1, y1) = ((x0 + 1).min(w - 1), (y0 + 1).min(h - 1));
    let (fx, fy) = (x - x0 as f32, y - y0 as f32);
    let [a, b, c, d] = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| picture.get_pixel(x, y).0.map(f32::from));
    std::array::from_fn(|i| {
        let top = a[i] + (b[i] - a[i]) * fx;
        top + (c[i] + (d[i] - c[i]) * fx - top) * fy
    })
}
