//! Companies, projects, units and crews of the demo.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{Demo, form, now};
use crate::{
    entity::{company, crew, project, unit, vendor},
    platform::{types::synthetic, web::Result},
    registry::{companies, crews as crew_feature, projects as project_feature, units as unit_feature},
};

/// Name, region, and in which capacity it works: the first of a kind is the first project's.
const COMPANIES: &[(&str, &str, &str)] = &[
    ("江门市恒筑建设有限公司", "440703", "009"),
    ("江门市正道工程监理有限公司", "440703", "007"),
    ("蓬江区安居置业有限公司", "440703", "008"),
    ("江门市众合建筑劳务有限公司", "440704", "006"),
    ("江门市鼎固钢结构工程有限公司", "440704", "001"),
    ("广东岭海建筑工程有限公司", "440704", "009"),
    ("江海区教育建设中心", "440704", "008"),
    ("江门市匠心建筑劳务有限公司", "440703", "006"),
    ("江门市方圆勘测设计院有限公司", "440703", "011"),
];

/// Which companies (by their place above) work on each project.
const UNITS: [&[usize]; 3] = [&[0, 1, 2, 3, 4], &[5, 1, 6, 7], &[0, 1, 2, 3, 7]];

/// Workers' crews of each project: the unit's company, the crew's name, its trade.
const CREWS: [&[(usize, &str, &str)]; 3] = [
    &[
        (3, "钢筋一班", "020"),
        (3, "模板一班", "050"),
        (3, "架子工班", "030"),
        (4, "钢结构安装班", "060"),
        (0, "杂工班", "390"),
    ],
    &[(7, "砌筑一班", "010"), (7, "水电安装班", "130"), (7, "抹灰班", "190")],
    &[(3, "混凝土班", "040"), (7, "防水班", "230"), (3, "电焊班", "270")],
];

pub async fn companies(demo: &Demo<'_>) -> Result<Vec<company::Model>> {
    let mut made = Vec::with_capacity(COMPANIES.len());
    for (seed, (name, region, _)) in (1..).zip(COMPANIES) {
        let input = form(json!({
            "credit_code": synthetic::credit_code(seed).as_str(),
            "name": name,
            "registration_kind": "150",
            "region_code": region,
            "address": "江门市建设路（演示地址）",
            "legal_person": "陈演示",
            "contact_name": "李演示",
            "contact_phone": synthetic::mobile(seed).expose(),
            "registered_capital_wan": 2000.0,
            "established_on": "2012-06-01",
        }))?;
        made.push(companies::service::register(demo.tx, &demo.caller, input).await?);
    }
    Ok(made)
}

/// The vendor and its device are those of the device protocol's worked example.
pub async fn vendor(demo: &Demo<'_>) -> Result<vendor::Model> {
    let row = vendor::ActiveModel {
        id: Set(Uuid::now_v7()),
        code: Set("MINGCE-DEMO-VENDOR-0000000000001".to_owned()),
        credit_code: Set(synthetic::credit_code(900).as_str().to_owned()),
        name: Set("名册演示设备有限公司".to_owned()),
        region_code: Set("440703".to_owned()),
        contact_name: Set(Some("周演示".to_owned())),
        contact_phone: Set(Some(synthetic::mobile(900).expose().to_owned())),
        created_at: Set(now()),
        revision: Set(1),
    };
    Ok(row.insert(demo.tx).await?)
}

pub async fn projects(demo: &Demo<'_>, vendor_id: Uuid) -> Result<Vec<project::Model>> {
    let plans = [
        ("滨江花园一期住宅工程", "440703", "01", "PJ-2026-0001", 113.0786, 22.5952, 86_500.0, 99.8, 42_000.0),
        ("江海实验学校新建工程", "440704", "01", "JH-2026-0007", 113.1109, 22.5601, 32_800.0, 23.6, 18_500.0),
        ("大数据产业园市政配套工程", "440703", "02", "PJ-2026-0012", 113.0631, 22.6127, 15_200.0, 12.0, 9_800.0),
    ];
    let mut made = Vec::with_capacity(plans.len());
    for (name, region, category, code, longitude, latitude, area, height, cost) in plans {
        let input = form(json!({
            "name": name, "code": code, "region_code": region, "vendor_id": vendor_id, "category": category, "status": "003",
            "address": "江门市滨江新区（演示地址）", "longitude": longitude, "latitude": latitude,
            "permit_number": format!("{region}{}01", code.replace('-', "")), "permit_date": demo.days_ago(120),
            "investment_nature": "3", "start_on": demo.days_ago(90), "planned_finish_on": demo.days_ago(-420),
            "area_m2": area, "height_m": height, "structure": "4", "cost_wan": cost,
            "contact_name": "张演示", "contact_phone": synthetic::mobile(50).expose(),
            "wage_bank": "中国建设银行江门分行", "deposit_kind": "2",
        }))?;
        let facts = project_feature::service::checked(
            input,
            &crate::entity::Reach(vec![crate::entity::Scope::Region("4407".to_owned())]),
        )?;
        made.push(project_feature::service::register(demo.tx, facts, &demo.caller).await?);
    }
    Ok(made)
}

/// A crew and its unit, with the code of the unit's kind.
pub struct Site {
    pub unit: unit::Model,
    pub crew: crew::Model,
}

/// Units with the management crews that come by themselves, and workers' crews.
pub async fn crews(
    demo: &Demo<'_>,
    project: &project::Model,
    companies: &[company::Model],
    index: usize,
) -> Result<Vec<Site>> {
    let mut units: Vec<(usize, unit::Model)> = Vec::new();
    for &place in UNITS[index] {
        let (Some(company), Some((_, _, kind))) = (companies.get(place), COMPANIES.get(place)) else { continue };
        let input = form(json!({
            "company_id": company.id, "kind": kind, "entered_on": demo.days_ago(60),
            "contact_name": "何演示", "contact_phone": synthetic::mobile(70 + place as u64).expose(),
        }))?;
        units.push((place, unit_feature::service::enter(demo.tx, &demo.caller, project, input).await?));
    }
    for &(place, name, work_type) in CREWS[index] {
        let Some((_, unit)) = units.iter().find(|(of, _)| *of == place) else { continue };
        let input = form(json!({
            "unit_id": unit.id, "name": name, "kind": "workers", "work_type": work_type, "entered_on": demo.days_ago(45),
            "leader_name": "黄演示", "leader_phone": synthetic::mobile(90 + place as u64).expose(),
        }))?;
        crew_feature::service::create(demo.tx, &demo.caller, project, input).await?;
    }
    let all = crew::Entity::find().filter(crew::Column::ProjectId.eq(project.id)).all(demo.tx).await?;
    let pairs = all.into_iter().filter_map(|crew| {
        let (_, unit) = units.iter().find(|(_, unit)| unit.id == crew.unit_id)?;
        Some(Site { unit: unit.clone(), crew })
    });
    Ok(pairs.collect())
}
