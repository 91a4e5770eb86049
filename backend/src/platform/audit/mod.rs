//! Who did what, when, from where, before and after: written in the transaction it tells of.
//!
//! Values that are masked on the screen are masked here too; callers hand over what they would show.

mod query;

pub use query::configure;

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{auth::Caller, web::Result};
use crate::entity::{audit, project};

/// Who does something and from where: a caller, or whoever asked for the job that now does it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Author {
    pub account_id: Option<Uuid>,
    pub name: String,
    pub ip: String,
    pub request_id: String,
}

impl From<&Caller> for Author {
    fn from(caller: &Caller) -> Self {
        Self {
            account_id: Some(caller.account.id),
            name: caller.account.name.clone(),
            ip: caller.client.ip.to_string(),
            request_id: caller.request_id.clone(),
        }
    }
}

/// One thing that was done, under construction.
#[must_use = "an entry counts once it is written"]
#[derive(Debug, Default)]
pub struct Entry {
    action: &'static str,
    subject: (&'static str, String, String),
    region_code: Option<String>,
    project_id: Option<Uuid>,
    company_id: Option<Uuid>,
    reason: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
}

impl Entry {
    /// `action` is `subject.verb`, for example `project.edit`; the console has words for it.
    pub fn new(action: &'static str) -> Self {
        Self { action, ..Self::default() }
    }

    pub fn subject(mut self, kind: &'static str, id: impl ToString, name: impl Into<String>) -> Self {
        self.subject = (kind, id.to_string(), name.into());
        self
    }

    /// Lets the project's people and its region's regulators read the entry.
    pub fn project(mut self, project: &project::Model) -> Self {
        self.project_id = Some(project.id);
        self.region_code = Some(project.region_code.clone());
        self
    }

    /// Lets a project's people read the entry, whichever region it belongs to.
    pub fn project_id(mut self, id: Option<Uuid>) -> Self {
        self.project_id = id;
        self
    }

    pub fn company(mut self, id: Uuid) -> Self {
        self.company_id = Some(id);
        self
    }

    pub fn region(mut self, code: impl Into<String>) -> Self {
        self.region_code = Some(code.into());
        self
    }

    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    pub fn created(mut self, after: &impl Serialize) -> Self {
        self.after = serde_json::to_value(after).ok();
        self
    }

    /// Keeps only what differs.
    pub fn changed(mut self, before: &impl Serialize, after: &impl Serialize) -> Self {
        let (before, after) = (serde_json::to_value(before), serde_json::to_value(after));
        let (Ok(Value::Object(mut before)), Ok(Value::Object(mut after))) = (before, after) else { return self };
        keep_differences(&mut before, &mut after);
        self.before = Some(Value::Object(before));
        self.after = Some(Value::Object(after));
        self
    }

    pub async fn write(self, tx: &impl ConnectionTrait, caller: &Caller) -> Result<()> {
        self.row(&caller.into()).insert(tx).await?;
        Ok(())
    }

    /// In the name of somebody who is no caller: whoever holds a phone, whoever asked for a job.
    pub async fn write_by(self, tx: &impl ConnectionTrait, author: &Author) -> Result<()> {
        self.row(author).insert(tx).await?;
        Ok(())
    }

    /// For what the platform does by itself: jobs, migrations, people without an account.
    pub async fn write_as(
        self,
        tx: &impl ConnectionTrait,
        account_id: Option<Uuid>,
        actor_name: &str,
        ip: &str,
        request_id: &str,
    ) -> Result<()> {
        let author =
            Author { account_id, name: actor_name.to_owned(), ip: ip.to_owned(), request_id: request_id.to_owned() };
        self.row(&author).insert(tx).await?;
        Ok(())
    }

    fn row(self, author: &Author) -> audit::ActiveModel {
        let Self { action, subject: (kind, id, name), region_code, project_id, company_id, reason, before, after } =
            self;
        let Author { account_id, name: actor_name, ip, request_id } = author.clone();
        audit::ActiveModel {
            id: Set(Uuid::now_v7()),
            at: Set(Utc::now()),
            account_id: Set(account_id),
            actor_name: Set(actor_name),
            ip: Set(ip),
            request_id: Set(request_id),
            action: Set(action.to_owned()),
            subject_kind: Set(kind.to_owned()),
            subject_id: Set(id),
            subject_name: Set(name),
            region_code: Set(region_code),
            project_id: Set(project_id),
            company_id: Set(company_id),
            reason: Set(reason),
            before: Set(before),
            after: Set(after),
        }
    }
}

/// Many things that were done together, as sheets do them: one statement for all of them.
pub async fn write_all(tx: &impl ConnectionTrait, entries: Vec<Entry>, author: &Author) -> Result<()> {
    let rows = entries.into_iter().map(|entry| entry.row(author));
    audit::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

fn keep_differences(before: &mut Map<String, Value>, after: &mut Map<String, Value>) {
    let same: Vec<String> =
        before.iter().filter(|(key, value)| after.get(*key) == Some(value)).map(|(key, _)| key.clone()).collect();
    for key in same.iter().map(String::as_str).chain(["revision", "updated_at"]) {
        before.remove(key);
        after.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_changed_is_kept() {
        let entry = Entry::new("x.edit")
            .changed(&json!({"a": 1, "b": 2, "revision": 1}), &json!({"a": 1, "b": 3, "revision": 2}));
        assert_eq!(entry.before, Some(json!({"b": 2})));
        assert_eq!(entry.after, Some(json!({"b": 3})));
    }
}
