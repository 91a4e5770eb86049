//! From what WeChat says to a row of ours: one user per person, an identity per app.
//!
//! The two apps know the same person by different openids. They meet by the unionid, where WeChat gives one; else when the
//! same account, or the same verified number, is bound in both: see `bind`.

use chrono::Utc;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{
        login_ticket,
        phone_identity::{self, PhoneApp},
        phone_message, phone_session, phone_user, registration, stored_file,
    },
    platform::{
        App,
        web::{Error, Result},
    },
};

/// Who somebody is, as one of the apps says.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub app: PhoneApp,
    pub openid: &'a str,
    pub unionid: Option<&'a str>,
}

/// The identity and its user, made at the first sight.
pub async fn meet(app: &App, seen: Seen<'_>) -> Result<(phone_identity::Model, phone_user::Model)> {
    app.db.transaction(async |tx| meet_in(tx, seen).await).await
}

pub async fn meet_in(tx: &impl ConnectionTrait, seen: Seen<'_>) -> Result<(phone_identity::Model, phone_user::Model)> {
    let Some(identity) = known(tx, seen).await? else { return first_sight(tx, seen).await };
    let user = user_of(tx, identity.phone_user_id).await?;
    let Some(unionid) = seen.unionid.filter(|unionid| user.unionid.as_deref() != Some(unionid)) else {
        return Ok((identity, user));
    };
    // WeChat tells the unionid only since the apps belong together: now the two of them meet.
    match by_unionid(tx, unionid).await? {
        Some(other) => {
            let user = merge(tx, user, other).await?;
            let identity = known(tx, seen).await?.ok_or(Error::NotFound)?;
            Ok((identity, user))
        }
        None => {
            let mut row = user.into_active_model();
            row.unionid = Set(Some(unionid.to_owned()));
            Ok((identity, row.update(tx).await?))
        }
    }
}

async fn known(tx: &impl ConnectionTrait, seen: Seen<'_>) -> Result<Option<phone_identity::Model>> {
    Ok(phone_identity::Entity::find()
        .filter(phone_identity::Column::App.eq(seen.app))
        .filter(phone_identity::Column::Openid.eq(seen.openid))
        .one(tx)
        .await?)
}

async fn by_unionid(tx: &impl ConnectionTrait, unionid: &str) -> Result<Option<phone_user::Model>> {
    Ok(phone_user::Entity::find().filter(phone_user::Column::Unionid.eq(unionid)).one(tx).await?)
}

pub(super) async fn user_of(tx: &impl ConnectionTrait, id: Uuid) -> Result<phone_user::Model> {
    phone_user::Entity::find_by_id(id).one(tx).await?.ok_or(Error::NotFound)
}

/// Two pushes and a page may see somebody for the first time at once: whoever inserts second takes what is there.
async fn first_sight(tx: &impl ConnectionTrait, seen: Seen<'_>) -> Result<(phone_identity::Model, phone_user::Model)> {
    let user_id = match seen.unionid {
        Some(unionid) => match by_unionid(tx, unionid).await? {
            Some(user) => user.id,
            None => new_user(tx, Some(unionid)).await?,
        },
        None => new_user(tx, None).await?,
    };
    let row = phone_identity::ActiveModel {
        id: Set(Uuid::now_v7()),
        app: Set(seen.app),
        openid: Set(seen.openid.to_owned()),
        phone_user_id: Set(user_id),
        following: Set(false),
        created_at: Set(Utc::now()),
    };
    let unless_there =
        OnConflict::columns([phone_identity::Column::App, phone_identity::Column::Openid]).do_nothing().to_owned();
    phone_identity::Entity::insert(row).on_conflict(unless_there).exec_without_returning(tx).await?;
    let identity = known(tx, seen).await?.ok_or(Error::NotFound)?;
    if identity.phone_user_id != user_id && seen.unionid.is_none() {
        phone_user::Entity::delete_by_id(user_id).exec(tx).await?;
    }
    let user = user_of(tx, identity.phone_user_id).await?;
    Ok((identity, user))
}

async fn new_user(tx: &impl ConnectionTrait, unionid: Option<&str>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = phone_user::ActiveModel {
        id: Set(id),
        unionid: Set(unionid.map(str::to_owned)),
        account_id: Set(None),
        person_id: Set(None),
        phone: Set(None),
        created_at: Set(Utc::now()),
    };
    let Some(unionid) = unionid else {
        row.insert(tx).await?;
        return Ok(id);
    };
    // The index holds only where there is a unionid, and the conflict has to say so too.
    let unless_there = OnConflict::column(phone_user::Column::Unionid)
        .target_and_where(sea_orm::ExprTrait::is_not_null(sea_orm::sea_query::Expr::col(phone_user::Column::Unionid)))
        .do_nothing()
        .to_owned();
    phone_user::Entity::insert(row).on_conflict(unless_there).exec_without_returning(tx).await?;
    by_unionid(tx, unionid).await?.map(|user| user.id).ok_or(Error::NotFound)
}

/// The apps by which somebody is known.
pub async fn identities(tx: &impl ConnectionTrait, user_id: Uuid) -> Result<Vec<phone_identity::Model>> {
    Ok(phone_identity::Entity::find().filter(phone_identity::Column::PhoneUserId.eq(user_id)).all(tx).await?)
}

/// Whether two users can be the same person: nobody has two openids in one app.
pub(super) async fn can_be_one(tx: &impl ConnectionTrait, one: Uuid, other: Uuid) -> Result<bool> {
    let (one, other) = (identities(tx, one).await?, identities(tx, other).await?);
    Ok(!one.iter().any(|mine| other.iter().any(|theirs| theirs.app == mine.app)))
}

/// Makes two users one: everything of `from` is `into`'s from now on. What `into` knows already stays.
pub async fn merge(
    tx: &impl ConnectionTrait,
    from: phone_user::Model,
    into: phone_user::Model,
) -> Result<phone_user::Model> {
    use sea_orm::sea_query::Expr;
    let (old, new) = (from.id, into.id);
    macro_rules! hand_over {
        ($($table:ident),+) => {$(
            $table::Entity::update_many()
                .col_expr($table::Column::PhoneUserId, Expr::value(new))
                .filter($table::Column::PhoneUserId.eq(old))
                .exec(tx)
                .await?;
        )+};
    }
    hand_over!(phone_identity, phone_session, phone_message, login_ticket, stored_file);
    // Somebody who began on the same project with both goes on with what the one that stays has.
    let theirs = registration::Entity::find()
        .select_only()
        .column(registration::Column::ProjectId)
        .filter(registration::Column::PhoneUserId.eq(new))
        .into_query();
    registration::Entity::update_many()
        .col_expr(registration::Column::PhoneUserId, Expr::value(new))
        .filter(registration::Column::PhoneUserId.eq(old))
        .filter(registration::Column::ProjectId.not_in_subquery(theirs))
        .exec(tx)
        .await?;
    let (account_id, person_id, phone) = (from.account_id, from.person_id, from.phone.clone());
    let unionid = from.unionid.clone();
    let mut emptied = from.into_active_model();
    emptied.account_id = Set(None);
    emptied.person_id = Set(None);
    emptied.phone = Set(None);
    emptied.unionid = Set(None);
    emptied.update(tx).await?;
    let filled = phone_user::ActiveModel {
        id: Set(new),
        account_id: Set(into.account_id.or(account_id)),
        person_id: Set(into.person_id.or(person_id)),
        phone: Set(into.phone.or(phone)),
        unionid: Set(into.unionid.or(unionid)),
        ..Default::default()
    };
    Ok(filled.update(tx).await?)
}

/// Whether somebody follows the official account.
pub async fn note_following(app: &App, identity: &phone_identity::Model, following: bool) -> Result<()> {
    if identity.following != following {
        let row = phone_identity::ActiveModel { id: Set(identity.id), following: Set(following), ..Default::default() };
        row.update(app.db.writer()).await?;
    }
    Ok(())
}
