//! Telling of people by their ID numbers. Whoever types a number may learn that its owner is known, and half a name, of
//! people far out of reach: by asking, by registering somebody, by a sheet. All such answers are counted together and
//! written down.

use std::time::Duration;

use uuid::Uuid;

use super::{query, service::check_name};
use crate::{
    entity::person,
    platform::{
        App, audit,
        auth::Caller,
        types::{IdNumber, PersonName},
        web::{Result, limit},
    },
};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const A_MINUTE: u64 = 30;
const A_DAY: u64 = 500;
const TOO_OFTEN: &str = "查询身份证号过于频繁，请稍后再试";

/// So many answers a minute and a day are registering people; more are trying numbers out. A cache that does not
/// answer lets them through: they are written down in any case.
pub async fn allow(app: &App, account_id: Uuid) -> Result<()> {
    limit(&app.cache, &format!("people:lookup:minute:{account_id}"), A_MINUTE, MINUTE, TOO_OFTEN).await?;
    limit(&app.cache, &by_day(account_id), A_DAY, DAY, TOO_OFTEN).await
}

/// The same for the rows of a sheet, which come many in a minute.
pub async fn allow_rows(app: &App, account_id: Uuid, rows: usize) -> Result<()> {
    let message = "今天姓名与身份证号核对不上的人员过多，请先核对表格，明天再试";
    for _ in 0..rows {
        limit(&app.cache, &by_day(account_id), A_DAY, DAY, message).await?;
    }
    Ok(())
}

fn by_day(account_id: Uuid) -> String {
    format!("people:lookup:day:{account_id}")
}

/// What the audit says of an answer.
pub fn noted(number: &IdNumber, known: Option<&person::Model>) -> audit::Entry {
    let subject = known.map_or_else(|| "-".to_owned(), |person| person.id.to_string());
    let entry = audit::Entry::new("person.lookup").subject("person", subject, number.masked().as_str());
    match known {
        Some(person) => entry.region(&person.region_code),
        None => entry,
    }
}

/// Counts an answer and writes it down, before it is given.
pub async fn tell(app: &App, caller: &Caller, number: &IdNumber, known: Option<&person::Model>) -> Result<()> {
    allow(app, caller.account.id).await?;
    noted(number, known).write(app.db.writer(), caller).await
}

/// The person with this number, if anybody; under another name they are refused, which tells of them.
pub async fn named(app: &App, caller: &Caller, number: &IdNumber, name: &PersonName) -> Result<Option<person::Model>> {
    let Some(known) = query::by_id_number(app.db.reader(), &app.keys, number).await? else { return Ok(None) };
    if let Err(other_name) = check_name(&known, name) {
        tell(app, caller, number, Some(&known)).await?;
        return Err(other_name);
    }
    Ok(Some(known))
}
