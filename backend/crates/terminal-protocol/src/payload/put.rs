//! Writing fields.

use crate::{personal::Picture, text, time};
use chrono::NaiveDate;

/// Text cut to its field, the rest of the field zero. An ASCII field is written the same way.
pub(crate) fn text(out: &mut Vec<u8>, text: &str, width: usize) {
    let text = text::cut(text, width);
    out.extend_from_slice(text.as_bytes());
    zeros(out, width - text.len());
}

pub(crate) fn zeros(out: &mut Vec<u8>, count: usize) {
    out.resize(out.len() + count, 0);
}

/// Four bytes of length, and the picture. What a length of four bytes cannot count is left out.
pub(crate) fn picture(out: &mut Vec<u8>, picture: &Picture) {
    let bytes = picture.expose();
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    out.extend(length.to_le_bytes());
    out.extend_from_slice(&bytes[..length as usize]);
}

pub(crate) fn yes(out: &mut Vec<u8>, yes: bool) {
    out.push(u8::from(!yes));
}

/// Eight digits in a field of sixteen bytes.
pub(crate) fn date(out: &mut Vec<u8>, date: NaiveDate) {
    text(out, &time::date(date), 16);
}
