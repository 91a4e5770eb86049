//! Where a picture changes, in a small copy of it, and how well a quad lies on such places.

use image::RgbImage;

use super::outline::{area, sides};
use crate::{Point, Quad};

/// The longer side of the copy.
const SIZE: f32 = 320.0;
/// Changes below it are texture, noise or print of the background.
const LEAST_CHANGE: f32 = 14.0;

#[derive(Debug, Clone, Copy)]
pub struct Edge {
    pub at: Point,
    /// Of the direction of change, in radians.
    pub angle: f32,
}

#[derive(Debug, Clone, Copy)]
pub struct Segment {
    pub from: Point,
    pub to: Point,
}

impl Segment {
    pub fn length(&self) -> f32 {
        self.from.distance(self.to)
    }

    fn at(&self, t: f32) -> Point {
        Point::new(self.from.x + (self.to.x - self.from.x) * t, self.from.y + (self.to.y - self.from.y) * t)
    }

    /// To the right of somebody who walks it, which is inside of a clockwise outline.
    fn normal(&self) -> Point {
        let length = self.length().max(1e-6);
        Point::new((self.from.y - self.to.y) / length, (self.to.x - self.from.x) / length)
    }
}

pub struct Edges {
    pub width: usize,
    pub height: usize,
    /// Pixels of the picture per pixel here.
    pub scale: f32,
    /// Thin: only the crest of each change.
    pub points: Vec<Edge>,
    /// Of every pixel, along x and y, of the colour that changes most.
    change: Vec<(f32, f32)>,
    crest: Vec<bool>,
}

impl Edges {
    pub fn of(picture: &RgbImage) -> Self {
        let scale = (picture.width().max(picture.height()) as f32 / SIZE).max(1.0);
        let (width, height) = ((picture.width() as f32 / scale) as usize, (picture.height() as f32 / scale) as usize);
        let small = smoothed(&shrunk(picture, width, height, scale), width, height);
        let change = changes(&small, width, height);
        let mut edges = Self { width, height, scale, points: vec![], crest: vec![false; change.len()], change };
        edges.thin();
        edges
    }

    fn thin(&mut self) {
        let strength = |(x, y): (f32, f32)| x.hypot(y);
        for y in 2..self.height.saturating_sub(2) {
            for x in 2..self.width.saturating_sub(2) {
                let here = self.change[y * self.width + x];
                let strong = strength(here);
                if strong < LEAST_CHANGE {
                    continue;
                }
                let (dx, dy) = ((here.0 / strong).round() as isize, (here.1 / strong).round() as isize);
                let neighbour = |sign: isize| {
                    let (x, y) = (x as isize + sign * dx, y as isize + sign * dy);
                    strength(self.change[y as usize * self.width + x as usize])
                };
                if strong >= neighbour(1) && strong > neighbour(-1) {
                    self.crest[y * self.width + x] = true;
                    let at = Point::new(x as f32 + 0.5, y as f32 + 0.5);
                    self.points.push(Edge { at, angle: here.1.atan2(here.0) });
                }
            }
        }
    }

    /// Large enough, of about the right shape, and inside the picture.
    pub fn is_plausible(&self, quad: &Quad) -> bool {
        let (width, height) = (self.width as f32, self.height as f32);
        let slack = width.max(height) * 0.02;
        let inside = |p: &Point| (-slack..width + slack).contains(&p.x) && (-slack..height + slack).contains(&p.y);
        if !quad.0.iter().all(inside) || area(&quad.0) < width * height * 0.05 {
            return false;
        }
        let [a, b, c, d] = sides(quad).map(|side| side.length());
        let ratio = ((a + c) / (b + d)).max((b + d) / (a + c));
        let even = |a: f32, b: f32| a.max(b) / a.min(b) < 1.7;
        (1.2..2.1).contains(&ratio) && even(a, c) && even(b, d)
    }

    /// How much of the outline lies on edges: the worst side counts as much as all together. A larger outline is a
    /// little better, since cards have frames inside.
    pub fn support(&self, quad: &Quad) -> f32 {
        let each = sides(quad).map(|side| self.side_support(&side));
        let mean = each.iter().sum::<f32>() / 4.0;
        let least = each.iter().copied().fold(1.0, f32::min);
        if least < 0.2 {
            return 0.0;
        }
        let share = area(&quad.0) / (self.width * self.height) as f32;
        0.6 * mean + 0.4 * least + 0.12 * share
    }

    /// The part of a side that has an edge along it, the change always to the same side.
    fn side_support(&self, side: &Segment) -> f32 {
        let normal = side.normal();
        let count = (side.length() / 2.5) as usize + 2;
        let (mut inwards, mut outwards) = (0usize, 0usize);
        for i in 0..count {
            // Corners are round.
            let at = side.at(0.06 + 0.88 * i as f32 / (count - 1) as f32);
            match [0.0, 1.0, -1.0, 2.0, -2.0].iter().find_map(|off| self.change_at(at, normal, *off)) {
                Some(true) => inwards += 1,
                Some(false) => outwards += 1,
                None => {}
            }
        }
        inwards.max(outwards) as f32 / count as f32
    }

    /// Whether it becomes lighter inwards, if there is a crest that runs along the side.
    fn change_at(&self, at: Point, normal: Point, off: f32) -> Option<bool> {
        let (x, y) = (at.x + normal.x * off, at.y + normal.y * off);
        if x < 0.0 || y < 0.0 || x >= self.width as f32 || y >= self.height as f32 {
            return None;
        }
        let index = y as usize * self.width + x as usize;
        let (cx, cy) = self.change[index];
        let along = cx * normal.x + cy * normal.y;
        (self.crest[index] && along.abs() > 0.93 * cx.hypot(cy)).then_some(along > 0.0)
    }

    /// Every side moved to where the change is strongest, to a fraction of a pixel.
    pub fn refined(&self, quad: &Quad) -> Quad {
        let lines = sides(quad).map(|side| self.refined_side(&side));
        let crossing = |a: &Segment, b: &Segment| {
            let (ax, ay) = (a.to.x - a.from.x, a.to.y - a.from.y);
            let (bx, by) = (b.to.x - b.from.x, b.to.y - b.from.y);
            let determinant = ax * by - ay * bx;
            let t = ((b.from.x - a.from.x) * by - (b.from.y - a.from.y) * bx) / determinant;
            (determinant.abs() > 1e-3).then(|| Point::new(a.from.x + ax * t, a.from.y + ay * t))
        };
        Quad(std::array::from_fn(|i| {
            let corner = crossing(&lines[(i + 3) % 4], &lines[i]).unwrap_or(quad.0[i]);
            if corner.distance(quad.0[i]) < 8.0 { corner } else { quad.0[i] }
        }))
    }

    fn refined_side(&self, side: &Segment) -> Segment {
        let (normal, length) = (side.normal(), side.length());
        let count = (length / 2.0) as usize + 2;
        let mut places: Vec<(f32, f32)> = (0..count)
            .filter_map(|i| {
                let t = 0.06 + 0.88 * i as f32 / (count - 1) as f32;
                let at = side.at(t);
                let off = [0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0];
                let off = off.iter().find(|off| self.change_at(at, normal, **off).is_some())?;
                Some((t * length, self.peak(at, normal, *off)))
            })
            .collect();
        // A straight line through them, twice without what lies off it.
        let mut line = (0.0, 0.0);
        for least in [2.0, 0.8, 0.5] {
            let Some(fitted) = regression(&places) else { return *side };
            line = fitted;
            places.retain(|(t, off)| (off - line.0 - line.1 * t).abs() < least);
        }
        let moved = |point: Point, t: f32| {
            let off = line.0 + line.1 * t;
            Point::new(point.x + normal.x * off, point.y + normal.y * off)
        };
        Segment { from: moved(side.from, 0.0), to: moved(side.to, length) }
    }

    /// The top of the parabola through the change around a crest.
    fn peak(&self, at: Point, normal: Point, off: f32) -> f32 {
        let strength = |off: f32| {
            let x = (at.x + normal.x * off - 0.5).clamp(0.0, self.width as f32 - 1.01);
            let y = (at.y + normal.y * off - 0.5).clamp(0.0, self.height as f32 - 1.01);
            let (left, top) = (x as usize, y as usize);
            let (fx, fy) = (x - left as f32, y - top as f32);
            let value = |dx: usize, dy: usize| {
                let (cx, cy) = self.change[(top + dy) * self.width + left + dx];
                (cx * normal.x + cy * normal.y).abs()
            };
            let upper = value(0, 0) + (value(1, 0) - value(0, 0)) * fx;
            let lower = value(0, 1) + (value(1, 1) - value(0, 1)) * fx;
            upper + (lower - upper) * fy
        };
        let (before, here, after) = (strength(off - 1.0), strength(off), strength(off + 1.0));
        let bend = before - 2.0 * here + after;
        if bend > -1e-3 { off } else { off + (0.5 * (before - after) / bend).clamp(-1.0, 1.0) }
    }
}

fn regression(places: &[(f32, f32)]) -> Option<(f32, f32)> {
    if places.len() < 4 {
        return None;
    }
    let count = places.len() as f32;
    let (mt, mo) = (places.iter().map(|p| p.0).sum::<f32>() / count, places.iter().map(|p| p.1).sum::<f32>() / count);
    let spread: f32 = places.iter().map(|p| (p.0 - mt).powi(2)).sum();
    let slope = places.iter().map(|p| (p.0 - mt) * (p.1 - mo)).sum::<f32>() / spread.max(1e-3);
    Some((mo - slope * mt, slope))
}

/// A few samples of each cell are enough.
fn shrunk(picture: &RgbImage, width: usize, height: usize, scale: f32) -> Vec<[f32; 3]> {
    let samples = (scale.round() as usize).clamp(1, 3);
    let (raw, stride) = (picture.as_raw(), picture.width() as usize * 3);
    let mut small = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0.0; 3];
            for i in 0..samples * samples {
                let part = |at: usize, of: usize| ((at as f32 + (of as f32 + 0.5) / samples as f32) * scale) as usize;
                let px = part(x, i % samples).min(picture.width() as usize - 1);
                let py = part(y, i / samples).min(picture.height() as usize - 1);
                let pixel = &raw[py * stride + px * 3..py * stride + px * 3 + 3];
                sum.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += f32::from(*value));
            }
            small.push(sum.map(|value| value / (samples * samples) as f32));
        }
    }
    small
}

/// 1-2-1, both ways.
fn smoothed(picture: &[[f32; 3]], width: usize, height: usize) -> Vec<[f32; 3]> {
    let pass = |from: &[[f32; 3]], step: usize, count: usize, position: fn(usize, usize) -> usize| {
        let blend = |at: usize| {
            let place = position(at, width);
            let before = if place > 0 { from[at - step] } else { from[at] };
            let after = if place + 1 < count { from[at + step] } else { from[at] };
            std::array::from_fn(|i| (before[i] + 2.0 * from[at][i] + after[i]) / 4.0)
        };
        (0..from.len()).map(blend).collect::<Vec<[f32; 3]>>()
    };
    let across = pass(picture, 1, width, |at, width| at % width);
    pass(&across, width, height, |at, width| at / width)
}

fn changes(picture: &[[f32; 3]], width: usize, height: usize) -> Vec<(f32, f32)> {
    let mut change = vec![(0.0, 0.0); picture.len()];
    for y in 1..height.saturating_sub(1) {
        for x in 1..width.saturating_sub(1) {
            let at = y * width + x;
            let of = |i: usize| {
                let horizontal = |row: usize| picture[row + 1][i] - picture[row - 1][i];
                let vertical = |column: usize| picture[column + width][i] - picture[column - width][i];
                let gx = horizontal(at - width) + 2.0 * horizontal(at) + horizontal(at + width);
                let gy = vertical(at - 1) + 2.0 * vertical(at) + vertical(at + 1);
                (gx / 4.0, gy / 4.0)
            };
            let most = [of(0), of(1), of(2)].into_iter().max_by(|a, b| a.0.hypot(a.1).total_cmp(&b.0.hypot(b.1)));
            change[at] = most.unwrap_or_default();
        }
    }
    change
}
