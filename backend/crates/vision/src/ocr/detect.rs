//! From the probability that a pixel is text to lines: what DBNet wants done with its output.

use rten_imageproc::{BoundingRect, Rect, RetrievalMode, RotatedRect, find_contours, min_area_rect, simplify_polygon};
use rten_tensor::{NdTensorView, prelude::*};

use super::Found;
use crate::{Point, Quad};

/// A pixel above it is text.
const TEXT: f32 = 0.3;
/// A line's mean.
const LINE: f32 = 0.5;
/// The network marks the middle of a line; this much of area to outline is added around.
const GROW: f32 = 1.6;
const LEAST_SIDE: f32 = 3.0;

pub fn lines(map: NdTensorView<f32, 2>) -> Vec<Found> {
    let mask = map.map(|value| *value > TEXT);
    let contours = find_contours(mask.view(), RetrievalMode::External);
    contours
        .iter()
        .filter_map(|contour| {
            let points: Vec<_> = contour.iter().map(|point| point.to_f32()).collect();
            let rect = min_area_rect(&simplify_polygon(&points, 1.0))?;
            // Contours run through pixels' middles.
            let rect = rect.expanded(0.5, 0.5);
            if rect.width().min(rect.height()) < LEAST_SIDE {
                return None;
            }
            let score = mean(&map, &rect);
            (score > LINE).then(|| Found { at: quad(&grown(&rect)), score })
        })
        .collect()
}

/// Within the line's box.
fn mean(map: &NdTensorView<f32, 2>, rect: &RotatedRect) -> f32 {
    let bounds = rect.bounding_rect().integral_bounding_rect();
    let bounds = bounds.intersection(Rect::from_hw(map.size(0) as i32, map.size(1) as i32));
    let (mut sum, mut count) = (0.0, 0u32);
    for y in bounds.top()..bounds.bottom() {
        for x in bounds.left()..bounds.right() {
            if rect.contains(rten_imageproc::Point::from_yx(y as f32, x as f32)) {
                sum += map[[y as usize, x as usize]];
                count += 1;
            }
        }
    }
    sum / count.max(1) as f32
}

fn grown(rect: &RotatedRect) -> RotatedRect {
    let (width, height) = (rect.width(), rect.height());
    let distance = width * height * GROW / (2.0 * (width + height));
    rect.expanded(distance, distance)
}

/// Clockwise, the first edge a long one that leads to the right, or down when the line is upright.
fn quad(rect: &RotatedRect) -> Quad {
    let mut corners = rect.corners().map(|point| Point::new(point.x + 0.5, point.y + 0.5));
    let area: f32 = (0..4).map(|i| corners[i].x * corners[(i + 1) % 4].y - corners[(i + 1) % 4].x * corners[i].y).sum();
    if area < 0.0 {
        corners.reverse();
    }
    let leads = |start: usize| {
        let (a, b, d) = (corners[start], corners[(start + 1) % 4], corners[(start + 3) % 4]);
        let along = a.distance(b) >= a.distance(d);
        let (x, y) = (b.x - a.x, b.y - a.y);
        along && if x.abs() >= y.abs() { x > 0.0 } else { y > 0.0 }
    };
    let start = (0..4).find(|start| leads(*start)).unwrap_or(0);
    Quad(std::array::from_fn(|i| corners[(start + i) % 4]))
}

#[cfg(test)]
mod tests {
    use rten_tensor::NdTensor;

    use super::*;

    #[test]
    fn a_bright_bar_is_a_line_and_grows() {
        let mut map = NdTensor::full([100, 200], 0.0f32);
        for y in 40..50 {
            for x in 30..130 {
                map[[y, x]] = 0.9;
            }
        }
        let lines = lines(map.view());
        let [Found { at: Quad([a, b, c, _]), score }] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(*score > 0.8);
        assert!(a.x < 28.0 && a.y < 38.0 && b.x > 132.0 && c.y > 52.0, "{a:?} {b:?} {c:?}");
        assert!(a.x > 15.0 && a.y > 25.0 && b.x < 145.0 && c.y < 65.0);
        assert!(a.y < c.y && a.x < b.x);
    }

    #[test]
    fn faint_and_tiny_things_are_not_lines() {
        let mut map = NdTensor::full([100, 200], 0.0f32);
        for x in 30..130 {
            map[[40, x]] = 0.9;
            for y in 60..72 {
                map[[y, x]] = 0.35;
            }
        }
        assert_eq!(lines(map.view()), []);
    }
}
