//! One side of a card, read.

use std::cell::OnceCell;

use image::RgbImage;

use super::{
    Field, FieldName, Portrait,
    cut::cut,
    fields::{self, IdNumber, Judged},
    ink::Extent,
    layout::{Layout, Row, bounds, upright},
    looks::{Squares, combined, filled},
    place::Placement,
};
use crate::{
    Error, Point, Quad, Rect,
    ocr::{Alphabet, Cell, Eyes, Line, Pyramid, Strip, line, sharpened, stretched, strip},
};

/// What stands on one side, and where it is.
#[derive(Debug, Clone)]
pub struct SideRead {
    pub placement: Placement,
    pub fields: Vec<Field>,
    /// Whether what was read proves that this is the side it was taken for.
    pub proven: bool,
}

/// Lines less certain than this are looked at again.
const CLEAR: f32 = 0.85;
/// Of a name more is asked: no word helps to guess what it is.
const CLEAR_NAME: f32 = 0.95;

/// Pixels from the top to the bottom of a line whose characters are compared with their shapes.
const CLOSE: usize = 96;
/// And how much of its height is seen around it.
const AROUND: f32 = 0.15;

pub struct Reader<'a> {
    pub eyes: &'a dyn Eyes,
    pub picture: &'a RgbImage,
    pub pyramid: &'a Pyramid,
}

/// A row's place on the card and its lines.
struct RowRead {
    places: Vec<Quad>,
    strips: Vec<Strip>,
    lines: Vec<Line>,
}

impl Reader<'_> {
    pub fn side(&self, placement: Placement) -> Result<SideRead, Error> {
        let (fields, proven) = match placement.layout {
            Layout::Front => self.front(&placement)?,
            Layout::Back => self.back(&placement)?,
            Layout::TemporaryFront => {
                let (mut fields, proven) = self.front(&placement)?;
                let (back, also) = self.back(&placement)?;
                fields.extend(back);
                (fields, proven && also)
            }
            Layout::TemporaryBack => (vec![], self.says_temporary(&placement)?),
        };
        let mut fields = fields;
        if !proven {
            // What was taken for a side may be something else.
            fields.iter_mut().for_each(|field| field.sure = false);
            if fields.iter().filter(|field| !field.value.is_empty()).count() * 2 < fields.len() {
                fields.clear();
            }
        }
        Ok(SideRead { placement, fields, proven })
    }

    fn front(&self, card: &Placement) -> Result<(Vec<Field>, bool), Error> {
        let (number_field, number) = self.number(card)?;
        let Some(number_field) = number_field else { return Ok((vec![], false)) };
        let digits = number_field.value.bytes().filter(u8::is_ascii_digit).count();
        if digits < 8 {
            return Ok((vec![], false));
        }
        let nation = self.row(card, Row::Nation, Alphabet::Nation)?;
        let nation_judged = nation.lines.first().map(fields::nation).unwrap_or_default();
        let name = self.row(card, Row::Name, Alphabet::Name)?;
        let name_judged = self.name(card, &name, &nation_judged.value);
        let mut address = self.row(card, Row::Address, Alphabet::Any)?;
        address.lines.iter_mut().zip(&address.places).for_each(|(line, place)| self.compare(card, *place, line));
        let address_judged = fields::address(&address.lines);
        let (sex, birth) = self.sex_and_birth(card, number.as_ref(), number_field.sure)?;
        let labelled = !name_judged.value.is_empty() && !address_judged.value.is_empty();
        let proven = number.is_some() || (digits >= 16 && labelled);
        let mut all = vec![
            self.field(card, FieldName::Name, &name.places, name_judged)?,
            sex,
            self.field(card, FieldName::Nation, &nation.places, nation_judged)?,
            birth,
            self.field(card, FieldName::Address, &address.places, address_judged)?,
        ];
        all.push(number_field);
        Ok((all, proven))
    }

    /// Read, and its characters compared with their shapes.
    fn name(&self, card: &Placement, row: &RowRead, nation: &str) -> Judged {
        let [strip, ..] = &row.strips[..] else { return Judged::default() };
        let ink = Extent::of(&strip.pixels).map(|extent| extent.ink(&strip.pixels));
        let close = line(self.pyramid, card.to_picture.quad(grown(row.places[0], AROUND)), CLOSE);
        let extent = Extent::of(&close);
        let alike = |nth, count, asked: &[char]| {
            extent.map_or(vec![], |extent| self.eyes.alike(&close, &extent.cell(nth, count), asked))
        };
        fields::name(&row.lines.first().cloned().unwrap_or_default(), ink, Some(nation), &alike)
    }

    /// What is doubtful in a line is compared with the shapes of characters.
    fn compare(&self, card: &Placement, place: Quad, read: &mut Line) {
        let at = card.to_picture.quad(place);
        let width = at.0[0].distance(at.0[1]) / at.0[0].distance(at.0[3]).max(1.0);
        let Some(squares) = Squares::of(read, width) else { return };
        let close = OnceCell::new();
        fields::doubtful(read, |nth, asked| {
            let close = close.get_or_init(|| line(self.pyramid, card.to_picture.quad(grown(place, AROUND)), CLOSE));
            // From heights of the line to pixels of what is around it, too.
            let pixels = CLOSE as f32 / (1.0 + 2.0 * AROUND);
            let middle = Point::new((squares.middle(nth) + AROUND) * pixels, CLOSE as f32 / 2.0);
            self.eyes.alike(close, &Cell { middle, side: squares.side() * pixels }, asked)
        });
    }

    /// Looked at up to three times, each a little differently, until its check digit is right.
    fn number(&self, card: &Placement) -> Result<(Option<Field>, Option<IdNumber>), Error> {
        let Some(place) = card.rows(Row::IdNumber).first().copied() else { return Ok((None, None)) };
        let mut looks = Vec::new();
        let mut judged = (Judged::default(), None);
        for (grow, alphabet) in [(0.0, Alphabet::IdNumber), (0.12, Alphabet::Any), (-0.1, Alphabet::IdNumber)] {
            let strip = self.strip(card, grown(place, grow), alphabet);
            looks.extend(self.eyes.read(&[strip])?);
            judged = fields::id_number(&looks);
            // Something else altogether is not looked at again.
            let digits = judged.0.value.bytes().filter(u8::is_ascii_digit).count();
            if judged.0.sure || digits < 10 {
                break;
            }
        }
        let (judged, number) = judged;
        Ok((Some(self.field(card, FieldName::IdNumber, &[place], judged)?), number))
    }

    /// They follow from a number that checks; only without one they are read.
    fn sex_and_birth(&self, card: &Placement, number: Option<&IdNumber>, sure: bool) -> Result<(Field, Field), Error> {
        let (sex, birth) = match number {
            Some(number) => {
                let birth = number.birth().map(fields::Date::iso).unwrap_or_default();
                let confidence = if sure { 0.99 } else { 0.5 };
                (Judged::new(number.sex(), confidence, sure), Judged::new(birth, confidence, sure))
            }
            None => {
                let sex = self.row(card, Row::Sex, Alphabet::Any)?;
                let birth = self.row(card, Row::Birth, Alphabet::Any)?;
                (read_sex(sex.lines.first()), read_birth(birth.lines.first()))
            }
        };
        let (sex_at, birth_at) = (card.rows(Row::Sex), card.rows(Row::Birth));
        let sex = self.field(card, FieldName::Sex, &sex_at, sex)?;
        Ok((sex, self.field(card, FieldName::Birth, &birth_at, birth)?))
    }

    fn back(&self, card: &Placement) -> Result<(Vec<Field>, bool), Error> {
        let validity = self.row(card, Row::Validity, Alphabet::Validity)?;
        let line = validity.lines.first().cloned().unwrap_or_default();
        let [from, until] = fields::validity(&line, card.layout.is_temporary());
        let authority = self.row(card, Row::Authority, Alphabet::Any)?;
        let authority_judged = authority.lines.first().map(fields::authority).unwrap_or_default();
        let proven = from.sure || authority_judged.sure || authority_judged.value.contains("公安");
        let all = vec![
            self.field(card, FieldName::Authority, &authority.places, authority_judged)?,
            self.field(card, FieldName::ValidFrom, &validity.places, from)?,
            self.field(card, FieldName::ValidUntil, &validity.places, until)?,
        ];
        Ok((all, proven))
    }

    fn says_temporary(&self, card: &Placement) -> Result<bool, Error> {
        let strip = self.strip(card, upright(150.0, 236.0, 900.0, 336.0), Alphabet::Any);
        Ok(self.eyes.read(&[strip])?.iter().any(|line| line.text().contains("临时")))
    }

    fn row(&self, card: &Placement, row: Row, alphabet: Alphabet) -> Result<RowRead, Error> {
        let places = card.rows(row);
        let strips: Vec<Strip> = places.iter().map(|place| self.strip(card, *place, alphabet)).collect();
        let lines = self.eyes.read(&strips)?;
        let clear = if alphabet == Alphabet::Name { CLEAR_NAME } else { CLEAR };
        let lines: Result<Vec<Line>, Error> = lines
            .into_iter()
            .zip(places.iter().zip(&strips))
            .map(|(line, (place, strip))| {
                let seen = if line.weakest() < clear { self.again(card, *place, strip, line)? } else { line };
                let width = strip.pixels.width as f32 / strip.pixels.height as f32;
                Ok(if alphabet == Alphabet::Any { filled(seen, width) } else { seen })
            })
            .collect();
        Ok(RowRead { lines: lines?, places, strips })
    }

    /// Looks at a line in other ways, and believes all of them together.
    fn again(&self, card: &Placement, place: Quad, strip: &Strip, first: Line) -> Result<Line, Error> {
        let wider = self.strip(card, grown(place, 0.1), strip.alphabet);
        let others = [
            Strip { pixels: sharpened(&strip.pixels), ..strip.clone() },
            Strip { pixels: stretched(&wider.pixels), ..wider },
        ];
        let mut looks = vec![first];
        looks.extend(self.eyes.read(&others)?);
        Ok(combined(&looks))
    }

    fn strip(&self, card: &Placement, place: Quad, alphabet: Alphabet) -> Strip {
        strip(self.pyramid, card.to_picture.quad(place), alphabet)
    }

    fn field(&self, card: &Placement, name: FieldName, places: &[Quad], judged: Judged) -> Result<Field, Error> {
        let at = card.to_picture.quad(around(places));
        let cut = if judged.sure || places.is_empty() {
            None
        } else {
            let room = card.to_picture.quad(grown(around(places), 0.2));
            Some(cut(self.picture, room, 64 * places.len().clamp(1, 3) as u32, 720)?)
        };
        let Judged { value, confidence, sure, lookalikes } = judged;
        Ok(Field { name, value, confidence, sure, at, cut, lookalikes })
    }

    pub fn portrait(&self, card: &Placement) -> Result<Option<Portrait>, Error> {
        let Some(place) = card.layout.portrait() else { return Ok(None) };
        let at = card.to_picture.quad(place);
        let [left, top, right, bottom] = bounds(&at);
        let height = at.0[0].distance(at.0[3]).clamp(60.0, 720.0) as u32;
        let jpeg = cut(self.picture, at, height, 720)?;
        Ok(Some(Portrait { jpeg, at: Rect { left, top, width: right - left, height: bottom - top } }))
    }
}

fn read_sex(line: Option<&Line>) -> Judged {
    let letter = line.and_then(|line| line.letters.iter().find(|letter| "男女".contains(letter.value)));
    letter.map(|letter| Judged::new(letter.value, letter.confidence, letter.confidence > 0.9)).unwrap_or_default()
}

/// `1990年3月7日`
fn read_birth(line: Option<&Line>) -> Judged {
    let text = line.map(Line::text).unwrap_or_default();
    let numbers: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let [year, month, day] = numbers[..] else { return Judged::default() };
    let date = fields::Date::of_digits(&format!("{year:04}{month:02}{day:02}"));
    date.map(|date| Judged::new(date.iso(), line.map_or(0.0, Line::weakest), false)).unwrap_or_default()
}

/// An upright box around places.
fn around(places: &[Quad]) -> Quad {
    let all: Vec<[f32; 4]> = places.iter().map(bounds).collect();
    let edge = |at: usize, choose: fn(f32, f32) -> f32| all.iter().map(|place| place[at]).reduce(choose).unwrap_or(0.0);
    upright(edge(0, f32::min), edge(1, f32::min), edge(2, f32::max), edge(3, f32::max))
}

/// By a part of its height, on all sides.
fn grown(Quad(corners): Quad, by: f32) -> Quad {
    let room = by * corners[0].distance(corners[3]);
    let mut corners = corners;
    let signs = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    for (corner, (x, y)) in corners.iter_mut().zip(signs) {
        corner.x += x * room;
        corner.y += y * room;
    }
    Quad(corners)
}
