//! How bad a photograph is: the ranges everything is drawn from.

use super::Hardness;
use crate::Random;

/// Pairs are a probability and the most, or the least and the most. Lengths are in thousandths of the card's width.
#[derive(Clone, Copy)]
pub struct Strength {
    pub card_width: (f32, f32),
    pub fill: (f32, f32),
    pub tilt: f32,
    pub any_turn: bool,
    pub gradient: f32,
    pub exposure: (f32, f32),
    pub shadow: (f32, f32),
    pub glare: (f32, f32),
    pub fingers: f32,
    pub blur: (f32, f32),
    pub shake: (f32, f32),
    pub noise: (f32, f32),
    pub quality: (u32, u32),
}

const MILD: Strength = Strength {
    card_width: (600.0, 2500.0),
    fill: (0.65, 0.95),
    tilt: 0.16,
    any_turn: false,
    gradient: 0.25,
    exposure: (0.85, 1.08),
    shadow: (0.3, 0.3),
    glare: (0.25, 0.4),
    fingers: 0.15,
    blur: (0.3, 1.0),
    shake: (0.15, 2.0),
    noise: (0.5, 3.5),
    quality: (65, 90),
};

const HARD: Strength = Strength {
    card_width: (400.0, 2000.0),
    fill: (0.5, 0.9),
    tilt: 0.38,
    any_turn: true,
    gradient: 0.6,
    exposure: (0.6, 1.15),
    shadow: (0.5, 0.55),
    glare: (0.5, 0.7),
    fingers: 0.35,
    blur: (0.6, 1.6),
    shake: (0.4, 4.0),
    noise: (2.0, 8.0),
    quality: (40, 75),
};

impl Strength {
    pub fn of(hardness: Hardness) -> Self {
        match hardness {
            Hardness::Mild => MILD,
            Hardness::Hard => HARD,
        }
    }

    /// In radians. With care a card is nearly straight, though the telephone may be held either way.
    pub fn turn(&self, random: &mut Random) -> f32 {
        if self.any_turn {
            return random.range(0.0, std::f32::consts::TAU);
        }
        let quarter = if random.chance(0.6) { 0 } else { random.int(1, 4) };
        quarter as f32 * std::f32::consts::FRAC_PI_2 + random.range(-0.2, 0.2)
    }
}
