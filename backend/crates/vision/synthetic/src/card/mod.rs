//! A card of the second generation, or a temporary one.

mod back;
mod backdrop;
mod front;
mod portrait;
mod temporary;

use image::{RgbImage, RgbaImage};

use crate::{Fonts, Person, Random};

/// What is printed in black and in the labels' blue.
const BLACK: [u8; 3] = [28, 28, 32];
const LABEL: [u8; 3] = [58, 112, 160];

#[derive(Clone, Debug)]
pub struct Card {
    pub seed: u64,
    pub person: Person,
    pub temporary: bool,
    /// A face to print; without one it is drawn.
    pub portrait: Option<RgbImage>,
}

impl Card {
    pub fn from_seed(seed: u64) -> Self {
        Self { seed, person: Person::from_seed(seed), temporary: false, portrait: None }
    }

    pub fn temporary(seed: u64) -> Self {
        Self { seed, person: Person::temporary(seed), temporary: true, portrait: None }
    }

    /// The side with the portrait.
    pub fn front(&self, fonts: &Fonts) -> RgbaImage {
        if self.temporary { temporary::front(self, fonts) } else { front::draw(self, fonts) }
    }

    /// The side with the emblem.
    pub fn back(&self, fonts: &Fonts) -> RgbaImage {
        if self.temporary { temporary::back(self, fonts) } else { back::draw(self, fonts) }
    }

    fn random(&self, what: &str) -> Random {
        Random::new(self.seed, what)
    }

    /// Which of the body fonts this card is printed in.
    fn font(&self) -> usize {
        self.random("font").int(0, 7) as usize
    }
}
