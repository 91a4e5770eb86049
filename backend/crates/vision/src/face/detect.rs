//! Where faces are.

use super::{
    networks::{Candidates, DETECTOR_SIDE, Networks},
    warp::{Beyond, Similarity, cut, planes},
};
use crate::{Error, Picture, Point, Rect};

/// A face that was found, in pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    pub score: f32,
    pub at: Rect,
    /// The eye on the picture's left, and the other.
    pub eyes: [Point; 2],
}

impl Found {
    /// How far the head leans, in radians.
    pub fn lean(&self) -> f32 {
        let [left, right] = self.eyes;
        (right.y - left.y).atan2(right.x - left.x)
    }
}

/// Less than this is a pattern that looks a little like a face.
const SURE: f32 = 0.5;
/// Boxes that share more than this are one face.
const SAME: f32 = 0.3;
/// What the boxes of one anchor hold: centre, size, and six points.
const NUMBERS: usize = 16;

/// How the picture is looked at: in a square, some times as large, and turned by some degrees.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub margin: f32,
    pub turn: f32,
}

/// One after the other until there is a face: as it is; with room around, for a face that fills it; and lying or on its
/// head, because to say so helps more than to say that there is nobody.
pub const LOOKS: [Look; 5] = [
    Look { margin: 1.0, turn: 0.0 },
    Look { margin: 1.6, turn: 0.0 },
    Look { margin: 1.0, turn: 90.0 },
    Look { margin: 1.0, turn: -90.0 },
    Look { margin: 1.0, turn: 180.0 },
];

/// The surest first.
pub fn detect(networks: &dyn Networks, picture: &Picture, look: Look) -> Result<Vec<Found>, Error> {
    let longest = picture.width().max(picture.height());
    // Whole steps first: a mean over a grid of so many pixels would take longer than the network.
    let by = longest / DETECTOR_SIDE as u32;
    let small = (by > 1).then(|| picture.shrunk(by));
    let (pixels, by) = small.as_ref().map_or((&picture.pixels, 1.0), |small| (&small.pixels, by as f32));
    let center = Point::new(pixels.width() as f32 / 2.0, pixels.height() as f32 / 2.0);
    let side = pixels.width().max(pixels.height()) as f32 * look.margin;
    let square = Similarity::square(center, side, look.turn.to_radians(), DETECTOR_SIDE);
    let side = DETECTOR_SIDE as u32;
    let seen = cut(pixels, &square, side, side, Beyond::Black);
    let candidates = networks.detect(planes(&seen, [127.5; 3], 1.0 / 127.5))?;
    let place = |point: Point| {
        let at = square.apply(point);
        Point::new(at.x * by, at.y * by)
    };
    Ok(apart(decode(&candidates, &place, square.scale() * by)))
}

fn decode(candidates: &Candidates, place: &dyn Fn(Point) -> Point, scale: f32) -> Vec<Found> {
    let boxes = candidates.boxes.as_chunks::<NUMBERS>().0;
    let mut found: Vec<_> = anchors()
        .zip(candidates.scores.iter().zip(boxes))
        .filter_map(|(anchor, (logit, numbers))| {
            let score = 1.0 / (1.0 + (-logit).exp());
            let at = |index: usize| place(Point::new(anchor.x + numbers[index], anchor.y + numbers[index + 1]));
            let (center, width, height) = (at(0), numbers[2] * scale, numbers[3] * scale);
            let (left, top) = (center.x - width / 2.0, center.y - height / 2.0);
            (score >= SURE).then(|| Found { score, at: Rect { left, top, width, height }, eyes: [at(4), at(6)] })
        })
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found
}

/// Two scales: two anchors every 16 pixels... of 256, and six every 32.
fn anchors() -> impl Iterator<Item = Point> {
    [(16, 2), (32, 6)].into_iter().flat_map(|(step, count)| {
        let cells = DETECTOR_SIDE / step;
        let middle = move |cell: usize| step as f32 * (cell as f32 + 0.5);
        (0..cells * cells)
            .flat_map(move |cell| std::iter::repeat_n(Point::new(middle(cell % cells), middle(cell / cells)), count))
    })
}

/// One box a face: the surest of those that share a place.
fn apart(found: Vec<Found>) -> Vec<Found> {
    let mut faces: Vec<Found> = Vec::new();
    for face in found {
        if faces.iter().all(|other| other.at.overlap(&face.at) < SAME) {
            faces.push(face);
        }
    }
    faces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_896_anchors() {
        let anchors: Vec<_> = anchors().collect();
        assert_eq!(anchors.len(), 512 + 384);
        assert_eq!(
            (anchors[0], anchors[1], anchors[2]),
            (Point::new(8.0, 8.0), Point::new(8.0, 8.0), Point::new(24.0, 8.0))
        );
        assert_eq!((anchors[512], anchors[895]), (Point::new(16.0, 16.0), Point::new(240.0, 240.0)));
    }

    #[test]
    fn what_shares_a_place_is_one_face_and_the_unsure_is_none() {
        let mut candidates = Candidates { scores: vec![-9.0; 896], boxes: vec![0.0; 896 * 16] };
        for (index, score) in [(100, 2.0), (101, 3.0), (300, 1.0), (500, -1.0)] {
            candidates.scores[index] = score;
            candidates.boxes[index * 16 + 2..index * 16 + 4].copy_from_slice(&[40.0, 40.0]);
        }
        let faces = apart(decode(&candidates, &|point| Point::new(point.x * 2.0, point.y * 2.0), 2.0));
        assert_eq!(faces.len(), 2);
        assert!(faces[0].score > 0.95 && (faces[1].score - 0.731).abs() < 1e-3);
        // Anchor 100 is the second of cell 50: row 3, column 2.
        assert_eq!(faces[0].at, Rect { left: 40.0, top: 72.0, width: 80.0, height: 80.0 });
    }
}
