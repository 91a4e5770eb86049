//! Codes that make somebody follow the account, and tell us which code it was.

use serde::Deserialize;
use serde_json::{Value, json};

use super::OfficialAccount;
use crate::{Error, Result, Secret, http::Request};

/// What comes back with the scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QrScene<'a> {
    /// For a while, at most thirty days.
    Temporary { scene: &'a str, seconds: u32 },
    /// For ever; an account has a hundred thousand of these.
    Permanent { scene: &'a str },
}

#[derive(Clone, Debug, Deserialize)]
pub struct QrCode {
    /// Whoever has it can fetch the picture.
    pub ticket: Secret,
    /// What the code says, to draw it ourselves.
    pub url: String,
    /// Nothing for one without an end.
    #[serde(default)]
    pub expire_seconds: Option<u32>,
}

impl OfficialAccount {
    pub async fn qr_code(&self, scene: QrScene<'_>) -> Result<QrCode> {
        self.api.call(&Request::post("qrcode/create", "/cgi-bin/qrcode/create", &body(scene)?)?).await?.json()
    }

    /// Where the picture of a code is.
    pub fn qr_picture_url(&self, code: &QrCode) -> String {
        let ticket: String = form_urlencoded::byte_serialize(code.ticket.expose().as_bytes()).collect();
        format!("{}/cgi-bin/showqrcode?ticket={ticket}", self.api.http.hosts().mp)
    }
}

/// The inner `scene` must be there: without it WeChat makes a code that says `qrscene_0`, and no error.
fn body(scene: QrScene<'_>) -> Result<Value> {
    let (name, text) = match scene {
        QrScene::Temporary { scene, .. } => ("QR_STR_SCENE", scene),
        QrScene::Permanent { scene } => ("QR_LIMIT_STR_SCENE", scene),
    };
    if !(1..=64).contains(&text.chars().count()) {
        return Err(Error::invalid("scene_str", "must have 1 to 64 characters"));
    }
    let mut body = json!({ "action_name": name, "action_info": { "scene": { "scene_str": text } } });
    if let QrScene::Temporary { seconds, .. } = scene {
        if !(60..=2_592_000).contains(&seconds) {
            return Err(Error::invalid("expire_seconds", "must be 60 to 2592000"));
        }
        body["expire_seconds"] = json!(seconds);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

    use super::*;

    #[test]
    fn a_scene_is_always_inside_its_object() {
        let temporary = body(QrScene::Temporary { scene: "login:abc", seconds: 120 }).unwrap();
        assert_eq!(temporary["action_info"]["scene"]["scene_str"], "login:abc");
        assert_eq!(temporary["expire_seconds"], 120);
        let permanent = body(QrScene::Permanent { scene: "site" }).unwrap();
        assert!(permanent.get("expire_seconds").is_none());
        assert!(body(QrScene::Permanent { scene: "" }).is_err());
        assert!(body(QrScene::Permanent { scene: &"a".repeat(65) }).is_err());
        assert!(body(QrScene::Temporary { scene: "a", seconds: 2_592_001 }).is_err());
        assert!(body(QrScene::Temporary { scene: "a", seconds: 59 }).is_err());
    }
}
