//! 【导出】: the registry of companies as a workbook, with the filters and the order of the list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{Company, CompanyFilter},
    query,
};
use crate::{
    entity::Reach,
    platform::{
        App,
        auth::Permission,
        exports::{self, List},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::{blank_as_none, clock},
        web::{Page, Paging, Result},
    },
    registry::presence::upload_state_name,
};

/// What is to be exported; who asked is the job's account.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ExportCompanies {
    #[serde(flatten)]
    pub filter: CompanyFilter,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sort: Option<String>,
}

impl Job for ExportCompanies {
    const KIND: &'static str = "companies.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        // The registry is open to everybody, as long as they are somebody.
        if context.reach(Permission::ViewCompanies).await?.0.is_empty() {
            return Err(JobError::Fail("您的账号已没有这项权限，任务没有执行".to_owned()));
        }
        let list = Companies { filter: self.filter, edited: context.reach(Permission::EditCompanies).await? };
        exports::write(list, self.sort, &context).await
    }
}

/// The registry as whoever asked sees it now.
struct Companies {
    filter: CompanyFilter,
    edited: Reach,
}

impl List for Companies {
    type Row = Company;
    const TITLE: &'static str = "企业库";
    const COUNTED: &'static str = "家企业";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<Company>> {
        let page = query::page(app.db.reader(), &self.filter, paging).await?;
        let rows = query::shown(app.db.reader(), &self.edited, page.items).await?;
        Ok(paging.page_of(rows, page.total))
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::text("name", "企业名称").width(36.0),
            Column::text("credit_code", "统一社会信用代码").width(22.0),
            Column::text("region", "注册地区").width(26.0),
            Column::text("kind", "企业登记注册类型").width(20.0),
            Column::text("address", "注册地址").width(36.0),
            Column::text("legal_person", "法定代表人"),
            Column::text("contact_name", "联系人"),
            Column::text("contact_phone", "联系电话").width(16.0),
            Column::text("email", "邮箱").width(24.0),
            Column::number("capital", "注册资本（万元）").width(18.0),
            Column::date("established_on", "成立日期"),
            Column::text("upload_state", "上传状态"),
            Column::date("created_on", "登记日期"),
        ]
    }

    fn cells(company: Company) -> Vec<Cell<'static>> {
        vec![
            company.name.into(),
            company.credit_code.into(),
            company.region_name.into(),
            company.registration_kind_name.into(),
            company.address.into(),
            company.legal_person.into(),
            company.contact_name.into(),
            company.contact_phone.into(),
            company.email.into(),
            company.registered_capital_wan.into(),
            company.established_on.into(),
            upload_state_name(company.upload_state).into(),
            clock::china_day(company.created_at).into(),
        ]
    }
}
