//! What bytes are, by how they begin.

use crate::Unreadable;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
}

/// Formats somebody may choose in good faith, each named in the answer.
const OTHERS: [(&[u8], &str); 6] = [
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
];

pub fn of(bytes: &[u8]) -> Result<Kind, Unreadable> {
    match bytes {
        [] => return Err(Unreadable::Empty),
        [0xff, 0xd8, 0xff, ..] => return Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => return Ok(Kind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => return Ok(Kind::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => return Err(by_brand(brand)),
        _ => {}
    }
    let other = OTHERS.iter().find(|(start, _)| bytes.starts_with(start));
    Err(other.map_or(Unreadable::NotAPicture, |(_, name)| Unreadable::Format(name)))
}

/// Of the family of files that MP4 belongs to.
fn by_brand(brand: &[u8]) -> Unreadable {
    match brand.get(..4) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => Unreadable::Heic,
        Some(b"avif" | b"avis") => Unreadable::Format("AVIF"),
        _ => Unreadable::Format("视频"),
    }
}

/// Whether a JPEG reaches its end. The decoder fills up what is missing with grey, and a face or a card half of which is
/// grey is nobody's.
pub fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let Some(scan) = first_scan(bytes) else { return false };
    // In the compressed data FF is never followed by D9 but at the end; what some cameras write behind it is no matter.
    bytes.get(scan..).is_some_and(|data| data.windows(2).rev().any(|pair| pair == [0xff, 0xd9]))
}

/// Where the first compressed data begin, behind segments that may hold a whole small JPEG of their own.
fn first_scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let [0xff, marker] = *bytes.get(at..at + 2)? else { return None };
        if marker == 0xff {
            at += 1;
            continue;
        }
        let [high, low] = *bytes.get(at + 2..at + 4)? else { return None };
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
        if marker == 0xda {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_named() {
        assert_eq!(of(b""), Err(Unreadable::Empty));
        assert_eq!(of(b"hello"), Err(Unreadable::NotAPicture));
        assert_eq!(of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(Unreadable::Heic));
        assert_eq!(of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), Err(Unreadable::Heic));
        assert_eq!(of(b"\0\0\0\x18ftypavif"), Err(Unreadable::Format("AVIF")));
        assert_eq!(of(b"\0\0\0\x18ftypisom"), Err(Unreadable::Format("视频")));
        assert_eq!(of(b"GIF89a"), Err(Unreadable::Format("GIF")));
        assert_eq!(of(b"%PDF-1.7"), Err(Unreadable::Format("PDF")));
    }

    #[test]
    fn the_end_of_a_small_picture_inside_is_not_the_end() {
        let with = |scan: &[u8]| {
            let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xd9, 0, 0, 0xff, 0xda, 0, 2];
            bytes.extend(scan);
            bytes
        };
        assert!(!jpeg_is_whole(&with(&[1, 2, 3])));
        assert!(!jpeg_is_whole(&with(&[1, 0xff, 0, 0xd9])));
        assert!(jpeg_is_whole(&with(&[1, 2, 0xff, 0xd9])));
        assert!(jpeg_is_whole(&with(&[1, 2, 0xff, 0xd9, 0, 0])));
        assert!(!jpeg_is_whole(&[0xff, 0xd8, 0xff]));
        assert!(!jpeg_is_whole(&[0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]));
    }
}
