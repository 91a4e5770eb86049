//! PDF files are kept as they come, so they are only ever handed out as a download (see `routes`).

use super::Refusal;

/// How far from the end readers look for the trailer.
const TAIL: usize = 1024;

/// Whether the file is whole: its signature stands at the start (checked before), its trailer at the end.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let has = |mark: &[u8]| tail.windows(mark.len()).any(|window| window == mark);
    if has(b"startxref") && has(b"%%EOF") { Ok(()) } else { Err(Refusal::BrokenPdf) }
}
