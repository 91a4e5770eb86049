//! Whether a face photo will do, as far as one photo can tell.

use image::RgbImage;

use super::{
    FaceIssue, Measures, Pose,
    mesh::Mesh,
    warp::{Beyond, Similarity, cut},
};
use crate::{Picture, Point};

/// Pixels of the photo between the eyes.
const EYES: f32 = 60.0;
const BRIGHTNESS: std::ops::RangeInclusive<f32> = 60.0..=205.0;
/// What a face still has whose eyes were 25 pixels apart before somebody made the photo larger.
const SHARPNESS: f32 = 12.0;
/// Edges in the dark are fainter than in the light, and no less sharp: they are measured as if the face were so bright,
/// down to where nothing but noise would be left.
const LIGHT: f32 = 120.0;
const DARK: f32 = 15.0;
const ROLL: f32 = 15.0;
const YAW: f32 = 22.0;
const PITCH: f32 = 20.0;
/// In distances between the eyes.
const HEADROOM: f32 = 0.0;
const SHOULDERS: f32 = 0.6;
const BESIDE: f32 = 0.2;
/// The skull goes on above the uppermost point of the mesh, by this much of what lies between that and the chin.
const SKULL: f32 = 0.3;

/// Where sharpness is measured: the eyes, brows, nose and mouth of a face with this much between the eyes.
const MEASURED_EYES: f32 = 60.0;
const MEASURED_SIDE: usize = 128;

pub fn measure(picture: &Picture, mesh: &Mesh, faces: usize) -> Measures {
    let eyes = mesh.eye_distance().max(1.0);
    let face = face(picture, mesh, eyes);
    let (forehead, chin) = (mesh.forehead(), mesh.chin());
    let skull = Point::new(forehead.x + (forehead.x - chin.x) * SKULL, forehead.y + (forehead.y - chin.y) * SKULL);
    let bounds = mesh.bounds();
    Measures {
        faces,
        eyes: eyes * picture.scale,
        brightness: brightness(&face),
        sharpness: sharpness(&face) * LIGHT.powi(2) / brightness(&face).max(DARK).powi(2),
        headroom: skull.y.min(forehead.y) / eyes,
        shoulders: (picture.height() as f32 - chin.y) / eyes,
        beside: bounds.left.min(picture.width() as f32 - bounds.right()) / eyes,
    }
}

/// Grey, upright, and always the same size.
fn face(picture: &Picture, mesh: &Mesh, eyes: f32) -> Vec<f32> {
    let [left, right] = mesh.eyes();
    let lean = (right.y - left.y).atan2(right.x - left.x);
    let side = MEASURED_SIDE as f32 * eyes / MEASURED_EYES;
    let middle = mesh.between_eyes();
    let (down, along) = (side * 0.18 * lean.cos(), side * 0.18 * lean.sin());
    let center = Point::new(middle.x - along, middle.y + down);
    let square = Similarity::square(center, side, lean, MEASURED_SIDE);
    let size = MEASURED_SIDE as u32;
    grey(&cut(&picture.pixels, &square, size, size, Beyond::Edge))
}

fn grey(picture: &RgbImage) -> Vec<f32> {
    let weight = |pixel: &image::Rgb<u8>| {
        let [r, g, b] = pixel.0.map(f32::from);
        0.299 * r + 0.587 * g + 0.114 * b
    };
    picture.pixels().map(weight).collect()
}

fn brightness(face: &[f32]) -> f32 {
    face.iter().sum::<f32>() / face.len().max(1) as f32
}

/// Variance of the Laplacian.
fn sharpness(face: &[f32]) -> f32 {
    let side = MEASURED_SIDE;
    let inside = (1..side - 1).flat_map(|y| (1..side - 1).map(move |x| y * side + x));
    let (mut count, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for at in inside {
        let around = face[at - 1] + face[at + 1] + face[at - side] + face[at + side];
        let value = around - 4.0 * face[at];
        (count, sum, squares) = (count + 1.0, sum + value, squares + value * value);
    }
    let mean = sum / count;
    squares / count - mean * mean
}

pub fn issues(measures: &Measures, pose: &Pose) -> Vec<FaceIssue> {
    let all = [
        (measures.faces > 1, FaceIssue::SeveralFaces),
        (measures.eyes < EYES, FaceIssue::TooSmall),
        (pose.roll.abs() > ROLL, FaceIssue::TiltedHead),
        (pose.yaw.abs() > YAW, FaceIssue::TurnedHead),
        (pose.pitch.abs() > PITCH, FaceIssue::RaisedOrLoweredHead),
        (measures.brightness < *BRIGHTNESS.start(), FaceIssue::TooDark),
        (measures.brightness > *BRIGHTNESS.end(), FaceIssue::TooBright),
        (measures.sharpness < SHARPNESS, FaceIssue::Blurred),
        (measures.headroom < HEADROOM, FaceIssue::CutOffAbove),
        (measures.shoulders < SHOULDERS, FaceIssue::CutOffBelow),
        (measures.beside < BESIDE, FaceIssue::CutOffBeside),
    ];
    all.into_iter().filter(|(wrong, _)| *wrong).map(|(_, issue)| issue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Measures = Measures {
        faces: 1,
        eyes: 90.0,
        brightness: 120.0,
        sharpness: 400.0,
        headroom: 0.6,
        shoulders: 1.5,
        beside: 1.0,
    };
    const STRAIGHT: Pose = Pose { roll: 2.0, yaw: -4.0, pitch: 5.0 };

    #[test]
    fn a_good_photo_has_no_issues_and_each_fault_is_its_own() {
        assert_eq!(issues(&GOOD, &STRAIGHT), []);
        for (measures, pose, issue) in [
            (Measures { faces: 3, ..GOOD }, STRAIGHT, FaceIssue::SeveralFaces),
            (Measures { eyes: 59.0, ..GOOD }, STRAIGHT, FaceIssue::TooSmall),
            (GOOD, Pose { roll: -40.0, ..STRAIGHT }, FaceIssue::TiltedHead),
            (GOOD, Pose { yaw: 40.0, ..STRAIGHT }, FaceIssue::TurnedHead),
            (GOOD, Pose { pitch: 40.0, ..STRAIGHT }, FaceIssue::RaisedOrLoweredHead),
            (Measures { brightness: 20.0, ..GOOD }, STRAIGHT, FaceIssue::TooDark),
            (Measures { brightness: 250.0, ..GOOD }, STRAIGHT, FaceIssue::TooBright),
            (Measures { sharpness: 3.0, ..GOOD }, STRAIGHT, FaceIssue::Blurred),
            (Measures { headroom: -0.2, ..GOOD }, STRAIGHT, FaceIssue::CutOffAbove),
            (Measures { shoulders: 0.1, ..GOOD }, STRAIGHT, FaceIssue::CutOffBelow),
            (Measures { beside: -0.1, ..GOOD }, STRAIGHT, FaceIssue::CutOffBeside),
        ] {
            assert_eq!(issues(&measures, &pose), [issue]);
        }
    }

    #[test]
    fn grey_has_no_edges_and_a_chessboard_has() {
        let side = MEASURED_SIDE;
        assert_eq!(sharpness(&vec![90.0; side * side]), 0.0);
        let board: Vec<f32> =
            (0..side * side).map(|at| if (at % side + at / side).is_multiple_of(2) { 0.0 } else { 10.0 }).collect();
        assert!((sharpness(&board) - 1600.0).abs() < 1.0);
        assert!((brightness(&board) - 5.0).abs() < 0.01);
    }
}
