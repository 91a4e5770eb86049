//! Characters told by their shapes.
//!
//! The recogniser knows fewer characters than parents do, and what it does not know it takes for a neighbour. So a place on
//! a strip is laid over the drawn shapes of the characters that names can be made of, whether the recogniser knows them or
//! not: first all of them roughly, then the likeliest in many positions, sizes and degrees of softness.
//!
//! `characters.txt` is GB 2312 without its bare strokes and radicals, and characters of names beyond it. `shapes.bin` is
//! what `draw-glyphs` makes of it.

mod shape;

use std::io::Read;

use flate2::read::ZlibDecoder;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedAMatrix};
use rten_tensor::NdTensorView;

use super::Gray;
use crate::{LoadError, Point};
use shape::{AREA, COARSE_AREA, blurred, halved, normed, sampled};

/// Where a character stands on a strip, in its pixels: the middle of its square and the square's side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    pub middle: Point,
    pub side: f32,
}

/// Bytes of a shape: four pixels in each.
const PACKED: usize = AREA / 4;
/// What is looked at closely.
const LIKELIEST: usize = 120;
/// How soft the print may have become, in pixels of a shape; the middle one is what all shapes are first compared with.
const SOFT: [f32; 3] = [0.45, 0.9, 1.5];
/// Positions and sizes that are tried, as parts of a cell.
const ROUGHLY: Tries = Tries { moves: &[-0.08, 0.0, 0.08], sizes: &[0.92, 1.02] };
const CLOSELY: Tries = Tries { moves: &[-0.12, -0.08, -0.04, 0.0, 0.04, 0.08, 0.12], sizes: &[0.88, 0.94, 1.0, 1.06] };

struct Tries {
    moves: &'static [f32],
    sizes: &'static [f32],
}

pub struct Glyphs {
    /// In the order of their codes.
    characters: Vec<char>,
    /// Two bits a pixel.
    shapes: Vec<u8>,
    /// All of them at half the size, to be multiplied with.
    rough: PackedAMatrix<f32>,
}

impl Glyphs {
    pub fn load() -> Result<Self, LoadError> {
        Self::of(include_str!("characters.txt"), include_bytes!("shapes.bin"))
            .ok_or_else(|| LoadError::Broken { path: "shapes.bin".into(), reason: "not one shape a character".into() })
    }

    fn of(list: &str, compressed: &[u8]) -> Option<Self> {
        let characters: Vec<char> = list.chars().filter(|character| !character.is_whitespace()).collect();
        let mut shapes = Vec::with_capacity(characters.len() * PACKED);
        ZlibDecoder::new(compressed).read_to_end(&mut shapes).ok()?;
        if shapes.len() != characters.len() * PACKED || !characters.is_sorted() {
            return None;
        }
        let rough: Vec<f32> =
            shapes.chunks_exact(PACKED).flat_map(|packed| halved(&blurred(&unpacked(packed), SOFT[1]))).collect();
        let rough = NdTensorView::from_data([characters.len(), COARSE_AREA], &rough[..]);
        Some(Self { characters, shapes, rough: GemmExecutor::default().prepack_a(rough) })
    }

    /// How alike what stands in a cell is to the characters it is most alike to, and to those that are asked for: 1 is the
    /// same, 0 has nothing in common.
    pub fn alike(&self, strip: &Gray, cell: &Cell, asked: &[char]) -> Vec<(char, f32)> {
        let asked = asked.iter().filter_map(|character| self.characters.binary_search(character).ok());
        let mut close = self.likeliest(strip, cell);
        close.extend(asked);
        close.sort_unstable();
        close.dedup();
        let drawn: Vec<f32> = close.iter().flat_map(|index| self.softened(*index)).collect();
        let seen = CLOSELY.of(strip, cell, sampled);
        let drawn_as = GemmInputA::Unpacked(NdTensorView::from_data([close.len() * SOFT.len(), AREA], &drawn[..]));
        let best = best(drawn_as, close.len() * SOFT.len(), &seen, AREA);
        let best = best.chunks_exact(SOFT.len()).map(|each| each.iter().copied().fold(f32::MIN, f32::max));
        close.iter().map(|index| self.characters[*index]).zip(best).collect()
    }

    fn likeliest(&self, strip: &Gray, cell: &Cell) -> Vec<usize> {
        let seen = ROUGHLY.of(strip, cell, |strip, cell| halved(&sampled(strip, cell)));
        let best = best(GemmInputA::Packed(&self.rough), self.characters.len(), &seen, COARSE_AREA);
        let mut order: Vec<usize> = (0..best.len()).collect();
        let by_likeness = |a: &usize, b: &usize| best[*b].total_cmp(&best[*a]);
        if order.len() > LIKELIEST {
            order.select_nth_unstable_by(LIKELIEST, by_likeness);
            order.truncate(LIKELIEST);
        }
        order
    }

    fn softened(&self, index: usize) -> impl Iterator<Item = f32> {
        let shape = unpacked(&self.shapes[index * PACKED..(index + 1) * PACKED]);
        SOFT.into_iter().flat_map(move |soft| normed(blurred(&shape, soft)))
    }
}

/// Of each drawn shape, the likeness to that one of the seen ones it is most alike to.
fn best(drawn: GemmInputA<f32>, count: usize, seen: &[f32], area: usize) -> Vec<f32> {
    let tries = seen.len() / area;
    let seen = NdTensorView::from_data([tries, area], seen);
    let mut likeness = vec![0.0; count * tries];
    let turned = seen.transposed();
    let done = GemmExecutor::default().gemm(&mut likeness, drawn, GemmInputB::Unpacked(turned), GemmOptions::default());
    debug_assert!(done.is_ok(), "{done:?}");
    likeness.chunks_exact(tries).map(|each| each.iter().copied().fold(f32::MIN, f32::max)).collect()
}

impl Tries {
    /// All ways in which a cell may be meant, one after the other.
    fn of<const N: usize>(&self, strip: &Gray, cell: &Cell, look: impl Fn(&Gray, &Cell) -> [f32; N]) -> Vec<f32> {
        let mut seen = Vec::with_capacity(self.sizes.len() * self.moves.len() * self.moves.len() * N);
        for size in self.sizes {
            for (right, down) in self.moves.iter().flat_map(|right| self.moves.iter().map(move |down| (right, down))) {
                let middle = Point::new(cell.middle.x + right * cell.side, cell.middle.y + down * cell.side);
                seen.extend(look(strip, &Cell { middle, side: cell.side * size }));
            }
        }
        seen
    }
}

fn unpacked(packed: &[u8]) -> [f32; AREA] {
    std::array::from_fn(|pixel| f32::from(packed[pixel / 4] >> (pixel % 4 * 2) & 3))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::{shape::SIDE, *};

    /// A character as it is drawn here, printed on a strip with room around it.
    fn printed(glyphs: &Glyphs, character: char) -> (Gray, Cell) {
        let index = glyphs.characters.binary_search(&character).unwrap();
        let shape = unpacked(&glyphs.shapes[index * PACKED..(index + 1) * PACKED]);
        let mut strip = Gray::filled(96, 96, 210);
        for y in 0..72 {
            for x in 0..72 {
                let ink = shape[y / 3 * SIDE + x / 3];
                strip.pixels[(y + 12) * 96 + x + 12] = (210.0 - 55.0 * ink) as u8;
            }
        }
        (strip, Cell { middle: Point::new(50.0, 46.0), side: 74.0 })
    }

    #[test]
    fn a_character_is_most_alike_to_itself_whoever_knows_it() {
        let glyphs = Glyphs::load().unwrap();
        for character in "建国嬛翀旻蘅麴亓土士冼洗".chars() {
            let (strip, cell) = printed(&glyphs, character);
            let alike = glyphs.alike(&strip, &cell, &[]);
            let best = alike.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            assert!(best.0 == character && best.1 > 0.85, "{character} is {best:?}");
        }
    }

    #[test]
    fn what_is_asked_for_is_answered_however_unlike_it_is() {
        let glyphs = Glyphs::load().unwrap();
        let (strip, cell) = printed(&glyphs, '一');
        let alike = glyphs.alike(&strip, &cell, &['龠', '鬱', '麟']);
        assert!(alike.iter().any(|(character, alike)| *character == '麟' && *alike < 0.5), "{alike:?}");
        assert!(!alike.iter().any(|(character, _)| *character == '鬱'), "what there is no shape of is left out");
    }

    #[test]
    fn an_empty_place_is_like_nothing() {
        let glyphs = Glyphs::load().unwrap();
        let cell = Cell { middle: Point::new(48.0, 48.0), side: 70.0 };
        let alike = glyphs.alike(&Gray::filled(96, 96, 200), &cell, &['王']);
        assert!(alike.iter().all(|(_, alike)| alike.abs() < 0.01));
    }

    #[test]
    fn a_table_that_is_not_whole_is_refused() {
        assert!(Glyphs::of("一丁七", include_bytes!("shapes.bin")).is_none());
    }
}
