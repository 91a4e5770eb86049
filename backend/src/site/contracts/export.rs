//! 【导出】: one of the tabs as a workbook, with its filters.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    dto::{ContractLevel, ContractRow, ContractSearch, ContractStanding, UnsignedRow, UnsignedSearch},
    query::{self, Unsigned, Viewer},
};
use crate::{
    entity::{
        Reach, Scope,
        contract::{ContractState, TermKind},
        roster_entry::Settlement,
    },
    platform::{
        App,
        auth::Permission,
        exports::{self, List},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::{Day, blank_as_none},
        web::{Page, Paging, Result},
    },
    registry::dictionaries::{Post, WorkType},
    site::{
        attendance::dto::Somebody,
        roster::{dto::RosterFilter, kind_label, query::Search, settlement_label},
    },
};

/// Which list to export, and its filters.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ContractsExportForm {
    /// 【未签约】, or the contracts.
    pub unsigned: bool,
    #[serde(deserialize_with = "blank_as_none")]
    pub level: Option<ContractLevel>,
    pub standing: ContractStanding,
    #[serde(deserialize_with = "blank_as_none")]
    pub term_kind: Option<TermKind>,
    #[serde(deserialize_with = "blank_as_none")]
    pub signed_from: Option<Day>,
    #[serde(deserialize_with = "blank_as_none")]
    pub signed_to: Option<Day>,
    #[serde(flatten)]
    pub people: RosterFilter,
}

/// What was asked for; who asked is the job's account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportContracts {
    /// One project, or all within the account's reach.
    pub project_id: Option<Uuid>,
    pub asked: ContractsExportForm,
    pub id_number_hash: Option<String>,
}

impl Job for ExportContracts {
    const KIND: &'static str = "contracts.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = context.app.clone();
        let reach = match self.project_id {
            Some(_) => Reach(vec![Scope::Project(context.project(Permission::ViewContracts).await?.id)]),
            None => context.reach(Permission::ViewContracts).await?,
        };
        let viewer = Viewer::managing(Reach::default());
        let ContractsExportForm { unsigned, level, standing, term_kind, signed_from, signed_to, people } = self.asked;
        if unsigned {
            let asked = UnsignedSearch { level, people };
            let wanted = Unsigned::prepared(&app, &reach, asked, self.id_number_hash).await?;
            return exports::write(Missing { reach, viewer, wanted }, None, &context).await;
        }
        let search = Search::prepared(&app, &reach, people, self.id_number_hash).await?;
        let asked = ContractSearch { standing, term_kind, signed_from, signed_to, people: RosterFilter::default() };
        exports::write(Signed { reach, viewer, search, asked }, None, &context).await
    }
}

struct Signed {
    reach: Reach,
    viewer: Viewer,
    search: Search,
    asked: ContractSearch,
}

struct Missing {
    reach: Reach,
    viewer: Viewer,
    wanted: Unsigned,
}

impl List for Signed {
    type Row = ContractRow;
    const TITLE: &'static str = "劳动合同";
    const COUNTED: &'static str = "份合同";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<ContractRow>> {
        query::page(app, &self.viewer, &self.reach, (&self.search, &self.asked), paging).await
    }

    fn columns() -> Vec<Column> {
        let rest = [
            Column::text("state", "状态"),
            Column::text("term_kind", "期限类型").width(24.0),
            Column::date("starts_on", "开始日期"),
            Column::date("ends_on", "结束日期"),
            Column::text("settlement", "结算方式"),
            Column::text("unit", "计量单位"),
            Column::number("price", "单价（元）"),
            Column::date("signed_on", "签订日期"),
            Column::date("terminated_on", "解约日期"),
            Column::text("reason", "解约原因").width(30.0),
        ];
        person_columns().into_iter().chain(rest).collect()
    }

    fn cells(row: ContractRow) -> Vec<Cell<'static>> {
        let rest = [
            Cell::from(if row.expired { "已到期" } else { state_label(row.state) }),
            Cell::from(term_label(row.term_kind)),
            row.starts_on.into(),
            row.ends_on.into(),
            Cell::from(row.settlement.map(settlement_label)),
            row.settlement_unit.into(),
            yuan(row.unit_price_fen),
            row.signed_on.into(),
            row.terminated_on.into(),
            row.termination_reason.into(),
        ];
        person_cells(row.project_name, row.who).into_iter().chain(rest).collect()
    }
}

impl List for Missing {
    type Row = UnsignedRow;
    const TITLE: &'static str = "未签劳动合同人员";
    const COUNTED: &'static str = "人";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<UnsignedRow>> {
        query::unsigned_page(app, &self.viewer, &self.reach, &self.wanted, paging).await
    }

    fn columns() -> Vec<Column> {
        let rest = [
            Column::number("days", "未签天数"),
            Column::text("level", "预警"),
            Column::text("stopped", "能否考勤"),
            Column::text("settlement", "结算方式"),
            Column::number("price", "结算单价（元）"),
        ];
        person_columns().into_iter().chain(rest).collect()
    }

    fn cells(row: UnsignedRow) -> Vec<Cell<'static>> {
        let settlement: Option<Settlement> = row.terms.settlement;
        let rest = [
            Cell::Number(row.days as f64),
            Cell::from(row.level.map(ContractLevel::label)),
            Cell::from(if row.stopped { "停止考勤" } else { "可以考勤" }),
            Cell::from(settlement.map(settlement_label)),
            yuan(row.terms.unit_price_fen),
        ];
        person_cells(row.project_name, row.who).into_iter().chain(rest).collect()
    }
}

fn person_columns() -> Vec<Column> {
    vec![
        Column::text("project", "项目名称").width(32.0),
        Column::text("name", "姓名"),
        Column::text("id_number", "身份证号码").width(22.0),
        Column::text("kind", "人员类型"),
        Column::text("company", "参建单位").width(32.0),
        Column::text("crew", "班组").width(20.0),
        Column::text("job", "工种/岗位").width(18.0),
        Column::date("entered_on", "进场日期"),
        Column::date("exited_on", "退场日期"),
    ]
}

fn person_cells(project: String, who: Somebody) -> Vec<Cell<'static>> {
    let job = who.post.as_deref().map(Post::label_of).or(who.work_type.as_deref().map(WorkType::label_of));
    vec![
        project.into(),
        who.name.into(),
        who.id_number.into(),
        Cell::from(kind_label(who.kind)),
        who.company_name.into(),
        who.crew_name.into(),
        job.map(str::to_owned).into(),
        who.entered_on.into(),
        who.exited_on.into(),
    ]
}

fn yuan(fen: Option<i64>) -> Cell<'static> {
    fen.map(|fen| fen as f64 / 100.0).into()
}

pub fn term_label(kind: TermKind) -> &'static str {
    match kind {
        TermKind::Fixed => "固定期限",
        TermKind::Open => "无固定期限",
        TermKind::Task => "以完成一定工作任务为期限",
    }
}

fn state_label(state: ContractState) -> &'static str {
    match state {
        ContractState::Reset => "已重置",
        ContractState::Active => "履约中",
        ContractState::Terminated => "已解约",
    }
}
