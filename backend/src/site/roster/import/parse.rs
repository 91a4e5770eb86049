//! A row of the sheet, taken apart into values that cannot be wrong.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::columns::{self, Crews};
use crate::{
    entity::roster_entry::Settlement,
    platform::{
        sheets::{Fields, Row},
        types::{BankCard, Ethnic, IdNumber, Mobile, PersonName, Text},
    },
    registry::dictionaries::{Post, WorkType},
    site::roster::{dto::Terms, rules},
};

/// A row that says what it should; whether the person can enter is still to be seen.
pub struct Parsed {
    pub name: PersonName,
    pub id_number: IdNumber,
    pub ethnic: Option<Ethnic>,
    pub phone: Option<Mobile>,
    pub address: Option<Text<1, 200>>,
    pub crew_id: Uuid,
    pub entered_on: NaiveDate,
    pub terms: Terms,
    pub card_number: Option<String>,
    pub bank_name: Option<Text<1, 60>>,
    pub bank_card: Option<BankCard>,
}

/// Takes a row apart, or says all that is wrong with it in one sentence.
pub fn parse(row: &Row, crews: &Crews, today: NaiveDate) -> Result<Parsed, String> {
    let mut fields = row.fields();
    let (name, id_number) = (fields.get(columns::NAME), fields.get(columns::ID_NUMBER));
    let ethnic = fields.get(columns::ETHNIC);
    let phone = fields.get(columns::PHONE);
    let address = fields.get(columns::ADDRESS);
    let crew_id = crew(&mut fields, crews);
    let entered_on = fields.date(columns::ENTERED_ON);
    let terms = terms(&mut fields);
    let card_number = fields.get::<Text<1, 32>>(columns::CARD).map(Text::into_string);
    let (bank_name, bank_card) = (fields.get(columns::BANK_NAME), fields.get(columns::BANK_CARD));
    if let Some(reason) = fields.reason() {
        return Err(reason);
    }
    let (Some(name), Some(id_number), Some(crew_id)) = (name, id_number, crew_id) else {
        return Err("姓名、身份证号码和班组不能为空".to_owned());
    };
    let entered_on = entered_on.unwrap_or(today);
    Ok(Parsed {
        name,
        id_number,
        ethnic,
        phone,
        address,
        crew_id,
        entered_on,
        terms,
        card_number,
        bank_name,
        bank_card,
    })
}

fn crew(fields: &mut Fields<'_>, crews: &Crews) -> Option<Uuid> {
    let label = fields.text(columns::CREW)?;
    let found = crews.find(&label);
    if found.is_none() {
        fields.refuse(columns::CREW, "本项目没有这个在场班组，请先添加班组");
    }
    found
}

fn terms(fields: &mut Fields<'_>) -> Terms {
    let work_type = fields.text(columns::WORK_TYPE).and_then(|label| WorkType::parse(&label).ok());
    let post = fields.text(columns::POST).and_then(|label| Post::parse(&label).ok());
    let settlement = fields.text(columns::SETTLEMENT).map(|label| match label.as_str() {
        "计件" => Settlement::Piece,
        _ => Settlement::Time,
    });
    let price = fields.number(columns::PRICE).map(rules::fen_of);
    let unit_price_fen = match price {
        Some(Err(problem)) => {
            fields.refuse(columns::PRICE, problem);
            None
        }
        price => price.and_then(Result::ok),
    };
    Terms { work_type, post, settlement, unit_price_fen, settlement_unit: fields.get(columns::SETTLEMENT_UNIT) }
}

/// Rows whose ID number stood further up already, by the number of that row.
pub fn repeated(rows: &[(u32, Result<Parsed, String>)]) -> HashMap<u32, u32> {
    let mut first = HashMap::new();
    let mut repeated = HashMap::new();
    for (number, parsed) in rows {
        let Ok(parsed) = parsed else { continue };
        if let Some(known) = first.insert(parsed.id_number.expose(), *number) {
            repeated.insert(*number, known);
            first.insert(parsed.id_number.expose(), known);
        }
    }
    repeated
}
