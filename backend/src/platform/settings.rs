//! What the console must know of the configuration, and nothing more.

use actix_web::{get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{config::GeocoderKind, web::Json};
use crate::platform::App;

#[derive(Debug, Serialize, ToSchema)]
pub struct Settings {
    pub demo: bool,
    pub version: &'static str,
    pub public_url: String,
    pub map: MapSettings,
    pub upload_limit: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MapSettings {
    /// Empty: the map works without a background.
    pub tile_url: String,
    pub attribution: String,
    /// Whether addresses can be searched for.
    pub geocoder: bool,
}

pub fn configure(routes: &mut ServiceConfig) {
    routes.service(show);
}

/// Settings of this installation.
#[utoipa::path(tag = "settings", responses((status = 200, body = Settings)), security(()))]
#[get("/settings")]
pub async fn show(app: Data<App>) -> Json<Settings> {
    let config = &app.config;
    Json(Settings {
        demo: config.demo,
        version: env!("CARGO_PKG_VERSION"),
        public_url: config.server.public_url.clone(),
        map: MapSettings {
            tile_url: config.map.tile_url.clone(),
            attribution: config.map.attribution.clone(),
            geocoder: config.map.geocoder != GeocoderKind::None,
        },
        upload_limit: config.server.upload_limit,
    })
}
