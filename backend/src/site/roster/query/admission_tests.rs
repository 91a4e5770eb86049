#![expect(clippy::unwrap_used, reason = "a failing test is the point")]

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn stay(number: i64, from: u32, until: Option<u32>) -> Stay {
    Stay {
        entry_id: Uuid::now_v7(),
        person_id: Uuid::from_u128(number.unsigned_abs().into()),
        number,
        name: "王建国".to_owned(),
        id_number_sealed: String::new(),
        id_number_hash: number.to_string(),
        entered_on: day(from),
        exited_on: until.map(day),
        lacks: Vec::new(),
        unsigned_since: None,
        photo: Some(TerminalPhoto { file_id: Uuid::nil(), size: 20_000 }),
    }
}

fn admission(stays: Vec<Stay>) -> Admission {
    Admission {
        project_id: Uuid::nil(),
        number: 1,
        name: "滨江花园".to_owned(),
        region_code: "440703".to_owned(),
        policy: Policy::default(),
        cancelled_on: None,
        built_at: Instant::now(),
        stays,
    }
}

fn refusal(admission: &Admission, number: i64, on: u32) -> std::borrow::Cow<'static, str> {
    admission.judge(number, day(on)).unwrap_err().text
}

#[test]
fn a_punch_is_judged_by_the_stay_of_its_day() {
    let here = admission(vec![stay(7, 3, Some(10)), stay(7, 15, None), stay(9, 1, None)]);
    assert_eq!(here.judge(7, day(10)).unwrap().entered_on, day(3));
    assert_eq!(here.judge(7, day(20)).unwrap().entered_on, day(15));
    assert_eq!(refusal(&here, 7, 2), "未进场");
    assert_eq!(refusal(&here, 7, 12), "已退场");
    assert_eq!(refusal(&here, 8, 12), "查无此人");
    let refused = here.judge(7, day(12)).unwrap_err();
    assert_eq!(refused.entry_id, here.judge(7, day(5)).ok().map(|stay| stay.entry_id));
}

#[test]
fn who_leaves_and_returns_on_one_day_is_back() {
    let here = admission(vec![stay(7, 3, Some(10)), stay(7, 10, None)]);
    assert_eq!(here.judge(7, day(10)).unwrap().exited_on, None);
    assert_eq!(here.by_id_number_hash("7").unwrap().exited_on, None);
}

#[test]
fn what_somebody_lacks_is_named() {
    let lacking = |lack| Stay { lacks: vec![lack], ..stay(7, 1, None) };
    assert_eq!(refusal(&admission(vec![lacking(Lack::WorkType)]), 7, 2), "未填工种");
    assert_eq!(refusal(&admission(vec![lacking(Lack::WageCard)]), 7, 2), "未登记工资卡");
}

#[test]
fn of_a_cancelled_project_only_punches_of_before_count() {
    let mut here = admission(vec![stay(7, 1, Some(10))]);
    here.cancelled_on = Some(day(10));
    assert!(here.judge(7, day(10)).is_ok());
    assert_eq!(refusal(&here, 7, 11), "项目已注销");
    assert_eq!(here.listed(day(10)).count(), 0);
}

#[test]
fn the_list_holds_who_is_here_with_a_photo_and_complete() {
    let here = admission(vec![
        stay(1, 1, None),
        stay(2, 1, Some(10)),
        Stay { photo: None, ..stay(3, 1, None) },
        Stay { lacks: vec![Lack::WageCard], ..stay(4, 1, None) },
        stay(5, 1, None),
        stay(6, 20, None),
    ]);
    assert_eq!(here.listed(day(10)).map(|stay| stay.number).collect::<Vec<_>>(), [1, 5]);
    assert!(here.judge(3, day(10)).is_ok(), "a terminal that knows somebody by another photo is believed");
}

#[test]
fn the_night_shift_belongs_to_the_evening_it_began() {
    let here = admission(Vec::new());
    let at = |text: &str| here.day_of(clock::from_china(text.parse().unwrap()));
    assert_eq!(at("2026-11-05T03:59:59"), day(4));
    assert_eq!(at("2026-11-05T04:00:00"), day(5));
    assert_eq!(at("2026-11-05T23:30:00"), day(5));
}

#[test]
fn changes_elsewhere_leave_an_admission_as_it_is() {
    let here = admission(vec![stay(7, 1, None)]);
    let person = |number: u128| Touched::Person(Uuid::from_u128(number));
    assert!(here.is_touched_by(&Touched::Project(Uuid::nil())) && !here.is_touched_by(&Touched::Project(Uuid::max())));
    assert!(here.is_touched_by(&person(7)) && !here.is_touched_by(&person(8)));
    for (code, touched) in [("440703", true), ("440700", true), ("000000", true), ("440704", false), ("510000", false)]
    {
        assert_eq!(here.is_touched_by(&Touched::Region(code.to_owned())), touched, "{code}");
    }
    assert!(here.is_touched_by(&Touched::Everything));
}

#[test]
fn red_stops_by_the_day_and_only_whoever_has_no_contract() {
    let without = Stay { unsigned_since: Some(day(1)), ..stay(7, 1, None) };
    let mut here = admission(vec![without, stay(8, 1, None)]);
    here.policy.contract_red_days = 10;
    assert!(here.judge(7, day(10)).is_ok(), "nine days");
    assert_eq!(refusal(&here, 7, 11), "未签劳动合同超过10天");
    assert!(here.judge(8, day(30)).is_ok());
    let listed = |on| here.listed(day(on)).map(|stay| stay.number).collect::<Vec<_>>();
    assert_eq!((listed(10), listed(11)), (vec![7, 8], vec![8]), "the night makes the difference");
}

#[test]
fn what_a_terminal_says_of_a_contract_fits_its_screen() {
    assert!(RefusalCode::NoContract(365).text().len() <= 30);
}
