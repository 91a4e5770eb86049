//! The side with the portrait: what is wrong with a person's card is wrong here.

use image::RgbaImage;

use super::{BLACK, Card, LABEL, backdrop, portrait};
use crate::Fonts;
use crate::canvas::{Canvas, Style};

const LABELS_AT: f32 = 72.0;
const VALUES_AT: f32 = 178.0;
const LABEL_SIZE: f32 = 30.0;
const VALUE_SIZE: f32 = 36.0;
/// Wide enough for eleven characters.
const ADDRESS_WIDTH: f32 = 400.0;

pub fn draw(card: &Card, fonts: &Fonts) -> RgbaImage {
    let mut canvas = backdrop::front(&mut card.random("backdrop"));
    let mut random = card.random("print");
    // Printers differ by a hair, and so do batches of cards.
    let (dx, dy) = (random.range(-4.0, 4.0), random.range(-4.0, 4.0));
    portrait::draw(&mut canvas, card, [618.0 + dx, 84.0 + dy, 922.0 + dx, 466.0 + dy], false);
    fields(&mut canvas, card, fonts, (dx, dy), &ROWS);
    id_number(&mut canvas, card, fonts, (dx, 540.0 + dy));
    canvas.finish()
}

/// Where the rows of a card have their middle.
pub struct Rows {
    pub name: f32,
    pub sex: f32,
    pub birth: f32,
    pub address: f32,
    pub line: f32,
}

const ROWS: Rows = Rows { name: 96.0, sex: 169.0, birth: 238.0, address: 312.0, line: 47.0 };

pub fn fields(canvas: &mut Canvas, card: &Card, fonts: &Fonts, (dx, dy): (f32, f32), rows: &Rows) {
    let body = fonts.body(card.font());
    let label = |canvas: &mut Canvas, x: f32, y: f32, text: &str| {
        let style = Style::new(LABEL).spaced(if text.chars().count() == 2 { 10.0 } else { 0.0 });
        canvas.text(body, LABEL_SIZE, (x, y + dy), text, style);
    };
    let value = |canvas: &mut Canvas, x: f32, y: f32, text: &str| {
        canvas.text(body, VALUE_SIZE, (x + dx, y + dy), text, Style::new(BLACK).spaced(1.0));
    };
    let person = &card.person;
    label(canvas, LABELS_AT, rows.name, "姓名");
    canvas.text(body, 40.0, (VALUES_AT + dx, rows.name + dy), &person.name, Style::new(BLACK).spaced(3.0));
    label(canvas, LABELS_AT, rows.sex, "性别");
    value(canvas, VALUES_AT, rows.sex, person.sex());
    label(canvas, 292.0, rows.sex, "民族");
    value(canvas, 386.0, rows.sex, person.nation);
    label(canvas, LABELS_AT, rows.birth, "出生");
    value(canvas, VALUES_AT, rows.birth, &person.birth.year.to_string());
    label(canvas, 276.0, rows.birth, "年");
    centred(canvas, body, (346.0 + dx, rows.birth + dy), &person.birth.month.to_string());
    label(canvas, 374.0, rows.birth, "月");
    centred(canvas, body, (438.0 + dx, rows.birth + dy), &person.birth.day.to_string());
    label(canvas, 466.0, rows.birth, "日");
    label(canvas, LABELS_AT, rows.address, "住址");
    for (line, y) in lines(&person.address).iter().zip(0..) {
        value(canvas, VALUES_AT, rows.address + y as f32 * rows.line, line);
    }
}

pub fn id_number(canvas: &mut Canvas, card: &Card, fonts: &Fonts, (dx, y): (f32, f32)) {
    let body = fonts.body(card.font());
    canvas.text(body, LABEL_SIZE, (LABELS_AT, y), "公民身份号码", Style::new(LABEL).spaced(3.0));
    let style = Style { stretch: 1.04, ..Style::new(BLACK) };
    canvas.text(fonts.digits(), 46.0, (340.0 + dx, y), &card.person.id_number, style);
}

fn centred(canvas: &mut Canvas, body: [&ab_glyph::FontVec; 2], (x, y): (f32, f32), text: &str) {
    let half = 0.28 * VALUE_SIZE * text.len() as f32;
    canvas.text(body, VALUE_SIZE, (x - half, y), text, Style::new(BLACK).spaced(1.0));
}

/// A digit takes about half the room of a character.
fn lines(address: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for character in address.chars() {
        let width = if character.is_ascii() { 0.57 * VALUE_SIZE } else { VALUE_SIZE + 1.0 };
        if used + width > ADDRESS_WIDTH + 8.0 {
            lines.push(String::new());
            used = 0.0;
        }
        used += width;
        if let Some(line) = lines.last_mut() {
            line.push(character);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Person;

    #[test]
    fn some_addresses_take_three_lines_and_none_takes_four() {
        let counts: Vec<usize> = (0..2000).map(|seed| lines(&Person::from_seed(seed).address).len()).collect();
        assert!(counts.contains(&3));
        assert!(counts.iter().all(|&count| count <= 3), "{:?}", counts.iter().max());
    }
}
