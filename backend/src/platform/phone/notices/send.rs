//! The job that sends one notice: to the mini-program if its owner has asked for it, else to whoever follows the account.

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wechat::{
    OpenId,
    account::{Target, TemplateMessage},
    message::MessageData,
    mini_program::SubscribeMessage,
};

use super::Notice;
use crate::{
    entity::{
        phone_identity::{self, PhoneApp},
        phone_message::{self, MessageState},
    },
    platform::{
        App,
        config::TemplateConfig,
        jobs::{Job, JobContext, JobError, Outcome},
        phone::identities::identities,
        types::clock,
        web::{Error, Result},
        wechat::WeChat,
    },
};

/// Sends a row of `phone_message`, and notes on it what became of it.
#[derive(Clone, Serialize, Deserialize)]
pub struct SendNotice {
    pub message_id: Uuid,
}

impl Job for SendNotice {
    const KIND: &'static str = "phone.notice";
    /// With the wait growing to an hour: half a day. News of yesterday's punches are old then.
    const MAX_ATTEMPTS: i32 = 20;

    async fn run(self, context: JobContext) -> std::result::Result<Outcome, JobError> {
        let app = &context.app;
        let Some(message) = phone_message::Entity::find_by_id(self.message_id).one(app.db.writer()).await? else {
            return Ok(Outcome::default());
        };
        if message.state != MessageState::Waiting {
            return Ok(Outcome::default());
        }
        let sent = match send(app, &message).await? {
            Err(Unsent::ForNow(reason)) if context.attempt < Self::MAX_ATTEMPTS => {
                return Err(JobError::Retry(reason));
            }
            sent => sent,
        };
        let mut row = message.into_active_model();
        match sent {
            Ok(Sent { way, receipt }) => {
                row.state = Set(MessageState::Sent);
                row.way = Set(Some(way));
                row.receipt = Set(receipt);
                row.failure = Set(None);
                row.sent_at = Set(Some(Utc::now()));
            }
            Err(Unsent::ForNow(reason) | Unsent::ForGood(reason)) => {
                row.state = Set(MessageState::Failed);
                row.failure = Set(Some(reason));
            }
        }
        row.update(app.db.writer()).await?;
        Ok(Outcome::default())
    }
}

struct Sent {
    way: PhoneApp,
    receipt: Option<String>,
}

/// Why not, in words for whoever looks at the list.
enum Unsent {
    ForNow(String),
    ForGood(String),
}

impl From<wechat::Error> for Unsent {
    fn from(error: wechat::Error) -> Self {
        tracing::info!(code = error.log_code(), %error, "a notice was not sent");
        if error.passes() {
            Self::ForNow(error.sentence().to_owned())
        } else {
            Self::ForGood(error.sentence().to_owned())
        }
    }
}

fn for_good(reason: &str) -> Unsent {
    Unsent::ForGood(reason.to_owned())
}

async fn send(app: &App, message: &phone_message::Model) -> Result<std::result::Result<Sent, Unsent>> {
    let Some(wechat) = app.wechat.as_deref() else { return Ok(Err(for_good("平台没有接入微信"))) };
    let Some(template) = wechat.templates.get(&message.kind) else {
        return Ok(Err(for_good("平台没有为这类消息配置模板")));
    };
    let notice: Notice = serde_json::from_value(message.notice.clone()).map_err(Error::internal)?;
    let known = match message.phone_user_id {
        Some(id) => identities(app.db.reader(), id).await?,
        None => Vec::new(),
    };
    let letter = Letter { wechat, template, notice: &notice, key: message.id };
    // One tap of leave is one message: who has given none, or used it up, may still follow the account.
    let mini_program = match of(&known, PhoneApp::MiniProgram) {
        Some(identity) => letter.to_mini_program(identity).await,
        None => Err(for_good("没有使用过小程序")),
    };
    let Err(unsent) = mini_program else { return Ok(mini_program) };
    match of(&known, PhoneApp::Account).filter(|identity| identity.following) {
        Some(identity) => Ok(letter.to_follower(app, identity).await),
        None if of(&known, PhoneApp::MiniProgram).is_none() => Ok(Err(for_good("没有关注公众号，也没有使用小程序"))),
        None => Ok(Err(unsent)),
    }
}

fn of(known: &[phone_identity::Model], app: PhoneApp) -> Option<&phone_identity::Model> {
    known.iter().find(|identity| identity.app == app)
}

struct Letter<'a> {
    wechat: &'a WeChat,
    template: &'a TemplateConfig,
    notice: &'a Notice,
    key: Uuid,
}

impl Letter<'_> {
    fn data(&self) -> std::result::Result<MessageData, Unsent> {
        let words = self.notice.words(clock::china_today());
        let mut data = MessageData::new();
        for (key, filling) in &self.template.fields {
            data = data.put_short(key, words.filling(filling).unwrap_or("-"))?;
        }
        Ok(data)
    }

    async fn to_mini_program(&self, identity: &phone_identity::Model) -> std::result::Result<Sent, Unsent> {
        let Some(mini_program) = self.wechat.mini_program() else {
            return Err(for_good("平台没有接入微信小程序"));
        };
        if self.template.mini_program.is_empty() {
            return Err(for_good("平台没有为小程序配置这类消息的模板"));
        }
        let message = SubscribeMessage {
            to: OpenId::new(identity.openid.as_str()),
            template_id: self.template.mini_program.clone(),
            page: Some(self.notice.kind().page().to_owned()),
            release: self.wechat.release,
            data: self.data()?,
        };
        mini_program.send(&message).await?;
        Ok(Sent { way: PhoneApp::MiniProgram, receipt: None })
    }

    async fn to_follower(&self, app: &App, identity: &phone_identity::Model) -> std::result::Result<Sent, Unsent> {
        let Some(account) = self.wechat.account() else { return Err(for_good("平台没有接入微信公众号")) };
        if self.template.account.is_empty() {
            return Err(for_good("平台没有为公众号配置这类消息的模板"));
        }
        let base = app.config.server.public_url.trim_end_matches('/');
        let message = TemplateMessage {
            to: OpenId::new(identity.openid.as_str()),
            template_id: self.template.account.clone(),
            target: Target::Page(format!("{base}/wechat/enter?to={}", self.notice.kind().page())),
            // A repeat after a crash is the same message to WeChat.
            client_msg_id: Some(self.key.simple().to_string()),
            data: self.data()?,
        };
        let id = account.send(&message).await?;
        Ok(Sent { way: PhoneApp::Account, receipt: Some(id.to_string()) })
    }
}

/// WeChat tells afterwards whether a template message arrived.
pub async fn note_receipt(app: &App, receipt: i64, status: &str) -> Result<()> {
    if status == "success" {
        return Ok(());
    }
    let reason = if status.contains("user block") { "对方拒收公众号消息" } else { "微信没有送达" };
    let row = phone_message::ActiveModel {
        state: Set(MessageState::Failed),
        failure: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    phone_message::Entity::update_many()
        .set(row)
        .filter(phone_message::Column::Receipt.eq(receipt.to_string()))
        .exec(app.db.writer())
        .await?;
    Ok(())
}
