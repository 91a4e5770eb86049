//! Text in a picture: found, turned, read.
//!
//! [`Eyes`] is the seam: the card's logic knows the networks only by it, and is tested without them.

mod clear;
mod decode;
mod detect;
mod engine;
mod glyphs;
mod gray;
mod net;
mod projection;

pub use clear::{sharpened, stretched};
pub use glyphs::Cell;
pub use gray::{Gray, Pyramid};
pub use net::Networks;
pub use projection::Projection;

use crate::{Error, Point, Quad};

/// How high the recogniser wants its lines.
pub const STRIP_HEIGHT: usize = 48;

pub trait Eyes: Send + Sync {
    /// Where there is text, line by line, in the sheet's pixels. The sides of the sheet are multiples of 32.
    fn find(&self, sheet: &Sheet) -> Result<Vec<Found>, Error>;
    /// Reads lines.
    fn read(&self, strips: &[Strip]) -> Result<Vec<Line>, Error>;
    /// Whether each line stands on its head.
    fn turned(&self, strips: &[Strip]) -> Result<Vec<bool>, Error>;
    /// How alike what stands in a cell of a strip is to the characters it is most alike to, and to those asked for: from 0
    /// to 1.
    fn alike(&self, strip: &Gray, cell: &Cell, asked: &[char]) -> Vec<(char, f32)>;
}

/// A part of the picture, straightened.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub pixels: Gray,
    pub to_picture: Projection,
}

/// A line of text, cut out and [`STRIP_HEIGHT`] high.
#[derive(Debug, Clone)]
pub struct Strip {
    pub pixels: Gray,
    /// Where it was, in the upright picture.
    pub at: Quad,
    pub alphabet: Alphabet,
}

/// What can stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    Any,
    /// Digits and X.
    IdNumber,
    /// Digits, dots, dashes, 长 and 期.
    Validity,
    /// No digits, no Latin letters; a full stop may be a middle dot.
    Name,
    /// What the nations' names are made of.
    Nation,
}

/// Of all nations, every character once.
const NATIONS: &str = "汉蒙古回藏维吾尔苗彝壮布依朝鲜满侗瑶白土家哈尼萨克傣黎傈僳佤畲高山拉祜水东乡纳西景颇柯孜达斡仫佬羌朗撒毛南仡锡伯阿昌普米塔吉怒\
乌别俄罗斯鄂温德昂保安裕固京独龙伦春赫哲门巴珞基诺穿青人";

impl Alphabet {
    pub fn contains(self, character: char) -> bool {
        match self {
            Self::Any => true,
            Self::IdNumber => character.is_ascii_digit() || character == 'X' || character == 'x',
            Self::Validity => character.is_ascii_digit() || ".-长期".contains(character),
            Self::Nation => NATIONS.contains(character),
            Self::Name => character == '.' || (!character.is_ascii() && !character.is_whitespace()),
        }
    }
}

/// A line of text that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Corners clockwise; the first edge is a long one, though which end is the beginning is not known.
    pub at: Quad,
    pub score: f32,
}

/// A line that was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    pub letters: Vec<Letter>,
    /// Where the network rather saw nothing: the letter it could have been. Of numbers and dates it is not asked.
    pub faint: Vec<Letter>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    pub value: char,
    /// How certain the network is, among all characters it knows.
    pub confidence: f32,
    /// Where in the line: 0 is its left end and 1 its right.
    pub at: f32,
    /// What else it could be, likeliest first.
    pub others: Vec<(char, f32)>,
}

impl Letter {
    /// Whether it takes a square of its own.
    pub fn is_wide(&self) -> bool {
        !self.value.is_ascii() && self.value != '·'
    }
}

impl Line {
    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.value).collect()
    }

    /// Of the least certain letter; 0 of no letters.
    pub fn weakest(&self) -> f32 {
        let least = self.letters.iter().map(|letter| letter.confidence).fold(1.0, f32::min);
        if self.letters.is_empty() { 0.0 } else { least }
    }

    /// No letter more certain than this.
    pub fn capped(mut self, most: f32) -> Self {
        self.letters.iter_mut().for_each(|letter| letter.confidence = letter.confidence.min(most));
        self
    }

    pub fn mean(&self) -> f32 {
        let sum: f32 = self.letters.iter().map(|letter| letter.confidence).sum();
        sum / self.letters.len().max(1) as f32
    }
}

/// A line as somebody would type it, certain of everything: for tests.
#[cfg(test)]
impl From<&str> for Line {
    fn from(text: &str) -> Self {
        let count = text.chars().count() as f32;
        let letter =
            |(index, value)| Letter { value, confidence: 0.99, at: (index as f32 + 0.5) / count, others: vec![] };
        Self { letters: text.chars().enumerate().map(letter).collect(), faint: vec![] }
    }
}

/// Cuts a line out of the picture, upright and as wide as its place is for its height.
pub fn strip(picture: &Pyramid, at: Quad, alphabet: Alphabet) -> Strip {
    Strip { pixels: line(picture, at, STRIP_HEIGHT), at, alphabet }
}

/// The same without more, of any height.
pub fn line(picture: &Pyramid, at: Quad, height: usize) -> Gray {
    let [a, b, c, d] = at.0;
    let across = (a.distance(b) + d.distance(c)) / 2.0;
    let down = ((a.distance(d) + b.distance(c)) / 2.0).max(1.0);
    let width = (across / down * height as f32).clamp(16.0, 1600.0);
    // The network halves the width three times.
    let width = (width / 8.0).round().max(2.0) as usize * 8;
    picture.cut(at, width, height)
}

/// The same place, seen from the other side of the table.
pub fn upside_down(Quad([a, b, c, d]): Quad) -> Quad {
    Quad([c, d, a, b])
}

/// A part of a quad, as fractions of its width.
pub fn part(Quad([a, b, c, d]): Quad, from: f32, to: f32) -> Quad {
    let along = |p: Point, q: Point, t: f32| Point::new(p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t);
    Quad([along(a, b, from), along(a, b, to), along(d, c, to), along(d, c, from)])
}
