//! The official account: web logins, codes that make people follow it, messages, the menu, and its pages' JavaScript.

mod jsapi;
mod login;
mod menu;
mod qr;
mod template;

use std::sync::Arc;

use crate::{App, Cache, Http, api::Api};

pub use jsapi::{PageConfig, sign_page};
pub use login::{Scope, UserInfo, WebLogin};
pub use menu::{Button, Entry, Menu};
pub use qr::{QrCode, QrScene};
pub use template::{Target, TemplateMessage};

#[derive(Clone)]
pub struct OfficialAccount {
    api: Arc<Api>,
}

impl OfficialAccount {
    pub fn new(http: Http, app: App, cache: Arc<dyn Cache>) -> Self {
        Self { api: Api::new(http, app, cache) }
    }

    pub fn appid(&self) -> &str {
        &self.api.app.id
    }
}
