use std::time::Duration;

use actix_web::{get, web::Data};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::nominatim::{self, Place};
use crate::platform::{
    App,
    config::GeocoderKind,
    types::Text,
    web::{Client, Error, Json, Query, Result, limit},
};

const SEARCHES_A_MINUTE: u64 = 20;
const DAY: Duration = Duration::from_secs(24 * 3600);

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(search);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Address {
    #[param(value_type = String, min_length = 2, max_length = 100)]
    q: Text<2, 100>,
}

/// The places an address may mean. Also for 【项目申报】, before anybody is logged in.
#[utoipa::path(tag = "map", params(Address), responses((status = 200, body = Vec<Place>)), security(()))]
#[get("/geocode")]
pub async fn search(client: Client, address: Query<Address>, app: Data<App>) -> Result<Json<Vec<Place>>> {
    if app.config.map.geocoder == GeocoderKind::None {
        return Err(Error::conflict("no_geocoder", "本平台没有配置地址搜索，请在地图上拖动标记或直接填写经纬度"));
    }
    let text = address.0.q.as_str();
    let key = format!("geocode:{:x?}", Sha256::digest(text).as_slice());
    // A cache that is away costs a call to the geocoder, no more.
    if let Ok(Some(kept)) = app.cache.get(&key).await
        && let Ok(places) = serde_json::from_str(&kept)
    {
        return Ok(Json(places));
    }
    limit(
        &app.cache,
        &format!("geocode:{}", client.ip),
        SEARCHES_A_MINUTE,
        Duration::from_secs(60),
        "搜索过于频繁，请一分钟后再试",
    )
    .await?;
    let places = nominatim::search(&app.config.map.geocoder_url, text).await?;
    if let Ok(text) = serde_json::to_string(&places)
        && let Err(error) = app.cache.set(&key, &text, DAY).await
    {
        tracing::warn!(%error, "an answer of the geocoder was not kept");
    }
    Ok(Json(places))
}
