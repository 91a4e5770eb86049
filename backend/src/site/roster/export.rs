//! 【导出花名册】: a job that streams the rows into a workbook.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use futures_util::StreamExt;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
    sea_query::{Expr, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::RosterFilter,
    query::{self, Search},
};
use crate::{
    entity::{
        Reach, Scope, company, crew, person, project,
        roster_entry::{self, Column, EntryKind, Settlement},
        unit,
    },
    platform::{
        App,
        auth::Permission,
        crypto::Keyring,
        exports::Export,
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column as SheetColumn},
        types::{Masked, Sex, clock::china_today},
        web::Result,
    },
    registry::{
        dictionaries::{Post, UnitKind, WorkType},
        people::{identity::open_id_number, rules::age_on},
    },
};

/// What was asked for; who asked is the job's account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportRoster {
    /// One project, or all within the account's reach.
    pub project_id: Option<Uuid>,
    pub filter: RosterFilter,
    pub id_number_hash: Option<String>,
    /// Whole ID numbers and phones of those whom the account may see so; noted in the audit when it was asked for.
    pub unmask: bool,
}

/// No more than the workbook shows: SQLite copies every value of a row, and names that thousands of rows share are
/// looked up once instead.
#[derive(FromQueryResult)]
struct Row {
    crew_id: Uuid,
    name: String,
    sex: String,
    born_on: NaiveDate,
    id_number: String,
    ethnic: String,
    phone: Option<String>,
    kind: EntryKind,
    work_type: Option<String>,
    post: Option<String>,
    settlement: Option<Settlement>,
    unit_price_fen: Option<i64>,
    settlement_unit: Option<String>,
    card_number: Option<String>,
    bank_name: Option<String>,
    bank_card: Option<String>,
    entered_on: NaiveDate,
    exited_on: Option<NaiveDate>,
    exit_reason: Option<String>,
    /// Empty where nobody may see it.
    sealed: String,
}

/// Where somebody works, in the words of the workbook.
#[derive(FromQueryResult)]
struct Place {
    crew_id: Uuid,
    crew_name: String,
    unit_kind: String,
    company_name: String,
    project_name: String,
}

type Places = HashMap<Uuid, Place>;

impl Job for ExportRoster {
    const KIND: &'static str = "roster.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = context.app.clone();
        let reach = self.reach(&context).await?;
        let sees_names = !context.reach(Permission::ViewPeople).await?.0.is_empty();
        let search = Search::prepared(&app, &reach, self.filter.clone(), self.id_number_hash.clone()).await?;
        let total = query::total(app.db.reader(), &reach, &search).await?;
        let whole = usize::try_from(total).unwrap_or(usize::MAX);
        let projects = self.projects(&app, &reach).await?;
        let (columns, shape) = (columns(self.project_id.is_none()), self.shape(app.keys.clone(), sees_names));
        let mut export = Export::start("花名册", columns, shape).in_clear(self.unmask);
        let unmasked = self.unmasked(&context).await?;
        for project in projects {
            let places = Arc::new(places(app.db.reader(), project).await?);
            let select = select(project, &search, unmasked.clone());
            let mut rows = select.into_model::<Row>().stream(app.db.reader()).await?;
            while let Some(row) = rows.next().await {
                let done = export.push((row?, places.clone())).await;
                if done.is_multiple_of(1_000) {
                    context.progress(done, whole, format!("已写入 {done} / {total} 人")).await;
                }
            }
        }
        let name = format!("花名册{}", china_today().format("%Y%m%d"));
        let file = export.keep(&app, context.account_id, &name).await?;
        Ok(Outcome::result(json!({ "rows": total })).file(file.id))
    }
}

impl ExportRoster {
    /// What the account may see now, not when it asked.
    async fn reach(&self, context: &JobContext) -> Result<Reach, JobError> {
        let permission = if self.unmask { Permission::Unmask } else { Permission::ViewRoster };
        match self.project_id {
            Some(_) => Ok(Reach(vec![Scope::Project(context.project(permission).await?.id)])),
            None => context.reach(permission).await,
        }
    }

    /// The entries whose people the account may see in full now; nothing when it did not ask to.
    async fn unmasked(&self, context: &JobContext) -> Result<Option<Condition>, JobError> {
        if !self.unmask {
            return Ok(None);
        }
        let reach = context.reach(Permission::Unmask).await?;
        Ok(Some(roster_entry::Entity::whole_in(&reach)))
    }

    /// One after another, each in the order of its index, so that nobody has to sort a city's entries.
    async fn projects(&self, app: &App, reach: &Reach) -> Result<Vec<Uuid>, DbErr> {
        let select = project::Entity::find_in(reach).order_by_asc(project::Column::Number);
        select.select_only().column(project::Column::Id).into_tuple().all(app.db.reader()).await
    }

    fn shape(
        &self,
        keys: Keyring,
        sees_names: bool,
    ) -> impl Fn((Row, Arc<Places>)) -> Vec<Cell<'static>> + Send + 'static {
        let (today, many) = (china_today(), self.project_id.is_none());
        move |(mut row, places)| {
            if row.sealed.is_empty() {
                row.phone = row.phone.as_deref().map(|phone| Masked::phone(phone).into());
            } else if let Ok(number) = open_id_number(&keys, &row.sealed) {
                row.id_number = number;
            }
            if !sees_names {
                row.name = Masked::name(&row.name).into();
            }
            let place = places.get(&row.crew_id);
            cells(row, place, many, today)
        }
    }
}

fn select(project: Uuid, search: &Search, unmasked: Option<Condition>) -> Select<roster_entry::Entity> {
    let select = query::with_people(&Reach(vec![Scope::Project(project)]), search)
        .filter(Column::ProjectId.eq(project))
        .order_by_asc(Column::EnteredOn)
        .order_by_asc(Column::Id)
        .select_only()
        .columns([
            Column::CrewId,
            Column::Kind,
            Column::WorkType,
            Column::Post,
            Column::Settlement,
            Column::UnitPriceFen,
            Column::SettlementUnit,
            Column::CardNumber,
            Column::EnteredOn,
            Column::ExitedOn,
            Column::ExitReason,
        ])
        .columns([
            person::Column::Name,
            person::Column::Sex,
            person::Column::BornOn,
            person::Column::Ethnic,
            person::Column::Phone,
            person::Column::BankName,
        ])
        .column_as(person::Column::IdNumberMask, "id_number")
        .column_as(person::Column::BankCardMask, "bank_card");
    let sealed: SimpleExpr = match unmasked {
        Some(theirs) => {
            Expr::case(theirs, Expr::col(person::Column::IdNumberSealed.as_column_ref())).finally("").into()
        }
        None => Expr::value(""),
    };
    select.column_as(sealed, "sealed")
}

/// The crews of a project, gone ones too.
async fn places(db: &impl ConnectionTrait, project: Uuid) -> Result<Places, DbErr> {
    let places: Vec<Place> = crew::Entity::find()
        .select_only()
        .column_as(crew::Column::Id, "crew_id")
        .column_as(crew::Column::Name, "crew_name")
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(company::Column::Name, "company_name")
        .column_as(project::Column::Name, "project_name")
        .join(JoinType::InnerJoin, crew::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .join(JoinType::InnerJoin, crew::Relation::Project.def())
        .filter(crew::Column::ProjectId.eq(project))
        .into_model()
        .all(db)
        .await?;
    Ok(places.into_iter().map(|place| (place.crew_id, place)).collect())
}

fn columns(many_projects: bool) -> Vec<SheetColumn> {
    let text = SheetColumn::text;
    let project = many_projects.then(|| text("project", "项目名称").width(32.0));
    let rest = [
        text("name", "姓名"),
        text("sex", "性别").width(6.0),
        SheetColumn::number("age", "年龄").width(6.0),
        text("id_number", "身份证号码").width(22.0),
        text("ethnic", "民族"),
        text("phone", "手机号码").width(16.0),
        text("kind", "人员类型"),
        text("company", "参建单位").width(32.0),
        text("unit_kind", "参建类型"),
        text("crew", "班组").width(20.0),
        text("job", "工种/岗位").width(18.0),
        text("settlement", "结算方式"),
        SheetColumn::number("price", "结算单价（元）"),
        text("unit", "计量单位"),
        text("card", "考勤卡号").width(16.0),
        text("bank", "工资卡开户行").width(24.0),
        text("bank_card", "工资卡号").width(22.0),
        SheetColumn::date("entered_on", "进场日期"),
        SheetColumn::date("exited_on", "退场日期"),
        text("reason", "退场原因").width(24.0),
    ];
    project.into_iter().chain(rest).collect()
}

fn cells(row: Row, place: Option<&Place>, many_projects: bool, today: NaiveDate) -> Vec<Cell<'static>> {
    let project = many_projects.then(|| place.map(|place| place.project_name.clone()).into());
    let job = row.post.as_deref().map(Post::label_of).or(row.work_type.as_deref().map(WorkType::label_of));
    let rest = [
        row.name.into(),
        Cell::from(if row.sex == Sex::Female.as_str() { Sex::Female.label() } else { Sex::Male.label() }),
        Cell::Number(f64::from(age_on(row.born_on, today))),
        row.id_number.into(),
        row.ethnic.into(),
        row.phone.into(),
        Cell::from(kind_label(row.kind)),
        place.map(|place| place.company_name.clone()).into(),
        place.map(|place| UnitKind::label_of(&place.unit_kind).to_owned()).into(),
        place.map(|place| place.crew_name.clone()).into(),
        job.map(str::to_owned).into(),
        Cell::from(row.settlement.map(settlement_label)),
        row.unit_price_fen.map(|fen| fen as f64 / 100.0).into(),
        row.settlement_unit.into(),
        row.card_number.into(),
        row.bank_name.into(),
        row.bank_card.into(),
        row.entered_on.into(),
        row.exited_on.into(),
        row.exit_reason.into(),
    ];
    project.into_iter().chain(rest).collect()
}

pub fn kind_label(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Worker => "务工人员",
        EntryKind::Manager => "管理人员",
        EntryKind::Other => "其他人员",
    }
}

pub fn settlement_label(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Time => "计时",
        Settlement::Piece => "计件",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_its_cell() {
        for many in [false, true] {
            let row = Row {
                crew_id: Uuid::nil(),
                name: "王建国".to_owned(),
                sex: "female".to_owned(),
                born_on: NaiveDate::default(),
                id_number: String::new(),
                ethnic: "汉族".to_owned(),
                phone: None,
                kind: EntryKind::Worker,
                work_type: Some("020".to_owned()),
                post: None,
                settlement: Some(Settlement::Time),
                unit_price_fen: Some(30_050),
                settlement_unit: None,
                card_number: None,
                bank_name: None,
                bank_card: None,
                entered_on: NaiveDate::default(),
                exited_on: None,
                exit_reason: None,
                sealed: String::new(),
            };
            let place = Place {
                crew_id: Uuid::nil(),
                crew_name: String::new(),
                unit_kind: "006".to_owned(),
                company_name: String::new(),
                project_name: String::new(),
            };
            let (columns, cells) = (columns(many), cells(row, Some(&place), many, NaiveDate::default()));
            assert_eq!(columns.len(), cells.len());
            let at = |key| columns.iter().position(|column| column.key == key).and_then(|at| cells.get(at));
            assert_eq!(at("sex"), Some(&Cell::from("女")));
            assert_eq!(at("job"), Some(&Cell::from("钢筋工")));
            assert_eq!(at("price"), Some(&Cell::Number(300.5)));
            assert_eq!(at("unit_kind"), Some(&Cell::from("劳务分包")));
        }
    }
}
