//! The WeChat of the demo: its servers, its pushes, and a phone to play with at `/wechat/`.

use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
};

use wechat::{Hosts, Secret};
use wechat_stand_in::{AppSettings, Callback, Settings, StandIn, Which};

use super::Known;
use crate::platform::{
    config::{Config, StandInUse, TemplateConfig, WeChatConfig},
    phone::notices::NoticeKind,
};

/// Well known, as everything of the demo.
const TOKEN: &str = "mingcedemopushtoken";
const AES_KEY: &str = "mingcedemokeymingcedemokeymingcedemokey0123";

/// Whether it plays WeChat's part here.
pub fn is_in_use(config: &Config) -> bool {
    let WeChatConfig { mini_program_id, account_id, stand_in, .. } = &config.wechat;
    let without_ids = mini_program_id.is_empty() && account_id.is_empty();
    config.demo && without_ids && *stand_in != StandInUse::Off
}

/// Where workers look for it, who do not start one of their own.
pub(super) fn usual_url(config: &Config) -> Option<String> {
    is_in_use(config).then(|| format!("http://127.0.0.1:{}", config.wechat.stand_in_port))
}

pub(super) fn known(url: &str, config: &WeChatConfig) -> Known {
    let Settings { mini_program, account, .. } = Settings::default();
    let own = |AppSettings { id, secret, name: _ }: AppSettings| Some((id, Secret::new(secret)));
    let templates = if config.templates.is_empty() { templates() } else { config.templates.clone() };
    Known {
        hosts: Hosts::all(url),
        mini_program: own(mini_program),
        account: own(account),
        token: Secret::new(TOKEN),
        aes_key: AES_KEY.to_owned(),
        templates,
        stand_in_url: Some(url.to_owned()),
    }
}

/// Starts it, for a platform that serves at `address`. A port that is taken is no reason not to start: any will do.
pub async fn start(config: &Config, address: SocketAddr) -> std::io::Result<StandIn> {
    let settings = || settings(config, address);
    let wanted = SocketAddr::from(([127, 0, 0, 1], config.wechat.stand_in_port));
    match StandIn::start_on(wanted, settings()).await {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            tracing::warn!(%wanted, "the port of the WeChat stand-in is taken (wechat.stand_in_port); it takes another");
            StandIn::start(settings()).await
        }
        started => started,
    }
}

fn settings(config: &Config, address: SocketAddr) -> Settings {
    let public = reachable(config, address);
    let callback = |app: &str| Callback {
        url: format!("{public}/wechat/push/{app}"),
        token: TOKEN.to_owned(),
        aes_key: Some(AES_KEY.to_owned()),
    };
    let callbacks =
        HashMap::from([(Which::Account, callback("account")), (Which::MiniProgram, callback("mini-program"))]);
    Settings { page_url: format!("{public}/m/#/{{page}}?{{query}}"), callbacks, ..Settings::default() }
}

/// How the phone reaches us. A platform on a free port does not know its own address beforehand.
fn reachable(config: &Config, address: SocketAddr) -> String {
    if config.server.listen.port() == 0 {
        return format!("http://{address}");
    }
    config.server.public_url.trim_end_matches('/').to_owned()
}

/// One template for each notice, in both apps.
fn templates() -> BTreeMap<String, TemplateConfig> {
    let fields = [("thing1", "project"), ("phrase2", "result"), ("thing3", "note"), ("date4", "day")];
    let fields: BTreeMap<String, String> =
        fields.iter().map(|(key, filling)| ((*key).to_owned(), (*filling).to_owned())).collect();
    NoticeKind::ALL
        .iter()
        .map(|kind| {
            let id = |app: &str| format!("demo-{app}-{}", kind.name().replace('_', "-"));
            let template = TemplateConfig { mini_program: id("mini"), account: id("account"), fields: fields.clone() };
            (kind.name().to_owned(), template)
        })
        .collect()
}
