//! A bad photograph of one card or of both its sides.

mod expose;
mod strength;

use image::imageops::{self, FilterType};
use image::{RgbImage, RgbaImage};
use serde::Serialize;

use crate::light::{Finger, Light};
use crate::pose::{Pose, Projection};
use crate::surface::{self, Surface};
use crate::{Random, optics};
pub(crate) use strength::Strength;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hardness {
    /// What a clerk who takes care sends.
    Mild,
    /// What comes from a building site in the rain.
    Hard,
}

impl Hardness {
    /// Half of the even seeds and half of the odd ones are hard.
    pub fn of_seed(seed: u64) -> Self {
        if (seed / 2).is_multiple_of(2) { Self::Mild } else { Self::Hard }
    }
}

/// A place in the upright picture, in pixels.
pub type Place = (f32, f32);

#[derive(Clone, Debug)]
pub struct Photo {
    pub jpeg: Vec<u8>,
    /// Of the upright picture: some files say by EXIF that they lie on their side.
    pub size: (u32, u32),
    /// Of every card, from its own top left, clockwise.
    pub corners: Vec<[Place; 4]>,
}

/// One card on a table.
pub fn photograph(card: &RgbaImage, seed: u64, hardness: Hardness) -> Photo {
    Scene::of(&[card]).photograph(seed, hardness)
}

/// What is in front of the camera.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    cards: Vec<&'a RgbaImage>,
    surface: Option<Surface>,
    half: bool,
}

/// Before it becomes a file.
pub(crate) struct Exposure {
    picture: RgbImage,
    /// Where the cards are, and how high each is for its width.
    cards: Vec<(Projection, f32)>,
}

impl<'a> Scene<'a> {
    /// One below the other.
    pub fn of(cards: &[&'a RgbaImage]) -> Self {
        Self { cards: cards.to_vec(), surface: None, half: false }
    }

    /// So near that about a half of the card is outside of the picture.
    pub fn half(self) -> Self {
        Self { half: true, ..self }
    }

    pub fn photograph(&self, seed: u64, hardness: Hardness) -> Photo {
        let mut random = Random::new(seed, "file");
        let strength = Strength::of(hardness);
        develop(self.expose(seed, &strength), &mut random, &strength)
    }

    /// Copied in black and white, and the copy photographed.
    pub fn photocopy(&self, seed: u64, hardness: Hardness) -> Photo {
        let mut random = Random::new(seed, "copier");
        let copies: Vec<RgbaImage> = self.cards.iter().map(|card| expose::copied(card, &mut random)).collect();
        let scene = Scene { cards: copies.iter().collect(), surface: Some(Surface::Paper), half: self.half };
        scene.photograph(seed, hardness)
    }

    /// Photographed, and then again from a screen that shows the photograph.
    pub fn on_screen(&self, seed: u64, hardness: Hardness) -> Photo {
        let mut random = Random::new(seed, "file");
        let first = self.expose(seed, &Strength::of(Hardness::Mild));
        let (width, height) = (first.picture.width() as f32, first.picture.height() as f32);
        let shown = expose::screened(&first.picture);
        let strength = Strength { fingers: 0.0, ..Strength::of(hardness) };
        let screen = Scene { cards: vec![&shown], surface: Some(Surface::Dark), half: false };
        let Exposure { picture, cards } = screen.expose(seed.wrapping_add(1), &strength);
        let Some((screen, _)) = cards.first().copied() else { return develop(first, &mut random, &strength) };
        // A picture on the screen is measured as a card is: its width is 1, its middle 0.
        let shown = |card: Projection| {
            let middle = Projection::moved(-0.5, -0.5 * height / width);
            card.then(Projection::scaled(1.0 / width)).then(middle).then(screen)
        };
        let cards = first.cards.into_iter().map(|(card, height)| (shown(card), height)).collect();
        develop(Exposure { picture, cards }, &mut random, &strength)
    }

    fn expose(&self, seed: u64, strength: &Strength) -> Exposure {
        let mut random = Random::new(seed, "scene");
        let setup = Setup::draw(self, &mut random, strength);
        let surface = self.surface.unwrap_or_else(|| random.pick(&surface::DESKS));
        let desk = surface::draw(surface, (setup.size.0.div_ceil(2), setup.size.1.div_ceil(2)), &mut random);
        let light = Light::draw(&mut random, strength);
        let finger = random.chance(strength.fingers).then(|| Finger::draw(&mut random));
        let shown: Vec<RgbaImage> = self.cards.iter().map(|card| fitted(card, setup.card_width)).collect();
        let mut picture = expose::compose(&setup, &shown, &desk, &light, finger.as_ref());
        let sharp = setup.card_width / 1000.0;
        optics::defocus(&mut picture, random.range(strength.blur.0, strength.blur.1) * sharp);
        if random.chance(strength.shake.0) {
            let (sin, cos) = random.range(0.0, 6.3).sin_cos();
            let length = random.range(0.3, 1.0) * strength.shake.1 * sharp;
            optics::shake(&mut picture, (cos * length, sin * length));
        }
        optics::noise(&mut picture, random.range(strength.noise.0, strength.noise.1), &mut random);
        let heights = shown.iter().map(|card| card.height() as f32 / card.width() as f32);
        Exposure { picture, cards: setup.cards.into_iter().zip(heights).collect() }
    }
}

fn develop(exposure: Exposure, random: &mut Random, strength: &Strength) -> Photo {
    let Exposure { picture, cards } = exposure;
    let corners = cards.iter().map(|(card, height)| quad(card, *height)).collect();
    let quality = random.int(strength.quality.0, strength.quality.1 + 1) as u8;
    let size = picture.dimensions();
    let (stored, orientation) = match random.int(0, 20) {
        0 => (imageops::rotate180(&picture), Some(3)),
        1 | 2 => (imageops::rotate270(&picture), Some(6)),
        3 => (imageops::rotate90(&picture), Some(8)),
        4..10 => (picture, Some(1)),
        _ => (picture, None),
    };
    Photo { jpeg: optics::jpeg(&stored, quality, orientation), size, corners }
}

/// Where everything stands.
pub(crate) struct Setup {
    size: (u32, u32),
    /// From a card's places (its width is 1, its middle 0) to the picture.
    cards: Vec<Projection>,
    card_width: f32,
}

/// What a telephone's camera makes, and what it is asked not to fall below.
const MOST_PIXELS: f32 = 12.2e6;
const LEAST_PIXELS: f32 = 0.31e6;

impl Setup {
    fn draw(scene: &Scene<'_>, random: &mut Random, strength: &Strength) -> Self {
        let card_width = random.log_range(strength.card_width.0, strength.card_width.1);
        let pose = Pose {
            turn: strength.turn(random),
            tilt_x: random.range(-strength.tilt, strength.tilt),
            tilt_y: random.range(-strength.tilt, strength.tilt),
            distance: random.range(2.0, 3.5),
            scale: card_width,
        };
        let heights = scene.cards.iter().map(|card| card.height() as f32 / card.width() as f32);
        let heights: Vec<f32> = heights.collect();
        let apart = 0.05 + random.range(0.0, 0.15);
        let total: f32 = heights.iter().sum::<f32>() + apart * (heights.len() - 1) as f32;
        let mut top = -total / 2.0;
        let mut cards = Vec::new();
        for height in &heights {
            let loose = if heights.len() > 1 { 0.05 } else { 0.0 };
            let at = (random.range(-loose, loose), top + height / 2.0);
            cards.push(Projection::placed(random.range(-loose, loose), at).then(pose.projection()));
            top += height + apart;
        }
        Self::framed(scene, cards, &heights, card_width, random, strength)
    }

    /// Chooses the picture's size and where in it the cards are.
    fn framed(
        scene: &Scene<'_>,
        cards: Vec<Projection>,
        heights: &[f32],
        card_width: f32,
        random: &mut Random,
        strength: &Strength,
    ) -> Self {
        let places = cards.iter().zip(heights).flat_map(|(card, height)| quad(card, *height));
        let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for (x, y) in places {
            low = (low.0.min(x), low.1.min(y));
            high = (high.0.max(x), high.1.max(y));
        }
        let (bw, bh) = (high.0 - low.0, high.1 - low.1);
        let fill = random.range(strength.fill.0, strength.fill.1);
        let (mut width, mut height) = (bw / fill, bh / fill);
        // Sensors are four to three; which way depends on what has to fit.
        if width > height {
            height = height.max(width * 0.75)
        } else {
            width = width.max(height * 0.75)
        }
        let grow = (LEAST_PIXELS / (width * height)).sqrt().max(1.0);
        let shrink = (MOST_PIXELS / (width * height)).sqrt().min(1.0);
        (width, height) = ((width * grow * shrink).max(bw * 1.02), (height * grow * shrink).max(bh * 1.02));
        let (mut x, mut y) =
            (random.range(0.1, 0.9) * (width - bw) - low.0, random.range(0.1, 0.9) * (height - bh) - low.1);
        if scene.half {
            if bw > bh { x -= bw * 0.5 + x + low.0 } else { y -= bh * 0.5 + y + low.1 }
        }
        let moved = Projection::moved(x, y);
        let cards = cards.into_iter().map(|card| card.then(moved)).collect();
        Self { size: (width as u32, height as u32), cards, card_width }
    }
}

fn quad(card: &Projection, height: f32) -> [Place; 4] {
    let half = height / 2.0;
    [(-0.5, -half), (0.5, -half), (0.5, half), (-0.5, half)].map(|place| card.apply(place))
}

/// Brought down to about the size it will have, so that sampling it does not alias.
fn fitted(card: &RgbaImage, width: f32) -> RgbaImage {
    let width = (width * 1.1) as u32;
    if width >= card.width() {
        return card.clone();
    }
    let height = (width as f32 * card.height() as f32 / card.width() as f32).round() as u32;
    imageops::resize(card, width, height, FilterType::Triangle)
}
