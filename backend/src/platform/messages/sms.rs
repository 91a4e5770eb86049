//! Text messages, by a gateway that takes JSON over HTTP.

use std::{sync::Arc, time::Duration};

use serde::Serialize;

use super::sms_stand_in::SmsStandIn;
use crate::platform::{
    config::{Config, Secret, SmsConfig},
    web::{Error, Result},
};

/// A handle to be cloned freely.
#[derive(Clone)]
pub struct Sms(Option<Arc<Gateway>>);

struct Gateway {
    http: reqwest::Client,
    url: String,
    token: Secret,
    /// Demo mode without a gateway keeps its messages in this process.
    kept: Option<SmsStandIn>,
}

/// What the gateway gets: the sentence, and the code alone for gateways that have the sentence themselves.
#[derive(Serialize)]
struct Body<'a> {
    phone: &'a str,
    text: &'a str,
    code: &'a str,
}

impl Sms {
    pub async fn connect(config: &Config) -> std::io::Result<Self> {
        let SmsConfig { url, token, timeout_seconds } = &config.sms;
        let kept = if url.is_empty() && config.demo { Some(SmsStandIn::start().await?) } else { None };
        let url = kept.as_ref().map_or_else(|| url.clone(), |kept| format!("http://{}/", kept.address()));
        if url.is_empty() {
            return Ok(Self(None));
        }
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(*timeout_seconds))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(std::io::Error::other)?;
        Ok(Self(Some(Arc::new(Gateway { http, url, token: token.clone(), kept }))))
    }

    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// What the demo's own gateway has kept.
    pub fn kept(&self) -> Option<&SmsStandIn> {
        self.0.as_ref()?.kept.as_ref()
    }

    /// Somebody waits for it with the phone in hand, so it is sent at once and not by a job.
    pub async fn send_code(&self, phone: &str, code: &str) -> Result<()> {
        let none = || Error::NotNow("no_sms", None, "平台没有开通短信，请使用微信获取手机号".into());
        let gateway = self.0.as_ref().ok_or_else(none)?;
        let text = format!("【名册】验证码 {code}，5 分钟内有效。请勿告诉他人。");
        let sent = gateway
            .http
            .post(&gateway.url)
            .bearer_auth(gateway.token.expose())
            .json(&Body { phone, text: &text, code })
            .send()
            .await;
        // Neither the number nor the code may stand in a log, and errors repeat neither.
        let refusal = match sent {
            Ok(answer) if answer.status().is_success() => return Ok(()),
            Ok(answer) => format!("status {}", answer.status()),
            Err(error) => error.without_url().to_string(),
        };
        tracing::warn!(refusal, "the gateway for text messages did not take one");
        Err(Error::NotNow("sms", Some(30), "短信暂时发不出去，请稍后再试".into()))
    }
}
