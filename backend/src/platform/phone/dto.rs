//! What a phone says and hears.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{identities, notices::NoticeKind};
use crate::{
    entity::{
        Reach,
        account::{self, AccountKind},
        person,
        phone_identity::PhoneApp,
        phone_user, project,
    },
    platform::{
        App,
        auth::caller::grants_of,
        types::{Masked, Mobile, Text},
        web::Result,
    },
};

const PROJECTS_AT_HAND: u64 = 50;

/// What a phone must know before anybody is logged in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneSettings {
    pub name: &'static str,
    pub demo: bool,
    pub public_url: String,
    pub wechat: PhoneWeChat,
    /// Whether a code can be sent to a number.
    pub sms: bool,
    /// Whether pictures are looked at.
    pub vision: bool,
    /// What the phone asks its owner's leave for.
    pub templates: Vec<PhoneTemplate>,
    pub upload_limit: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneWeChat {
    pub mini_program_id: Option<String>,
    pub account_id: Option<String>,
    /// In demo mode: where the one that plays WeChat's part is. Its `/wechat/bridge.js` is for pages inside its phone.
    pub stand_in_url: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneTemplate {
    pub notice: NoticeKind,
    pub template_id: String,
}

/// Either the code of `wx.login` with its app, or the ticket of a web login.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPhoneSession {
    pub code: Option<Text<1, 512>>,
    /// Only `mini_program`: the official account comes with a ticket.
    pub app: Option<PhoneApp>,
    pub ticket: Option<Text<1, 64>>,
}

/// The token is in this answer and nowhere else.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedPhoneSession {
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberByButton {
    /// What the button gave, which is not the login's code.
    pub code: Text<1, 512>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeWanted {
    pub phone: Mobile,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberByCode {
    pub phone: Mobile,
    pub code: Text<1, 12>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BindAccount {
    pub login: Text<1, 64>,
    pub password: String,
}

/// Who holds the phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneSessionView {
    pub user: PhoneUserView,
    /// Of the account; the first fifty.
    pub projects: Vec<PhoneProject>,
    /// The official account.
    pub following: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneUserView {
    pub id: Uuid,
    /// Verified, and masked.
    #[schema(value_type = Option<String>)]
    pub phone: Option<Masked>,
    pub person: Option<PhonePerson>,
    pub account: Option<PhoneAccount>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PhonePerson {
    pub id: Uuid,
    pub name: String,
    /// Masked.
    pub id_number: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneAccount {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub kind: AccountKind,
    pub must_change_password: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneProject {
    pub id: Uuid,
    pub name: String,
}

pub async fn view(app: &App, user: phone_user::Model) -> Result<PhoneSessionView> {
    let db = app.db.reader();
    let identities = identities::identities(db, user.id).await?;
    let following = identities.iter().any(|identity| identity.app == PhoneApp::Account && identity.following);
    let projects = match user.account_id {
        Some(id) => projects_of(app, id).await?,
        None => Vec::new(),
    };
    Ok(PhoneSessionView { user: user_view(db, user).await?, projects, following })
}

async fn user_view(db: &impl ConnectionTrait, user: phone_user::Model) -> Result<PhoneUserView> {
    let person = match user.person_id {
        Some(id) => person::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let account = match user.account_id {
        Some(id) => account::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    Ok(PhoneUserView {
        id: user.id,
        phone: user.phone.as_deref().map(Masked::phone),
        person: person.map(|row| PhonePerson { id: row.id, name: row.name, id_number: row.id_number_mask }),
        account: account.map(|row| PhoneAccount {
            id: row.id,
            login: row.login,
            name: row.name,
            kind: row.kind,
            must_change_password: row.must_change_password,
        }),
    })
}

async fn projects_of(app: &App, account_id: Uuid) -> Result<Vec<PhoneProject>> {
    let reach = Reach(grants_of(app, account_id).await?.into_iter().map(|grant| grant.scope).collect());
    let rows = project::Entity::find_in(&reach)
        .order_by_desc(project::Column::CreatedAt)
        .limit(PROJECTS_AT_HAND)
        .all(app.db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| PhoneProject { id: row.id, name: row.name }).collect())
}
