//! What a phone is tied to: a verified number, and an account.
//!
//! Somebody who comes through both apps without a unionid is two users at first. The same account, or the same number,
//! in the other app shows that they are one, and then they become one. Within one app they are two people: an account
//! stays with the first, a number goes to whoever verified it last, for numbers change hands.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{PhoneUser, identities};
use crate::{
    entity::{account, personal_account, phone_session, phone_user},
    platform::{
        App, audit,
        types::{Masked, Mobile},
        web::{Error, Result},
    },
};

/// Notes a verified number.
pub async fn number(app: &App, who: &PhoneUser, phone: &Mobile) -> Result<phone_user::Model> {
    app.db
        .transaction(async |tx| {
            let mut user = identities::user_of(tx, who.user.id).await?;
            let others = phone_user::Entity::find()
                .filter(phone_user::Column::Phone.eq(phone.expose()))
                .filter(phone_user::Column::Id.ne(user.id))
                .all(tx)
                .await?;
            for other in others {
                user = meet_by_number(tx, user, other).await?;
            }
            let mut row = user.into_active_model();
            row.phone = Set(Some(phone.expose().to_owned()));
            let user = row.update(tx).await?;
            audit::Entry::new("phone.number")
                .subject("phone_user", user.id, Masked::phone(phone.expose()).as_str())
                .write_by(tx, &who.author())
                .await?;
            Ok(user)
        })
        .await
}

async fn meet_by_number(
    tx: &impl ConnectionTrait,
    user: phone_user::Model,
    other: phone_user::Model,
) -> Result<phone_user::Model> {
    let agree = |one: &Option<uuid::Uuid>, two: &Option<uuid::Uuid>| one.is_none() || two.is_none() || one == two;
    let no_quarrel = agree(&user.account_id, &other.account_id) && agree(&user.person_id, &other.person_id);
    // An account is more than a number proves: whoever has one in the other app says so by its password.
    if no_quarrel && other.account_id.is_none() && identities::can_be_one(tx, user.id, other.id).await? {
        return identities::merge(tx, other, user).await;
    }
    let mut row = other.into_active_model();
    row.phone = Set(None);
    row.update(tx).await?;
    Ok(user)
}

/// Binds an account whose password was right (GY1).
pub async fn account(app: &App, who: &PhoneUser, account: &account::Model) -> Result<phone_user::Model> {
    if account.must_change_password {
        return Err(Error::field("login", "该账号还在使用初始密码，请先在电脑上登录并修改密码，再来绑定"));
    }
    app.db
        .transaction(async |tx| {
            let user = identities::user_of(tx, who.user.id).await?;
            if user.account_id == Some(account.id) {
                return Ok(user);
            }
            let holder =
                phone_user::Entity::find().filter(phone_user::Column::AccountId.eq(account.id)).one(tx).await?;
            if user.account_id.is_some() {
                return Err(Error::conflict("bound", "当前微信已绑定其他账号，请先解除绑定"));
            }
            let user = match holder {
                Some(holder) if identities::can_be_one(tx, user.id, holder.id).await? => {
                    identities::merge(tx, user, holder).await?
                }
                _ => {
                    // Somebody else's, if there is a holder: the index says so, and `constraints` has the sentence.
                    let mut row = user.into_active_model();
                    row.account_id = Set(Some(account.id));
                    row.update(tx).await?
                }
            };
            audit::Entry::new("account.bind_phone")
                .subject("account", account.id, &account.login)
                .write_by(tx, &audit::Author { account_id: Some(account.id), ..who.author() })
                .await?;
            Ok(user)
        })
        .await
}

/// Takes the account off the phone again. One that its owner has because of a post stays theirs: it comes back by itself.
pub async fn release(app: &App, who: &PhoneUser) -> Result<phone_user::Model> {
    app.db
        .transaction(async |tx| {
            let user = identities::user_of(tx, who.user.id).await?;
            let Some(account_id) = user.account_id else { return Ok(user) };
            let account = account::Entity::find_by_id(account_id).one(tx).await?.ok_or(Error::NotFound)?;
            let mut row = user.into_active_model();
            row.account_id = Set(None);
            let user = row.update(tx).await?;
            audit::Entry::new("account.release_phone")
                .subject("account", account.id, &account.login)
                .write_by(tx, &who.author())
                .await?;
            Ok(user)
        })
        .await
}

/// An account that is handed to somebody else leaves the phone of whoever had it.
pub async fn forget_account(tx: &impl ConnectionTrait, account_id: uuid::Uuid) -> Result<()> {
    let holders = phone_user::Entity::find().filter(phone_user::Column::AccountId.eq(account_id)).all(tx).await?;
    for holder in holders {
        let id = holder.id;
        let mut row = holder.into_active_model();
        row.account_id = Set(None);
        row.update(tx).await?;
        phone_session::Entity::delete_many().filter(phone_session::Column::PhoneUserId.eq(id)).exec(tx).await?;
    }
    Ok(())
}

/// Whether an account has no password, but belongs to a person's post.
pub async fn is_personal(db: &impl ConnectionTrait, account_id: uuid::Uuid) -> Result<bool> {
    Ok(personal_account::Entity::find_by_id(account_id).one(db).await?.is_some())
}
