//! What holds for entries, as functions without a database.

use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::dto::{Lack, Terms, Warning, WarningCode};
use crate::{
    entity::{
        crew::{self, CrewKind},
        person,
        roster_entry::EntryKind,
        unit,
    },
    platform::types::{IdNumber, Problem, Sex},
    registry::{
        dictionaries::{Post, UnitKind, WorkType, posts_of},
        people::rules::{YOUNGEST, age_on},
        policies::Policy,
    },
};

/// A thousand yuan for the hour and a million for the piece are both typing mistakes.
pub const HIGHEST_PRICE_FEN: i64 = 100_000_000;

/// Why somebody cannot enter, leave or change, and which field to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub field: &'static str,
    pub reason: String,
}

impl Refusal {
    pub fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { field, reason: reason.into() }
    }
}

impl From<Refusal> for crate::platform::web::Error {
    fn from(refusal: Refusal) -> Self {
        Self::field(refusal.field, refusal.reason)
    }
}

/// Where somebody enters.
#[derive(Clone, Debug)]
pub struct Place {
    pub crew: crew::Model,
    pub unit: unit::Model,
}

impl Place {
    pub fn kind(&self) -> EntryKind {
        kind_in(self.crew.kind)
    }
}

/// A crew's kind says what its people are.
pub fn kind_in(crew: CrewKind) -> EntryKind {
    match crew {
        CrewKind::Management => EntryKind::Manager,
        CrewKind::Workers => EntryKind::Worker,
        CrewKind::Others => EntryKind::Other,
    }
}

/// What a worker still lacks. Managers and others lack nothing.
pub fn lacks(kind: EntryKind, has_work_type: bool, has_wage_card: bool, policy: &Policy) -> Vec<Lack> {
    if kind != EntryKind::Worker {
        return Vec::new();
    }
    let work_type = (!has_work_type).then_some(Lack::WorkType);
    let wage_card = (policy.wage_card_required && !has_wage_card).then_some(Lack::WageCard);
    work_type.into_iter().chain(wage_card).collect()
}

/// Old enough to be warned about.
pub fn is_overage(sex: &str, born_on: NaiveDate, day: NaiveDate, policy: &Policy) -> bool {
    i64::from(age_on(born_on, day)) >= warn_age(sex, policy)
}

fn warn_age(sex: &str, policy: &Policy) -> i64 {
    if sex == Sex::Female.as_str() { policy.warn_age_women } else { policy.warn_age_men }
}

/// The day of an entry: it has happened, not too long ago.
pub fn check_entry_day(day: NaiveDate, today: NaiveDate, policy: &Policy) -> Result<(), Refusal> {
    let refuse = |reason: String| Err(Refusal::new("entered_on", reason));
    if day > today {
        return refuse("进场日期不能晚于今天".to_owned());
    }
    let earliest = today - TimeDelta::days(policy.backdate_days);
    if day < earliest {
        return refuse(format!("进场日期最早为 {earliest}（本地区最多可补登 {} 天）", policy.backdate_days));
    }
    Ok(())
}

/// Puts together as what somebody works in a crew, or says what does not fit there.
pub fn check_terms(place: &Place, terms: Terms) -> Result<Terms, Refusal> {
    let Terms { work_type, post, settlement, unit_price_fen, settlement_unit } = terms;
    if unit_price_fen.is_some_and(|fen| !(1..=HIGHEST_PRICE_FEN).contains(&fen)) {
        return Err(Refusal::new("unit_price_fen", "结算单价须大于 0 元，不超过 100 万元"));
    }
    if unit_price_fen.is_some() && settlement.is_none() {
        return Err(Refusal::new("settlement", "填写了结算单价，请选择计时或计件"));
    }
    match place.kind() {
        EntryKind::Manager => {
            let post = check_post(place, post)?;
            if work_type.is_some() {
                return Err(Refusal::new("work_type", "管理人员填写岗位，不填写工种"));
            }
            Ok(Terms { work_type: None, post: Some(post), settlement, unit_price_fen, settlement_unit })
        }
        EntryKind::Worker | EntryKind::Other => {
            if post.is_some() {
                return Err(Refusal::new("post", "岗位只用于管理班组的人员，请选择工种"));
            }
            let of_crew = place.crew.work_type.as_deref().and_then(|code| WorkType::parse(code).ok());
            let work_type = work_type.or(of_crew);
            Ok(Terms { work_type, post: None, settlement, unit_price_fen, settlement_unit })
        }
    }
}

fn check_post(place: &Place, post: Option<Post>) -> Result<Post, Refusal> {
    let post = post.ok_or_else(|| Refusal::new("post", "管理人员须选择岗位"))?;
    let kind = UnitKind::parse(&place.unit.kind).map_err(|_| Refusal::new("post", "参建单位的类型无法识别"))?;
    if !posts_of(kind).contains(&post.code()) {
        return Err(Refusal::new("post", format!("{}没有“{}”岗位，请重新选择", kind.label(), post.label())));
    }
    Ok(post)
}

/// What is known of somebody's stays, on this project and on others.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The crew somebody is in on this project now.
    pub here: Option<String>,
    /// When somebody last left this project.
    pub left_on: Option<NaiveDate>,
    /// Other projects somebody is on now, in words the caller may read.
    pub elsewhere: Vec<String>,
}

/// What of somebody is looked at: known already, or only by their ID number.
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    pub born_on: NaiveDate,
    pub sex: &'a str,
    pub company_id: Option<Uuid>,
}

impl<'a> Who<'a> {
    pub fn known(person: &'a person::Model) -> Self {
        Self { born_on: person.born_on, sex: &person.sex, company_id: person.company_id }
    }

    pub fn unknown(number: &IdNumber) -> Who<'static> {
        Who { born_on: number.birth_date(), sex: number.sex().as_str(), company_id: None }
    }
}

/// Whether somebody can enter: refused, or with warnings to confirm, or just so.
pub fn judge(
    person: Who<'_>,
    place: &Place,
    entered_on: NaiveDate,
    standing: &Standing,
    policy: &Policy,
) -> Result<Vec<Warning>, Refusal> {
    let age = age_on(person.born_on, entered_on);
    if age < YOUNGEST {
        return Err(Refusal::new("person_id", format!("进场当日 {age} 周岁，未满 {YOUNGEST} 周岁的人员不得进场")));
    }
    if let Some(crew) = &standing.here {
        return Err(Refusal::new("person_id", format!("已在本项目“{crew}”在场，无需重复进场")));
    }
    if let Some(left_on) = standing.left_on.filter(|left_on| entered_on < *left_on) {
        return Err(Refusal::new("entered_on", format!("上次退场日期为 {left_on}，进场日期不能早于它")));
    }
    Ok(warnings(person, place, age, standing, policy))
}

/// Where somebody has to leave first.
pub fn on_site_elsewhere(elsewhere: &[String]) -> Refusal {
    Refusal::new("person_id", format!("目前还在{}在场，请先在那里办理退场，再登记到本项目", elsewhere.join("、")))
}

fn warnings(person: Who<'_>, place: &Place, age: u32, standing: &Standing, policy: &Policy) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, message| warnings.push(Warning { code, message });
    let limit = warn_age(person.sex, policy);
    if i64::from(age) >= limit {
        warn(WarningCode::Overage, format!("进场当日 {age} 周岁，已达到本地区提醒年龄 {limit} 周岁"));
    }
    if !standing.elsewhere.is_empty() {
        let message = format!("同时在{}在场，请确认已离开或可以兼顾", standing.elsewhere.join("、"));
        warn(WarningCode::OnAnotherProject, message);
    }
    let bound_elsewhere = person.company_id.is_some_and(|company| company != place.unit.company_id);
    if place.kind() == EntryKind::Manager && bound_elsewhere {
        let message = "登记在其他企业，请核实劳动关系；已离开原企业的须先办理【离职迁出】".to_owned();
        warn(WarningCode::OtherCompany, message);
    }
    warnings
}

/// A price as the clerk types it, in yuan.
pub fn fen_of(yuan: f64) -> Result<i64, Problem> {
    let fen = (yuan * 100.0).round();
    if !(1.0..=HIGHEST_PRICE_FEN as f64).contains(&fen) {
        return Err("须大于 0 元，不超过 100 万元".into());
    }
    Ok(fen as i64)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
