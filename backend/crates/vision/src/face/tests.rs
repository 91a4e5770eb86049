//! What is made of the networks' output, with networks that say what they are told to.
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use image::{Rgb, RgbImage};

use super::{networks::MESH_POINTS, *};

/// Finds faces at these anchors, as large as a quarter of the picture, and a mesh in each.
struct Told {
    anchors: Vec<usize>,
    present: f32,
    mesh: [(usize, [f32; 3]); 9],
}

/// A face that looks straight ahead and fills two thirds of the square the network sees.
const STRAIGHT: [(usize, [f32; 3]); 9] = [
    (33, [58.0, 80.0, 0.0]),
    (133, [82.0, 80.0, 0.0]),
    (362, [110.0, 80.0, 0.0]),
    (263, [134.0, 80.0, 0.0]),
    (2, [96.0, 115.0, -10.0]),
    (10, [96.0, 32.0, 0.0]),
    (152, [96.0, 160.0, 0.0]),
    (234, [40.0, 96.0, 20.0]),
    (454, [152.0, 96.0, 20.0]),
];

fn told(anchors: &[usize]) -> Told {
    Told { anchors: anchors.to_vec(), present: 0.99, mesh: STRAIGHT }
}

impl Networks for Told {
    fn detect(&self, picture: Vec<f32>) -> Result<Candidates, Error> {
        assert_eq!(picture.len(), 3 * 256 * 256);
        let mut candidates = Candidates { scores: vec![-20.0; 896], boxes: vec![0.0; 896 * 16] };
        for anchor in &self.anchors {
            candidates.scores[*anchor] = 4.0;
            let numbers = [0.0, 0.0, 64.0, 64.0, -12.0, -8.0, 12.0, -8.0];
            candidates.boxes[anchor * 16..anchor * 16 + 8].copy_from_slice(&numbers);
        }
        Ok(candidates)
    }

    fn mesh(&self, picture: Vec<f32>) -> Result<RawMesh, Error> {
        assert_eq!(picture.len(), 3 * 192 * 192);
        let mut points = vec![96.0; 3 * MESH_POINTS];
        points.iter_mut().skip(2).step_by(3).for_each(|depth| *depth = 0.0);
        for (index, point) in self.mesh {
            points[3 * index..3 * index + 3].copy_from_slice(&point);
        }
        Ok(RawMesh { present: self.present, points })
    }

    fn embed(&self, picture: Vec<f32>) -> Result<Embedding, Error> {
        assert_eq!(picture.len(), 3 * 150 * 150);
        Ok(Embedding::new([0.25; LENGTH]))
    }
}

/// With edges everywhere, so that it is sharp.
fn picture(width: u32, height: u32) -> Picture {
    Picture::new(RgbImage::from_fn(width, height, |x, y| Rgb([if (x / 6 + y / 6) % 2 == 0 { 100 } else { 140 }; 3])))
}

/// Row 7, column 7 of 16: near the middle.
const MIDDLE: usize = 2 * (7 * 16 + 7);
const CORNER: usize = 2 * (3 * 16 + 3);

#[test]
fn one_straight_face_will_do() {
    let report = FaceChecker::new(told(&[MIDDLE])).check(&picture(1024, 1024)).unwrap();
    assert_eq!(report.issues, [], "{:?}", report.measures);
    assert_eq!(report.measures.faces, 1);
    let at = report.at.unwrap();
    assert!((at.center().x - 480.0).abs() < 20.0 && (at.center().y - 480.0).abs() < 20.0, "{at:?}");
    let pose = report.pose.unwrap();
    assert!(pose.roll.abs() < 0.1 && pose.yaw.abs() < 0.1 && pose.pitch.abs() < 0.1, "{pose:?}");
    assert_eq!(report.embedding.unwrap().values()[0], 0.25);
    assert!(report.crop.unwrap().len() <= 50_000 && report.small.unwrap().len() <= 30_000);
}

#[test]
fn places_and_sizes_are_those_of_the_photo_however_much_smaller_it_was_looked_at() {
    let checker = FaceChecker::new(told(&[MIDDLE]));
    let whole = checker.check(&picture(1024, 1024)).unwrap();
    let smaller = checker.check(&Picture { scale: 4.0, ..picture(1024, 1024) }).unwrap();
    assert_eq!(smaller.measures.eyes, whole.measures.eyes * 4.0);
    assert_eq!(smaller.at.unwrap(), whole.at.unwrap().times(4.0));
}

#[test]
fn two_faces_are_two_and_none_is_none() {
    let report = FaceChecker::new(told(&[MIDDLE, CORNER])).check(&picture(1024, 1024)).unwrap();
    assert_eq!((report.measures.faces, &report.issues[..1]), (2, &[FaceIssue::SeveralFaces][..]));
    let nobody = FaceChecker::new(told(&[])).check(&picture(1024, 1024)).unwrap();
    assert_eq!(nobody.issues, [FaceIssue::NoFace]);
    let pattern = Told { present: 0.1, ..told(&[MIDDLE]) };
    assert_eq!(FaceChecker::new(pattern).check(&picture(1024, 1024)).unwrap().issues, [FaceIssue::NoFace]);
}

#[test]
fn a_face_turned_aside_is_told_from_the_depth_of_its_sides() {
    let mut turned = told(&[MIDDLE]);
    turned.mesh[7].1[2] = -40.0;
    turned.mesh[8].1[2] = 40.0;
    let report = FaceChecker::new(turned).check(&picture(1024, 1024)).unwrap();
    let yaw = report.pose.unwrap().yaw;
    assert!((yaw - 35.5).abs() < 1.0, "{yaw}");
    assert_eq!(report.issues, [FaceIssue::TurnedHead]);
}

#[test]
fn numbers_that_are_none_are_an_error_and_no_panic() {
    let mut broken = told(&[MIDDLE]);
    broken.mesh[0].1[0] = f32::NAN;
    assert!(matches!(FaceChecker::new(broken).check(&picture(640, 480)), Err(Error::Model(_))));
}
