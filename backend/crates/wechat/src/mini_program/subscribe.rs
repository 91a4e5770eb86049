//! Messages somebody has asked for: one tap, one message.

use serde::Serialize;

use super::{MiniProgram, Release};
use crate::{OpenId, Result, http::Request, message::MessageData};

#[derive(Clone, Debug)]
pub struct SubscribeMessage {
    pub to: OpenId,
    pub template_id: String,
    /// Opens when it is tapped; may have a query.
    pub page: Option<String>,
    pub release: Release,
    pub data: MessageData,
}

#[derive(Serialize)]
struct Body<'a> {
    touser: &'a OpenId,
    template_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    miniprogram_state: &'static str,
    lang: &'static str,
    data: &'a MessageData,
}

impl MiniProgram {
    pub async fn send(&self, message: &SubscribeMessage) -> Result<()> {
        let SubscribeMessage { to, template_id, page, release, data } = message;
        let miniprogram_state = match release {
            Release::Release => "formal",
            Release::Trial => "trial",
            Release::Develop => "developer",
        };
        let body = Body { touser: to, template_id, page: page.as_deref(), miniprogram_state, lang: "zh_CN", data };
        self.api.call(&Request::post("subscribe/send", "/cgi-bin/message/subscribe/send", &body)?).await?.done()
    }
}
