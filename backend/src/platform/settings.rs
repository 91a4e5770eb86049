//! What the console must know of the configuration, and nothing more.

use actix_web::{get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{config::GeocoderKind, web::Json};
use crate::{entity::phone_identity::PhoneApp, platform::App};

#[derive(Debug, Serialize, ToSchema)]
pub struct Settings {
    pub demo: bool,
    pub version: &'static str,
    pub public_url: String,
    pub map: MapSettings,
    pub upload_limit: usize,
    pub wechat: WeChatSettings,
    /// Whether people may log in by a certificate of their own.
    pub certificate_login: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MapSettings {
    /// Empty: the map works without a background.
    pub tile_url: String,
    pub attribution: String,
    /// Whether addresses can be searched for.
    pub geocoder: bool,
}

/// What there is of WeChat; all empty without it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WeChatSettings {
    /// The ways to log in by scanning.
    pub login_ways: Vec<PhoneApp>,
    /// In demo mode: where the one that plays WeChat's part is looked at.
    pub stand_in_url: Option<String>,
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
        wechat: wechat(&app),
        certificate_login: !config.auth.client_ca.as_os_str().is_empty(),
    })
}

/// Without a mini-program its page opens in WeChat's browser all the same, for which the account logs people in.
fn wechat(app: &App) -> WeChatSettings {
    let Some(wechat) = app.wechat.as_deref() else {
        return WeChatSettings { login_ways: Vec::new(), stand_in_url: None };
    };
    let mut login_ways = vec![PhoneApp::MiniProgram];
    if wechat.account().is_some() {
        login_ways.push(PhoneApp::Account);
    }
    WeChatSettings { login_ways, stand_in_url: wechat.stand_in_url.as_ref().map(|url| format!("{url}/wechat/")) }
}
