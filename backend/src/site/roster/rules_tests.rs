#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

use chrono::Utc;
use uuid::Uuid;

use super::*;
use crate::{
    entity::{company::UploadState, person::PersonOrigin},
    platform::types::Text,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn place(crew_kind: CrewKind, unit_kind: UnitKind) -> Place {
    let (project_id, unit_id, now) = (Uuid::now_v7(), Uuid::now_v7(), Utc::now());
    let unit = unit::Model {
        id: unit_id,
        project_id,
        company_id: Uuid::now_v7(),
        kind: unit_kind.code().to_owned(),
        contact_name: None,
        contact_phone: None,
        entered_on: day("2026-01-01"),
        exited_on: None,
        exit_recorded_at: None,
        upload_state: UploadState::Waiting,
        created_at: now,
        revision: 1,
    };
    let crew = crew::Model {
        id: Uuid::now_v7(),
        project_id,
        unit_id,
        number: 1,
        name: "钢筋一班".to_owned(),
        kind: crew_kind,
        work_type: (crew_kind == CrewKind::Workers).then(|| "020".to_owned()),
        leader_name: None,
        leader_phone: None,
        entered_on: day("2026-01-02"),
        exited_on: None,
        exit_recorded_at: None,
        upload_state: UploadState::Waiting,
        created_at: now,
        revision: 1,
    };
    Place { crew, unit }
}

fn born(on: &str, sex: Sex) -> person::Model {
    let now = Utc::now();
    person::Model {
        id: Uuid::now_v7(),
        number: 1,
        id_number_sealed: String::new(),
        id_number_hash: String::new(),
        id_number_mask: String::new(),
        name: "王建国".to_owned(),
        sex: sex.as_str().to_owned(),
        ethnic: "汉族".to_owned(),
        born_on: day(on),
        address: None,
        id_authority: None,
        id_valid_from: None,
        id_valid_until: None,
        phone: None,
        education: None,
        political: None,
        marital: None,
        photo_file_id: None,
        portrait_file_id: None,
        id_front_file_id: None,
        id_back_file_id: None,
        bank_card_sealed: None,
        bank_card_hash: None,
        bank_card_mask: None,
        bank_name: None,
        company_id: None,
        origin: PersonOrigin::Console,
        origin_project_id: None,
        region_code: "440703".to_owned(),
        created_at: now,
        updated_at: now,
        revision: 1,
    }
}

#[test]
fn nobody_under_sixteen_enters_whatever_is_confirmed() {
    let workers = place(CrewKind::Workers, UnitKind::Labour);
    let child = born("2010-06-02", Sex::Male);
    let judge_on = |on| judge(Who::known(&child), &workers, day(on), &Standing::default(), &Policy::default());
    assert!(judge_on("2026-06-01").unwrap_err().reason.contains("15 周岁"));
    assert_eq!(judge_on("2026-06-02").unwrap(), []);
}

#[test]
fn women_and_men_are_warned_about_at_their_own_age() {
    let workers = place(CrewKind::Workers, UnitKind::Labour);
    let warned = |sex| {
        let person = born("1970-06-01", sex);
        judge(Who::known(&person), &workers, day("2026-06-01"), &Standing::default(), &Policy::default()).unwrap()
    };
    assert_eq!(warned(Sex::Female).first().unwrap().code, WarningCode::Overage);
    assert_eq!(warned(Sex::Male), []);
}

#[test]
fn nobody_is_on_a_project_twice_or_before_they_left_it() {
    let workers = place(CrewKind::Workers, UnitKind::Labour);
    let person = born("1990-01-01", Sex::Male);
    let here = Standing { here: Some("木工班".to_owned()), ..Default::default() };
    let left = Standing { left_on: Some(day("2026-05-10")), ..Default::default() };
    let judge_on = |on, standing| judge(Who::known(&person), &workers, day(on), standing, &Policy::default());
    assert!(judge_on("2026-05-09", &here).unwrap_err().reason.contains("木工班"));
    assert_eq!(judge_on("2026-05-09", &left).unwrap_err().field, "entered_on");
    assert!(judge_on("2026-05-10", &left).is_ok(), "left in the morning, back in the afternoon");
}

#[test]
fn a_manager_has_one_of_the_unit_kinds_posts_and_no_trade() {
    let supervision = place(CrewKind::Management, UnitKind::Supervision);
    let terms = |post: Option<&str>, work_type: Option<&str>| Terms {
        post: post.map(|code| Post::parse(code).unwrap()),
        work_type: work_type.map(|code| WorkType::parse(code).unwrap()),
        ..Default::default()
    };
    assert!(check_terms(&supervision, terms(Some("1001"), None)).is_ok());
    assert_eq!(check_terms(&supervision, terms(None, None)).unwrap_err().field, "post");
    assert_eq!(check_terms(&supervision, terms(Some("1009"), None)).unwrap_err().field, "post");
    assert_eq!(check_terms(&supervision, terms(Some("1001"), Some("020"))).unwrap_err().field, "work_type");
}

#[test]
fn a_worker_takes_the_crews_trade_unless_they_have_their_own() {
    let workers = place(CrewKind::Workers, UnitKind::Labour);
    assert_eq!(check_terms(&workers, Terms::default()).unwrap().work_type.unwrap().code(), "020");
    let own = Terms { work_type: WorkType::parse("030").ok(), ..Default::default() };
    assert_eq!(check_terms(&workers, own).unwrap().work_type.unwrap().code(), "030");
}

#[test]
fn a_price_needs_a_settlement_and_a_believable_amount() {
    let workers = place(CrewKind::Workers, UnitKind::Labour);
    let priced = |fen, settlement| Terms {
        unit_price_fen: Some(fen),
        settlement,
        settlement_unit: Text::parse("天").ok(),
        ..Default::default()
    };
    let time = Some(crate::entity::roster_entry::Settlement::Time);
    assert!(check_terms(&workers, priced(30_000, time)).is_ok());
    assert_eq!(check_terms(&workers, priced(30_000, None)).unwrap_err().field, "settlement");
    for wrong in [0, -1, HIGHEST_PRICE_FEN + 1] {
        assert_eq!(check_terms(&workers, priced(wrong, time)).unwrap_err().field, "unit_price_fen");
    }
    assert_eq!(fen_of(300.005).unwrap(), 30_001);
    assert!(fen_of(0.0).is_err() && fen_of(f64::NAN).is_err() && fen_of(1e12).is_err());
}

#[test]
fn only_workers_can_be_incomplete_and_the_region_says_by_what() {
    let strict = Policy::default();
    let easy = Policy { wage_card_required: false, ..Policy::default() };
    assert_eq!(lacks(EntryKind::Worker, false, false, &strict), [Lack::WorkType, Lack::WageCard]);
    assert_eq!(lacks(EntryKind::Worker, true, false, &easy), []);
    assert_eq!(lacks(EntryKind::Manager, false, false, &strict), []);
}

#[test]
fn an_entry_is_neither_ahead_of_today_nor_too_far_back() {
    let policy = Policy { backdate_days: 3, ..Policy::default() };
    let today = day("2026-11-20");
    assert!(check_entry_day(day("2026-11-17"), today, &policy).is_ok());
    assert!(check_entry_day(day("2026-11-16"), today, &policy).unwrap_err().reason.contains("2026-11-17"));
    assert!(check_entry_day(day("2026-11-21"), today, &policy).is_err());
}
