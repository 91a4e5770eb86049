//! Pictures of the cards with odd seeds: nothing may be tuned to those.

use std::io;
use std::path::Path;

use synthetic_cards::{Card, Fonts, Special, Truth, write_card, write_special};

use crate::Result;

/// Both sides of `count` cards, in pictures of their own.
pub fn write(folder: &Path, count: usize) -> Result<()> {
    let fonts = Fonts::from_system()?;
    keep(folder, odd(count).map(|seed| write_card(folder, &fonts, &Card::from_seed(seed))))
}

/// `count` of each kind of picture that is not simply one side of a card.
pub fn write_special_ones(folder: &Path, count: usize) -> Result<()> {
    let fonts = Fonts::from_system()?;
    let pictures = odd(count).flat_map(|seed| Special::ALL.map(|special| (seed, special)));
    keep(folder, pictures.map(|(seed, special)| write_special(folder, &fonts, seed, special)))
}

fn odd(count: usize) -> impl Iterator<Item = u64> {
    (0..count as u64).map(|nth| nth * 2 + 1)
}

fn keep(folder: &Path, truth: impl Iterator<Item = io::Result<Truth>>) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let truth = truth.collect::<io::Result<Vec<_>>>()?;
    Ok(std::fs::write(folder.join("truth.json"), serde_json::to_vec(&truth)?)?)
}
