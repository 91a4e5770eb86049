//! A temporary card: everything on the side with the (black and white) portrait, only its name on the other.

use image::RgbaImage;

use super::front::{self, Rows};
use super::{BLACK, Card, LABEL, backdrop, portrait};
use crate::Fonts;
use crate::canvas::Style;

const ROWS: Rows = Rows { name: 72.0, sex: 134.0, birth: 196.0, address: 258.0, line: 43.0 };

pub fn front(card: &Card, fonts: &Fonts) -> RgbaImage {
    let mut canvas = backdrop::front(&mut card.random("backdrop"));
    portrait::draw(&mut canvas, card, [640.0, 56.0, 920.0, 400.0], true);
    front::fields(&mut canvas, card, fonts, (0.0, 0.0), &ROWS);
    front::id_number(&mut canvas, card, fonts, (0.0, 430.0));
    let body = fonts.body(card.font());
    let validity = card.person.validity();
    for (y, label, value) in [(500.0, "签发机关", card.person.authority), (562.0, "有效期限", validity.as_str())]
    {
        canvas.text(body, 30.0, (72.0, y), label, Style::new(LABEL).spaced(2.0));
        canvas.text(body, 34.0, (222.0, y), value, Style::new(BLACK).spaced(1.0));
    }
    canvas.finish()
}

pub fn back(card: &Card, fonts: &Fonts) -> RgbaImage {
    let mut canvas = backdrop::back(&mut card.random("backdrop-back"));
    canvas.text(fonts.bold(), 62.0, (230.0, 150.0), "中华人民共和国", Style::new(BLACK).spaced(18.0));
    canvas.text(fonts.bold(), 84.0, (176.0, 286.0), "临时居民身份证", Style::new(BLACK).spaced(14.0));
    canvas.finish()
}
