//! What an entry's form says of the person: phone and wage card.

use sea_orm::ConnectionTrait;

use crate::{
    entity::person,
    platform::{
        App,
        auth::Caller,
        types::{BankCard, Mobile, Text},
        web::{IfMatch, Result},
    },
    registry::people::{self, Change, PersonEdit},
};

/// What is absent stays.
#[derive(Clone, Debug, Default)]
pub struct PersonData {
    pub phone: Option<Mobile>,
    pub bank_name: Option<Text<1, 60>>,
    pub bank_card: Option<BankCard>,
}

impl PersonData {
    pub fn is_empty(&self) -> bool {
        self.phone.is_none() && self.bank_name.is_none() && self.bank_card.is_none()
    }
}

/// Keeps what was sent, as an edit of the person with its own audit entry.
pub async fn keep(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    person: person::Model,
    data: PersonData,
) -> Result<person::Model> {
    if data.is_empty() {
        return Ok(person);
    }
    let PersonData { phone, bank_name, bank_card } = data;
    let form = PersonEdit {
        phone: changed(phone),
        bank_name: changed(bank_name),
        bank_card: changed(bank_card),
        ..Default::default()
    };
    let revision = IfMatch(person.revision);
    people::service::edit(tx, app, caller, person, revision, form).await
}

fn changed<T>(value: Option<T>) -> Change<T> {
    value.map_or(Change::Keep, Change::To)
}
