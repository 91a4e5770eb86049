//! Who looks most like this face, among very many.
//!
//! All faces are looked at: an index would cost minutes to build, and miss some. A face is kept three times: half of its
//! numbers as bytes, the other half as bytes, and all as they are. Going through the first halves of a million takes a
//! few milliseconds, and leaves few faces that need a second look; those that remain are measured exactly. Nothing is
//! missed: bytes only ever make two faces seem nearer than they are by a known amount, which is allowed for.

use crate::{
    Embedding,
    face::{LENGTH, distance},
};

const HALF: usize = LENGTH / 2;
type Half = [u8; HALF];

/// Numbers beyond this are cut off. Cut-off numbers lie nearer to each other than the true ones, never further.
const WIDEST: f32 = 0.5;
const STEP: f32 = WIDEST / 127.0;
/// Faces whose first halves are measured in one go, without a decision in between.
const BLOCK: usize = 64;

/// Faces by key. A key may have several.
#[derive(Debug, Clone)]
pub struct Gallery<K> {
    keys: Vec<K>,
    first: Vec<Half>,
    second: Vec<Half>,
    exact: Vec<[f32; LENGTH]>,
}

impl<K> Default for Gallery<K> {
    fn default() -> Self {
        Self { keys: Vec::new(), first: Vec::new(), second: Vec::new(), exact: Vec::new() }
    }
}

impl<K: Copy + Eq> Gallery<K> {
    pub fn push(&mut self, key: K, face: &Embedding) {
        let (first, second) = halves(face);
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
        let (first, second) = halves(face);
        let mut best = Best { count, limit, faces: Vec::with_capacity(count.min(self.len()) + 1) };
        let mut apart = [0; BLOCK];
        for (block, faces) in self.first.chunks(BLOCK).enumerate() {
            let apart = &mut apart[..faces.len()];
            for (apart, other) in apart.iter_mut().zip(faces) {
                *apart = squared(&first, other);
            }
            let near = bound(best.limit, HALF);
            if apart.iter().all(|apart| *apart > near) {
                continue;
            }
            for (index, apart) in apart.iter().enumerate() {
                let index = block * BLOCK + index;
                if *apart <= bound(best.limit, HALF)
                    && apart + squared(&second, &self.second[index]) <= bound(best.limit, LENGTH)
                {
                    best.offer(index, distance(face, &Embedding::new(self.exact[index])));
                }
            }
        }
        best.faces.into_iter().map(|(index, distance)| (self.keys[index], distance)).collect()
    }
}

struct Best {
    count: usize,
    /// What is further is of no interest: what was asked for, or the last of enough.
    limit: f32,
    /// The nearest first; of the same distance, the one that was there first.
    faces: Vec<(usize, f32)>,
}

impl Best {
    fn offer(&mut self, index: usize, distance: f32) {
        if distance > self.limit {
            return;
        }
        let place = self.faces.partition_point(|(_, other)| *other <= distance);
        self.faces.insert(place, (index, distance));
        self.faces.truncate(self.count);
        if let (true, Some((_, last))) = (self.faces.len() == self.count, self.faces.last()) {
            self.limit = *last;
        }
    }
}

/// The most that the bytes of two faces within `limit` can be apart, over so many numbers. Rounding moves each of two
/// numbers by half a step at most, so a difference by one step, and a distance by the root of their count.
fn bound(limit: f32, numbers: usize) -> u32 {
    let steps = limit.max(0.0) / STEP + (numbers as f32).sqrt() + 0.01;
    // More than any distance between bytes is a limit too; the conversion stops at the largest number.
    (steps * steps).ceil() as u32
}

fn halves(face: &Embedding) -> (Half, Half) {
    let byte = |value: f32| ((value / STEP).round().clamp(-127.0, 127.0) + 128.0) as u8;
    let values = face.values();
    (std::array::from_fn(|index| byte(values[index])), std::array::from_fn(|index| byte(values[HALF + index])))
}

/// Written so that the compiler makes wide instructions of it: differences in 16 bits, sums of squares in 32.
#[inline(always)]
fn squared(a: &Half, b: &Half) -> u32 {
    let mut sum = 0i32;
    for (a, b) in a.iter().zip(b) {
        let difference = i16::from(*a) - i16::from(*b);
        sum += i32::from(difference) * i32::from(difference);
    }
    sum.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

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
