//! From the files the packages carry to the ONNX files this crate runs. The same bytes come out every time.

pub mod faces;
pub mod fold;
mod graph;
pub mod onnx;
pub mod ppocr;
pub mod reshape;
pub mod tfjs;

#[cfg(test)]
pub mod tests;
