//! Light on a table: uneven, with shadows, and mirrored by a card's glossy film.

use crate::Random;
use crate::photo::Strength;

/// Places are in parts of the picture's longer side, or of a card's width for what lies on a card.
pub struct Light {
    gradient: (f32, f32, f32),
    colour: [f32; 3],
    shadow: Option<Shadow>,
    glare: Option<Glare>,
    vignette: f32,
}

struct Shadow {
    normal: (f32, f32),
    offset: f32,
    soft: f32,
    dark: f32,
}

struct Glare {
    at: (f32, f32),
    axis: (f32, f32),
    long: f32,
    short: f32,
    strength: f32,
}

impl Light {
    pub fn draw(random: &mut Random, strength: &Strength) -> Self {
        let (sin, cos) = random.range(0.0, 6.3).sin_cos();
        let slope = random.range(0.0, strength.gradient);
        let exposure = random.range(strength.exposure.0, strength.exposure.1);
        let warm = random.range(-0.09, 0.11);
        let colour = [exposure * (1.0 + warm), exposure, exposure * (1.0 - warm)];
        let shadow = random.chance(strength.shadow.0).then(|| Shadow::draw(random, strength.shadow.1));
        let glare = random.chance(strength.glare.0).then(|| Glare::draw(random, strength.glare.1));
        Self { gradient: (slope * cos, slope * sin, 1.0), colour, shadow, glare, vignette: random.range(0.0, 0.25) }
    }

    /// What a colour at `place` looks like; `on_card` is where on a card it is.
    pub fn fall(&self, colour: [f32; 3], (x, y): (f32, f32), on_card: Option<(f32, f32)>) -> [f32; 3] {
        let (gx, gy, base) = self.gradient;
        let mut amount = base + gx * x + gy * y - self.vignette * (x * x + y * y);
        if let Some(shadow) = &self.shadow {
            amount *= 1.0 - shadow.dark * shadow.cover((x, y));
        }
        let mirrored = match (&self.glare, on_card) {
            (Some(glare), Some(place)) => glare.cover(place),
            _ => 0.0,
        };
        std::array::from_fn(|i| {
            let lit = colour[i] * amount * self.colour[i];
            lit + (255.0 - lit).max(0.0) * mirrored
        })
    }
}

impl Shadow {
    fn draw(random: &mut Random, most: f32) -> Self {
        let (sin, cos) = random.range(0.0, 6.3).sin_cos();
        let dark = random.range(0.4 * most, most);
        Self { normal: (cos, sin), offset: random.range(-0.2, 0.2), soft: random.log_range(0.01, 0.15), dark }
    }

    fn cover(&self, (x, y): (f32, f32)) -> f32 {
        let inside = x * self.normal.0 + y * self.normal.1 - self.offset;
        let t = (0.5 + inside / self.soft).clamp(0.0, 1.0);
        t * t * (3.0 - 2.0 * t)
    }
}

impl Glare {
    fn draw(random: &mut Random, most: f32) -> Self {
        let (sin, cos) = random.range(0.0, 6.3).sin_cos();
        let at = (random.range(-0.5, 0.5), random.range(-0.32, 0.32));
        let (long, short) = (random.range(0.12, 0.5), random.range(0.05, 0.16));
        Self { at, axis: (cos, sin), long, short, strength: random.range(0.3 * most, most) }
    }

    fn cover(&self, (x, y): (f32, f32)) -> f32 {
        let (dx, dy) = (x - self.at.0, y - self.at.1);
        let along = (dx * self.axis.0 + dy * self.axis.1) / self.long;
        let across = (dy * self.axis.0 - dx * self.axis.1) / self.short;
        self.strength * (-(along * along + across * across)).exp()
    }
}

/// A finger that holds a card at its edge, in parts of the card's width from its middle. It reaches over the margin
/// only: nothing that a clerk could still read is under it.
pub struct Finger {
    tip: (f32, f32),
    inward: (f32, f32),
    half: f32,
    skin: [f32; 3],
}

impl Finger {
    pub fn draw(random: &mut Random) -> Self {
        let half = random.range(0.08, 0.105);
        let reach = random.range(0.015, 0.045);
        let lean = random.range(-0.35, 0.35);
        let (edge, inward) = match random.int(0, 4) {
            0 => ((random.range(-0.4, 0.4), -0.315), (lean, 1.0)),
            1 => ((random.range(-0.4, 0.4), 0.315), (lean, -1.0)),
            2 => ((-0.5, random.range(-0.22, 0.22)), (1.0, lean)),
            _ => ((0.5, random.range(-0.22, 0.22)), (-1.0, lean)),
        };
        let length = f32::hypot(inward.0, inward.1);
        let inward = (inward.0 / length, inward.1 / length);
        let tone = random.range(0.72, 1.08);
        let skin = [218.0, 170.0, 142.0].map(|value: f32| value * tone);
        Self { tip: (edge.0 + inward.0 * reach, edge.1 + inward.1 * reach), inward, half, skin }
    }

    /// Its colour and how much of it is here.
    pub fn at(&self, (x, y): (f32, f32)) -> Option<([f32; 3], f32)> {
        let centre = (self.tip.0 - self.inward.0 * self.half, self.tip.1 - self.inward.1 * self.half);
        let (dx, dy) = (x - centre.0, y - centre.1);
        let along = dx * self.inward.0 + dy * self.inward.1;
        let across = dy * self.inward.0 - dx * self.inward.1;
        let off = if along > 0.0 { along.hypot(across) } else { across.abs() } / self.half;
        if off > 1.03 {
            return None;
        }
        // Round, so darker to its sides; with a nail, paler, near the tip.
        let mut shade = 1.0 - 0.45 * off * off;
        let nail = ((along - 0.25 * self.half) / (0.55 * self.half)).hypot(across / (0.55 * self.half));
        if nail < 1.0 {
            shade += 0.1 * (1.0 - nail).min(0.3) / 0.3;
        }
        Some((self.skin.map(|value| value * shade), ((1.03 - off) / 0.05).clamp(0.0, 1.0)))
    }
}
