//! 【导出】: the registry of companies as a workbook, with the filters and the order of the list.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    dto::{Company, CompanyFilter},
    query,
};
use crate::{
    platform::{
        auth::{Permission, caller::reach_of},
        exports::Export,
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::{blank_as_none, clock},
        web::Paging,
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
        let app = &context.app;
        let account_id = context.account_id.ok_or_else(|| JobError::Fail("不知道是谁要导出".to_owned()))?;
        let edit = reach_of(app, account_id, Permission::EditCompanies).await?;
        let mut export = Export::start("企业库", columns(), cells);
        let mut paging = Paging::from_the_first(self.sort);
        let rows = loop {
            let page = query::page(app.db.reader(), &self.filter, &paging).await?;
            if page.items.is_empty() {
                break page.total;
            }
            let mut done = 0;
            for row in query::shown(app.db.reader(), &edit, page.items).await? {
                done = export.push(row).await;
            }
            let total = usize::try_from(page.total).unwrap_or(usize::MAX);
            context.progress(done, total, format!("已写入 {done} / {total} 家企业")).await;
            paging.page += 1;
        };
        let name = format!("企业库{}", clock::china_today().format("%Y%m%d"));
        let file = export.keep(app, Some(account_id), &name).await?;
        Ok(Outcome::result(json!({ "rows": rows })).file(file.id))
    }
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
