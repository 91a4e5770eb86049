//! `wx.login` and the phone-number button, as the server sees them.

use serde::Deserialize;
use serde_json::json;

use super::MiniProgram;
use crate::{Error, OpenId, Result, Secret, http::Request};

/// Who opened the mini-program.
#[derive(Clone, Debug, Deserialize)]
pub struct Session {
    pub openid: OpenId,
    /// Signs what the phone sends later. It never leaves the server.
    pub session_key: Secret,
    /// Only if the mini-program belongs to an open-platform account.
    #[serde(default)]
    pub unionid: Option<OpenId>,
}

#[derive(Clone, Debug)]
pub struct PhoneNumber {
    /// Without the area code.
    pub number: Secret,
    pub country_code: String,
}

#[derive(Deserialize)]
struct PhoneAnswer {
    phone_info: PhoneInfo,
}

#[derive(Deserialize)]
struct PhoneInfo {
    #[serde(rename = "purePhoneNumber")]
    number: Secret,
    #[serde(rename = "countryCode")]
    country_code: String,
    watermark: Watermark,
}

#[derive(Deserialize)]
struct Watermark {
    appid: String,
}

impl MiniProgram {
    /// Exchanges the code of `wx.login`, which works once and for five minutes.
    pub async fn login(&self, code: &str) -> Result<Session> {
        let code = checked(code)?;
        let query = vec![
            ("appid", self.api.app.id.as_str()),
            ("secret", self.api.app.secret.expose()),
            ("js_code", code),
            ("grant_type", "authorization_code"),
        ];
        self.api.open(&Request::get("code2Session", "/sns/jscode2session", query)).await?.json()
    }

    /// Exchanges the code of the phone-number button, which is not the login's.
    pub async fn phone_number(&self, code: &str) -> Result<PhoneNumber> {
        let call = "getPhoneNumber";
        let body = json!({ "code": checked(code)? });
        let request = Request::post(call, "/wxa/business/getuserphonenumber", &body)?;
        let PhoneAnswer { phone_info } = self.api.call(&request).await?.json()?;
        let PhoneInfo { number, country_code, watermark } = phone_info;
        if watermark.appid != self.api.app.id {
            return Err(Error::unreadable(call, "the number was given to another app"));
        }
        Ok(PhoneNumber { number, country_code })
    }
}

/// What cannot be a code is not worth a call, and gets the sentence of a wrong one.
pub(crate) fn checked(code: &str) -> Result<&str> {
    let plausible = (1..=512).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic());
    plausible.then_some(code).ok_or_else(|| Error::refused("code", 40029, "not sent: it cannot be a code"))
}
