//! One to three lines.

use super::{
    Judged,
    weigh::{thought_of, weigh},
};
use crate::{
    card::words::{is_of_places, known_regions},
    ocr::{Letter, Line},
};

/// Confirmed by the regions there are, a character is believed at once.
const CONFIRMED: f32 = 0.95;

/// What the network is less certain of is compared with shapes.
const CERTAIN: f32 = 0.97;

/// A shape less certain than this does not change what was read.
const SHOWN: f32 = 0.8;

/// Decides by their shapes which characters the doubtful ones of a line are. Where the nth letter stands, and so how alike
/// it is to characters, `alike` knows.
pub fn doubtful(line: &mut Line, alike: impl Fn(usize, &[char]) -> Vec<(char, f32)>) {
    let made_of = |value: char| if is_of_places(value) { 1.0 } else { 0.1 };
    for (nth, letter) in line.letters.iter_mut().enumerate() {
        if letter.confidence < CERTAIN && letter.is_wide() && !"—–－".contains(letter.value) {
            let mut weighed = letter.clone();
            weigh(&mut weighed, &alike(nth, &thought_of(letter)), made_of);
            // Where a character stands in a long line is only known roughly.
            if weighed.value == letter.value || weighed.confidence > SHOWN {
                *letter = weighed;
            }
        }
    }
}

pub fn address(lines: &[Line]) -> Judged {
    let letters = lines.iter().flat_map(|line| &line.letters).filter(|letter| !letter.value.is_whitespace());
    let mut letters: Vec<Letter> = letters.cloned().collect();
    // The label may still be there, or its end.
    let label = letters.iter().take(2).rposition(|letter| letter.value == '址');
    letters.drain(..label.map_or(0, |at| at + 1));
    // Tools are in no place's name.
    letters.iter_mut().filter(|letter| letter.value == '具').for_each(|letter| letter.value = '县');
    // The card's edge is no character: no region begins with it.
    let edge = letters.len() > 1
        && "一丨—-|".contains(letters[0].value)
        && known_regions(&mut letters[1..].to_vec()).levels > 0;
    letters.drain(..usize::from(edge));
    let regions = known_regions(&mut letters);
    // What was put right may be a neighbour: 鄄城 and 郓城 are in one city.
    if regions.levels > 1 && !regions.mended {
        let confirmed = letters.iter_mut().take(regions.length).filter(|letter| letter.confidence > 0.3);
        confirmed.for_each(|letter| letter.confidence = letter.confidence.max(CONFIRMED));
    }
    // Regions are settled: nothing may undo what was put right there.
    letters.iter_mut().skip(regions.length).for_each(likelier);
    (0..letters.len()).for_each(|at| digit(&mut letters, at));
    let values: Vec<char> = letters.iter().map(|letter| letter.value).collect();
    let text: String = (0..values.len()).filter_map(|at| tidy(&values, at)).collect();
    let weakest = letters.iter().map(|letter| letter.confidence).fold(1.0, f32::min);
    let long = text.chars().count() >= 6;
    // A county nobody knows may be an old one, or one that was misread.
    let least = if regions.county { 0.8 } else { 0.9 };
    Judged::new(&text, if long { weakest } else { weakest.min(0.5) }, long && weakest > least && ends_well(&text))
}

/// Of what a doubtful character could be, what places are called.
fn likelier(letter: &mut Letter) {
    let weight = |value: char| if is_of_places(value) { 1.0 } else { 0.1 };
    let best = letter.others.iter().max_by(|(a, p), (b, q)| (weight(*a) * p).total_cmp(&(weight(*b) * q))).copied();
    if let Some((value, chance)) = best
        && weight(value) * chance > weight(letter.value) * letter.confidence
    {
        letter.others.insert(0, (letter.value, letter.confidence));
        (letter.value, letter.confidence) = (value, chance);
    }
}

/// A Latin letter that touches a digit is one too, if it can be; somebody looks at it.
fn digit(letters: &mut [Letter], at: usize) {
    let is_digit = |place: Option<usize>| {
        place.and_then(|place| letters.get(place)).is_some_and(|letter| letter.value.is_ascii_digit())
    };
    let touches = is_digit(at.checked_sub(1)) || is_digit(Some(at + 1));
    let letter = &mut letters[at];
    if !touches || !letter.value.is_ascii_alphabetic() {
        return;
    }
    letter.confidence = letter.confidence.min(0.6);
    let found = letter.others.iter().map(|(value, _)| *value).find(char::is_ascii_digit);
    let usual = match letter.value {
        'o' | 'O' | 'C' | 'c' | 'D' | 'Q' => Some('0'),
        'l' | 'I' | 'i' => Some('1'),
        'Z' | 'z' => Some('2'),
        'S' | 's' => Some('5'),
        'B' => Some('8'),
        _ => None,
    };
    // A block may be called B.
    let alone = !is_block(letters, at);
    if let Some(value) = found.or(usual).filter(|_| alone) {
        letters[at].value = value;
    }
}

/// What follows says that a letter may be a name.
fn is_block(letters: &[Letter], at: usize) -> bool {
    letters.get(at + 1).is_some_and(|next| "座栋幢区单".contains(next.value))
}

/// Between digits a stroke is a hyphen and a ring a nought; full-width forms are plain ones.
fn tidy(values: &[char], at: usize) -> Option<char> {
    let digit = |place: Option<usize>| place.and_then(|place| values.get(place)).is_some_and(char::is_ascii_digit);
    let (before, after) = (digit(at.checked_sub(1)), digit(Some(at + 1)));
    match values[at] {
        '一' | '—' | '–' | '－' | '_' | '~' if before && after => Some('-'),
        '—' | '–' | '－' => Some('-'),
        '〇' if before || after => Some('0'),
        '|' if before && after => Some('1'),
        '(' => Some('（'),
        ')' => Some('）'),
        ':' | '：' | ',' | '，' | '.' | '。' | '\'' | '"' | '`' | '*' => None,
        other => Some(other),
    }
}

/// Addresses end in a number or in what a number counts.
fn ends_well(text: &str) -> bool {
    text.chars().next_back().is_some_and(|last| {
        last.is_ascii_digit() || "号室组村户楼栋幢座院社队屯庄巷弄里区街路场厂园苑店所寨".contains(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_strokes_between_digits_are_hyphens() {
        let lines = [Line::from("贵州省贵阳市南明区花果园大"), Line::from("街1号附2号3一2—15")];
        let judged = address(&lines);
        assert_eq!(judged.value, "贵州省贵阳市南明区花果园大街1号附2号3-2-15");
        assert!(judged.sure);
    }

    #[test]
    fn one_stays_one_between_characters() {
        assert_eq!(address(&[Line::from("湄潭县一号桥村一组12号")]).value, "湄潭县一号桥村一组12号");
    }

    #[test]
    fn a_county_nobody_knows_needs_clearer_characters() {
        let said = |text: &str| {
            let mut line = Line::from(text);
            line.letters[7].confidence = 0.86;
            address(&[line]).sure
        };
        assert!(!said("河北省唐山市澳南县前进村16组") && said("河北省唐山市滦南县前进村16组"));
    }

    #[test]
    fn places_are_called_what_places_are_called() {
        let mut line = Line::from("贵州省遵义市湄潭县王注村16组");
        line.letters[10].confidence = 0.7;
        line.letters[10].others = vec![('洼', 0.2)];
        let judged = address(&[line]);
        assert_eq!((judged.value.as_str(), judged.sure), ("贵州省遵义市湄潭县王洼村16组", false));
    }

    #[test]
    fn a_county_that_was_put_right_stays_so_and_is_marked() {
        let mut line = Line::from("河北省唐山市澳南县前进村16组");
        line.letters[6].confidence = 0.86;
        line.letters[6].others = vec![('滦', 0.1)];
        let judged = address(&[line]);
        assert_eq!((judged.value.as_str(), judged.sure), ("河北省唐山市滦南县前进村16组", false));
    }

    #[test]
    fn among_digits_there_are_digits() {
        let judged = address(&[Line::from("贵州省遵义市湄潭县朝阳巷37C号")]);
        assert_eq!((judged.value.as_str(), judged.sure), ("贵州省遵义市湄潭县朝阳巷370号", false));
        assert_eq!(address(&[Line::from("贵州省遵义市湄潭县朝阳巷37号B座")]).value, "贵州省遵义市湄潭县朝阳巷37号B座");
    }

    #[test]
    fn what_is_doubtful_is_told_by_its_shape() {
        let mut line = Line::from("湄潭县香花村12号");
        line.letters[3].confidence = 0.9;
        doubtful(&mut line, |nth, _| if nth == 3 { vec![('杏', 0.92), ('香', 0.7)] } else { vec![('鑫', 1.0)] });
        assert_eq!(line.text(), "湄潭县杏花村12号");
    }

    #[test]
    fn the_edge_of_the_card_is_no_character() {
        assert_eq!(address(&[Line::from("一贵州省遵义市湄潭县一号桥村")]).value, "贵州省遵义市湄潭县一号桥村");
    }

    #[test]
    fn a_scrap_is_marked() {
        assert!(!address(&[Line::from("贵州省")]).sure);
        assert!(!address(&[]).sure);
    }
}
