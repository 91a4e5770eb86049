//! The mini-program: who opened it, their phone number, codes that open it, and messages into it.

mod check;
mod code;
mod login;
mod subscribe;

use std::sync::Arc;

use crate::{App, Cache, Http, api::Api};

pub use check::{Risk, Scene, Suggestion};
pub use code::{CodeRequest, Release};
pub(crate) use login::checked;
pub use login::{PhoneNumber, Session};
pub use subscribe::SubscribeMessage;

#[derive(Clone)]
pub struct MiniProgram {
    api: Arc<Api>,
}

impl MiniProgram {
    pub fn new(http: Http, app: App, cache: Arc<dyn Cache>) -> Self {
        Self { api: Api::new(http, app, cache) }
    }

    pub fn appid(&self) -> &str {
        &self.api.app.id
    }
}
