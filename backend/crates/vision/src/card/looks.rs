//! Several looks at one line, and lines that lost a character.

use crate::ocr::{Letter, Line};

/// What a line is worth at most when no two looks saw as many characters.
const DOUBTED: f32 = 0.6;
/// Other readings that are kept of a letter.
const OTHERS: usize = 6;

/// What two looks agree on is believed; otherwise it is what all say together, character by character. The first one says
/// where the letters are.
pub fn combined(looks: &[Line]) -> Line {
    let most = looks.iter().map(|line| line.letters.len()).max().unwrap_or(0);
    let again = |line: &&Line| looks.iter().filter(|other| other.text() == line.text()).count() > 1;
    let agreed = looks.iter().filter(again).max_by(|a, b| a.mean().total_cmp(&b.mean()));
    if let Some(agreed) = agreed.filter(|line| line.letters.len() + 1 >= most) {
        return agreed.clone();
    }
    let alike = |line: &Line| looks.iter().filter(|other| other.letters.len() == line.letters.len()).count();
    // A look that lost characters is clearer without being better.
    let whole = looks.iter().filter(|line| line.letters.len() + 1 >= most);
    let rank = |line: &Line| (alike(line), line.letters.len());
    let best = whole.max_by(|a, b| rank(a).cmp(&rank(b)).then(a.mean().total_cmp(&b.mean())));
    let Some(best) = best else { return Line::default() };
    let same: Vec<&Line> = looks.iter().filter(|line| line.letters.len() == best.letters.len()).collect();
    if same.len() < 2 {
        return best.clone().capped(DOUBTED);
    }
    let letters =
        (0..best.letters.len()).map(|at| merged(&same.iter().map(|line| &line.letters[at]).collect::<Vec<_>>()));
    Line { letters: letters.collect(), faint: same.iter().flat_map(|line| line.faint.iter().cloned()).collect() }
}

/// The mean of what the looks hold likely.
fn merged(letters: &[&Letter]) -> Letter {
    let mut chances: Vec<(char, f32)> = Vec::new();
    for letter in letters {
        for (value, chance) in letter.others.iter().copied().chain([(letter.value, letter.confidence)]) {
            match chances.iter_mut().find(|(known, _)| *known == value) {
                Some((_, sum)) => *sum += chance,
                None => chances.push((value, chance)),
            }
        }
    }
    chances.iter_mut().for_each(|(_, sum)| *sum /= letters.len() as f32);
    chances.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (value, confidence) = chances[0];
    Letter { value, confidence, at: letters[0].at, others: chances.into_iter().skip(1).take(OTHERS).collect() }
}

/// Characters stand evenly: where one is missing, what was faint is put, and both are for somebody to look at. `width` is
/// the line's for its height.
pub fn filled(mut line: Line, width: f32) -> Line {
    let gap = |pair: &[Letter]| (pair[1].at - pair[0].at) * width;
    let Some(pitch) = pitch(&line, width) else { return line };
    let mut at = 0;
    while at < line.letters.len() {
        let before = at.checked_sub(1).map(|before| &line.letters[before]);
        let here = &line.letters[at];
        let (from, wide) = match before {
            Some(before) => {
                (before.at * width, before.is_wide() && here.is_wide() && gap(&line.letters[at - 1..=at]) > 1.6 * pitch)
            }
            None => (-0.4 * pitch, here.is_wide() && here.at * width > 1.3 * pitch),
        };
        if wide {
            let (low, high) = (from + 0.55 * pitch, here.at * width - 0.55 * pitch);
            let between =
                line.faint.iter().filter(|letter| (low..high).contains(&(letter.at * width)) && letter.is_wide());
            let next = here.value;
            // At the beginning it may be the card's edge.
            let between = between.filter(|letter| at > 0 || (letter.confidence > 0.1 && letter.value != next));
            match between.max_by(|a, b| a.confidence.total_cmp(&b.confidence)).cloned() {
                Some(lost) => line.letters.insert(at, lost),
                None if at > 0 => line.letters[at].confidence = line.letters[at].confidence.min(DOUBTED),
                None => {}
            }
            at += 1;
        }
        at += 1;
    }
    line
}

/// From one character to the next, in heights of the line; `None` when there are too few to tell.
fn pitch(line: &Line, width: f32) -> Option<f32> {
    let pairs = line.letters.windows(2).filter(|pair| pair.iter().all(Letter::is_wide));
    let mut gaps: Vec<f32> = pairs.map(|pair| (pair[1].at - pair[0].at) * width).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().filter(|_| gaps.len() >= 3)
}

/// Where the characters of a line stand, in heights of it. A network says only roughly where it saw one; but those side by
/// side are evenly apart.
pub struct Squares {
    middles: Vec<f32>,
    pitch: f32,
}

/// Neighbours on each side that are asked.
const NEIGHBOURS: usize = 3;
/// How much of the way to the next one a character's square takes.
const SQUARE: f32 = 0.96;

impl Squares {
    pub fn of(line: &Line, width: f32) -> Option<Self> {
        let pitch = pitch(line, width)?;
        let letters = &line.letters;
        let middle = |nth: usize| {
            let beside = |other: &usize| {
                let (from, to) = (nth.min(*other), nth.max(*other));
                let run = letters[from..=to]
                    .windows(2)
                    .all(|pair| ((pair[1].at - pair[0].at) * width / pitch - 1.0).abs() < 0.5);
                run && letters[from..=to].iter().all(Letter::is_wide)
            };
            let said = (nth.saturating_sub(NEIGHBOURS)..letters.len().min(nth + NEIGHBOURS + 1)).filter(beside);
            let said: Vec<f32> =
                said.map(|other| letters[other].at * width + (nth as f32 - other as f32) * pitch).collect();
            if said.is_empty() { letters[nth].at * width } else { said.iter().sum::<f32>() / said.len() as f32 }
        };
        Some(Self { middles: (0..letters.len()).map(middle).collect(), pitch })
    }

    pub fn middle(&self, nth: usize) -> f32 {
        self.middles[nth]
    }

    pub fn side(&self) -> f32 {
        SQUARE * self.pitch
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    #[test]
    fn looks_are_weighed_character_by_character() {
        let look = |text: &str, doubt: f32, other: char| {
            let mut line = Line::from(text);
            line.letters[2].confidence = doubt;
            line.letters[2].others = vec![(other, 0.95 - doubt)];
            line
        };
        let line = combined(&[look("薛茗道", 0.5, '逸'), look("薛茗逸", 0.8, '道'), look("薛茗通", 0.5, '逸')]);
        assert_eq!(line.text(), "薛茗逸");
        assert!((line.letters[2].confidence - 1.7 / 3.0).abs() < 1e-3, "{line:?}");
        assert_eq!(line.letters[2].others[0].0, '道');
        let line = combined(&[look("薛茗道", 0.4, '逸'), look("薛茗逸", 0.8, '道'), look("薛茗道", 0.5, '逸')]);
        assert_eq!((line.text().as_str(), line.weakest()), ("薛茗道", 0.5));
    }

    #[test]
    fn a_look_that_lost_a_character_does_not_win() {
        let line = combined(&[Line::from("王建国"), Line::from("王国")]);
        assert_eq!((line.text().as_str(), line.weakest()), ("王建国", DOUBTED));
    }

    #[test]
    fn neighbours_say_where_a_character_stands() {
        let mut line = Line::from("贵州省遵义市12号");
        line.letters[2].at += 0.03;
        let squares = Squares::of(&line, 9.0).unwrap();
        assert!((squares.middle(2) - 2.5).abs() < 0.06, "{}", squares.middle(2));
        assert!((squares.middle(7) - 7.5).abs() < 0.01 && (squares.side() - 0.96).abs() < 0.05);
        assert!(Squares::of(&Line::from("12号"), 3.0).is_none());
    }

    #[test]
    fn a_gap_is_filled_with_what_was_faint() {
        let mut line = Line::from("山东省菏泽市郓城县");
        let lost = Letter { confidence: 0.1, ..line.letters.remove(6) };
        let empty = filled(line.clone(), 9.0);
        assert_eq!((empty.text().as_str(), empty.weakest()), ("山东省菏泽市城县", DOUBTED));
        line.faint = vec![lost];
        assert_eq!(filled(line, 9.0).text(), "山东省菏泽市郓城县");
        assert_eq!(filled(Line::from("山东省菏泽市郓城县"), 9.0), Line::from("山东省菏泽市郓城县"));
    }

    #[test]
    fn so_is_one_at_the_beginning() {
        let mut line = Line::from("郓城县公安局");
        line.faint = vec![Letter { confidence: 0.2, ..line.letters.remove(0) }];
        assert_eq!(filled(line, 6.0).text(), "郓城县公安局");
    }
}
