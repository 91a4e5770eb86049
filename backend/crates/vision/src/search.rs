//! Who looks most like this face, among very many.

use crate::{Embedding, distance};

/// Faces by key. The best of a million are found by looking at all.
#[derive(Debug, Clone)]
pub struct Gallery<K> {
    faces: Vec<(K, Embedding)>,
}

impl<K> Default for Gallery<K> {
    fn default() -> Self {
        Self { faces: Vec::new() }
    }
}

impl<K: Copy + Eq> Gallery<K> {
    pub fn push(&mut self, key: K, face: &Embedding) {
        self.faces.push((key, face.clone()));
    }

    /// All faces of `key` go; says how many that were.
    pub fn remove(&mut self, key: K) -> usize {
        let before = self.faces.len();
        self.faces.retain(|(other, _)| *other != key);
        before - self.faces.len()
    }

    pub fn len(&self) -> usize {
        self.faces.len()
    }

    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// At most `count` faces no further than `limit`, the nearest first.
    pub fn nearest(&self, face: &Embedding, count: usize, limit: f32) -> Vec<(K, f32)> {
        let mut near: Vec<_> = self.faces.iter().map(|(key, other)| (*key, distance(face, other))).collect();
        near.retain(|(_, distance)| *distance <= limit);
        near.sort_by(|a, b| a.1.total_cmp(&b.1));
        near.truncate(count);
        near
    }
}
