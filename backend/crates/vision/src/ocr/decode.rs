//! Log probabilities, step by step, to letters.

use super::{Alphabet, Letter, Line};

/// How many other readings of a letter are kept.
const OTHERS: usize = 6;

/// The characters a recogniser knows. Class 0 is the blank.
#[derive(Debug, Clone)]
pub struct Characters(Vec<char>);

impl Characters {
    /// One a line.
    pub fn parse(list: &str) -> Self {
        Self(list.split('\n').map(|line| line.chars().next().unwrap_or(' ')).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, class: usize) -> Option<char> {
        self.0.get(class.checked_sub(1)?).copied()
    }

    /// Which classes an alphabet allows; `None` for all.
    pub fn allowed(&self, alphabet: Alphabet) -> Option<Vec<usize>> {
        if alphabet == Alphabet::Any {
            return None;
        }
        let classes = self.0.iter().enumerate().filter(|(_, character)| alphabet.contains(**character));
        Some(std::iter::once(0).chain(classes.map(|(index, _)| index + 1)).collect())
    }
}

/// Less than this is not even faint.
const FAINT: f32 = 0.003;
/// Classes of an alphabet of numbers.
const FEW: usize = 20;

/// Greedy: the likeliest class of every step, runs of one class once, blanks left out.
pub fn decode(scores: &[f32], classes: usize, characters: &Characters, allowed: Option<&[usize]>) -> Line {
    let steps = scores.len() / classes.max(1);
    let best = |step: usize| {
        let row = &scores[step * classes..(step + 1) * classes];
        match allowed {
            Some(allowed) => allowed.iter().copied().max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap_or(0),
            None => largest(row),
        }
    };
    // Of numbers and dates nothing is guessed.
    let asked = allowed.is_none_or(|allowed| allowed.len() > FEW);
    let mut line = Line::default();
    let mut step = 0;
    while step < steps {
        let class = best(step);
        let start = step;
        while step < steps && best(step) == class {
            step += 1;
        }
        let score = |at: &usize| scores[at * classes + class];
        let peak = (start..step).max_by(|a, b| score(a).total_cmp(&score(b))).unwrap_or(start);
        let letter = |value, class: usize, peak: usize, middle: f32| Letter {
            value,
            confidence: scores[peak * classes + class].exp(),
            at: middle / steps as f32,
            others: others(&scores[peak * classes..(peak + 1) * classes], class, characters),
        };
        if let Some(value) = characters.get(class) {
            line.letters.push(letter(value, class, peak, (start + step) as f32 / 2.0));
        } else if asked {
            let seen = (start..step).filter_map(|at| {
                let row = &scores[at * classes..(at + 1) * classes];
                let class = likeliest_but_blank(row, allowed)?;
                (row[class] > FAINT.ln()).then_some((at, class))
            });
            line.faint.extend(
                seen.filter_map(|(at, class)| Some(letter(characters.get(class)?, class, at, at as f32 + 0.5))),
            );
        }
    }
    line
}

fn likeliest_but_blank(row: &[f32], allowed: Option<&[usize]>) -> Option<usize> {
    match allowed {
        None => Some(largest(row.get(1..)?) + 1),
        Some(allowed) => allowed.iter().copied().filter(|class| *class > 0).max_by(|a, b| row[*a].total_cmp(&row[*b])),
    }
}

fn largest(row: &[f32]) -> usize {
    // Two passes: the maximum of floats is found many at a time, its place is then found early.
    let maximum = row.iter().copied().fold(f32::MIN, f32::max);
    row.iter().position(|value| *value == maximum).unwrap_or(0)
}

fn others(row: &[f32], class: usize, characters: &Characters) -> Vec<(char, f32)> {
    // Nothing below a thousandth is worth offering.
    let likely = row.iter().enumerate().filter(|(other, score)| **score > -7.0 && *other != class);
    let mut likely: Vec<_> = likely.filter_map(|(other, score)| Some((characters.get(other)?, score.exp()))).collect();
    likely.sort_by(|a, b| b.1.total_cmp(&a.1));
    likely.truncate(OTHERS);
    likely
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(steps: &[[f32; 4]]) -> Vec<f32> {
        steps.iter().flatten().map(|p| p.ln()).collect()
    }

    #[test]
    fn runs_are_one_letter_and_a_blank_parts_two() {
        let characters = Characters::parse("甲\n1\n ");
        let scores = rows(&[
            [0.1, 0.8, 0.05, 0.05],
            [0.02, 0.96, 0.01, 0.01],
            [0.9, 0.05, 0.03, 0.02],
            [0.1, 0.7, 0.1, 0.1],
            [0.1, 0.2, 0.6, 0.1],
        ]);
        let line = decode(&scores, 4, &characters, None);
        assert_eq!(line.text(), "甲甲1");
        assert!((line.letters[0].confidence - 0.96).abs() < 1e-4);
        assert_eq!(line.letters[2].others[0].0, '甲');
    }

    #[test]
    fn an_alphabet_keeps_other_letters_out_but_not_the_doubt() {
        let characters = Characters::parse("甲\n1\n ");
        let scores = rows(&[[0.05, 0.7, 0.2, 0.05]]);
        let allowed = characters.allowed(Alphabet::IdNumber);
        let line = decode(&scores, 4, &characters, allowed.as_deref());
        assert_eq!(line.text(), "1");
        assert!((line.letters[0].confidence - 0.2).abs() < 1e-4);
    }

    #[test]
    fn what_a_blank_hides_is_kept_as_faint() {
        let characters = Characters::parse("甲\n1\n ");
        let scores = rows(&[[0.7, 0.28, 0.01, 0.01], [0.999, 0.0005, 0.0004, 0.0001]]);
        let line = decode(&scores, 4, &characters, None);
        assert_eq!((line.text().as_str(), line.faint.len(), line.faint[0].value), ("", 1, '甲'));
        let allowed = characters.allowed(Alphabet::IdNumber);
        assert_eq!(decode(&scores, 4, &characters, allowed.as_deref()).faint, []);
    }
}
