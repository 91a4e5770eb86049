//! WeChat as the platform has it: the two apps' clients, where pushes arrive, and what notices are sent by.
//!
//! Without ids there is no WeChat, and everything that needs it says so. Demo mode has one of its own (`stand_in`), which
//! is reached by the same clients over the same paths.

mod cache;
mod error;
pub mod stand_in;

use std::{collections::BTreeMap, sync::Arc};

use wechat::{
    App as WeChatApp, Cache as TokenCache, Hosts, Http, MiniProgram, OfficialAccount, Secret, Timeouts,
    mini_program::Release,
    push::{Cipher, Inbox},
};

use super::{
    App,
    cache::Cache,
    config::{Config, MiniProgramRelease, TemplateConfig, WeChatConfig},
    crypto::Keyring,
    web::{Error, Result},
};
use crate::entity::phone_identity::PhoneApp;

/// One app of the two: what it can do, and where its pushes arrive.
pub struct Connected<T> {
    pub client: T,
    /// Nothing without a token: then pushes are refused.
    pub inbox: Option<Inbox>,
}

/// Both apps, as far as there are any.
pub struct WeChat {
    pub mini_program: Option<Connected<MiniProgram>>,
    pub account: Option<Connected<OfficialAccount>>,
    pub release: Release,
    pub templates: BTreeMap<String, TemplateConfig>,
    /// Where the one that plays WeChat's part can be looked at.
    pub stand_in_url: Option<String>,
    pub cache: Arc<dyn TokenCache>,
}

/// What is needed to reach WeChat, or whoever plays its part.
struct Known {
    hosts: Hosts,
    mini_program: Option<(String, Secret)>,
    account: Option<(String, Secret)>,
    token: Secret,
    aes_key: String,
    templates: BTreeMap<String, TemplateConfig>,
    stand_in_url: Option<String>,
}

impl WeChat {
    /// The real one, or in demo mode the stand-in at its usual place; nothing where neither is configured.
    pub fn connect(config: &Config, cache: &Cache, keys: &Keyring) -> std::result::Result<Option<Arc<Self>>, String> {
        if let Some(url) = stand_in::usual_url(config) {
            return Self::new(stand_in::known(&url, &config.wechat), &config.wechat, cache, keys).map(Some);
        }
        let own = |id: &str, secret: &super::config::Secret| {
            (!id.is_empty()).then(|| (id.to_owned(), Secret::new(secret.expose())))
        };
        let wechat = &config.wechat;
        let known = Known {
            hosts: Hosts {
                api: wechat.api_url.trim_end_matches('/').to_owned(),
                open: wechat.open_url.trim_end_matches('/').to_owned(),
                mp: wechat.mp_url.trim_end_matches('/').to_owned(),
            },
            mini_program: own(&wechat.mini_program_id, &wechat.mini_program_secret),
            account: own(&wechat.account_id, &wechat.account_secret),
            token: Secret::new(wechat.token.expose()),
            aes_key: wechat.aes_key.expose().to_owned(),
            templates: wechat.templates.clone(),
            stand_in_url: None,
        };
        if known.mini_program.is_none() && known.account.is_none() {
            return Ok(None);
        }
        Self::new(known, wechat, cache, keys).map(Some)
    }

    /// The one that plays WeChat's part, where it really is.
    pub fn at_stand_in(app: &App, url: &str) -> std::result::Result<Arc<Self>, String> {
        Self::new(stand_in::known(url, &app.config.wechat), &app.config.wechat, &app.cache, &app.keys)
    }

    fn new(
        known: Known,
        config: &WeChatConfig,
        cache: &Cache,
        keys: &Keyring,
    ) -> std::result::Result<Arc<Self>, String> {
        let Known { hosts, mini_program, account, token, aes_key, templates, stand_in_url } = known;
        let http = Http::new(hosts, Timeouts::default()).map_err(|error| error.to_string())?;
        let tokens: Arc<dyn TokenCache> = Arc::new(cache::Tokens::new(cache.clone(), keys.clone()));
        let inbox = |id: &str| -> std::result::Result<Option<Inbox>, String> {
            if token.expose().is_empty() {
                return Ok(None);
            }
            if aes_key.is_empty() {
                return Ok(Some(Inbox::plain(token.clone())));
            }
            let cipher = Cipher::new(&aes_key, id).map_err(|_| "`wechat.aes_key` is no EncodingAESKey".to_owned())?;
            Ok(Some(Inbox::sealed(token.clone(), cipher)))
        };
        let mini_program = match mini_program {
            Some((id, secret)) => {
                let inbox = inbox(&id)?;
                let client = MiniProgram::new(http.clone(), WeChatApp { id, secret }, tokens.clone());
                Some(Connected { client, inbox })
            }
            None => None,
        };
        let account = match account {
            Some((id, secret)) => {
                let inbox = inbox(&id)?;
                let client = OfficialAccount::new(http, WeChatApp { id, secret }, tokens.clone());
                Some(Connected { client, inbox })
            }
            None => None,
        };
        let release = match config.release {
            MiniProgramRelease::Release => Release::Release,
            MiniProgramRelease::Trial => Release::Trial,
            MiniProgramRelease::Develop => Release::Develop,
        };
        Ok(Arc::new(Self { mini_program, account, release, templates, stand_in_url, cache: tokens }))
    }

    pub fn mini_program(&self) -> Option<&MiniProgram> {
        self.mini_program.as_ref().map(|app| &app.client)
    }

    pub fn account(&self) -> Option<&OfficialAccount> {
        self.account.as_ref().map(|app| &app.client)
    }

    pub fn inbox(&self, app: PhoneApp) -> Option<&Inbox> {
        match app {
            PhoneApp::MiniProgram => self.mini_program.as_ref()?.inbox.as_ref(),
            PhoneApp::Account => self.account.as_ref()?.inbox.as_ref(),
        }
    }
}

fn not_here(what: &'static str) -> Error {
    Error::NotNow("no_wechat", None, what.into())
}

impl App {
    /// The mini-program, or a sentence that there is none.
    pub fn mini_program(&self) -> Result<&MiniProgram> {
        let found = self.wechat.as_ref().and_then(|wechat| wechat.mini_program());
        found.ok_or_else(|| not_here("平台没有接入微信小程序"))
    }

    /// The official account, or a sentence that there is none.
    pub fn official_account(&self) -> Result<&OfficialAccount> {
        let found = self.wechat.as_ref().and_then(|wechat| wechat.account());
        found.ok_or_else(|| not_here("平台没有接入微信公众号"))
    }
}
