//! Networks as TensorFlow.js stores them: a JSON of layers, and one file of weights, often in fewer bits.

use std::collections::HashMap;

use serde::Deserialize;

use super::onnx::{ConvertError, unexpected};

/// Numbers with their shape, as floats whatever they were stored as.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

pub type Weights = HashMap<String, Weight>;

#[derive(Debug, Deserialize)]
pub struct GraphModel {
    #[serde(rename = "modelTopology")]
    topology: Topology,
    #[serde(rename = "weightsManifest")]
    manifest: Vec<Group>,
}

#[derive(Debug, Deserialize)]
struct Topology {
    node: Vec<Node>,
}

#[derive(Debug, Deserialize)]
pub struct Node {
    pub name: String,
    pub op: String,
    #[serde(default)]
    pub input: Vec<String>,
    #[serde(default, rename = "attr")]
    attributes: HashMap<String, Attribute>,
}

#[derive(Debug, Deserialize)]
struct Attribute {
    s: Option<String>,
    list: Option<List>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct List {
    i: Vec<String>,
    s: Vec<String>,
}

/// Texts are stored in base64; there are only these.
const TEXTS: [(&str, &str); 5] = [
    ("U0FNRQ==", "SAME"),
    ("VkFMSUQ=", "VALID"),
    ("Qmlhc0FkZA==", "BiasAdd"),
    ("UmVsdQ==", "Relu"),
    ("UHJlbHU=", "Prelu"),
];

fn text(encoded: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(stored, _)| *stored == encoded).map(|(_, text)| *text)
}

impl Node {
    pub fn text(&self, attribute: &str) -> Option<&'static str> {
        text(self.attributes.get(attribute)?.s.as_ref()?)
    }

    pub fn texts(&self, attribute: &str) -> Option<Vec<&'static str>> {
        self.attributes.get(attribute)?.list.as_ref()?.s.iter().map(|encoded| text(encoded)).collect()
    }

    /// Height and width of a list that has one number an axis (batch, height, width, channel).
    pub fn height_and_width(&self, attribute: &str) -> Option<[i64; 2]> {
        let list = &self.attributes.get(attribute)?.list.as_ref()?.i;
        Some([list.get(1)?.parse().ok()?, list.get(2)?.parse().ok()?])
    }
}

impl GraphModel {
    pub fn parse(json: &[u8]) -> Result<Self, ConvertError> {
        serde_json::from_slice(json).map_err(|error| ConvertError::Format(error.to_string()))
    }

    pub fn weights(&self, bytes: &[u8]) -> Result<Weights, ConvertError> {
        unpack(&self.manifest, bytes)
    }

    pub fn nodes(&self) -> &[Node] {
        &self.topology.node
    }
}

/// The weights of a manifest that stands alone.
pub fn weights(manifest: &[u8], bytes: &[u8]) -> Result<Weights, ConvertError> {
    let groups: Vec<Group> =
        serde_json::from_slice(manifest).map_err(|error| ConvertError::Format(error.to_string()))?;
    unpack(&groups, bytes)
}

#[derive(Debug, Deserialize)]
struct Group {
    weights: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    dtype: String,
    quantization: Option<Quantization>,
}

#[derive(Debug, Deserialize)]
struct Quantization {
    dtype: String,
    /// In double precision, as JavaScript has them: the product is rounded once.
    #[serde(default)]
    scale: f64,
    #[serde(default)]
    min: f64,
}

/// All groups lie one after the other in one file.
fn unpack(groups: &[Group], mut bytes: &[u8]) -> Result<Weights, ConvertError> {
    let mut weights = Weights::new();
    for entry in groups.iter().flat_map(|group| &group.weights) {
        let stored = entry.quantization.as_ref().map_or(entry.dtype.as_str(), |quantization| &quantization.dtype);
        let width = match stored {
            "uint8" => 1,
            "uint16" | "float16" => 2,
            "float32" | "int32" => 4,
            other => return Err(unexpected(format!("weights of type {other}"))),
        };
        let size = entry.shape.iter().product::<usize>() * width;
        let (own, rest) = bytes.split_at_checked(size).ok_or_else(|| unexpected("too few bytes of weights"))?;
        bytes = rest;
        let values = own.chunks_exact(width).map(|chunk| number(stored, chunk, entry.quantization.as_ref())).collect();
        weights.insert(entry.name.clone(), Weight { shape: entry.shape.clone(), values });
    }
    if bytes.is_empty() { Ok(weights) } else { Err(unexpected("more bytes of weights than the manifest names")) }
}

fn number(stored: &str, chunk: &[u8], quantization: Option<&Quantization>) -> f32 {
    match (stored, chunk) {
        ("float32", &[a, b, c, d]) => f32::from_le_bytes([a, b, c, d]),
        ("int32", &[a, b, c, d]) => i32::from_le_bytes([a, b, c, d]) as f32,
        ("float16", &[a, b]) => half(u16::from_le_bytes([a, b])),
        (_, &[a, b]) => affine(f64::from(u16::from_le_bytes([a, b])), quantization),
        (_, &[a]) => affine(f64::from(a), quantization),
        _ => f32::NAN,
    }
}

fn affine(stored: f64, quantization: Option<&Quantization>) -> f32 {
    quantization.map_or(stored, |quantization| stored * quantization.scale + quantization.min) as f32
}

/// IEEE 754 half precision.
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from((bits >> 10) & 0x1f), f32::from(bits & 0x3ff) / 1024.0);
    match exponent {
        0 => sign * fraction * 2f32.powi(-14),
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        _ => sign * (1.0 + fraction) * 2f32.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn halves_are_what_they_are() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
        ] {
            assert_eq!(half(bits), value);
        }
        assert!(half(0x7e00).is_nan());
        assert_eq!(half(0xfc00), f32::NEG_INFINITY);
    }

    #[test]
    fn weights_come_in_their_order_and_types() {
        let manifest = br#"[{"paths": ["a.bin"], "weights": [
            {"name": "a", "shape": [2], "dtype": "float32", "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0}},
            {"name": "b", "shape": [1, 1], "dtype": "float32"},
            {"name": "c", "shape": [], "dtype": "int32"}]}]"#;
        let mut bytes = vec![0, 4];
        bytes.extend(1.5f32.to_le_bytes());
        bytes.extend((-7i32).to_le_bytes());
        let weights = super::weights(manifest, &bytes).unwrap();
        assert_eq!(weights["a"].values, [-1.0, 1.0]);
        assert_eq!(weights["b"], Weight { shape: vec![1, 1], values: vec![1.5] });
        assert_eq!(weights["c"].values, [-7.0]);
        assert!(super::weights(manifest, &bytes[1..]).is_err());
        bytes.push(0);
        assert!(super::weights(manifest, &bytes).is_err());
    }
}
