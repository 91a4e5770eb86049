//! A card's outline: four straight edges that belong together, found in a small copy of the picture.
//!
//! Cheap, and wrong now and then: whoever uses it looks at what is inside.

use image::RgbImage;

use super::edges::{Edges, Segment};
use crate::{Point, Quad};

/// Lines that are looked at.
const LINES: usize = 28;
/// Of those that run about the same way: the grain of a table must not crowd out a card's other sides.
const PARALLEL: usize = 9;
/// Degrees.
const ANGLES: usize = 180;
const OUTLINES: usize = 3;

/// `x * cos + y * sin = distance`
#[derive(Debug, Clone, Copy)]
struct Line {
    cos: f32,
    sin: f32,
    distance: f32,
    angle: usize,
}

impl Line {
    fn crossing(&self, other: &Self) -> Option<Point> {
        let determinant = self.cos * other.sin - self.sin * other.cos;
        (determinant.abs() > 0.2).then(|| {
            let x = (self.distance * other.sin - other.distance * self.sin) / determinant;
            let y = (other.distance * self.cos - self.distance * other.cos) / determinant;
            Point::new(x, y)
        })
    }

    fn apart(&self, other: &Self) -> usize {
        let apart = self.angle.abs_diff(other.angle);
        apart.min(ANGLES - apart)
    }
}

/// The likeliest outlines, in pixels of the picture, best first. Corners run clockwise from the left end of a long side.
pub fn outlines(picture: &RgbImage) -> Vec<Quad> {
    let edges = Edges::of(picture);
    let lines = strongest(&edges);
    let mut found: Vec<(f32, Quad)> = Vec::new();
    let opposite = pairs(&lines, &edges);
    for (index, (a, b)) in opposite.iter().enumerate() {
        for (c, d) in &opposite[index + 1..] {
            if a.apart(c) < 55 || b.apart(d) < 55 {
                continue;
            }
            let Some(quad) = quad(a, b, c, d).filter(|quad| edges.is_plausible(quad)) else { continue };
            let score = edges.support(&quad);
            if score > 0.5 {
                found.push((score, quad));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut kept: Vec<Quad> = Vec::new();
    for (_, quad) in found {
        if kept.iter().all(|other| differ(other, &quad, edges.width.max(edges.height) as f32 * 0.05)) {
            kept.push(quad);
        }
        if kept.len() == OUTLINES {
            break;
        }
    }
    kept.into_iter().map(|quad| scaled(&from_long_side(edges.refined(&quad)), edges.scale)).collect()
}

/// Every edge votes for the lines through it that run as it does.
fn strongest(edges: &Edges) -> Vec<Line> {
    let reach = (edges.width as f32).hypot(edges.height as f32);
    let bins = (2.0 * reach) as usize + 2;
    let mut votes = vec![0u16; ANGLES * bins];
    let turns: Vec<(f32, f32)> = (0..ANGLES).map(|degree| (degree as f32).to_radians().sin_cos()).collect();
    let bin = |distance: f32| (distance + reach).round() as usize;
    for edge in &edges.points {
        let around = edge.angle.to_degrees().rem_euclid(180.0).round() as usize;
        for degree in around + ANGLES - 3..=around + ANGLES + 3 {
            let (sin, cos) = turns[degree % ANGLES];
            votes[degree % ANGLES * bins + bin(edge.at.x * cos + edge.at.y * sin)] += 1;
        }
    }
    let least = edges.width.min(edges.height) as u16 / 10;
    let mut order: Vec<usize> = (0..votes.len()).filter(|at| votes[*at] >= least.max(6)).collect();
    order.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(a.cmp(b)));
    let mut lines: Vec<Line> = Vec::new();
    for at in order {
        let (angle, distance) = (at / bins, (at % bins) as f32 - reach);
        let (sin, cos) = turns[angle];
        let line = Line { cos, sin, distance, angle };
        let parallel = lines.iter().filter(|other| line.apart(other) < 12).count();
        if parallel < PARALLEL && lines.iter().all(|other| !same(&line, other)) {
            lines.push(line);
        }
        if lines.len() == LINES {
            break;
        }
    }
    lines
}

fn same(a: &Line, b: &Line) -> bool {
    // Turning by half a circle turns the sign of the distance.
    let flipped = a.angle.abs_diff(b.angle) > ANGLES / 2;
    let distance = if flipped { -b.distance } else { b.distance };
    a.apart(b) <= 4 && (a.distance - distance).abs() < 4.0
}

fn pairs(lines: &[Line], edges: &Edges) -> Vec<(Line, Line)> {
    let least = edges.width.min(edges.height) as f32 * 0.14;
    let middle = Point::new(edges.width as f32 / 2.0, edges.height as f32 / 2.0);
    let off = |line: &Line| middle.x * line.cos + middle.y * line.sin - line.distance;
    let mut found = Vec::new();
    for (index, a) in lines.iter().enumerate() {
        for b in &lines[index + 1..] {
            let flipped = a.angle.abs_diff(b.angle) > ANGLES / 2;
            let other = if flipped { -off(b) } else { off(b) };
            if a.apart(b) <= 28 && (off(a) - other).abs() > least {
                found.push((*a, *b));
            }
        }
    }
    found
}

fn quad(a: &Line, b: &Line, c: &Line, d: &Line) -> Option<Quad> {
    let mut corners = [a.crossing(c)?, a.crossing(d)?, b.crossing(d)?, b.crossing(c)?];
    if area(&corners) < 0.0 {
        corners.reverse();
    }
    let convex = (0..4).all(|i| {
        let (p, q, r) = (corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]);
        (q.x - p.x) * (r.y - q.y) - (q.y - p.y) * (r.x - q.x) > 0.0
    });
    convex.then_some(Quad(corners))
}

pub fn area(corners: &[Point; 4]) -> f32 {
    let doubled: f32 =
        (0..4).map(|i| corners[i].x * corners[(i + 1) % 4].y - corners[(i + 1) % 4].x * corners[i].y).sum();
    doubled / 2.0
}

fn from_long_side(Quad(corners): Quad) -> Quad {
    let side = |i: usize| corners[i].distance(corners[(i + 1) % 4]);
    let long = if side(0) + side(2) >= side(1) + side(3) { 0 } else { 1 };
    // Of the two long sides the one that leads to the right, or down.
    let (x, y) = (corners[(long + 1) % 4].x - corners[long].x, corners[(long + 1) % 4].y - corners[long].y);
    let leads = if x.abs() >= y.abs() { x > 0.0 } else { y > 0.0 };
    let start = if leads { long } else { long + 2 };
    Quad(std::array::from_fn(|i| corners[(start + i) % 4]))
}

fn differ(Quad(a): &Quad, Quad(b): &Quad, least: f32) -> bool {
    // The same outline may begin at another corner.
    (0..4).all(|shift| (0..4).any(|i| a[i].distance(b[(i + shift) % 4]) > least))
}

fn scaled(Quad(corners): &Quad, by: f32) -> Quad {
    Quad(corners.map(|point| Point::new(point.x * by, point.y * by)))
}

/// The sides of a quad, clockwise.
pub fn sides(Quad(corners): &Quad) -> [Segment; 4] {
    std::array::from_fn(|i| Segment { from: corners[i], to: corners[(i + 1) % 4] })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use image::Rgb;

    use super::*;
    use crate::ocr::Projection;

    /// A light card on a darker table, with some print on it.
    fn photo(corners: Quad) -> RgbImage {
        let back = Projection::onto(1000.0, 630.0, corners).unwrap().inverse().unwrap();
        RgbImage::from_fn(1200, 900, |x, y| {
            let place = back.apply(Point::new(x as f32, y as f32));
            let on_card = (0.0..1000.0).contains(&place.x) && (0.0..630.0).contains(&place.y);
            let printed = on_card && (500.0..560.0).contains(&place.y) && (place.x as i32 / 12) % 2 == 0;
            match (on_card, printed) {
                (_, true) => Rgb([40, 40, 40]),
                (true, _) => Rgb([220, 228, 232]),
                _ => Rgb([120 + (x % 7) as u8 * 3, 90, 60]),
            }
        })
    }

    #[test]
    fn a_card_on_a_table_is_found_to_a_pixel_or_two() {
        let corners = Quad([
            Point::new(210.0, 160.0),
            Point::new(1010.0, 240.0),
            Point::new(950.0, 760.0),
            Point::new(170.0, 640.0),
        ]);
        let found = outlines(&photo(corners));
        let best = found.first().unwrap();
        for (found, wanted) in best.0.iter().zip(corners.0) {
            assert!(found.distance(wanted) < 5.0, "{found:?} is not {wanted:?}");
        }
    }

    #[test]
    fn an_empty_table_has_no_card() {
        let table = RgbImage::from_fn(1200, 900, |x, y| Rgb([120 + (x / 9 % 5) as u8, 100 + (y / 7 % 5) as u8, 90]));
        assert_eq!(outlines(&table), []);
    }
}
