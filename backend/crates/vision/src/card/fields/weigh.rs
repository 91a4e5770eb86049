//! What a network thinks a character is, weighed against what its shape looks like.

use crate::ocr::Letter;

/// What is less alike says nothing: the place may be blurred, or not where it was thought to be.
const LIKE_NOTHING: f32 = 0.6;
/// How much a likeness of 1 weighs, and a chance by its logarithm. Found by trying, on cards that no figure is about.
const LIKENESS: f32 = 40.0;
const CHANCE: f32 = 0.5;
/// The chance of a character the network did not think of: it may not know it.
const UNTHOUGHT: f32 = 0.001;
/// A character that another is more alike to by this much is looked at by somebody.
const CONTRADICTED: f32 = 0.08;
const OTHERS: usize = 6;

/// What a shape has to be compared with in any case.
pub fn thought_of(letter: &Letter) -> Vec<char> {
    letter.others.iter().map(|(other, _)| *other).chain([letter.value]).collect()
}

/// Makes the letter what is likeliest, by how alike its place is to characters and by how often they stand there at all.
/// Says false, and changes nothing, when the place is like none of them.
pub fn weigh(letter: &mut Letter, shapes: &[(char, f32)], made_of: impl Fn(char) -> f32) -> bool {
    let most = shapes.iter().map(|(_, alike)| *alike).fold(0.0, f32::max);
    // Where nothing at all was read any shape is better.
    let read = letter.confidence > 0.0;
    if most < LIKE_NOTHING && (read || shapes.is_empty()) {
        return false;
    }
    let alike = |value: char| shapes.iter().find(|(shape, _)| *shape == value).map_or(0.0, |(_, alike)| *alike);
    let mut chances = letter.others.clone();
    chances.extend(read.then_some((letter.value, letter.confidence)));
    let thought: Vec<char> = chances.iter().map(|(value, _)| *value).collect();
    let unthought = shapes.iter().filter(|(shape, _)| !thought.contains(shape));
    chances.extend(unthought.map(|(shape, _)| (*shape, UNTHOUGHT)));
    let weight = |(value, chance): (char, f32)| {
        LIKENESS * alike(value).max(LIKE_NOTHING) + CHANCE * (chance.max(1e-6) * made_of(value)).ln()
    };
    let mut weights: Vec<(char, f32)> = chances.into_iter().map(|chance| (chance.0, weight(chance))).collect();
    weights.sort_by(|a, b| b.1.total_cmp(&a.1));
    let heaviest = weights[0].1;
    weights.iter_mut().for_each(|(_, weight)| *weight = (*weight - heaviest).exp());
    let whole: f32 = weights.iter().map(|(_, weight)| weight).sum();
    let (value, confidence) = (weights[0].0, 1.0 / whole);
    letter.value = value;
    letter.confidence = if alike(value) + CONTRADICTED < most { confidence.min(0.5) } else { confidence };
    letter.others = weights[1..].iter().take(OTHERS).map(|(other, weight)| (*other, weight / whole)).collect();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(value: char, confidence: f32) -> Letter {
        Letter { value, confidence, at: 0.5, others: vec![] }
    }

    #[test]
    fn a_shape_outweighs_a_network_that_doubts_and_not_one_that_is_certain() {
        let shapes = [('香', 0.85), ('杏', 0.91)];
        for (confidence, wanted) in [(0.6, '杏'), (0.9999, '香')] {
            let mut read = letter('香', confidence);
            read.others = vec![('杏', 1.0 - confidence)];
            assert!(weigh(&mut read, &shapes, |_| 1.0));
            assert_eq!(read.value, wanted);
        }
    }

    #[test]
    fn what_contradicts_the_choice_makes_it_doubtful() {
        let mut read = letter('万', 0.99999);
        assert!(weigh(&mut read, &[('斤', 0.84), ('万', 0.7)], |value| if value == '万' { 1.0 } else { 1e-4 }));
        assert_eq!((read.value, read.confidence), ('万', 0.5));
    }

    #[test]
    fn what_looks_like_nothing_says_nothing() {
        let mut read = letter('欣', 0.4);
        assert!(!weigh(&mut read, &[('玎', 0.54)], |_| 1.0));
        assert_eq!(read, letter('欣', 0.4));
    }
}
