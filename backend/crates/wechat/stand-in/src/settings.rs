//! What an administrator would have typed into WeChat's settings pages.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// One of the two apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    MiniProgram,
    Account,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub mini_program: AppSettings,
    pub account: AppSettings,
    /// Pages of the published mini-program. None: every page is.
    pub published: Vec<String>,
    /// Ids of templates. None: every id is one.
    pub templates: Vec<String>,
    /// Hosts that a login may return to. None: every host.
    pub redirect_hosts: Vec<String>,
    /// Where the pages of the mini-program's H5 build are; `{page}` and `{query}` are filled in.
    pub page_url: String,
    /// Where pushes go.
    pub callbacks: HashMap<Which, Callback>,
    /// How long a push may take, and how long until the next try.
    pub push_milliseconds: u64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppSettings {
    pub id: String,
    pub secret: String,
    pub name: String,
}

/// Where an app's pushes go; sealed if there is a key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    pub url: String,
    pub token: String,
    #[serde(default)]
    pub aes_key: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        let app = |id: &str, secret: &str, name: &str| AppSettings {
            id: id.to_owned(),
            secret: secret.to_owned(),
            name: name.to_owned(),
        };
        Self {
            mini_program: app("wx00000000000000a1", "stand-in-mini-program-secret", "名册"),
            account: app("wx00000000000000b2", "stand-in-account-secret", "名册实名制"),
            published: Vec::new(),
            templates: Vec::new(),
            redirect_hosts: Vec::new(),
            page_url: "http://127.0.0.1:8080/m/#/{page}?{query}".to_owned(),
            callbacks: HashMap::new(),
            push_milliseconds: 5000,
        }
    }
}

impl Settings {
    pub(crate) fn app(&self, which: Which) -> &AppSettings {
        match which {
            Which::MiniProgram => &self.mini_program,
            Which::Account => &self.account,
        }
    }

    pub(crate) fn which(&self, appid: &str) -> Option<Which> {
        [Which::MiniProgram, Which::Account].into_iter().find(|which| self.app(*which).id == appid)
    }
}
