//! A face as 128 numbers.

use serde::{Deserialize, Serialize};

/// How many numbers a face has.
pub const LENGTH: usize = 128;

/// Only comparable with one of the same model: store [`crate::ModelIds::face`] beside it. `Debug` shows no numbers.
#[derive(Clone, PartialEq)]
pub struct Embedding(Box<[f32; LENGTH]>);

impl Embedding {
    pub fn new(values: [f32; LENGTH]) -> Self {
        Self(Box::new(values))
    }

    pub fn values(&self) -> &[f32; LENGTH] {
        &self.0
    }

    /// As it is stored: little-endian, four bytes a number.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    /// `None` for a wrong length or a number that is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (chunks, rest) = bytes.as_chunks::<4>();
        if chunks.len() != LENGTH || !rest.is_empty() {
            return None;
        }
        let mut values = [0.0; LENGTH];
        for (value, chunk) in values.iter_mut().zip(chunks) {
            *value = f32::from_le_bytes(*chunk);
        }
        values.iter().all(|value| value.is_finite()).then(|| Self::new(values))
    }
}

impl std::fmt::Debug for Embedding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Embedding(..)")
    }
}

/// As its stored bytes.
impl Serialize for Embedding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> Deserialize<'de> for Embedding {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(deserializer)?;
        Self::from_bytes(&bytes).ok_or_else(|| serde::de::Error::custom("not an embedding"))
    }
}

/// How far two faces are apart: one person's are mostly under 0.4, most strangers' over 0.5.
pub fn distance(a: &Embedding, b: &Embedding) -> f32 {
    apart(&a.0, &b.0)
}

/// Eight sums side by side, which the compiler makes wide instructions of; in one row it must add one after the other.
#[inline(always)]
pub(crate) fn apart(a: &[f32; LENGTH], b: &[f32; LENGTH]) -> f32 {
    let mut sums = [0.0; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += (a - b) * (a - b);
        }
    }
    sums.iter().sum::<f32>().sqrt()
}
