//! Writes: submit, approve, refuse.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    dto::{Applicant, ApplicationForm},
    mails,
};
use crate::{
    entity::{
        application::{self, ApplicationState},
        application_review, project,
    },
    platform::{
        audit,
        auth::{
            Caller,
            accounts::{FirstPassword, IssuedAccount},
        },
        database::next_number,
        files::{Purpose, service::claim},
        types::clock,
        web::{Client, Error, Result},
    },
    registry::projects::{
        self, ProjectFacts,
        rules::{self, Problems},
    },
};

/// Everything that can be said without asking anybody.
pub fn check(form: &ApplicationForm) -> Result<()> {
    let mut problems = Problems::under("project.");
    rules::check(&form.project, clock::china_today(), &mut problems);
    rules::check_complete(&form.project, &mut problems);
    problems.into_result()
}

/// 【项目申报】: returns the row with the number to ask by.
pub async fn submit(
    tx: &DatabaseTransaction,
    form: ApplicationForm,
    client: &Client,
    request_id: &str,
) -> Result<application::Model> {
    let ApplicationForm { project, applicant, proof_file_id } = form;
    let Applicant { name: applicant_name, phone, email } = applicant;
    let facts = ProjectFacts::from(project);
    projects::service::check_vendor(tx, facts.vendor_id).await.map_err(under_project)?;
    claim(tx, None, Purpose::Document, proof_file_id, "proof_file_id").await?;
    let now = Utc::now();
    let row = application::ActiveModel {
        id: Set(Uuid::now_v7()),
        number: Set(number(now, next_number(tx, "application_number").await?)),
        state: Set(ApplicationState::Pending),
        name: Set(facts.name.clone()),
        region_code: Set(facts.region_code.clone()),
        vendor_id: Set(facts.vendor_id),
        applicant_name: Set(applicant_name.expose().to_owned()),
        applicant_phone: Set(phone.expose().to_owned()),
        applicant_email: Set(email.expose().to_owned()),
        proof_file_id: Set(Some(proof_file_id)),
        details: Set(serde_json::to_value(&facts).map_err(Error::internal)?),
        project_id: Set(None),
        created_at: Set(now),
        decided_at: Set(None),
        revision: Set(1),
    };
    let application = row.insert(tx).await?;
    entry("application.submit", &application)
        .created(&facts.for_audit())
        .write_as(tx, None, applicant_name.masked().as_str(), &client.ip.to_string(), request_id)
        .await?;
    Ok(application)
}

/// `SB202611-00042`
fn number(now: DateTime<Utc>, number: i64) -> String {
    format!("SB{}-{number:05}", clock::to_china(now).format("%Y%m"))
}

fn under_project(error: Error) -> Error {
    match error {
        Error::Invalid(fields) => {
            Error::Invalid(fields.into_iter().map(|(name, message)| (format!("project.{name}"), message)).collect())
        }
        other => other,
    }
}

/// 【审核】: approved. The project exists from here on, with its account.
pub async fn approve(
    tx: &DatabaseTransaction,
    application: &application::Model,
    opinion: &str,
    first: FirstPassword,
    caller: &Caller,
) -> Result<(project::Model, IssuedAccount)> {
    decide(tx, application, ApplicationState::Approved, opinion, caller).await?;
    let facts: ProjectFacts = serde_json::from_value(application.details.clone()).map_err(Error::internal)?;
    let project = projects::service::register(tx, facts, caller).await?;
    let tie =
        application::ActiveModel { id: Set(application.id), project_id: Set(Some(project.id)), ..Default::default() };
    application::Entity::update(tie).exec(tx).await?;
    let issued = projects::issue_account(tx, &project, first, caller).await?;
    entry("application.approve", application).project(&project).reason(opinion).write(tx, caller).await?;
    mails::approved(tx, application, &issued.login).await?;
    Ok((project, issued))
}

/// 【审核】: refused; the applicant reads why.
pub async fn refuse(
    tx: &DatabaseTransaction,
    application: &application::Model,
    opinion: &str,
    caller: &Caller,
) -> Result<()> {
    decide(tx, application, ApplicationState::Refused, opinion, caller).await?;
    entry("application.refuse", application).reason(opinion).write(tx, caller).await?;
    mails::refused(tx, application, opinion).await
}

/// Moves a pending application on and writes the history. Of two reviewers at once, one finds it no longer pending.
async fn decide(
    tx: &DatabaseTransaction,
    application: &application::Model,
    state: ApplicationState,
    opinion: &str,
    caller: &Caller,
) -> Result<()> {
    let now = Utc::now();
    let decision = application::ActiveModel {
        state: Set(state),
        decided_at: Set(Some(now)),
        revision: Set(application.revision + 1),
        ..Default::default()
    };
    let decided = application::Entity::update_many()
        .set(decision)
        .filter(application::Column::Id.eq(application.id))
        .filter(application::Column::State.eq(ApplicationState::Pending))
        .exec(tx)
        .await?;
    if decided.rows_affected == 0 {
        return Err(Error::conflict("already_decided", "该申报已经审核过，请刷新后查看结果"));
    }
    let review = application_review::ActiveModel {
        id: Set(Uuid::now_v7()),
        application_id: Set(application.id),
        account_id: Set(caller.account.id),
        reviewer_name: Set(caller.account.name.clone()),
        approved: Set(state == ApplicationState::Approved),
        opinion: Set(opinion.to_owned()),
        decided_at: Set(now),
    };
    review.insert(tx).await?;
    Ok(())
}

fn entry(action: &'static str, application: &application::Model) -> audit::Entry {
    audit::Entry::new(action).subject("application", application.id, &application.name).region(&application.region_code)
}
