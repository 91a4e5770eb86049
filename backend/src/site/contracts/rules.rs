//! What holds for contracts, as functions without a database.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::dto::{ContractLevel, ContractTerms};
use crate::{
    entity::{contract::TermKind, roster_entry::EntryKind},
    platform::web::{Error, Fields, Result},
    registry::policies::Policy,
    site::roster::rules::{HIGHEST_PRICE_FEN, Refusal},
};

/// Photographs of one contract.
pub const MOST_PAGES: usize = 20;
const FIRST_YEAR: i32 = 2000;

/// Who has to have one: only workers are warned about and stopped.
pub fn must_sign(kind: EntryKind) -> bool {
    kind == EntryKind::Worker
}

/// How somebody stands who is without a contract since a day.
pub fn level(since: NaiveDate, today: NaiveDate, policy: &Policy) -> ContractLevel {
    let days = days_without(since, today);
    match days {
        _ if days >= policy.contract_red_days => ContractLevel::Red,
        _ if days >= policy.contract_orange_days => ContractLevel::Orange,
        _ if days >= policy.contract_yellow_days => ContractLevel::Yellow,
        _ => ContractLevel::Fresh,
    }
}

pub fn days_without(since: NaiveDate, today: NaiveDate) -> i64 {
    (today - since).num_days()
}

/// The days since which those of a level are without: from the first, up to before the second.
pub fn since_of(level: ContractLevel, today: NaiveDate, policy: &Policy) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let ago = |days: i64| today - TimeDelta::days(days);
    let (yellow, orange, red) = (policy.contract_yellow_days, policy.contract_orange_days, policy.contract_red_days);
    // A region may have said them in any order: red comes before orange, orange before yellow.
    let (orange, yellow) = (orange.min(red), yellow.min(orange).min(red));
    let after = |days: i64| ago(days) + TimeDelta::days(1);
    match level {
        ContractLevel::Red => (None, Some(after(red))),
        ContractLevel::Orange => (Some(after(red)), Some(after(orange))),
        ContractLevel::Yellow => (Some(after(orange)), Some(after(yellow))),
        ContractLevel::Fresh => (Some(after(yellow)), None),
    }
}

/// Whether what a contract says can be so, for somebody who came on a day.
pub fn check(terms: &ContractTerms, entered_on: NaiveDate, today: NaiveDate) -> Result<()> {
    let mut wrong = Fields::new();
    let mut say = |field: &str, reason: String| {
        wrong.entry(field.to_owned()).or_insert(reason);
    };
    let (starts_on, signed_on) = (terms.starts_on.date(), terms.signed_on.date());
    for (field, day) in [("starts_on", starts_on), ("signed_on", signed_on)] {
        if day.year() < FIRST_YEAR {
            say(field, format!("日期不能早于 {FIRST_YEAR} 年，请核对"));
        }
    }
    if signed_on > today {
        say("signed_on", "签订日期不能晚于今天".to_owned());
    }
    match (terms.term_kind, terms.ends_on.map(|day| day.date())) {
        (TermKind::Fixed, None) => say("ends_on", "固定期限合同须填写结束日期".to_owned()),
        (TermKind::Open, Some(_)) => say("ends_on", "无固定期限合同没有结束日期，请清空".to_owned()),
        (_, Some(ends_on)) if ends_on < starts_on => say("ends_on", "结束日期不能早于开始日期".to_owned()),
        (_, Some(ends_on)) if ends_on < signed_on => say("ends_on", "结束日期不能早于签订日期".to_owned()),
        (_, Some(ends_on)) if ends_on < entered_on => {
            say("ends_on", format!("合同在该人员进场（{entered_on}）之前已到期，请上传现行的合同"));
        }
        _ => {}
    }
    if terms.unit_price_fen.is_some_and(|fen| !(1..=HIGHEST_PRICE_FEN).contains(&fen)) {
        say("unit_price_fen", "单价须大于 0 元，不超过 100 万元".to_owned());
    }
    if terms.unit_price_fen.is_some() && terms.settlement.is_none() {
        say("settlement", "填写了单价，请选择计时或计件".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// The day on which a contract ends.
pub fn check_termination(
    day: NaiveDate,
    starts_on: NaiveDate,
    entered_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), Refusal> {
    let earliest = starts_on.max(entered_on);
    if day > today {
        return Err(Refusal::new("terminated_on", "解约日期不能晚于今天"));
    }
    if day < earliest {
        return Err(Refusal::new("terminated_on", format!("解约日期不能早于合同开始和进场日期（{earliest}）")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use serde_json::json;

    use super::*;
    use crate::site::contracts::dto::ContractEdit;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wrong(change: serde_json::Value) -> Fields {
        let mut terms = json!({
            "term_kind": "fixed", "starts_on": "2026-11-01", "ends_on": "2027-10-31", "signed_on": "2026-11-01",
            "settlement": "time", "unit_price_fen": 32_000, "settlement_unit": "天",
        });
        terms.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        match check(
            &serde_json::from_value::<ContractEdit>(terms).unwrap().terms(),
            day("2026-11-03"),
            day("2026-11-20"),
        ) {
            Ok(()) => Fields::new(),
            Err(Error::Invalid(fields)) => fields,
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_level_begins_on_its_day() {
        let policy = Policy::default();
        let today = day("2026-11-30");
        let of = |days: i64| level(today - TimeDelta::days(days), today, &policy);
        assert_eq!(
            [of(0), of(4), of(5), of(9)].map(ContractLevel::label),
            ["未到预警", "未到预警", "黄色预警", "黄色预警"]
        );
        assert_eq!(
            [of(10), of(29), of(30), of(400)].map(ContractLevel::label),
            ["橙色预警", "橙色预警", "红色预警", "红色预警"]
        );
    }

    #[test]
    fn the_days_of_a_level_are_those_that_have_it() {
        let today = day("2026-11-30");
        let upside_down =
            Policy { contract_yellow_days: 12, contract_orange_days: 40, contract_red_days: 20, ..Policy::default() };
        for policy in [Policy::default(), upside_down] {
            for days in 0..60 {
                let since = today - TimeDelta::days(days);
                let levels = [ContractLevel::Fresh, ContractLevel::Yellow, ContractLevel::Orange, ContractLevel::Red];
                let found: Vec<_> = levels
                    .into_iter()
                    .filter(|level| {
                        let (from, before) = since_of(*level, today, &policy);
                        from.is_none_or(|from| since >= from) && before.is_none_or(|before| since < before)
                    })
                    .collect();
                assert_eq!(found, [level(since, today, &policy)], "{days}");
            }
        }
    }

    #[test]
    fn what_a_contract_says_is_held_against_itself() {
        assert_eq!(wrong(json!({})), Fields::new());
        assert!(wrong(json!({ "ends_on": null }))["ends_on"].contains("须填写"));
        assert!(wrong(json!({ "term_kind": "open" }))["ends_on"].contains("没有结束日期"));
        assert_eq!(wrong(json!({ "term_kind": "open", "ends_on": null })), Fields::new());
        assert_eq!(wrong(json!({ "term_kind": "task", "ends_on": null })), Fields::new());
        assert!(wrong(json!({ "ends_on": "2026-10-01" }))["ends_on"].contains("早于开始日期"));
        assert!(
            wrong(json!({ "starts_on": "2026-01-01", "signed_on": "2026-01-01", "ends_on": "2026-11-02" }))["ends_on"]
                .contains("之前已到期")
        );
        assert!(wrong(json!({ "signed_on": "2026-11-21" }))["signed_on"].contains("今天"));
        assert!(wrong(json!({ "settlement": null }))["settlement"].contains("计时或计件"));
        assert!(wrong(json!({ "unit_price_fen": 0 })).contains_key("unit_price_fen"));
    }

    #[test]
    fn a_contract_ends_between_its_beginning_and_today() {
        let end = |on: &str| check_termination(day(on), day("2026-11-01"), day("2026-11-03"), day("2026-11-20"));
        assert!(end("2026-11-03").is_ok() && end("2026-11-20").is_ok());
        assert!(end("2026-11-02").unwrap_err().reason.contains("2026-11-03"));
        assert!(end("2026-11-21").is_err());
    }
}
