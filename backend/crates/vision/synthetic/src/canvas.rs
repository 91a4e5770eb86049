//! A card to draw on, measured in thousandths of its width.

use ab_glyph::{Font, FontVec, PxScale, ScaleFont};
use image::{Rgba, RgbaImage};

/// A card is 85.6 × 54 mm: 1000 × 631 of these units.
pub const WIDTH: f32 = 1000.0;
pub const HEIGHT: f32 = 630.8;
/// Pixels to a unit: enough for a card that fills a photograph of twelve megapixels.
const SCALE: f32 = 1.75;

pub type Colour = [u8; 3];

pub struct Canvas {
    image: RgbaImage,
}

impl Canvas {
    pub fn new(colour: Colour) -> Self {
        let [r, g, b] = colour;
        let (width, height) = ((WIDTH * SCALE) as u32, (HEIGHT * SCALE) as u32);
        Self { image: RgbaImage::from_pixel(width, height, Rgba([r, g, b, 255])) }
    }

    /// With the corners cut round.
    pub fn finish(mut self) -> RgbaImage {
        let radius = 37.0;
        for (x, y, pixel) in self.image.enumerate_pixels_mut() {
            let (x, y) = ((x as f32 + 0.5) / SCALE, (y as f32 + 0.5) / SCALE);
            let dx = (radius - x).max(x - (WIDTH - radius)).max(0.0);
            let dy = (radius - y).max(y - (HEIGHT - radius)).max(0.0);
            let over = (dx.hypot(dy) - radius) * SCALE + 0.5;
            pixel.0[3] = (255.0 * (1.0 - over.clamp(0.0, 1.0))) as u8;
        }
        self.image
    }

    /// A value for every column of pixels: what depends on `x` alone is not worked out again in every row.
    pub fn columns(&self, value: impl Fn(f32) -> f32) -> Columns {
        Columns((0..self.image.width()).map(|x| value((x as f32 + 0.5) / SCALE)).collect())
    }

    /// Mixes `colour` in, by what `cover` says of a place in units; only inside the rectangle.
    pub fn paint(&mut self, [x0, y0, x1, y1]: [f32; 4], mut cover: impl FnMut(f32, f32) -> (Colour, f32)) {
        let (w, h) = self.image.dimensions();
        let (x1, y1) = (((x1 * SCALE).max(0.0) as u32 + 1).min(w), ((y1 * SCALE).max(0.0) as u32 + 1).min(h));
        for y in (y0 * SCALE).max(0.0) as u32..y1 {
            for x in (x0 * SCALE).max(0.0) as u32..x1 {
                let (colour, alpha) = cover((x as f32 + 0.5) / SCALE, (y as f32 + 0.5) / SCALE);
                if alpha > 0.0 {
                    blend(&mut self.image.get_pixel_mut(x, y).0, colour, alpha);
                }
            }
        }
    }

    pub fn ellipse(&mut self, (cx, cy): (f32, f32), (rx, ry): (f32, f32), colour: Colour) {
        self.paint([cx - rx, cy - ry, cx + rx, cy + ry], |x, y| {
            let edge = 1.0 - ((x - cx) / rx).hypot((y - cy) / ry);
            (colour, (edge * rx.min(ry) * SCALE + 0.5).clamp(0.0, 1.0))
        });
    }

    pub fn rect(&mut self, rect: [f32; 4], colour: Colour) {
        self.paint(rect, |_, _| (colour, 1.0));
    }

    /// What `draw` does, undone outside of the rectangle.
    pub fn clip(&mut self, draw: impl FnOnce(&mut Self), [x0, y0, x1, y1]: [f32; 4]) {
        let before = self.image.clone();
        draw(self);
        let inside = |x: u32, y: u32| {
            (x0 * SCALE..x1 * SCALE).contains(&(x as f32)) && (y0 * SCALE..y1 * SCALE).contains(&(y as f32))
        };
        for (x, y, pixel) in self.image.enumerate_pixels_mut() {
            if !inside(x, y) {
                *pixel = *before.get_pixel(x, y);
            }
        }
    }

    pub fn grey(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        for y in (y0 * SCALE) as u32..(y1 * SCALE) as u32 {
            for x in (x0 * SCALE) as u32..(x1 * SCALE) as u32 {
                let Rgba([r, g, b, _]) = self.image.get_pixel_mut(x, y);
                let grey = ((u32::from(*r) * 3 + u32::from(*g) * 6 + u32::from(*b)) / 10) as u8;
                (*r, *g, *b) = (grey, grey, grey);
            }
        }
    }

    /// A line of text that begins at `x` and whose characters' squares have their middle at `y`; returns where it ends.
    pub fn text(&mut self, fonts: [&FontVec; 2], size: f32, (x, y): (f32, f32), text: &str, style: Style) -> f32 {
        let baseline = y + 0.38 * size;
        let mut at = x;
        for character in text.chars() {
            let font = if fonts[0].glyph_id(character).0 == 0 { fonts[1] } else { fonts[0] };
            let em = font.height_unscaled() / font.units_per_em().unwrap_or(1000.0);
            let scale = PxScale { x: size * em * SCALE * style.stretch, y: size * em * SCALE };
            let glyph =
                font.glyph_id(character).with_scale_and_position(scale, ab_glyph::point(at * SCALE, baseline * SCALE));
            at += font.as_scaled(scale).h_advance(glyph.id) / SCALE + style.spacing;
            let Some(outline) = font.outline_glyph(glyph) else { continue };
            let bounds = outline.px_bounds();
            let (width, height) = self.image.dimensions();
            outline.draw(|dx, dy, cover| {
                let (px, py) = (bounds.min.x as i64 + i64::from(dx), bounds.min.y as i64 + i64::from(dy));
                if (0..i64::from(width)).contains(&px) && (0..i64::from(height)).contains(&py) {
                    blend(
                        &mut self.image.get_pixel_mut(px as u32, py as u32).0,
                        style.colour,
                        cover.min(1.0) * style.ink,
                    );
                }
            });
        }
        at
    }
}

pub struct Columns(Vec<f32>);

impl Columns {
    pub fn at(&self, x: f32) -> f32 {
        self.0.get((x * SCALE) as usize).copied().unwrap_or_default()
    }
}

#[derive(Clone, Copy)]
pub struct Style {
    pub colour: Colour,
    /// How much of the colour reaches the card.
    pub ink: f32,
    /// Between characters.
    pub spacing: f32,
    /// Of the width alone.
    pub stretch: f32,
}

impl Style {
    pub fn new(colour: Colour) -> Self {
        Self { colour, ink: 0.94, spacing: 0.0, stretch: 1.0 }
    }

    pub fn spaced(self, spacing: f32) -> Self {
        Self { spacing, ..self }
    }
}

fn blend(pixel: &mut [u8; 4], colour: Colour, alpha: f32) {
    for (old, new) in pixel.iter_mut().zip(colour) {
        *old = (f32::from(*old) + (f32::from(new) - f32::from(*old)) * alpha + 0.5) as u8;
    }
}
