//! Names: what the recogniser is best at getting wrong, because it knows fewer characters than parents do.
//!
//! A character it does not know comes out as a neighbour, or not at all. So a name is only trusted when the network is
//! certain of every character, the surname is one, the given name is made of characters names are made of, and there is
//! just as much ink as there are characters.

mod mend;

use super::Judged;
use crate::{
    card::words::{is_usual, lookalikes, surname_length},
    ocr::{Letter, Line},
};
use mend::{decide, restored, spread};

/// What is inked on a strip, as parts of the strip's height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    pub width: f32,
    pub height: f32,
    /// The strip's own width.
    pub strip: f32,
}

/// How alike the nth of so many characters on the strip is to the characters it is most alike to, and to those asked for;
/// nothing when there is nothing to be seen.
pub type Alike<'a> = dyn Fn(usize, usize, &[char]) -> Vec<(char, f32)> + 'a;

const OFFERED: usize = 8;
/// A character less certain is looked at by somebody.
const CLEAR: f32 = 0.8;

pub fn name(line: &Line, ink: Option<Ink>, nation: Option<&str>, alike: &Alike) -> Judged {
    let mut letters: Vec<Letter> = line.letters.iter().filter_map(tidy).collect();
    if letters.len() > 2 && letters[0].value == '姓' && letters[1].value == '名' {
        letters.drain(..2);
    }
    let dotted = letters.iter().any(|letter| letter.value == '·');
    let faint: Vec<Letter> = line.faint.iter().filter_map(tidy).filter(|letter| letter.value != '·').collect();
    let spaced = ink.is_none_or(|ink| fits(&letters, &ink));
    if let (false, false, Some(ink)) = (spaced, dotted, &ink) {
        letters = restored(letters, &faint, ink);
        if !fits(&letters, ink) {
            letters = spread(letters, alike);
        }
    }
    if !dotted {
        let count = letters.len();
        letters.iter_mut().enumerate().for_each(|(at, letter)| decide(letter, at, count, alike));
    }
    let text: String = letters.iter().map(|letter| letter.value).collect();
    let solid = letters.iter().filter(|letter| letter.value != '·');
    let weakest = solid.map(|letter| letter.confidence).fold(1.0, f32::min);
    let count = text.chars().count();
    let shaped = if dotted { count >= 3 } else { (2..=4).contains(&count) };
    let han = nation == Some("汉") && !dotted;
    let doubts: Vec<bool> = doubts(&text, &letters, han);
    let sure = shaped && spaced && weakest > CLEAR && !doubts.contains(&true);
    let lookalikes = if sure { vec![] } else { offers(&text, &letters, &doubts) };
    let confidence = if shaped && spaced { weakest } else { weakest.min(0.4) };
    Judged { lookalikes, ..Judged::new(text, confidence, sure) }
}

fn tidy(letter: &Letter) -> Option<Letter> {
    let value = match letter.value {
        '.' | '•' | '‧' | '・' | '∙' | '●' | '°' => '·',
        other if other.is_whitespace() || other.is_ascii() => return None,
        other => other,
    };
    Some(Letter { value, ..letter.clone() })
}

/// Which characters somebody should look at.
fn doubts(text: &str, letters: &[Letter], han: bool) -> Vec<bool> {
    let surname = surname_length(text);
    let doubtful = |(at, letter): (usize, &Letter)| {
        if letter.value == '·' {
            return false;
        }
        if letter.confidence < CLEAR {
            return true;
        }
        if at < surname.unwrap_or(usize::from(han)) {
            return surname.is_none();
        }
        !is_usual(letter.value) && letter.confidence < 0.97
    };
    letters.iter().enumerate().map(doubtful).collect()
}

/// Characters of a name are as far apart as they are wide, and there is no ink beside them.
fn fits(letters: &[Letter], ink: &Ink) -> bool {
    let places: Vec<f32> =
        letters.iter().filter(|letter| letter.value != '·').map(|letter| letter.at * ink.strip).collect();
    if places.len() < 2 {
        return false;
    }
    let gaps: Vec<f32> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (least, most) = (gaps.iter().copied().fold(f32::MAX, f32::min), gaps.iter().copied().fold(0.0, f32::max));
    let dotted = letters.len() != places.len();
    let even = dotted || (most < 1.55 * least && most < 1.5 * ink.height);
    let pitch = (places[places.len() - 1] - places[0]) / (places.len() - 1) as f32;
    let characters = ink.width / pitch.max(0.1);
    let counted = places.len() as f32;
    even && (characters - counted).abs() < if dotted { 1.0 } else { 0.62 }
}

/// The name with its doubtful characters replaced by what they could be, one at a time.
fn offers(text: &str, letters: &[Letter], doubts: &[bool]) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut offered: Vec<String> = Vec::new();
    let any = doubts.contains(&true);
    let asked = |(at, character): &(usize, &char)| **character != '·' && (!any || doubts[*at]);
    for (at, character) in characters.iter().enumerate().filter(asked) {
        let read = letters[at].others.iter().filter(|(_, chance)| *chance > 0.01).map(|(other, _)| *other);
        let others = read.chain(lookalikes(*character)).filter(|other| !other.is_ascii() && *other != '·');
        for other in others {
            let mut changed = characters.clone();
            changed[at] = other;
            let changed: String = changed.into_iter().collect();
            if !offered.contains(&changed) && offered.len() < OFFERED {
                offered.push(changed);
            }
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(characters: f32) -> Option<Ink> {
        Some(Ink { width: characters * 0.8, height: 0.75, strip: characters * 0.8 })
    }

    fn unseen(_: usize, _: usize, _: &[char]) -> Vec<(char, f32)> {
        vec![]
    }

    /// A strip on which this is printed, and nothing else is alike.
    fn seen(text: &str) -> impl Fn(usize, usize, &[char]) -> Vec<(char, f32)> {
        let characters: Vec<char> = text.chars().collect();
        move |nth, count, asked| {
            let printed = characters[nth * characters.len() / count.max(1)];
            let asked = asked.iter().filter(|other| **other != printed).map(|other| (*other, 0.75));
            // What lies across two characters is like neither.
            let clear = if count == characters.len() { 0.95 } else { 0.65 };
            std::iter::once((printed, clear)).chain(asked).collect()
        }
    }

    #[test]
    fn an_ordinary_name_is_sure() {
        let judged = name(&Line::from("王建国"), ink(3.0), Some("汉"), &unseen);
        assert_eq!((judged.value.as_str(), judged.sure, judged.lookalikes.len()), ("王建国", true, 0));
    }

    #[test]
    fn a_surname_that_is_none_is_marked_and_its_neighbours_offered() {
        let judged = name(&Line::from("洗星海"), ink(3.0), Some("汉"), &unseen);
        assert!(!judged.sure);
        assert!(judged.lookalikes.contains(&"冼星海".to_owned()), "{:?}", judged.lookalikes);
    }

    #[test]
    fn more_ink_than_characters_is_a_missing_character() {
        assert!(!name(&Line::from("王国"), ink(3.0), Some("汉"), &unseen).sure);
        let mut gap = Line::from("王国");
        (gap.letters[0].at, gap.letters[1].at) = (0.17, 0.83);
        assert!(!name(&gap, ink(3.0), Some("汉"), &unseen).sure);
    }

    #[test]
    fn a_doubtful_character_offers_what_else_it_could_be() {
        let mut line = Line::from("王娘");
        line.letters[1].confidence = 0.5;
        line.letters[1].others = vec![('妞', 0.2)];
        let judged = name(&line, ink(2.0), Some("汉"), &unseen);
        assert!(!judged.sure);
        assert!(judged.lookalikes.contains(&"王嬛".into()) && judged.lookalikes.contains(&"王妞".into()));
    }

    #[test]
    fn a_character_that_was_lost_is_put_back_from_what_was_faint() {
        let mut line = Line::from("阚鑫贵");
        line.faint = vec![Letter { confidence: 0.2, ..line.letters.remove(0) }];
        line.faint.push(Letter { value: '金', confidence: 0.6, at: 0.45, others: vec![] });
        let judged = name(&line, ink(3.0), Some("汉"), &unseen);
        assert_eq!((judged.value.as_str(), judged.sure), ("阚鑫贵", false));
    }

    #[test]
    fn of_two_likely_characters_it_is_the_one_that_names_are_made_of() {
        let mut line = Line::from("潘茜斑");
        line.letters[2].confidence = 0.25;
        line.letters[2].others = vec![('瑛', 0.2), ('球', 0.1)];
        let judged = name(&line, ink(3.0), Some("汉"), &unseen);
        assert_eq!((judged.value.as_str(), judged.sure), ("潘茜瑛", false));
    }

    #[test]
    fn a_character_the_network_does_not_know_is_told_by_its_shape() {
        let judged = name(&Line::from("崔媛晨"), ink(3.0), Some("汉"), &seen("崔嬛晨"));
        assert_eq!((judged.value.as_str(), judged.sure), ("崔嬛晨", false));
        assert!(judged.lookalikes.contains(&"崔媛晨".into()), "{:?}", judged.lookalikes);
    }

    #[test]
    fn what_the_network_doubts_and_the_shape_shows_is_sure() {
        let mut line = Line::from("王建国");
        line.letters[1].confidence = 0.6;
        assert!(!name(&line, ink(3.0), Some("汉"), &unseen).sure);
        assert!(name(&line, ink(3.0), Some("汉"), &seen("王建国")).sure);
    }

    #[test]
    fn what_is_like_nothing_changes_nothing() {
        let garbage = |_: usize, _: usize, _: &[char]| vec![('鑫', 0.55), ('燕', 0.5)];
        let judged = name(&Line::from("王建国"), ink(3.0), Some("汉"), &garbage);
        assert_eq!((judged.value.as_str(), judged.sure), ("王建国", true));
    }

    #[test]
    fn a_character_that_was_lost_altogether_is_told_by_its_shape() {
        let mut line = Line::from("晁成旻");
        line.letters.pop();
        let judged = name(&line, ink(3.0), Some("汉"), &seen("晁成旻"));
        assert_eq!((judged.value.as_str(), judged.sure), ("晁成旻", false));
    }

    #[test]
    fn dots_of_any_kind_are_one_kind() {
        let judged = name(&Line::from("买买提.吐尔逊"), None, Some("维吾尔"), &unseen);
        assert_eq!(judged.value, "买买提·吐尔逊");
    }

    #[test]
    fn one_character_is_no_name() {
        assert!(!name(&Line::from("王"), ink(1.0), Some("汉"), &unseen).sure);
    }
}
