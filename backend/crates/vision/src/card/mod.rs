//! What stands on an ID card.
//!
//! A picture is first searched for a card's outline, which costs nearly nothing. What it encloses is laid straight; the
//! lines of text on it must lie as those of one of the sides do, and what is read where the number (or the validity)
//! stands must be one. Only when that fails all text of the picture is found and read, until the printed labels say how
//! the card lies.

mod cut;
mod edges;
mod fields;
mod ink;
mod labels;
mod layout;
mod look;
mod looks;
mod outline;
mod place;
mod read;
mod screen;
mod search;
mod side;
mod types;
mod warning;
mod words;

#[cfg(test)]
mod tests;

pub use types::{Card, Field, FieldName, Portrait, Side};
pub use warning::Warning;

use crate::{
    Error, LoadError, ModelFiles, Picture,
    ocr::{Eyes, Networks},
};

/// Reads cards; shared by the pool's threads.
pub struct CardReader {
    eyes: Box<dyn Eyes>,
}

impl CardReader {
    pub fn load(files: &ModelFiles) -> Result<Self, LoadError> {
        let networks = Networks::load(&files.text_detector, &files.text_recognizer, &files.text_turner)?;
        Ok(Self::with(Box::new(networks)))
    }

    /// With other eyes than the networks.
    pub fn with(eyes: Box<dyn Eyes>) -> Self {
        Self { eyes }
    }

    pub fn read(&self, picture: &Picture) -> Result<Card, Error> {
        read::read(self.eyes.as_ref(), &picture.pixels)
    }
}
