//! Readings against the truth.

use std::collections::BTreeMap;

use crate::report::{Report, Seen, Truth};

#[derive(Default)]
pub struct Score {
    pub cards: usize,
    /// Cards of which every field of both sides is right.
    pub all_right: usize,
    pub by_hardness: BTreeMap<String, (usize, usize)>,
    /// Of each field, how many are right.
    pub right: BTreeMap<String, usize>,
    /// Wrong, and not marked for checking: what nobody would notice.
    pub unmarked: Vec<String>,
    /// Right, but marked: what costs a clerk a look.
    pub marked_in_vain: usize,
    /// Wrong or missing, and so to be typed.
    pub marked: usize,
    /// Wrong ID numbers that pass their own check digit.
    pub wrong_but_valid: usize,
    pub cpu_ms: Vec<f64>,
    pub card_cpu_ms: Vec<f64>,
}

impl Score {
    pub fn of(report: &Report, truth: &[Truth]) -> Self {
        let mut score = Self { cards: truth.len(), ..Self::default() };
        for card in truth {
            let readings: Vec<_> = card.pictures.values().filter_map(|picture| report.of(&picture.file)).collect();
            let mut seen = BTreeMap::new();
            for reading in &readings {
                score.cpu_ms.push(reading.cpu_ms);
                seen.extend(reading.fields.iter().map(|(name, field)| (name.as_str(), field)));
            }
            score.card_cpu_ms.push(readings.iter().map(|reading| reading.cpu_ms).sum());
            score.card(card, &seen);
        }
        score.cpu_ms.sort_by(f64::total_cmp);
        score.card_cpu_ms.sort_by(f64::total_cmp);
        score
    }

    fn card(&mut self, card: &Truth, seen: &BTreeMap<&str, &Seen>) {
        let mut wrong = 0;
        for (name, value) in &card.fields {
            let read = seen.get(name.as_str());
            let right = read.is_some_and(|read| read.value == *value);
            *self.right.entry(name.clone()).or_default() += usize::from(right);
            wrong += usize::from(!right);
            match read {
                Some(read) if right => self.marked_in_vain += usize::from(!read.sure),
                Some(read) if read.sure => {
                    self.unmarked.push(format!("{:06} {name}: {} is read as {}", card.seed, value, read.value));
                }
                _ => self.marked += 1,
            }
            if name == "id_number" && !right && read.is_some_and(|read| is_valid(&read.value)) {
                self.wrong_but_valid += 1;
            }
        }
        self.all_right += usize::from(wrong == 0);
        let of_its_kind = self.by_hardness.entry(card.hardness.clone()).or_default();
        of_its_kind.0 += usize::from(wrong == 0);
        of_its_kind.1 += 1;
    }

    pub fn fields(&self) -> usize {
        self.cards * self.right.len()
    }

    pub fn percent(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.cards.max(1) as f64
    }

    pub fn percent_right(&self, field: &str) -> f64 {
        self.percent(self.right.get(field).copied().unwrap_or_default())
    }

    pub fn percent_unmarked(&self) -> f64 {
        100.0 * self.unmarked.len() as f64 / self.fields().max(1) as f64
    }
}

/// Of sorted values.
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(f64::NAN)
}

/// GB 11643: the whole leaves 1 when it is divided by 11.
fn is_valid(number: &str) -> bool {
    let value = |c: char| if c == 'X' { Some(10) } else { c.to_digit(10) };
    let values: Option<Vec<u32>> = number.chars().rev().map(value).collect();
    values.is_some_and(|values| {
        values.len() == 18 && values.iter().zip(0..).map(|(value, at)| value * (1 << at)).sum::<u32>() % 11 == 1
    })
}
