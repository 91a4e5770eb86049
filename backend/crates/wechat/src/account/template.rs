//! Messages to those who follow the account.

use serde::{Deserialize, Serialize};

use super::OfficialAccount;
use crate::{OpenId, Result, http::Request, message::MessageData};

#[derive(Clone, Debug)]
pub struct TemplateMessage {
    pub to: OpenId,
    pub template_id: String,
    pub target: Target,
    /// Our own id: WeChat sends a message with the same one only once in ten minutes.
    pub client_msg_id: Option<String>,
    pub data: MessageData,
}

/// What a tap opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Nothing,
    Page(String),
    MiniProgram {
        appid: String,
        path: String,
        /// For phones that are too old for mini-programs.
        page: Option<String>,
    },
}

#[derive(Serialize)]
struct Body<'a> {
    touser: &'a OpenId,
    template_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    miniprogram: Option<MiniProgramPage<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_msg_id: Option<&'a str>,
    data: &'a MessageData,
}

#[derive(Serialize)]
struct MiniProgramPage<'a> {
    appid: &'a str,
    pagepath: &'a str,
}

#[derive(Deserialize)]
struct Sent {
    msgid: i64,
}

impl OfficialAccount {
    /// Gives back WeChat's id of the message. Whether it arrived comes as an event with the same id.
    pub async fn send(&self, message: &TemplateMessage) -> Result<i64> {
        let TemplateMessage { to, template_id, target, client_msg_id, data } = message;
        let (url, miniprogram) = match target {
            Target::Nothing => (None, None),
            Target::Page(url) => (Some(url.as_str()), None),
            Target::MiniProgram { appid, path, page } => {
                (page.as_deref(), Some(MiniProgramPage { appid, pagepath: path }))
            }
        };
        let client_msg_id = client_msg_id.as_deref();
        let body = Body { touser: to, template_id, url, miniprogram, client_msg_id, data };
        let request = Request::post("template/send", "/cgi-bin/message/template/send", &body)?;
        let Sent { msgid } = self.api.call(&request).await?.json()?;
        Ok(msgid)
    }
}
