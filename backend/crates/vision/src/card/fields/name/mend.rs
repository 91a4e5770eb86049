//! Names made whole: characters the recogniser lost, and those for which it had a better idea.

use super::{CLEAR, Ink, fits};
use crate::{
    card::words::{is_surname, lookalikes, usual},
    ocr::Letter,
};

/// More are not guessed.
const MOST_LOST: usize = 2;

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

/// What a look-alike is worth that the network does not think of itself: it may not know it.
const UNTHOUGHT: f32 = 0.02;

/// Of what a doubtful character could be, what names are made of.
pub fn likelier(letter: &mut Letter, first: bool) {
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
    let alike = lookalikes(letter.value).into_iter().map(|value| (value, UNTHOUGHT));
    let others = thought.iter().copied().chain(alike.filter(|_| odd));
    let best = others.max_by(|(a, p), (b, q)| (weight(*a) * p).total_cmp(&(weight(*b) * q)));
    let Some((value, chance)) = best.filter(|(_, chance)| *chance >= UNTHOUGHT) else { return };
    if weight(value) * chance > weight(letter.value) * letter.confidence {
        letter.others.retain(|(other, _)| *other != value);
        letter.others.insert(0, (letter.value, letter.confidence));
        (letter.value, letter.confidence) = (value, chance);
    }
}
