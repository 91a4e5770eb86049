//! Width and height of a picture from its header, so that a bomb is refused without being decoded.
//!
//! The decoder is told the same limits; this is what makes a refusal cost microseconds and no memory.

use crate::Format;

/// Nothing if the header is broken, or if the picture is one that is not kept (animations).
pub fn dimensions(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match format {
        Format::Jpeg => Jpeg::read(bytes).map(|jpeg| (jpeg.width, jpeg.height)),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
    }?;
    (width > 0 && height > 0).then_some((width, height))
}

/// Whether the end of the picture has arrived. Decoders fill a cut-off JPEG with grey and say nothing.
pub(crate) fn is_whole_jpeg(bytes: &[u8]) -> bool {
    const END_OF_IMAGE: [u8; 2] = [0xFF, 0xD9];
    // A thumbnail inside the header has an end too, hence the search begins behind the header. Cameras append
    // data of their own, hence it does not insist on the last bytes.
    Jpeg::read(bytes)
        .and_then(|jpeg| bytes.get(jpeg.scan..))
        .is_some_and(|scan| scan.windows(2).rev().any(|pair| pair == END_OF_IMAGE))
}

struct Jpeg {
    width: u32,
    height: u32,
    /// Where the first scan begins.
    scan: usize,
}

impl Jpeg {
    /// Walks the segments up to the first scan.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut size = None;
        let mut at = 2;
        loop {
            if *bytes.get(at)? != 0xFF {
                return None;
            }
            match *bytes.get(at + 1)? {
                // Padding, and markers without a body.
                0xFF => at += 1,
                0x01 | 0xD0..=0xD8 => at += 2,
                0xD9 => return None,
                0xDA => {
                    let (width, height) = size?;
                    return Some(Self { width, height, scan: at });
                }
                marker => {
                    // Start of frame, but not the tables whose markers lie between.
                    if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
                        size = Some((u16_be(bytes, at + 7)?, u16_be(bytes, at + 5)?));
                    }
                    at += 2 + usize::try_from(u16_be(bytes, at + 2)?).ok()?.max(2);
                }
            }
        }
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

/// The largest size that any part of the file claims: the canvas may be small and the picture in it huge.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut largest: Option<(u32, u32)> = None;
    let mut rest = bytes.get(12..)?;
    while let Some((head, body)) = rest.split_at_checked(8) {
        let size = match &head[..4] {
            b"VP8X" => Some((u24_le(body, 4)? + 1, u24_le(body, 7)? + 1)),
            b"VP8 " => Some((u16_le(body, 6)? & 0x3FFF, u16_le(body, 8)? & 0x3FFF)),
            b"VP8L" => Some(webp_lossless(body)?),
            b"ANIM" | b"ANMF" => return None,
            _ => None,
        };
        if let Some((width, height)) = size {
            let (widest, highest) = largest.unwrap_or_default();
            largest = Some((width.max(widest), height.max(highest)));
        }
        let length = usize::try_from(u32::from_le_bytes(head[4..].try_into().ok()?)).ok()?;
        rest = body.get(length.checked_add(length % 2)?..).unwrap_or_default();
    }
    largest
}

fn webp_lossless(body: &[u8]) -> Option<(u32, u32)> {
    let bits = u32::from_le_bytes(body.get(1..5)?.try_into().ok()?);
    (body[0] == 0x2F).then_some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn u16_le(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at + 3)?;
    Some(u32::from_le_bytes([three[0], three[1], three[2], 0]))
}
