//! The fonts of Debian's packages fonts-noto-cjk, fonts-wqy-zenhei and fonts-ocr-b.

use std::path::Path;
use std::{fs, io};

use ab_glyph::FontVec;

/// Place in its collection: the simplified Chinese face of Noto is the third.
const BODIES: [(&str, u32); 3] = [
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
];
const DIGITS: (&str, u32) = ("/usr/share/fonts/opentype/ocr-b/OCRB.otf", 0);

pub struct Fonts {
    /// What a card's values are printed in, one for a card; the first has every character.
    bodies: Vec<FontVec>,
    digits: FontVec,
}

impl Fonts {
    pub fn from_system() -> io::Result<Self> {
        let bodies = BODIES.into_iter().map(load).collect::<io::Result<_>>()?;
        Ok(Self { bodies, digits: load(DIGITS)? })
    }

    /// The body fonts, from the one a card is printed in: what it lacks, the next one has.
    pub(crate) fn body(&self, nth: usize) -> [&FontVec; 2] {
        // A real card is printed in a black face of ordinary weight, so the bold one is the exception.
        let place = [0, 1, 0, 1, 2, 1, 0][nth % 7];
        [&self.bodies[place], &self.bodies[0]]
    }

    pub(crate) fn bold(&self) -> [&FontVec; 2] {
        [&self.bodies[2], &self.bodies[0]]
    }

    pub(crate) fn digits(&self) -> [&FontVec; 2] {
        [&self.digits, &self.bodies[0]]
    }
}

fn load((path, index): (&str, u32)) -> io::Result<FontVec> {
    let named = |error: &dyn std::fmt::Display| io::Error::other(format!("{path}: {error}"));
    let bytes = fs::read(Path::new(path)).map_err(|error| named(&error))?;
    FontVec::try_from_vec_and_index(bytes, index).map_err(|error| named(&error))
}
