//! People who do not exist, as a collecting machine reads them.

use chrono::{Datelike, Months, NaiveDate};
use terminal_protocol::{
    Ethnic, Sex,
    messages::{CollectedPerson, IdCard},
};

use crate::platform::types::{self, clock::china_today, synthetic};

const SURNAMES: [&str; 8] = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵"];
const GIVEN: [&str; 8] = ["建国", "志强", "伟", "春生", "海涛", "桂芳", "德胜", "卫东"];

/// The same seed gives the same person.
pub fn collected(seed: u64) -> CollectedPerson {
    let index = usize::try_from(seed).unwrap_or_default();
    let born = born(seed);
    let (sex, number_sex) =
        if seed % 9 == 4 { (Sex::Female, types::Sex::Female) } else { (Sex::Male, types::Sex::Male) };
    let name = format!("{}{}", SURNAMES[index % SURNAMES.len()], GIVEN[index / SURNAMES.len() % GIVEN.len()]);
    let issued = china_today() - Months::new(30);
    let validity = format!("{}-{}", issued.format("%Y.%m.%d"), (issued + Months::new(120)).format("%Y.%m.%d"));
    let face = pictures::portrait(seed);
    CollectedPerson {
        card: IdCard {
            id_number: synthetic::id_number(seed, born, number_sex).expose().into(),
            name: name.into(),
            sex,
            ethnic: Ethnic::all().nth(index % 8).unwrap_or_else(han),
            birth_date: born,
            address: format!("演示省演示市采集路{}号", seed + 1).into(),
            authority: "演示市公安局".to_owned(),
            validity,
        },
        recognisable: true,
        recaptured: false,
        card_read: true,
        portrait: face.clone().into(),
        capture_photo: face.into(),
    }
}

/// Of working age.
fn born(seed: u64) -> NaiveDate {
    let age = i32::try_from(20 + seed * 7 % 35).unwrap_or(30);
    let day = u32::try_from(seed % 28).unwrap_or_default() + 1;
    NaiveDate::from_ymd_opt(china_today().year() - age, day % 12 + 1, day).unwrap_or_default()
}

fn han() -> Ethnic {
    Ethnic::from_name("汉族").unwrap_or_else(han)
}
