//! What a file really is, by its first bytes: names and content types of uploads are claims.

use pictures::Format;

/// The kinds of files the platform keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Picture(Format),
    Pdf,
    Xlsx,
}

impl Kind {
    /// What pictures are kept as.
    pub const JPEG: Self = Self::Picture(Format::Jpeg);

    /// The kind whose signature stands at the very start. Formats that readers find further inside a file,
    /// after bytes that mean something else to another reader, are not looked for.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::JPEG),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Picture(Format::Png)),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Picture(Format::Webp)),
            [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] => Some(Self::Xlsx),
            _ => None,
        }
    }

    pub fn is_picture(self) -> bool {
        matches!(self, Self::Picture(_))
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Picture(Format::Jpeg) => "image/jpeg",
            Self::Picture(Format::Png) => "image/png",
            Self::Picture(Format::Webp) => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    pub fn extension(self) -> &'static str {
        match self {
            Self::Picture(Format::Jpeg) => "jpg",
            Self::Picture(Format::Png) => "png",
            Self::Picture(Format::Webp) => "webp",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The photos of Apple's phones, which deserve a hint instead of "not a picture".
pub(super) fn is_heic(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}
