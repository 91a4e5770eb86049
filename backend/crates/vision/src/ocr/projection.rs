//! Projective maps of the plane.

use crate::{Point, Quad};

/// Row by row; the last number is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection([f64; 9]);

impl Projection {
    pub const SAME: Self = Self([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);

    pub fn scale(by: f32) -> Self {
        let by = f64::from(by);
        Self([by, 0.0, 0.0, 0.0, by, 0.0, 0.0, 0.0, 1.0])
    }

    pub fn moved(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, f64::from(x), 0.0, 1.0, f64::from(y), 0.0, 0.0, 1.0])
    }

    /// By half a circle within a box.
    pub fn half_turn(width: f32, height: f32) -> Self {
        Self([-1.0, 0.0, f64::from(width), 0.0, -1.0, f64::from(height), 0.0, 0.0, 1.0])
    }

    /// From an upright box at the origin to a quad.
    pub fn onto(width: f32, height: f32, Quad(to): Quad) -> Option<Self> {
        let from = [Point::new(0.0, 0.0), Point::new(width, 0.0), Point::new(width, height), Point::new(0.0, height)];
        Self::fit(&from.into_iter().zip(to).collect::<Vec<_>>())
    }

    /// The map that leads nearest to where the pairs lead; four pairs give it exactly.
    pub fn fit(pairs: &[(Point, Point)]) -> Option<Self> {
        if pairs.len() < 4 {
            return None;
        }
        // Both sides are brought to about 1, so that squares and ones can be added.
        let (from, into) = (Norm::of(pairs.iter().map(|pair| pair.0)), Norm::of(pairs.iter().map(|pair| pair.1)));
        let mut normal = [[0.0; 9]; 8];
        for (a, b) in pairs {
            let ((x, y), (u, v)) = (from.apply(*a), into.apply(*b));
            let rows =
                [([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], u), ([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y], v)];
            for (row, right) in rows {
                for i in 0..8 {
                    for j in 0..8 {
                        normal[i][j] += row[i] * row[j];
                    }
                    normal[i][8] += row[i] * right;
                }
            }
        }
        let h = solve(normal)?;
        let core = Self([h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], 1.0]);
        Some(from.matrix().then(core).then(into.matrix().inverse()?))
    }

    /// An affine map from at least three pairs.
    pub fn fit_affine(pairs: &[(Point, Point)]) -> Option<Self> {
        if pairs.len() < 3 {
            return None;
        }
        let from = Norm::of(pairs.iter().map(|pair| pair.0));
        let solve_for = |target: &dyn Fn(Point) -> f64| {
            let mut normal = [[0.0; 4]; 3];
            for (a, b) in pairs {
                let (x, y) = from.apply(*a);
                let row = [x, y, 1.0];
                for i in 0..3 {
                    for j in 0..3 {
                        normal[i][j] += row[i] * row[j];
                    }
                    normal[i][3] += row[i] * target(*b);
                }
            }
            solve(normal)
        };
        let (u, v) = (solve_for(&|p| f64::from(p.x))?, solve_for(&|p| f64::from(p.y))?);
        Some(from.matrix().then(Self([u[0], u[1], u[2], v[0], v[1], v[2], 0.0, 0.0, 1.0])))
    }

    /// This one, and then `next`.
    pub fn then(self, next: Self) -> Self {
        let product: [f64; 9] =
            std::array::from_fn(|at| (0..3).map(|k| next.0[at / 3 * 3 + k] * self.0[k * 3 + at % 3]).sum());
        if product[8].abs() < 1e-12 { Self(product) } else { Self(product.map(|value| value / product[8])) }
    }

    pub fn apply(&self, point: Point) -> Point {
        let (x, y, m) = (f64::from(point.x), f64::from(point.y), &self.0);
        let w = m[6] * x + m[7] * y + m[8];
        Point::new(((m[0] * x + m[1] * y + m[2]) / w) as f32, ((m[3] * x + m[4] * y + m[5]) / w) as f32)
    }

    pub fn quad(&self, Quad(points): Quad) -> Quad {
        Quad(points.map(|point| self.apply(point)))
    }

    pub fn inverse(&self) -> Option<Self> {
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
        (adjugate[8].abs() > 1e-12).then(|| Self(adjugate.map(|value| value / adjugate[8])))
    }
}

/// Moves points to around 0 and scales them to about 1.
struct Norm {
    x: f64,
    y: f64,
    by: f64,
}

impl Norm {
    fn of(points: impl Iterator<Item = Point> + Clone) -> Self {
        let count = points.clone().count().max(1) as f64;
        let x = points.clone().map(|point| f64::from(point.x)).sum::<f64>() / count;
        let y = points.clone().map(|point| f64::from(point.y)).sum::<f64>() / count;
        let far = points.map(|point| (f64::from(point.x) - x).hypot(f64::from(point.y) - y)).sum::<f64>() / count;
        Self { x, y, by: 1.0 / far.max(1e-6) }
    }

    fn apply(&self, point: Point) -> (f64, f64) {
        ((f64::from(point.x) - self.x) * self.by, (f64::from(point.y) - self.y) * self.by)
    }

    fn matrix(&self) -> Projection {
        Projection([self.by, 0.0, -self.x * self.by, 0.0, self.by, -self.y * self.by, 0.0, 0.0, 1.0])
    }
}

/// Gauss, with pivots. The last column is the right side.
fn solve<const N: usize, const M: usize>(mut rows: [[f64; M]; N]) -> Option<[f64; N]> {
    for column in 0..N {
        let pivot = (column..N).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-12 {
            return None;
        }
        rows.swap(column, pivot);
        let reference = rows[column];
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column {
                let factor = row[column] / reference[column];
                row.iter_mut().zip(&reference).for_each(|(value, other)| *value -= factor * other);
            }
        }
    }
    Some(std::array::from_fn(|row| rows[row][M - 1] / rows[row][row]))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    fn corners() -> Quad {
        Quad([Point::new(210.0, 95.0), Point::new(900.0, 160.0), Point::new(860.0, 640.0), Point::new(150.0, 520.0)])
    }

    fn near(a: Point, b: Point) {
        assert!(a.distance(b) < 0.01, "{a:?} is not {b:?}");
    }

    #[test]
    fn a_box_is_led_onto_a_quad_and_back() {
        let there = Projection::onto(1000.0, 630.0, corners()).unwrap();
        near(there.apply(Point::new(1000.0, 630.0)), corners().0[2]);
        let back = there.inverse().unwrap();
        near(back.apply(there.apply(Point::new(320.0, 540.0))), Point::new(320.0, 540.0));
    }

    #[test]
    fn more_points_than_needed_are_averaged() {
        let there = Projection::onto(1000.0, 630.0, corners()).unwrap();
        let points = (0..20).map(|i| Point::new(i as f32 * 47.0 % 1000.0, i as f32 * 91.0 % 630.0));
        let pairs: Vec<_> = points.map(|point| (point, there.apply(point))).collect();
        let fitted = Projection::fit(&pairs).unwrap();
        near(fitted.apply(Point::new(500.0, 300.0)), there.apply(Point::new(500.0, 300.0)));
    }

    #[test]
    fn points_on_one_line_fit_nothing() {
        let pairs: Vec<_> = (0..6).map(|i| (Point::new(i as f32, i as f32), Point::new(i as f32, 2.0))).collect();
        assert_eq!(Projection::fit(&pairs), None);
        assert_eq!(Projection::fit_affine(&pairs), None);
    }
}
