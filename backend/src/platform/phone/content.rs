//! What somebody writes or photographs for others to see. WeChat wants to be asked about it where there is a mini-program.
//!
//! Nobody is kept from speaking by WeChat's silence: without a mini-program, for somebody who was not in it lately, and
//! while it does not answer, everything passes. Those who read it are people.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;
use wechat::{
    MiniProgram, OpenId, Secret,
    mini_program::{Scene, Suggestion},
};

use super::PhoneUser;
use crate::{
    entity::phone_identity::{self, PhoneApp},
    platform::{
        App,
        files::{
            Owner, Purpose,
            service::{read_terminal, unclaimed},
        },
        web::{Error, Result},
    },
};

/// Refuses a text that must not be shown.
pub async fn check_text(app: &App, phone: &PhoneUser, field: &'static str, text: &str) -> Result<()> {
    let Some(mini_program) = mini_program(app) else { return Ok(()) };
    let Some(identity) = phone_identity::Entity::find()
        .filter(phone_identity::Column::PhoneUserId.eq(phone.user.id))
        .filter(phone_identity::Column::App.eq(PhoneApp::MiniProgram))
        .one(app.db.reader())
        .await?
    else {
        return Ok(());
    };
    let asked = mini_program.check_text(&Secret::new(text), &OpenId::new(identity.openid), Scene::Comment).await;
    judge(field, asked.map(|risk| risk.suggestion), "这段话里有微信不允许的内容，请修改后再提交")
}

/// Refuses a picture that must not be shown. One that is not theirs is not looked at: claiming it fails.
pub async fn check_picture(app: &App, phone: &PhoneUser, field: &'static str, file_id: Uuid) -> Result<()> {
    let Some(mini_program) = mini_program(app) else { return Ok(()) };
    if unclaimed(app, Owner::Phone(phone.user.id), Purpose::Photo, &[file_id]).await?.is_none() {
        return Ok(());
    }
    // WeChat takes no more pixels than a terminal does.
    let jpeg = read_terminal(app, file_id).await?;
    judge(field, mini_program.check_image(&jpeg).await, "这张照片里有微信不允许的内容，请换一张")
}

fn mini_program(app: &App) -> Option<&MiniProgram> {
    app.wechat.as_ref().and_then(|wechat| wechat.mini_program())
}

fn judge(field: &'static str, asked: wechat::Result<Suggestion>, refusal: &'static str) -> Result<()> {
    match asked {
        Ok(Suggestion::Risky) => Err(Error::field(field, refusal)),
        Ok(Suggestion::Pass | Suggestion::Review) => Ok(()),
        Err(error) => {
            tracing::warn!(code = error.log_code(), %error, field, "WeChat could not be asked; it passes");
            Ok(())
        }
    }
}
