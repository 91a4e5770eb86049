//! What must hold for a project's data beyond the form of each field.

use chrono::NaiveDate;

use super::form::{Party, ProjectForm};
use crate::{
    platform::{
        types::{RegionCode, RegionLevel},
        web::{Error, Fields, Result},
    },
    registry::{dictionaries::UnitKind, regions::table},
};

/// The five parties, in the order people name them.
pub const PARTY_KINDS: [UnitKind; 5] =
    [UnitKind::Builder, UnitKind::Survey, UnitKind::Design, UnitKind::Supervision, UnitKind::GeneralContractor];

const MOST_PARTIES: usize = 20;

/// Problems under construction; their names get `prefix` before them ("project." inside an application).
#[derive(Default)]
pub struct Problems {
    prefix: &'static str,
    fields: Fields,
}

impl Problems {
    pub fn under(prefix: &'static str) -> Self {
        Self { prefix, ..Self::default() }
    }

    pub fn add_if(&mut self, wrong: bool, field: &str, message: impl Into<String>) {
        if wrong {
            self.fields.entry(format!("{}{field}", self.prefix)).or_insert_with(|| message.into());
        }
    }

    pub fn into_result(self) -> Result<()> {
        if self.fields.is_empty() { Ok(()) } else { Err(Error::Invalid(self.fields)) }
    }
}

pub fn check(form: &ProjectForm, today: NaiveDate, problems: &mut Problems) {
    check_region(&form.region_code, problems);
    check_position(form.longitude, form.latitude, problems);
    let backwards = matches!((form.start_on, form.planned_finish_on), (Some(start), Some(finish)) if finish < start);
    problems.add_if(backwards, "planned_finish_on", "计划竣工日期不能早于开工日期");
    problems.add_if(form.permit_date.is_some_and(|day| day > today), "permit_date", "发证日期不能晚于今天");
    let out_of = |figure: Option<f64>, most: f64| figure.is_some_and(|figure| !(0.0..=most).contains(&figure));
    problems.add_if(out_of(form.area_m2, 1e8), "area_m2", "建筑面积应在 0 到 1 亿平方米之间");
    problems.add_if(out_of(form.height_m, 2000.0), "height_m", "建筑高度应在 0 到 2000 米之间");
    problems.add_if(out_of(form.cost_wan, 1e8), "cost_wan", "工程造价应在 0 到 1 万亿元之间");
    check_parties(&form.parties, problems);
}

/// What an application must say and the registry may learn later.
pub fn check_complete(form: &ProjectForm, problems: &mut Problems) {
    let required = "此项必填";
    problems.add_if(form.investment_nature.is_none(), "investment_nature", required);
    problems.add_if(form.contact_name.is_none(), "contact_name", required);
    problems.add_if(form.contact_phone.is_none(), "contact_phone", required);
    problems.add_if(form.address.is_none(), "address", required);
    problems.add_if(form.longitude.is_none(), "longitude", "请在地图上标出项目位置");
    problems.add_if(form.start_on.is_none(), "start_on", required);
    problems.add_if(form.planned_finish_on.is_none(), "planned_finish_on", required);
    for kind in [UnitKind::Builder, UnitKind::GeneralContractor] {
        let missing = !form.parties.iter().any(|party| party.kind == kind);
        problems.add_if(missing, "parties", format!("请填写{}", party_label(kind)));
    }
}

fn check_region(code: &RegionCode, problems: &mut Problems) {
    if table::find(code.as_str()).is_none() {
        let message = match table::successor(code.as_str()).and_then(table::find) {
            Some(now) => format!("该行政区划已撤销，现为{}（{}）", now.name, now.code),
            None => "没有这个行政区划".to_owned(),
        };
        problems.add_if(true, "region_code", message);
    }
    let too_wide = matches!(code.level(), RegionLevel::Nation | RegionLevel::Province);
    problems.add_if(too_wide, "region_code", "请选择到市或区县");
}

pub fn check_position(longitude: Option<f64>, latitude: Option<f64>, problems: &mut Problems) {
    problems.add_if(longitude.is_some() != latitude.is_some(), "longitude", "经度和纬度须一起填写");
    let inside = |value: Option<f64>, from, to| value.is_none_or(|value| (from..=to).contains(&value));
    problems.add_if(!inside(longitude, 73.0, 135.5), "longitude", "经度不在中国境内（73 至 135.5）");
    problems.add_if(!inside(latitude, 3.0, 54.0), "latitude", "纬度不在中国境内（3 至 54）");
}

fn check_parties(parties: &[Party], problems: &mut Problems) {
    problems.add_if(parties.len() > MOST_PARTIES, "parties", format!("五方主体最多 {MOST_PARTIES} 家"));
    for (place, party) in parties.iter().enumerate() {
        let field = |name: &str| format!("parties[{place}].{name}");
        problems.add_if(
            !PARTY_KINDS.contains(&party.kind),
            &field("kind"),
            "五方主体为建设、勘察、设计、监理、施工单位",
        );
        let twice = parties[..place].iter().any(|p| p.kind == party.kind && p.credit_code == party.credit_code);
        problems.add_if(twice, &field("credit_code"), "该单位已填写过");
    }
}

/// As forms name the parties.
pub fn party_label(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Supervision => "监理单位",
        UnitKind::GeneralContractor => "施工单位",
        UnitKind::Survey => "勘察单位",
        other => other.label(),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use serde_json::{Value, json};

    use super::*;

    fn problems_of(changes: Value) -> Fields {
        let mut form = json!({"name": "滨江花园", "region_code": "440703", "category": "01", "status": "003"});
        form.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let mut problems = Problems::default();
        check(&serde_json::from_value(form).unwrap(), "2026-05-01".parse().unwrap(), &mut problems);
        problems.fields
    }

    #[test]
    fn each_impossible_thing_is_said_at_its_field() {
        let cases = [
            (json!({"region_code": "440000"}), "region_code"),
            (json!({"region_code": "449999"}), "region_code"),
            (json!({"longitude": 113.1}), "longitude"),
            (json!({"longitude": 113.1, "latitude": 91}), "latitude"),
            (json!({"start_on": "2026-03-01", "planned_finish_on": "2026-02-28"}), "planned_finish_on"),
            (json!({"permit_date": "2026-05-02"}), "permit_date"),
            (json!({"area_m2": -1}), "area_m2"),
            (json!({"height_m": 1e9}), "height_m"),
        ];
        for (changes, field) in cases {
            assert!(problems_of(changes.clone()).contains_key(field), "{changes}");
        }
        assert!(problems_of(json!({"permit_date": "2026-05-01", "longitude": 113.1, "latitude": 22.6})).is_empty());
    }

    #[test]
    fn an_abolished_region_names_its_successor() {
        assert!(problems_of(json!({"region_code": "330104"}))["region_code"].contains("330102"));
    }

    #[test]
    fn a_party_is_one_of_five_and_named_once() {
        let code = crate::platform::types::synthetic::credit_code(1);
        let party = |kind| json!({"kind": kind, "name": "江门市建设公司", "credit_code": code});
        assert!(problems_of(json!({"parties": [party("006")]})).contains_key("parties[0].kind"));
        assert!(problems_of(json!({"parties": [party("008"), party("008")]})).contains_key("parties[1].credit_code"));
        assert!(problems_of(json!({"parties": [party("008"), party("009")]})).is_empty());
    }
}
