//! The search of a Nominatim (https://nominatim.org/release-docs/latest/api/Search/), or of anything that speaks like it.

use std::{sync::LazyLock, time::Duration};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::{
    tls,
    web::{Error, Result},
};

const PATIENCE: Duration = Duration::from_secs(5);
const MOST: usize = 5;
const LARGEST_ANSWER: usize = 256 * 1024;

/// A place an address may mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    pub name: String,
    pub longitude: f64,
    pub latitude: f64,
}

#[derive(Deserialize)]
struct Found {
    lat: String,
    lon: String,
    display_name: String,
}

static HTTP: LazyLock<Result<reqwest::Client, reqwest::Error>> = LazyLock::new(|| {
    tls::use_ring();
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .connect_timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        // Nominatim's rules ask for a name.
        .user_agent(concat!("mingce/", env!("CARGO_PKG_VERSION")))
        .build()
});

pub async fn search(base: &str, text: &str) -> Result<Vec<Place>> {
    let away = |reason: String| Error::Unavailable(format!("geocoder: {reason}"));
    let http = HTTP.as_ref().map_err(|error| away(error.to_string()))?;
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("q", text)
        .append_pair("format", "jsonv2")
        .append_pair("limit", &MOST.to_string())
        .append_pair("countrycodes", "cn")
        .append_pair("accept-language", "zh-CN")
        .finish();
    let url = format!("{}/search?{query}", base.trim_end_matches('/'));
    let answer = http.get(url).send().await.and_then(reqwest::Response::error_for_status);
    // Without its address: it would repeat what somebody searched for.
    let mut answer = answer.map_err(|error| away(error.without_url().to_string()))?;
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| away(error.without_url().to_string()))? {
        if body.len() + piece.len() > LARGEST_ANSWER {
            return Err(away("its answer is too large".to_owned()));
        }
        body.extend_from_slice(&piece);
    }
    let found: Vec<Found> = serde_json::from_slice(&body).map_err(|error| away(error.to_string()))?;
    Ok(found.into_iter().filter_map(place).take(MOST).collect())
}

fn place(found: Found) -> Option<Place> {
    let Found { lat, lon, display_name } = found;
    let (latitude, longitude) = (lat.parse::<f64>().ok()?, lon.parse::<f64>().ok()?);
    let plausible = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    plausible.then_some(Place { name: display_name, longitude, latitude })
}
