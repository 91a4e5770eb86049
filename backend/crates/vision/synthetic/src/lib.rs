//! Made-up ID cards, and bad photographs of them, the same for a seed every time: what the reader is tested and
//! measured with. Nothing here is part of the platform.
//!
//! - [`Card`] is what a card says, and draws both its sides; [`Person`] is who it is about;
//! - [`photograph`] takes a bad photograph of a side, mild or hard; [`Scene`] has both sides in one picture,
//!   photocopies and pictures of screens;
//! - [`others`] are things that are not ID cards;
//! - [`write_card`] puts both sides of a card into files;
//! - [`draw_glyphs`] draws the shapes that the reader compares characters with;
//! - [`Random`] makes all of it repeatable.
//!
//! Even seeds are for finding out what works; odd ones are only for figures that are reported.

mod canvas;
mod card;
mod files;
mod fonts;
mod glyphs;
mod light;
mod optics;
pub mod others;
mod person;
mod photo;
mod pose;
mod random;
mod surface;
mod words;

pub use card::Card;
pub use files::{PictureOf, Special, Truth, write_card, write_special};
pub use fonts::Fonts;
pub use glyphs::{FONT as GLYPHS_FONT, draw_glyphs};
pub use person::{Date, Fields, Person};
pub use photo::{Hardness, Photo, Scene, photograph};
pub use random::Random;
