//! Who may log in because of a post (QH2): a project manager of the general contractor, a chief supervisor of the
//! supervision, and whoever fills a post that the region demands. Their account has no password, and a role on exactly the
//! sites where they have the post.

use std::collections::BTreeSet;

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{
        Scope,
        account::{self, AccountKind},
        person, personal_account, project,
        role_grant::{self, Role, ScopeKind},
        roster_entry, unit,
    },
    platform::{
        App, audit,
        auth::accounts::grant,
        web::{Error, Result},
    },
    registry::{dictionaries::unit_for_post, policies},
};

/// 项目经理, 总监理工程师.
const ALWAYS: [&str; 2] = ["1009", "1001"];
/// No hash of any password.
const NO_PASSWORD: &str = "!";
const ACTOR: &str = "平台（按任职岗位）";

/// The sites where somebody has such a post today.
pub async fn sites_of(app: &App, person_id: Uuid) -> Result<Vec<project::Model>> {
    let db = app.db.reader();
    let entries = roster_entry::Entity::find()
        .filter(roster_entry::Column::PersonId.eq(person_id))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .filter(roster_entry::Column::Post.is_not_null())
        .find_also_related(unit::Entity)
        .all(db)
        .await?;
    let mut sites: Vec<project::Model> = Vec::new();
    for (entry, unit) in entries {
        let (Some(post), Some(unit)) = (entry.post, unit) else { continue };
        if unit_for_post(&post).code() != unit.kind || sites.iter().any(|site| site.id == entry.project_id) {
            continue;
        }
        let Some(site) = project::Entity::find_by_id(entry.project_id).one(db).await? else { continue };
        let demanded = || async {
            let policy = policies::for_region(app, &site.region_code).await?;
            Ok::<_, Error>(policy.required_posts.contains(&post))
        };
        if site.cancelled_at.is_none() && (ALWAYS.contains(&post.as_str()) || demanded().await?) {
            sites.push(site);
        }
    }
    Ok(sites)
}

/// The account that somebody has because of their posts; made at the first login.
pub async fn account_of(
    tx: &impl ConnectionTrait,
    person: &person::Model,
    sites: &[project::Model],
) -> Result<account::Model> {
    let found =
        personal_account::Entity::find().filter(personal_account::Column::PersonId.eq(person.id)).one(tx).await?;
    let account = match found {
        Some(personal) => account::Entity::find_by_id(personal.account_id).one(tx).await?.ok_or(Error::NotFound)?,
        None => make(tx, person).await?,
    };
    keep_in_step(tx, &account, sites.iter().map(|site| site.id).collect()).await?;
    Ok(account)
}

async fn make(tx: &impl ConnectionTrait, person: &person::Model) -> Result<account::Model> {
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let row = account::ActiveModel {
        id: Set(id),
        login: Set(format!("person-{}", person.number)),
        kind: Set(AccountKind::Project),
        name: Set(person.name.clone()),
        phone: Set(None),
        email: Set(None),
        password_hash: Set(NO_PASSWORD.to_owned()),
        must_change_password: Set(false),
        disabled: Set(false),
        created_at: Set(now),
        created_by: Set(None),
        password_changed_at: Set(now),
        revision: Set(1),
    };
    let account = row.insert(tx).await?;
    let personal =
        personal_account::ActiveModel { account_id: Set(id), person_id: Set(person.id), created_at: Set(now) };
    personal.insert(tx).await?;
    audit::Entry::new("account.create")
        .subject("account", id, &account.login)
        .region(&person.region_code)
        .write_as(tx, None, ACTOR, "", "")
        .await?;
    Ok(account)
}

/// Gives the role where the post is, and takes it where it was. Whether anything changed.
pub async fn keep_in_step(tx: &impl ConnectionTrait, account: &account::Model, sites: BTreeSet<Uuid>) -> Result<bool> {
    let held = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(account.id))
        .filter(role_grant::Column::ScopeKind.eq(ScopeKind::Project))
        .all(tx)
        .await?;
    let (kept, over): (Vec<_>, Vec<_>) =
        held.into_iter().partition(|grant| grant.project_id.is_some_and(|id| sites.contains(&id)));
    let mut changed = !over.is_empty();
    for grant in over {
        note(tx, account, "account.revoke", grant.project_id).await?;
        grant.delete(tx).await?;
    }
    for id in sites.into_iter().filter(|id| !kept.iter().any(|grant| grant.project_id == Some(*id))) {
        grant(tx, account.id, Role::Project, &Scope::Project(id)).await?;
        note(tx, account, "account.grant", Some(id)).await?;
        changed = true;
    }
    Ok(changed)
}

async fn note(
    tx: &impl ConnectionTrait,
    account: &account::Model,
    action: &'static str,
    project_id: Option<Uuid>,
) -> Result<()> {
    audit::Entry::new(action)
        .subject("account", account.id, &account.name)
        .project_id(project_id)
        .write_as(tx, None, ACTOR, "", "")
        .await
}
