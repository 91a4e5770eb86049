use actix_web::{HttpResponse, get, http::header::CACHE_CONTROL};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::table;
use crate::platform::{
    types::RegionCode,
    web::{Error, Query, Result},
};

/// A division as a choice: whether it can be opened further, and its names from the province down.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionChoice {
    pub code: &'static str,
    pub name: &'static str,
    pub leaf: bool,
    pub path: Vec<&'static str>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RegionFilter {
    /// The divisions directly below this one; the provinces when left out.
    #[param(value_type = Option<String>)]
    pub parent: Option<RegionCode>,
    /// Just this division, to show a code's names.
    #[param(value_type = Option<String>)]
    pub code: Option<RegionCode>,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list);
}

/// The divisions of GB/T 2260.
#[utoipa::path(tag = "regions", params(RegionFilter), responses((status = 200, body = Vec<RegionChoice>)), security(()))]
#[get("/regions")]
pub async fn list(Query(filter): Query<RegionFilter>) -> Result<HttpResponse> {
    let RegionFilter { parent, code } = filter;
    let choices: Vec<RegionChoice> = match code {
        Some(code) => vec![choice(table::find(code.as_str()).ok_or(Error::NotFound)?)],
        None => {
            let parent = parent.unwrap_or_else(RegionCode::nation);
            table::children(parent.as_str()).map(choice).collect()
        }
    };
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "public, max-age=86400")).json(choices))
}

fn choice(region: &'static table::Region) -> RegionChoice {
    let leaf = table::children(region.code).next().is_none();
    RegionChoice { code: region.code, name: region.name, leaf, path: table::path(region.code) }
}
