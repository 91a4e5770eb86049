//! WeChat's settings, and those of text messages.

use super::{between, is_web, require};
use crate::platform::{
    config::{ConfigError, Secret, SmsConfig, StandInUse, TemplateConfig, WeChatConfig},
    phone::notices::{FILLINGS, NoticeKind},
};

pub(super) fn check_wechat(wechat: &WeChatConfig, demo: bool) -> Result<(), ConfigError> {
    let WeChatConfig {
        api_url,
        open_url,
        mp_url,
        mini_program_id,
        mini_program_secret,
        account_id,
        account_secret,
        token,
        aes_key,
        release: _,
        stand_in,
        stand_in_port: _,
        templates,
    } = wechat;
    require("wechat.api_url", "must start with http:// or https://", is_web(api_url))?;
    require("wechat.open_url", "must start with http:// or https://", is_web(open_url))?;
    require("wechat.mp_url", "must start with http:// or https://", is_web(mp_url))?;
    let together = |id: &str, secret: &Secret| id.is_empty() == secret.expose().is_empty();
    require(
        "wechat.mini_program_secret",
        "and wechat.mini_program_id go together",
        together(mini_program_id, mini_program_secret),
    )?;
    require("wechat.account_secret", "and wechat.account_id go together", together(account_id, account_secret))?;
    let has_ids = !mini_program_id.is_empty() || !account_id.is_empty();
    require("wechat.token", "is needed with wechat.account_id", account_id.is_empty() || !token.expose().is_empty())?;
    let key = aes_key.expose();
    let fits = key.is_empty() || key.len() == 43 && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    require("wechat.aes_key", "must have 43 letters and digits", fits)?;
    require("wechat.stand_in", "is for demo mode only: anybody could be anybody", demo || *stand_in != StandInUse::On)?;
    require("wechat.stand_in", "and ids of a real WeChat exclude each other", *stand_in != StandInUse::On || !has_ids)?;
    templates.iter().try_for_each(|(name, template)| check_template(name, template))
}

fn check_template(name: &str, template: &TemplateConfig) -> Result<(), ConfigError> {
    let known = NoticeKind::ALL.iter().any(|kind| kind.name() == name);
    require("wechat.templates", &format!("has no notice {name:?}"), known)?;
    for filling in template.fields.values() {
        let known = FILLINGS.contains(&filling.as_str());
        require(
            "wechat.templates",
            &format!("{name} is filled with {filling:?}, not one of {}", FILLINGS.join(", ")),
            known,
        )?;
    }
    Ok(())
}

pub(super) fn check_sms(sms: &SmsConfig) -> Result<(), ConfigError> {
    let SmsConfig { url, token: _, timeout_seconds } = sms;
    require("sms.url", "must start with http:// or https://", url.is_empty() || is_web(url))?;
    between("sms.timeout_seconds", *timeout_seconds, 1..=60)
}
