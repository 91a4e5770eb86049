//! The 468 points of a face, and what follows from where they lie.

use super::{
    Pose,
    detect::Found,
    networks::{MESH_POINTS, MESH_SIDE, Networks, RawMesh},
    warp::{Beyond, Similarity, cut, planes},
};
use crate::{Error, Picture, Point, Rect};

/// Points by what they are; left and right as one sees them in the picture.
mod points {
    pub const LEFT_EYE: [usize; 2] = [33, 133];
    pub const RIGHT_EYE: [usize; 2] = [263, 362];
    pub const NOSE_BASE: usize = 2;
    pub const FOREHEAD: usize = 10;
    pub const CHIN: usize = 152;
    pub const LEFT_SIDE: usize = 234;
    pub const RIGHT_SIDE: usize = 454;
}

/// How much larger than the face the square around it is that the network looks at.
const ROOM: f32 = 1.5;

#[derive(Debug, Clone)]
pub struct Mesh {
    /// How sure the network is that this is a face.
    pub present: f32,
    /// In pixels of the picture; the third number is the depth, smaller is nearer.
    pub points: Vec<[f32; 3]>,
}

impl Mesh {
    /// Looks twice: where the detector found a face, then more closely where the first mesh lies.
    pub fn of(networks: &dyn Networks, picture: &Picture, found: &Found) -> Result<Self, Error> {
        let side = found.at.width.max(found.at.height) * ROOM;
        let first = Self::look(networks, picture, found.at.center(), side, found.lean())?;
        let (center, side) = first.frame();
        Self::look(networks, picture, center, side * ROOM, first.lean())
    }

    fn look(networks: &dyn Networks, picture: &Picture, center: Point, side: f32, lean: f32) -> Result<Self, Error> {
        // A face is never so small that its square has no pixel, but numbers out of a network may say so.
        let side =
            if side.is_finite() { side.clamp(8.0, 4.0 * picture.width().max(picture.height()) as f32) } else { 8.0 };
        let square = Similarity::square(center, side, lean, MESH_SIDE);
        let size = MESH_SIDE as u32;
        let seen = cut(&picture.pixels, &square, size, size, Beyond::Black);
        let RawMesh { present, points } = networks.mesh(planes(&seen, [0.0; 3], 1.0 / 255.0))?;
        let points: Vec<_> = (points.as_chunks::<3>().0.iter())
            .map(|&[x, y, z]| {
                let at = square.apply(Point::new(x, y));
                [at.x, at.y, z * square.scale()]
            })
            .collect();
        if points.len() != MESH_POINTS || points.iter().flatten().any(|number| !number.is_finite()) {
            return Err(Error::Model("a mesh of other points".into()));
        }
        Ok(Self { present, points })
    }

    fn point(&self, index: usize) -> [f32; 3] {
        self.points.get(index).copied().unwrap_or_default()
    }

    fn at(&self, index: usize) -> Point {
        let [x, y, _] = self.point(index);
        Point::new(x, y)
    }

    /// The middle between the corners of each eye.
    pub fn eyes(&self) -> [Point; 2] {
        [points::LEFT_EYE, points::RIGHT_EYE].map(|[outer, inner]| {
            let (outer, inner) = (self.at(outer), self.at(inner));
            Point::new((outer.x + inner.x) / 2.0, (outer.y + inner.y) / 2.0)
        })
    }

    pub fn between_eyes(&self) -> Point {
        let [left, right] = self.eyes();
        Point::new((left.x + right.x) / 2.0, (left.y + right.y) / 2.0)
    }

    pub fn eye_distance(&self) -> f32 {
        let [left, right] = self.eyes();
        left.distance(right)
    }

    fn lean(&self) -> f32 {
        let [left, right] = self.eyes();
        (right.y - left.y).atan2(right.x - left.x)
    }

    pub fn forehead(&self) -> Point {
        self.at(points::FOREHEAD)
    }

    pub fn chin(&self) -> Point {
        self.at(points::CHIN)
    }

    /// What dlib aligns a face by: the corners of the eyes from outside in, right then left, and the base of the nose.
    pub fn dlib_points(&self) -> [Point; 5] {
        let ([left, left_inner], [right, right_inner]) = (points::LEFT_EYE, points::RIGHT_EYE);
        [right, right_inner, left, left_inner, points::NOSE_BASE].map(|index| self.at(index))
    }

    /// The upright box around all points.
    pub fn bounds(&self) -> Rect {
        let (mut left, mut top, mut right, mut bottom) = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        for [x, y, _] in &self.points {
            (left, right) = (left.min(*x), right.max(*x));
            (top, bottom) = (top.min(*y), bottom.max(*y));
        }
        Rect { left, top, width: right - left, height: bottom - top }
    }

    /// Centre and longer side of the box around all points that leans as the face does.
    fn frame(&self) -> (Point, f32) {
        let (sin, cos) = self.lean().sin_cos();
        let turned: Vec<_> = self.points.iter().map(|[x, y, _]| [cos * x + sin * y, cos * y - sin * x, 0.0]).collect();
        let bounds = Mesh { present: 1.0, points: turned }.bounds();
        let center = bounds.center();
        let center = Point::new(cos * center.x - sin * center.y, sin * center.x + cos * center.y);
        (center, bounds.width.max(bounds.height))
    }

    /// Roughly, from the directions across the face and down it, in space.
    pub fn pose(&self) -> Pose {
        let direction = |from: usize, to: usize| {
            let (from, to) = (self.point(from), self.point(to));
            [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
        };
        let across = direction(points::LEFT_SIDE, points::RIGHT_SIDE);
        let down = direction(points::FOREHEAD, points::CHIN);
        Pose {
            roll: self.lean().to_degrees(),
            // The side of the face that is further away is the one it is turned to.
            yaw: across[2].atan2(across[0].hypot(across[1])).to_degrees(),
            // Chin nearer than forehead: looking up.
            pitch: (-down[2]).atan2(down[0].hypot(down[1])).to_degrees(),
        }
    }
}
