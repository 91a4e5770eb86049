//! Pictures as files, and what is true of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::Serialize;

use crate::person::Fields;
use crate::{Card, Fonts, Hardness, Photo, photograph};

/// One entry of `truth.json`.
#[derive(Debug, Serialize)]
pub struct Truth {
    pub seed: u64,
    pub hardness: Hardness,
    pub fields: Fields,
    /// By side: `front` and `back`.
    pub pictures: BTreeMap<&'static str, PictureOf>,
}

#[derive(Debug, Serialize)]
pub struct PictureOf {
    pub file: String,
    pub size: (u32, u32),
    pub corners: Vec<[(f32, f32); 4]>,
}

/// Writes a photograph of each side of a card; a half of all seeds is photographed badly.
pub fn write_card(folder: &Path, fonts: &Fonts, seed: u64) -> io::Result<Truth> {
    let card = Card::from_seed(seed);
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
