//! How a camera stands to a table: a projection from places on the table to places in a picture, and back.

/// A projective map of the plane, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Projection([f32; 9]);

/// Where a camera looks from. Angles in radians.
#[derive(Clone, Copy, Debug)]
pub struct Pose {
    /// Within the picture.
    pub turn: f32,
    pub tilt_x: f32,
    pub tilt_y: f32,
    /// From the lens to the table, in the table's units.
    pub distance: f32,
    /// Pixels to a unit of the table, in its middle.
    pub scale: f32,
}

impl Pose {
    pub fn projection(&self) -> Projection {
        let (sz, cz) = self.turn.sin_cos();
        let (sx, cx) = self.tilt_x.sin_cos();
        let (sy, cy) = self.tilt_y.sin_cos();
        // Turned about the line of sight first, then tilted; only the columns of the table's own two axes matter.
        let (a, b) = ([cz, sz, 0.0f32], [-sz, cz, 0.0f32]);
        let tilt = |[x, y, z]: [f32; 3]| {
            let (y, z) = (y * cx - z * sx, y * sx + z * cx);
            [x * cy + z * sy, y, z * cy - x * sy]
        };
        let (a, b) = (tilt(a), tilt(b));
        let focal = self.scale * self.distance;
        Projection([focal * a[0], focal * b[0], 0.0, focal * a[1], focal * b[1], 0.0, a[2], b[2], self.distance])
    }
}

impl Projection {
    /// Turns by `angle` and moves: where a card lies on the table.
    pub fn placed(angle: f32, (x, y): (f32, f32)) -> Self {
        let (s, c) = angle.sin_cos();
        Self([c, -s, x, s, c, y, 0.0, 0.0, 1.0])
    }

    pub fn moved(x: f32, y: f32) -> Self {
        Self::placed(0.0, (x, y))
    }

    pub fn scaled(by: f32) -> Self {
        Self([by, 0.0, 0.0, 0.0, by, 0.0, 0.0, 0.0, 1.0])
    }

    /// This one, and then `next`.
    pub fn then(self, next: Self) -> Self {
        let mut product = [0.0; 9];
        for (at, value) in product.iter_mut().enumerate() {
            let (row, column) = (at / 3, at % 3);
            *value = (0..3).map(|k| next.0[row * 3 + k] * self.0[k * 3 + column]).sum();
        }
        Self(product)
    }

    pub fn apply(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let m = &self.0;
        let w = m[6] * x + m[7] * y + m[8];
        ((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w)
    }

    /// By the adjugate; the scale of a projection does not matter.
    pub fn inverse(&self) -> Self {
        let m = &self.0;
        let minor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
        let adjugate = [
            minor(4, 5, 7, 8),
            -minor(1, 2, 7, 8),
            minor(1, 2, 4, 5),
            -minor(3, 5, 6, 8),
            minor(0, 2, 6, 8),
            -minor(0, 2, 3, 5),
            minor(3, 4, 6, 7),
            -minor(0, 1, 6, 7),
            minor(0, 1, 3, 4),
        ];
        Self(adjugate.map(|value| value / adjugate[8]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_leads_back() {
        let pose = Pose { turn: 2.1, tilt_x: 0.3, tilt_y: -0.4, distance: 2.0, scale: 900.0 };
        let there = Projection::placed(0.2, (0.1, -0.3)).then(pose.projection()).then(Projection::moved(700.0, 500.0));
        for place in [(0.0, 0.0), (0.5, 0.3), (-0.5, 0.31)] {
            let (x, y) = there.inverse().apply(there.apply(place));
            assert!((x - place.0).abs() < 1e-4 && (y - place.1).abs() < 1e-4, "{place:?} came back as {x} {y}");
        }
    }
}
