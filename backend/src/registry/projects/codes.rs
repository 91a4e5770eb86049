//! The code in a project's QR code: random signs that nobody works out by counting, so that only who stands at the gate
//! comes in. It can be revoked, when its picture has got about, and another takes its place.

use chrono::Utc;
use rand::seq::IndexedRandom;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    entity::{
        project,
        project_code::{self, Column, Entity, Model},
    },
    platform::{
        App, audit,
        auth::Caller,
        web::{Error, Result},
    },
};

/// Crockford's: no I, L, O, U, so that it can be read aloud. Twelve of them are sixty bits, and fit into a mini-program's
/// scene.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIGNS: usize = 12;

/// The project's code. Its first comes when somebody asks for it: of two who ask at once, one makes it.
pub async fn current(app: &App, project: &project::Model) -> Result<Model> {
    if let Some(known) = find_current(app.db.reader(), project.id).await? {
        return Ok(known);
    }
    let row = new_row(project.id, None);
    let unless_there = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(unless_there).exec_without_returning(app.db.writer()).await?;
    let made = find_current(app.db.writer(), project.id).await?;
    made.ok_or_else(|| Error::internal("a project's code vanished"))
}

/// 【作废并更换】: the code that hangs somewhere leads nowhere from now on.
pub async fn renew(tx: &impl ConnectionTrait, caller: &Caller, project: &project::Model) -> Result<Model> {
    let gone = project_code::ActiveModel {
        revoked_at: Set(Some(Utc::now())),
        revoked_by: Set(Some(caller.account.id)),
        ..Default::default()
    };
    let still = Column::ProjectId.eq(project.id).and(Column::RevokedAt.is_null());
    Entity::update_many().set(gone).filter(still).exec(tx).await?;
    let made = Entity::insert(new_row(project.id, Some(caller.account.id))).exec_with_returning(tx).await?;
    // Whoever reads the audit must not be able to stand at the gate with it.
    let after = json!({ "code": format!("{}…", made.code.get(..4).unwrap_or_default()) });
    audit::Entry::new("project.renew_code")
        .subject("project", project.id, &project.name)
        .project(project)
        .created(&after)
        .write(tx, caller)
        .await?;
    Ok(made)
}

/// The project a code leads to, or led to.
pub async fn find(db: &impl ConnectionTrait, code: &str) -> Result<Option<(Model, project::Model)>> {
    let code = code.trim().to_ascii_uppercase();
    let found = Entity::find().filter(Column::Code.eq(code)).find_also_related(project::Entity).one(db).await?;
    Ok(found.and_then(|(code, project)| Some((code, project?))))
}

async fn find_current(db: &impl ConnectionTrait, project_id: Uuid) -> Result<Option<Model>> {
    let select = Entity::find().filter(Column::ProjectId.eq(project_id)).filter(Column::RevokedAt.is_null());
    Ok(select.one(db).await?)
}

fn new_row(project_id: Uuid, created_by: Option<Uuid>) -> project_code::ActiveModel {
    project_code::ActiveModel {
        id: Set(Uuid::now_v7()),
        project_id: Set(project_id),
        code: Set(random()),
        created_at: Set(Utc::now()),
        created_by: Set(created_by),
        revoked_at: Set(None),
        revoked_by: Set(None),
    }
}

fn random() -> String {
    let mut random = rand::rng();
    (0..SIGNS).filter_map(|_| ALPHABET.choose(&mut random)).map(|sign| char::from(*sign)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_aloud_without_mistakes_and_never_comes_twice() {
        let codes: std::collections::HashSet<String> = (0..1000).map(|_| random()).collect();
        assert_eq!(codes.len(), 1000);
        assert!(codes.iter().all(|code| code.len() == SIGNS && !code.contains(['I', 'L', 'O', 'U'])));
    }
}
