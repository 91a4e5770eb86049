//! The side with the emblem: who issued the card, and until when it is good.

use image::RgbaImage;

use super::{BLACK, Card, backdrop};
use crate::Fonts;
use crate::canvas::{Canvas, Style};

pub fn draw(card: &Card, fonts: &Fonts) -> RgbaImage {
    let mut canvas = backdrop::back(&mut card.random("backdrop-back"));
    let mut random = card.random("print-back");
    let (dx, dy) = (random.range(-4.0, 4.0), random.range(-4.0, 4.0));
    emblem(&mut canvas, (150.0, 150.0), 88.0);
    canvas.text(fonts.bold(), 56.0, (335.0, 122.0), "中华人民共和国", Style::new(BLACK).spaced(20.0));
    canvas.text(fonts.bold(), 88.0, (315.0, 232.0), "居民身份证", Style::new(BLACK).spaced(30.0));
    let body = fonts.body(card.font());
    let label = Style::new(BLACK).spaced(1.0);
    canvas.text(fonts.bold(), 32.0, (245.0, 474.0), "签发机关", label);
    canvas.text(body, 34.0, (402.0 + dx, 474.0 + dy), card.person.authority, Style::new(BLACK).spaced(1.0));
    canvas.text(fonts.bold(), 32.0, (245.0, 552.0), "有效期限", label);
    canvas.text(body, 34.0, (402.0 + dx, 552.0 + dy), &card.person.validity(), Style::new(BLACK).spaced(1.5));
    canvas.finish()
}

/// Only roughly: a red disc with a golden rim, five stars and a gate. Nobody should print this.
pub fn emblem(canvas: &mut Canvas, (x, y): (f32, f32), radius: f32) {
    let (red, gold) = ([196, 44, 40], [214, 150, 70]);
    canvas.ellipse((x, y), (radius, radius * 1.05), gold);
    canvas.ellipse((x, y), (radius * 0.86, radius * 0.9), red);
    canvas.ellipse((x, y - radius * 0.38), (radius * 0.17, radius * 0.17), gold);
    for (dx, dy) in [(-0.42, -0.2), (-0.2, -0.05), (0.2, -0.05), (0.42, -0.2)] {
        canvas.ellipse((x + dx * radius, y + dy * radius), (radius * 0.08, radius * 0.08), gold);
    }
    canvas.rect([x - radius * 0.45, y + radius * 0.28, x + radius * 0.45, y + radius * 0.5], gold);
    canvas.rect([x - radius * 0.28, y + radius * 0.14, x + radius * 0.28, y + radius * 0.24], gold);
    canvas.rect([x - radius * 0.3, y + radius * 0.84, x + radius * 0.3, y + radius * 1.08], red);
}
