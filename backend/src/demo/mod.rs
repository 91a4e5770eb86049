//! The demo district: 江门市 with two counties, regulators, companies, a vendor and its terminals, three projects and two
//! hundred people who came and went over the last month, with their punches, and an application that waits for a
//! decision. The same every time, relative to today; nobody in it exists.
//!
//! It is made by the services people's clicks call, so that it obeys every rule there is; only the stays of the people
//! are written as rows, because services record what happens today and most of these are over.

mod accounts;
mod applying;
mod attendance;
mod contracts;
mod crowd;
mod devices;
mod district;
mod faces;
mod portraits;
mod registrations;

use std::collections::HashMap;

use chrono::{NaiveDate, Utc};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

pub use accounts::{DEMO_ACCOUNTS, DEMO_PASSWORD};

use crate::{
    entity::account,
    platform::{
        App, StartError,
        auth::Caller,
        types::clock,
        web::{Error, Result},
    },
};

/// Fills the demo district once; a second call finds it and leaves it as it has become.
pub async fn fill(app: &App) -> Result<bool, StartError> {
    if !app.config.demo {
        return Err(StartError::new("the demo district is for demo mode only (MINGCE__DEMO=true)"));
    }
    fill_once(app).await.map_err(StartError::new)
}

async fn fill_once(app: &App) -> Result<bool> {
    let first = DEMO_ACCOUNTS[0].login;
    let there = account::Entity::find().filter(account::Column::Login.eq(first)).one(app.db.reader()).await?;
    if there.is_some() {
        return Ok(false);
    }
    let (passwords, portraits) = (accounts::passwords().await?, portraits::draw(app, crowd::PEOPLE).await?);
    let cards = portraits::draw_for_cards(app, crowd::PEOPLE).await?;
    let comers = portraits::draw_cards(app, crowd::PEOPLE..crowd::PEOPLE + registrations::COMERS).await?;
    let (proof, papers) = (applying::proof(app).await?, contracts::draw(app).await?);
    let tx = app.db.begin().await?;
    let regulator = accounts::city_regulator(&tx, &passwords).await?;
    let demo = Demo { app, tx: &tx, caller: regulator, today: clock::china_today(), portraits, cards, papers };
    let companies = district::companies(&demo).await?;
    let vendor = district::vendor(&demo).await?;
    let projects = district::projects(&demo, vendor.id).await?;
    for (index, project) in projects.iter().enumerate() {
        let sites = district::crews(&demo, project, &companies, index).await?;
        crowd::settle(&demo, project, &sites, index).await?;
        devices::register_all(&demo, project, index).await?;
        faces::compare(&demo, project, index).await?;
        registrations::wait(&demo, project, &sites, index, &comers).await?;
    }
    applying::apply(&demo, vendor.id, proof).await?;
    accounts::others(&tx, &passwords, &companies, &vendor, &projects).await?;
    tx.commit().await?;
    for project in &projects {
        attendance::fill(app, project).await?;
    }
    Ok(true)
}

/// What every step works with: one transaction, in the name of the city's regulator.
struct Demo<'a> {
    app: &'a App,
    tx: &'a DatabaseTransaction,
    caller: Caller,
    today: NaiveDate,
    /// Of each person in turn, as stored files.
    portraits: Vec<Uuid>,
    /// Of those whose ID card was photographed, the portrait on it.
    cards: HashMap<usize, Uuid>,
    /// The scans of those who have signed a contract.
    papers: contracts::Papers,
}

impl Demo<'_> {
    fn days_ago(&self, days: i64) -> NaiveDate {
        self.today - chrono::TimeDelta::days(days)
    }
}

/// A form as the console would send it.
fn form<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::internal(format!("the demo's own data: {error}")))
}

fn now() -> chrono::DateTime<Utc> {
    Utc::now()
}
