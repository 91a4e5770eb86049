use actix_web::{HttpResponse, delete, get, put, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    query::rows_above,
    rules::{Policy, RULES, Rule, RuleKind},
    service,
};
use crate::{
    platform::{
        App,
        auth::{
            Within,
            roles::{ManagePolicies, ViewPolicies},
        },
        types::RegionCode,
        web::{Error, IfMatch, Json, Path, Query, Result},
    },
    registry::regions,
};

/// One rule as it holds in a region.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleView {
    pub key: &'static str,
    pub title: &'static str,
    pub note: &'static str,
    pub rule: RuleKind,
    pub value: Value,
    /// What would hold if this region said nothing.
    pub inherited: Value,
    /// Whether this region itself says it.
    pub own: bool,
    /// Of what this region itself says, for `If-Match`; 0 while it says nothing.
    pub revision: i32,
    /// The region the value comes from; none for the platform's default.
    pub from_region: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PolicyFilter {
    #[param(value_type = String)]
    pub region: RegionCode,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleValue {
    pub value: Value,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(list).service(set).service(reset);
}

/// The rules that hold in a region, and where each comes from.
#[utoipa::path(tag = "policies", params(PolicyFilter), responses((status = 200, body = Vec<RuleView>)))]
#[get("/policies")]
pub async fn list(
    _scope: Within<ViewPolicies>,
    Query(filter): Query<PolicyFilter>,
    app: Data<App>,
) -> Result<Json<Vec<RuleView>>> {
    regions::known(&filter.region, "region")?;
    let rows = rows_above(app.db.reader(), &filter.region).await?;
    let defaults = serde_json::to_value(Policy::default()).map_err(Error::internal)?;
    let views = RULES.iter().map(|rule| {
        let said: Vec<_> = rows.iter().filter(|row| row.key == rule.key).collect();
        let above = said.iter().find(|row| row.region_code != filter.region.as_str());
        let inherited = above.map_or_else(|| defaults[rule.key].clone(), |row| row.value.clone());
        let own = said.first().filter(|row| row.region_code == filter.region.as_str());
        let value = said.first().map_or_else(|| inherited.clone(), |row| row.value.clone());
        let from_region = said.first().map(|row| regions::full_name(&row.region_code));
        RuleView {
            key: rule.key,
            title: rule.title,
            note: rule.note,
            rule: rule.kind,
            value,
            inherited,
            own: own.is_some(),
            revision: own.map_or(0, |row| row.revision),
            from_region,
        }
    });
    Ok(Json(views.collect()))
}

/// Lays down a rule for a region and all below it.
#[utoipa::path(tag = "policies", request_body = RuleValue, params(("region" = String, Path), ("key" = String, Path), ("If-Match" = String, Header)), responses((status = 204)))]
#[put("/policies/{region}/{key}")]
pub async fn set(
    scope: Within<ManagePolicies>,
    path: Path<(String, String)>,
    if_match: IfMatch,
    Json(body): Json<RuleValue>,
    app: Data<App>,
) -> Result<HttpResponse> {
    let (region, rule) = named(&scope, path)?;
    service::set(&app, &scope.actor, &region, rule, if_match, Some(body.value)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Returns to what is inherited.
#[utoipa::path(tag = "policies", params(("region" = String, Path), ("key" = String, Path), ("If-Match" = String, Header)), responses((status = 204)))]
#[delete("/policies/{region}/{key}")]
pub async fn reset(
    scope: Within<ManagePolicies>,
    path: Path<(String, String)>,
    if_match: IfMatch,
    app: Data<App>,
) -> Result<HttpResponse> {
    let (region, rule) = named(&scope, path)?;
    service::set(&app, &scope.actor, &region, rule, if_match, None).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A region the caller rules, and a rule that exists; anything else is not there.
fn named(
    scope: &Within<ManagePolicies>,
    Path((region, key)): Path<(String, String)>,
) -> Result<(RegionCode, &'static Rule)> {
    let region: RegionCode = region.parse().map_err(|_| Error::NotFound)?;
    let rule = Rule::find(&key).ok_or(Error::NotFound)?;
    if !scope.reach.covers_region(region.as_str()) || regions::table::find(region.as_str()).is_none() {
        return Err(Error::NotFound);
    }
    Ok((region, rule))
}
