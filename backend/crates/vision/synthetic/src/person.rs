//! Who stands on a card: made up from a seed, consistent in itself.

use serde::Serialize;

use crate::random::Random;
use crate::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

impl Date {
    /// `2026-11-08`
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `2026.11.08`, as cards print it.
    pub fn dotted(self) -> String {
        format!("{:04}.{:02}.{:02}", self.year, self.month, self.day)
    }

    pub(crate) fn draw(random: &mut Random, from: u32, to: u32) -> Self {
        Self { year: random.int(from, to), month: random.int(1, 13), day: random.int(1, 29) }
    }

    pub(crate) fn after(self, years: u32, months: u32) -> Self {
        let months = self.month - 1 + months;
        Self { year: self.year + years + months / 12, month: months % 12 + 1, day: self.day }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Han,
    Other,
    Uyghur,
    Tibetan,
}

/// What both sides of a card say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub female: bool,
    /// Without 族.
    pub nation: &'static str,
    pub birth: Date,
    pub address: String,
    pub id_number: String,
    pub authority: &'static str,
    pub valid_from: Date,
    /// Without one it is 长期.
    pub valid_until: Option<Date>,
}

/// Dates as `2026-11-08`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fields {
    pub name: String,
    pub sex: &'static str,
    pub nation: &'static str,
    pub birth: String,
    pub address: String,
    pub id_number: String,
    pub authority: &'static str,
    pub valid_from: String,
    pub valid_until: String,
}

impl Person {
    pub fn from_seed(seed: u64) -> Self {
        let mut random = Random::new(seed, "person");
        let random = &mut random;
        let kind = match random.int(0, 100) {
            0..78 => Kind::Han,
            78..91 => Kind::Other,
            91..97 => Kind::Uyghur,
            _ => Kind::Tibetan,
        };
        let female = random.chance(0.35);
        let nation = match kind {
            Kind::Han => "汉",
            Kind::Other => random.pick(&words::OTHER_NATIONS),
            Kind::Uyghur => random.pick(&["维吾尔", "维吾尔", "哈萨克", "柯尔克孜"]),
            Kind::Tibetan => "藏",
        };
        let (code, region, authority) = match kind {
            Kind::Uyghur => random.pick(&words::UYGHUR_REGIONS),
            Kind::Tibetan => random.pick(&words::TIBETAN_REGIONS),
            Kind::Han | Kind::Other => random.pick(&words::REGIONS),
        };
        let name = name(random, kind);
        let birth = Date::draw(random, 1960, 2008);
        let address = address(random, region);
        let id_number = id_number(random, code, birth, female);
        let valid_from = Date::draw(random, (birth.year + 16).max(2009), 2026);
        let valid_until = match valid_from.year - birth.year {
            0..26 => Some(valid_from.after(10, 0)),
            26..46 => Some(valid_from.after(20, 0)),
            _ => None,
        };
        Self { name, female, nation, birth, address, id_number, authority, valid_from, valid_until }
    }

    /// The same person with a temporary card: valid for three months.
    pub fn temporary(seed: u64) -> Self {
        let person = Self::from_seed(seed);
        let valid_from = Date::draw(&mut Random::new(seed, "temporary"), 2024, 2027);
        Self { valid_from, valid_until: Some(valid_from.after(0, 3)), ..person }
    }

    /// `2016.05.04-2036.05.04`, `2016.05.04-长期`
    pub fn validity(&self) -> String {
        let until = self.valid_until.map_or_else(|| "长期".to_owned(), Date::dotted);
        format!("{}-{until}", self.valid_from.dotted())
    }

    /// The truth: what a reader should have read, by the field's name.
    pub fn fields(&self) -> Fields {
        Fields {
            name: self.name.clone(),
            sex: self.sex(),
            nation: self.nation,
            birth: self.birth.iso(),
            address: self.address.clone(),
            id_number: self.id_number.clone(),
            authority: self.authority,
            valid_from: self.valid_from.iso(),
            valid_until: self.valid_until.map_or_else(|| "长期".to_owned(), Date::iso),
        }
    }

    pub fn sex(&self) -> &'static str {
        if self.female { "女" } else { "男" }
    }
}

fn name(random: &mut Random, kind: Kind) -> String {
    match kind {
        Kind::Uyghur => format!("{}·{}", random.pick(&words::UYGHUR_FIRST), random.pick(&words::UYGHUR_LAST)),
        Kind::Tibetan => random.pick(&words::TIBETAN).to_owned(),
        Kind::Han | Kind::Other => {
            let surnames = match random.int(0, 100) {
                0..2 => words::UNKNOWN_SURNAMES,
                2..8 => words::RARE_SURNAMES,
                _ => words::SURNAMES,
            };
            let surname = random.character(surnames);
            let given = if random.chance(0.22) { 1 } else { 2 };
            let unknown_at = random.chance(0.09).then(|| random.int(0, given));
            let uncommon = random.chance(0.3);
            let given = (0..given).map(|at| match unknown_at {
                Some(unknown) if unknown == at => random.character(words::UNKNOWN_GIVEN),
                _ if uncommon => random.character(words::UNCOMMON_GIVEN),
                _ => random.character(words::GIVEN),
            });
            std::iter::once(surname).chain(given).collect()
        }
    }
}

fn address(random: &mut Random, region: &str) -> String {
    if random.chance(0.45) {
        let village = format!("{region}{}{}", random.pick(&words::TOWNS), random.pick(&words::VILLAGES));
        return match random.int(0, 3) {
            0 => format!("{village}{}组{}号", random.character(words::GROUPS), random.int(1, 200)),
            1 => format!("{village}{}号", random.int(1, 400)),
            _ => format!("{village}{}组", random.int(1, 20)),
        };
    }
    let road = format!("{region}{}{}号", random.pick(&words::ROADS), random.int(1, 999));
    let (block, unit) = (random.int(1, 40), random.int(1, 5));
    let flat = random.int(1, 33) * 100 + random.int(1, 5);
    match random.int(0, 5) {
        0 => road,
        1 => format!("{road}{block}幢{flat}室"),
        2 => format!("{road}{}{block}栋{unit}单元{flat}室", random.pick(&words::ESTATES)),
        3 => format!("{road}院{block}号楼{unit}单元{flat}号"),
        _ => format!("{road}附{unit}号{block}-{unit}-{}", flat / 100),
    }
}

/// The region is a real one; 996 to 999 are sequences that were kept for people of a hundred years and more, so that
/// with these birth dates the number is nobody's.
fn id_number(random: &mut Random, code: &str, birth: Date, female: bool) -> String {
    let sequence = if female { random.pick(&[996, 998]) } else { random.pick(&[997, 999]) };
    let body = format!("{code}{:04}{:02}{:02}{sequence}", birth.year, birth.month, birth.day);
    format!("{body}{}", check_digit(&body))
}

/// GB 11643: X stands for ten.
pub(crate) fn check_digit(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(byte, weight)| u32::from(byte.saturating_sub(b'0')) * weight).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}
