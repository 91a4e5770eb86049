//! Names made whole: characters the recogniser lost, and those for which there is a better idea.

use super::{Alike, CLEAR, Ink, fits};
use crate::{
    card::fields::weigh::{thought_of, weigh},
    card::words::{is_surname, lookalikes, usual},
    ocr::Letter,
};

/// More are not guessed.
const MOST_LOST: usize = 2;
/// Stands where nothing was read.
const BLANK: char = '\u{3000}';
/// By how much more alike to characters what stands in the cells has to be for another count to be believed.
const CLEARLY: f32 = 0.05;
/// And how alike at least.
const LIKE_SOMETHING: f32 = 0.7;

/// Puts back what the network only saw faintly, where there is room for a character, until there are as many as there is
/// ink. What comes out is for somebody to look at.
pub fn restored(letters: Vec<Letter>, faint: &[Letter], ink: &Ink) -> Vec<Letter> {
    let mut whole = letters.clone();
    for _ in 0..MOST_LOST {
        let room = |candidate: &&Letter| {
            whole.iter().all(|letter| (letter.at - candidate.at).abs() * ink.strip > 0.55 * ink.height)
        };
        let best = faint.iter().filter(room).max_by(|a, b| a.confidence.total_cmp(&b.confidence));
        let Some(best) = best else { return letters };
        whole.push(best.clone());
        whole.sort_by(|a, b| a.at.total_cmp(&b.at));
        if fits(&whole, ink) {
            return whole;
        }
    }
    letters
}

/// As many letters as there are shapes on the strip, those that were read where they were; the others are for their shapes
/// to say. Cells of a wrong count lie across two characters, and what is in them looks like none.
pub fn spread(letters: Vec<Letter>, alike: &Alike) -> Vec<Letter> {
    let likeness = |count: usize| {
        let best = |nth| alike(nth, count, &[]).into_iter().map(|(_, alike)| alike).fold(0.0, f32::max);
        (0..count).map(best).sum::<f32>() / count as f32
    };
    let now = likeness(letters.len().max(1));
    let others = (2..=4).filter(|count| *count != letters.len()).map(|count| (count, likeness(count)));
    let best = others.max_by(|(_, a), (_, b)| a.total_cmp(b));
    let Some((count, _)) = best.filter(|(_, best)| *best > now + CLEARLY && *best > LIKE_SOMETHING) else {
        return letters;
    };
    let blank =
        |nth: usize| Letter { value: BLANK, confidence: 0.0, at: (nth as f32 + 0.5) / count as f32, others: vec![] };
    let mut whole: Vec<Letter> = (0..count).map(blank).collect();
    for letter in letters {
        let place = ((letter.at * count as f32) as usize).min(count - 1);
        if letter.confidence > whole[place].confidence {
            whole[place] = letter;
        }
    }
    whole
}

/// Which character it is, by what the network says, by its shape, and by what names are made of.
pub fn decide(letter: &mut Letter, nth: usize, count: usize, alike: &Alike) {
    let made_of = |value: char| match nth {
        0 if is_surname(value) => 1.0,
        0 => 0.05,
        _ => usual(value),
    };
    if !weigh(letter, &alike(nth, count, &thought_of(letter)), made_of) {
        likelier(letter, nth == 0);
    }
}

/// What a look-alike is worth that the network does not think of itself: it may not know it.
const LOOKALIKE: f32 = 0.02;

/// Where there is no shape to compare with: of what a doubtful character could be, what names are made of.
fn likelier(letter: &mut Letter, first: bool) {
    // A first character that is no surname is believed less than another.
    let odd = first && !is_surname(letter.value) && letter.confidence < 0.99;
    if letter.confidence >= CLEAR && !odd {
        return;
    }
    let weight = |value: char| match first {
        true if is_surname(value) => 1.0,
        true => 0.01,
        false => usual(value),
    };
    let thought = letter.others.clone();
    let alike = lookalikes(letter.value).into_iter().map(|value| (value, LOOKALIKE));
    let others = thought.iter().copied().chain(alike.filter(|_| odd));
    let best = others.max_by(|(a, p), (b, q)| (weight(*a) * p).total_cmp(&(weight(*b) * q)));
    let Some((value, chance)) = best.filter(|(_, chance)| *chance >= LOOKALIKE) else { return };
    if weight(value) * chance > weight(letter.value) * letter.confidence {
        letter.others.retain(|(other, _)| *other != value);
        letter.others.insert(0, (letter.value, letter.confidence));
        (letter.value, letter.confidence) = (value, chance);
    }
}
