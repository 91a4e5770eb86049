use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, http::header::CACHE_CONTROL};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::*;
use crate::platform::types::Ethnic;

/// A code and the name people know it by.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    pub code: &'static str,
    pub name: &'static str,
}

/// Everything forms offer as a choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dictionaries {
    pub unit_kinds: Vec<Choice>,
    pub project_statuses: Vec<Choice>,
    pub project_categories: Vec<Choice>,
    pub work_types: Vec<Choice>,
    pub posts: Vec<Choice>,
    /// Which posts a unit of which kind has.
    pub posts_of_unit_kind: BTreeMap<&'static str, Vec<&'static str>>,
    pub educations: Vec<Choice>,
    pub political: Vec<Choice>,
    pub marital: Vec<Choice>,
    pub registration_kinds: Vec<Choice>,
    pub investment_natures: Vec<Choice>,
    pub structures: Vec<Choice>,
    pub deposit_kinds: Vec<Choice>,
    pub ethnic_groups: Vec<&'static str>,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list);
}

/// The dictionaries of the national standard.
#[utoipa::path(tag = "dictionaries", responses((status = 200, body = Dictionaries)), security(()))]
#[get("/dictionaries")]
pub async fn list() -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, max-age=3600")).json(dictionaries())
}

fn dictionaries() -> Dictionaries {
    let table =
        |table: &[(&'static str, &'static str)]| table.iter().map(|&(code, name)| Choice { code, name }).collect();
    Dictionaries {
        unit_kinds: UnitKind::ALL.iter().map(|kind| Choice { code: kind.code(), name: kind.label() }).collect(),
        project_statuses: ProjectStatus::ALL
            .iter()
            .map(|status| Choice { code: status.code(), name: status.label() })
            .collect(),
        project_categories: table(ProjectCategory::TABLE),
        work_types: table(WorkType::TABLE),
        posts: table(Post::TABLE),
        posts_of_unit_kind: UnitKind::ALL.iter().map(|kind| (kind.code(), posts_of(*kind).to_vec())).collect(),
        educations: table(Education::TABLE),
        political: table(Political::TABLE),
        marital: table(Marital::TABLE),
        registration_kinds: table(RegistrationKind::TABLE),
        investment_natures: table(InvestmentNature::TABLE),
        structures: table(Structure::TABLE),
        deposit_kinds: table(DepositKind::TABLE),
        ethnic_groups: Ethnic::all().map(Ethnic::name).collect(),
    }
}
