//! The picture of a face as the network for its numbers was taught: aligned as dlib does.

use image::RgbImage;

use super::{
    mesh::Mesh,
    networks::CHIP_SIDE,
    warp::{Beyond, Similarity, cut, planes},
};
use crate::Point;

/// Where dlib wants the corners of the eyes and the base of the nose, in a face of one by one.
const PLACES: [(f32, f32); 5] = [
    (0.859_567_46, 0.213_498_15),
    (0.646_060_5, 0.228_967_44),
    (0.120_575_06, 0.213_727_45),
    (0.334_085_06, 0.229_064_24),
    (0.490_112_3, 0.627_797_5),
];
/// Of such a face, on every side.
const PADDING: f32 = 0.25;
/// The mean colour of the faces it was taught with.
const MEAN: [f32; 3] = [122.782, 117.001, 104.298];

pub fn chip(picture: &RgbImage, mesh: &Mesh) -> Vec<f32> {
    let side = CHIP_SIDE as u32;
    let chip = cut(picture, &alignment(&mesh.dlib_points()), side, side, Beyond::Black);
    planes(&chip, MEAN, 1.0 / 255.0)
}

fn alignment(points: &[Point; 5]) -> Similarity {
    let place = |value: f32| (value + PADDING) / (1.0 + 2.0 * PADDING) * CHIP_SIDE as f32;
    Similarity::fit(&PLACES.map(|(x, y)| Point::new(place(x), place(y))), points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_that_lies_as_dlib_wants_is_cut_out_as_it_is() {
        let points = PLACES.map(|(x, y)| Point::new((x + 0.25) * 200.0 + 40.0, (y + 0.25) * 200.0 - 7.0));
        let alignment = alignment(&points);
        assert!((alignment.scale() - 2.0).abs() < 1e-4 && alignment.sin.abs() < 1e-4);
        assert!(alignment.apply(Point::default()).distance(Point::new(40.0, -7.0)) < 1e-2);
    }
}
