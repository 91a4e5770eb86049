//! The fine lines behind the print.

use crate::Random;
use crate::canvas::{Canvas, Colour, HEIGHT, WIDTH};

pub fn front(random: &mut Random) -> Canvas {
    let mut canvas = Canvas::new([224, 232, 236]);
    tint(&mut canvas, [206, 224, 236], [232, 218, 222]);
    lines(&mut canvas, random, [120, 170, 200], 10.0);
    lines(&mut canvas, random, [200, 150, 165], 12.0);
    canvas
}

pub fn back(random: &mut Random) -> Canvas {
    let mut canvas = Canvas::new([228, 234, 232]);
    tint(&mut canvas, [214, 228, 226], [236, 222, 220]);
    lines(&mut canvas, random, [130, 175, 180], 10.0);
    lines(&mut canvas, random, [205, 160, 160], 14.0);
    wall(&mut canvas);
    canvas
}

fn tint(canvas: &mut Canvas, from: Colour, to: Colour) {
    canvas.paint([0.0, 0.0, WIDTH, HEIGHT], |x, y| {
        // A triangle with its corners rounded, for what would be a sine.
        let at = ((x / WIDTH * 2.2 + y / HEIGHT * 0.7) / 2.0).fract() * 2.0 - 1.0;
        let at = at * at * (3.0 - 2.0 * at.abs());
        let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * at) as u8;
        ([mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])], 0.9)
    });
}

/// A family of waving lines a few units apart.
fn lines(canvas: &mut Canvas, random: &mut Random, colour: Colour, apart: f32) {
    let (phase, wave, height) = (random.range(0.0, 6.0), random.range(0.006, 0.012), random.range(18.0, 40.0));
    let bends = canvas.columns(|x| height * (x * wave + phase).sin() + 0.4 * height * (x * wave * 2.7 - phase).sin());
    canvas.paint([0.0, 0.0, WIDTH, HEIGHT], |x, y| {
        let bent = (y + bends.at(x)) / apart;
        let off = (bent - bent.round()).abs() * apart;
        (colour, 0.28 * (1.3 - off).clamp(0.0, 1.0))
    });
}

/// A wall over hills, pale.
fn wall(canvas: &mut Canvas) {
    let hills = canvas.columns(|x| 420.0 - 90.0 * (x / 230.0).sin() - 40.0 * (x / 97.0 + 1.0).sin());
    canvas.paint([0.0, 250.0, WIDTH, HEIGHT], |x, y| {
        let hill = hills.at(x);
        let tooth = if (x / 12.0) as i32 % 2 == 0 { 8.0 } else { 0.0 };
        let on_wall = (hill - 18.0 - tooth..hill).contains(&y);
        let shade = if on_wall {
            0.3
        } else if y > hill {
            0.1
        } else {
            0.0
        };
        ([120, 160, 165], shade)
    });
}
