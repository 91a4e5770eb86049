//! Who looks most like this face, among very many.
//!
//! All faces are looked at: an index would cost minutes to build, and miss some. A face is kept three times: half of its
//! numbers as bytes, the other half as bytes, and all as they are. Going through the first halves of a million takes a
//! few milliseconds, and leaves few faces that need a second look; those that remain are measured exactly. Nothing is
//! missed: bytes only ever make two faces seem nearer than they are by a known amount, which is allowed for.

use rten_simd::{Isa, SimdOp};

use crate::{
    Embedding,
    face::{LENGTH, apart},
};

const HALF: usize = LENGTH / 2;

/// Numbers beyond this are cut off. Cut-off numbers lie nearer to each other than the true ones, never further.
const WIDEST: f32 = 0.5;
const STEP: f32 = WIDEST / 127.0;
/// Faces whose first halves are measured in one go, without a decision in between.
const BLOCK: usize = 64;

/// Faces by key. A key may have several.
#[derive(Debug, Clone)]
pub struct Gallery<K> {
    keys: Vec<K>,
    first: Halves,
    second: Halves,
    exact: Vec<[f32; LENGTH]>,
}

impl<K> Default for Gallery<K> {
    fn default() -> Self {
        Self { keys: Vec::new(), first: Halves::default(), second: Halves::default(), exact: Vec::new() }
    }
}

impl<K: Copy + Eq> Gallery<K> {
    pub fn push(&mut self, key: K, face: &Embedding) {
        let [first, second] = halves(face.values());
        self.keys.push(key);
        self.first.push(first);
        self.second.push(second);
        self.exact.push(*face.values());
    }

    /// All faces of `key` go; says how many that were.
    pub fn remove(&mut self, key: K) -> usize {
        let before = self.keys.len();
        let mut index = 0;
        while index < self.keys.len() {
            if self.keys[index] == key {
                self.keys.swap_remove(index);
                self.first.swap_remove(index);
                self.second.swap_remove(index);
                self.exact.swap_remove(index);
            } else {
                index += 1;
            }
        }
        before - self.keys.len()
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// At most `count` faces no further than `limit`, the nearest first.
    pub fn nearest(&self, face: &Embedding, count: usize, limit: f32) -> Vec<(K, f32)> {
        if count == 0 || limit.is_nan() {
            return Vec::new();
        }
        let best = Best::new(count, limit);
        let search = Search { first: &self.first, second: &self.second, exact: &self.exact, face: face.values(), best };
        search.dispatch().into_iter().map(|(index, distance)| (self.keys[index], distance)).collect()
    }
}

/// Bytes of many faces, with the sum of their squares: how far two are apart follows from a product, which processors
/// have wide instructions for.
#[derive(Debug, Clone, Default)]
struct Halves {
    bytes: Vec<[i8; HALF]>,
    squares: Vec<i32>,
}

impl Halves {
    fn push(&mut self, bytes: [i8; HALF]) {
        self.bytes.push(bytes);
        self.squares.push(product(&bytes, &bytes));
    }

    fn swap_remove(&mut self, index: usize) {
        self.bytes.swap_remove(index);
        self.squares.swap_remove(index);
    }
}

fn halves(values: &[f32; LENGTH]) -> [[i8; HALF]; 2] {
    let byte = |value: f32| (value / STEP).round().clamp(-127.0, 127.0) as i8;
    [std::array::from_fn(|index| byte(values[index])), std::array::from_fn(|index| byte(values[HALF + index]))]
}

/// Written so that the compiler makes wide instructions of it.
#[inline(always)]
fn product(a: &[i8; HALF], b: &[i8; HALF]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

struct Search<'a> {
    first: &'a Halves,
    second: &'a Halves,
    exact: &'a [[f32; LENGTH]],
    face: &'a [f32; LENGTH],
    best: Best,
}

/// Compiled once for each kind of processor, and the right one taken when it runs.
impl SimdOp for Search<'_> {
    type Output = Vec<(usize, f32)>;

    #[inline(always)]
    fn eval<I: Isa>(mut self, _: I) -> Self::Output {
        let [first, second] = halves(self.face);
        let [first_squares, second_squares] = [&first, &second].map(|half| product(half, half));
        let mut distances = [0; BLOCK];
        let blocks = self.first.bytes.chunks(BLOCK).zip(self.first.squares.chunks(BLOCK));
        for (block, (faces, squares)) in blocks.enumerate() {
            let distances = &mut distances[..faces.len()];
            for ((distance, face), squares) in distances.iter_mut().zip(faces).zip(squares) {
                *distance = first_squares + squares - 2 * product(&first, face);
            }
            for (index, distance) in distances.iter().enumerate() {
                if *distance > self.best.half_bound {
                    continue;
                }
                let index = block * BLOCK + index;
                let rest =
                    second_squares + self.second.squares[index] - 2 * product(&second, &self.second.bytes[index]);
                if distance + rest <= self.best.bound {
                    self.best.offer(index, apart(self.face, &self.exact[index]));
                }
            }
        }
        self.best.faces
    }
}

struct Best {
    count: usize,
    /// What is further is of no interest: what was asked for, or the last of enough.
    limit: f32,
    /// The limit between bytes.
    bound: i32,
    /// And between first halves.
    half_bound: i32,
    /// The nearest first; of the same distance, the one that was there first.
    faces: Vec<(usize, f32)>,
}

impl Best {
    fn new(count: usize, limit: f32) -> Self {
        let mut best = Self { count, limit, bound: 0, half_bound: 0, faces: Vec::new() };
        best.set_limit(limit);
        best
    }

    fn set_limit(&mut self, limit: f32) {
        self.limit = limit;
        self.bound = bound(limit, LENGTH);
        self.half_bound = bound(limit, HALF);
    }

    fn offer(&mut self, index: usize, distance: f32) {
        if distance > self.limit {
            return;
        }
        let place = self.faces.partition_point(|(_, other)| *other <= distance);
        self.faces.insert(place, (index, distance));
        self.faces.truncate(self.count);
        if let (true, Some((_, last))) = (self.faces.len() == self.count, self.faces.last()) {
            self.set_limit(*last);
        }
    }
}

/// The most that the bytes of two faces within `limit` can be apart, squared. Rounding moves each of two numbers by half a
/// step at most, so a difference by one step, and a distance by the root of their count.
fn bound(limit: f32, numbers: usize) -> i32 {
    let steps = limit.max(0.0) / STEP + (numbers as f32).sqrt() + 0.01;
    // More than any distance between bytes is a limit too; the conversion stops at the largest number.
    (steps * steps).ceil() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distance;

    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        }

        fn face(&mut self, spread: f32) -> Embedding {
            Embedding::new(std::array::from_fn(|_| self.next() * spread))
        }

        fn like(&mut self, face: &Embedding, spread: f32) -> Embedding {
            Embedding::new(std::array::from_fn(|index| face.values()[index] + self.next() * spread))
        }
    }

    fn one_by_one(faces: &[(u32, Embedding)], face: &Embedding, count: usize, limit: f32) -> Vec<(u32, f32)> {
        let mut all: Vec<_> = faces.iter().map(|(key, other)| (*key, distance(face, other))).collect();
        all.retain(|(_, distance)| *distance <= limit);
        all.sort_by(|a, b| a.1.total_cmp(&b.1));
        all.truncate(count);
        all
    }

    #[test]
    fn the_same_is_found_as_by_measuring_each() {
        let mut numbers = Numbers(7);
        // Some wider than bytes can say.
        let mut faces: Vec<_> =
            (0..3000).map(|key| (key, numbers.face(if key % 50 == 0 { 2.0 } else { 0.3 }))).collect();
        let somebody = faces[1234].1.clone();
        for key in 3000..3040 {
            let spread = 0.02 + 0.005 * (key - 3000) as f32;
            faces.push((key, numbers.like(&somebody, spread)));
        }
        let mut gallery = Gallery::default();
        for (key, face) in &faces {
            gallery.push(*key, face);
        }
        for (count, limit) in [(5, 0.4), (1, 0.4), (100, 0.6), (7, f32::INFINITY), (5, 0.0), (0, 1.0), (5000, 2.0)] {
            for face in [&somebody, &faces[50].1, &numbers.face(0.3)] {
                assert_eq!(gallery.nearest(face, count, limit), one_by_one(&faces, face, count, limit));
            }
        }
        assert_eq!(gallery.nearest(&somebody, 5, f32::NAN), []);
    }

    #[test]
    fn who_was_removed_is_not_found() {
        let mut numbers = Numbers(3);
        let (a, b) = (numbers.face(0.3), numbers.face(0.3));
        let mut gallery = Gallery::default();
        for (key, face) in [(1, &a), (2, &b), (1, &b), (3, &a), (1, &a)] {
            gallery.push(key, face);
        }
        assert_eq!(gallery.remove(1), 3);
        assert_eq!(gallery.remove(1), 0);
        assert_eq!(gallery.len(), 2);
        assert_eq!(gallery.nearest(&a, 5, 0.1), [(3, 0.0)]);
        assert_eq!(gallery.nearest(&b, 5, 0.1), [(2, 0.0)]);
        assert!(Gallery::<u8>::default().nearest(&a, 5, 1.0).is_empty());
    }
}
