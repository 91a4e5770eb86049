//! Pictures as files, and what is true of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::Serialize;

use crate::person::Fields;
use crate::{Card, Fonts, Hardness, Photo, Scene, others, photograph};

/// One entry of `truth.json`.
#[derive(Debug, Serialize)]
pub struct Truth {
    pub seed: u64,
    pub hardness: Hardness,
    pub fields: Fields,
    /// By side, `front` and `back`, or by the name of what is special.
    pub pictures: BTreeMap<&'static str, PictureOf>,
}

#[derive(Debug, Serialize)]
pub struct PictureOf {
    pub file: String,
    pub size: (u32, u32),
    pub corners: Vec<[(f32, f32); 4]>,
}

/// Writes a photograph of each side of a card; a half of all seeds is photographed badly.
pub fn write_card(folder: &Path, fonts: &Fonts, card: &Card) -> io::Result<Truth> {
    let seed = card.seed;
    let hardness = Hardness::of_seed(seed);
    let mut pictures = BTreeMap::new();
    for (side, image, stream) in [("front", card.front(fonts), 0), ("back", card.back(fonts), 1)] {
        let Photo { jpeg, size, corners } = photograph(&image, seed * 2 + stream, hardness);
        let file = format!("{seed:06}-{side}.jpg");
        fs::write(folder.join(&file), jpeg)?;
        pictures.insert(side, PictureOf { file, size, corners });
    }
    Ok(Truth { seed, hardness, fields: card.person.fields(), pictures })
}

/// Pictures that are not simply one side of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// Both sides in one picture.
    Both,
    Temporary,
    /// Both sides copied onto one sheet.
    Photocopy,
    Screen,
    /// A half of the card is outside of the picture.
    Half,
    BankCard,
    DrivingLicence,
}

impl Special {
    pub const ALL: [Self; 7] =
        [Self::Both, Self::Temporary, Self::Photocopy, Self::Screen, Self::Half, Self::BankCard, Self::DrivingLicence];

    /// As its pictures' files are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Temporary => "temporary",
            Self::Photocopy => "photocopy",
            Self::Screen => "screen",
            Self::Half => "half",
            Self::BankCard => "bank-card",
            Self::DrivingLicence => "driving-licence",
        }
    }

    fn picture(self, card: &Card, fonts: &Fonts) -> Photo {
        let (seed, mild) = (card.seed, Hardness::Mild);
        let (front, back) = (card.front(fonts), card.back(fonts));
        let (one, both) = (Scene::of(&[&front]), Scene::of(&[&front, &back]));
        match self {
            Self::Both => both.photograph(seed, mild),
            Self::Temporary => one.photograph(seed, mild),
            Self::Photocopy => both.photocopy(seed, mild),
            Self::Screen => one.on_screen(seed, mild),
            Self::Half => one.half().photograph(seed, mild),
            Self::BankCard => photograph(&others::bank_card(fonts, seed), seed, mild),
            Self::DrivingLicence => photograph(&others::driving_licence(fonts, seed), seed, mild),
        }
    }
}

/// Writes one of those; its truth is what the card says, whether or not that can be seen.
pub fn write_special(folder: &Path, fonts: &Fonts, seed: u64, special: Special) -> io::Result<Truth> {
    let card = if special == Special::Temporary { Card::temporary(seed) } else { Card::from_seed(seed) };
    let Photo { jpeg, size, corners } = special.picture(&card, fonts);
    let file = format!("{}-{seed:06}.jpg", special.name());
    fs::write(folder.join(&file), jpeg)?;
    let pictures = BTreeMap::from([(special.name(), PictureOf { file, size, corners })]);
    Ok(Truth { seed, hardness: Hardness::Mild, fields: card.person.fields(), pictures })
}
