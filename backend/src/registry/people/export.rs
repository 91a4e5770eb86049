//! 【导出】: 人员库 as a workbook, with the filters and the order of the list.
//!
//! One workbook holds no more people than the list can be turned through: nobody carries a whole province away in one
//! file. Everything in it is masked as on the screen, and whom to look for by number or phone is not written down.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PersonRow, Whereabouts,
    dto::PersonSearch,
    query::{self, COUNTED},
};
use crate::{
    entity::Reach,
    platform::{
        App,
        auth::Permission,
        exports::{self, List},
        jobs::{Job, JobContext, JobError, Outcome},
        sheets::{Cell, Column},
        types::{Sex, Text, blank_as_none, clock},
        web::{Error, Page, Paging, Result},
    },
};

/// What the list shows, as the console asks for it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PeopleExport {
    #[serde(flatten)]
    pub filter: PersonSearch,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub sort: Option<String>,
}

/// What is to be exported; who asked is the job's account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportPeople {
    name: Option<Text<1, 50>>,
    company_id: Option<Uuid>,
    project_id: Option<Uuid>,
    sex: Option<Sex>,
    age_from: Option<u32>,
    age_to: Option<u32>,
    on_site: Option<bool>,
    sort: Option<String>,
}

impl TryFrom<PeopleExport> for ExportPeople {
    type Error = Error;

    /// A job is kept and read by others, so no ID number and no phone becomes part of one.
    fn try_from(asked: PeopleExport) -> Result<Self> {
        let PeopleExport { filter, sort } = asked;
        let PersonSearch { name, id_number, phone, company_id, project_id, sex, age_from, age_to, on_site } = filter;
        for (field, given) in [("id_number", id_number.is_some()), ("phone", phone.is_some())] {
            if given {
                return Err(Error::field(field, "按号码查到的人不必导出，请清空这一项再导出"));
            }
        }
        Ok(Self { name, company_id, project_id, sex, age_from, age_to, on_site, sort })
    }
}

impl Job for ExportPeople {
    const KIND: &'static str = "people.export";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let Self { name, company_id, project_id, sex, age_from, age_to, on_site, sort } = self;
        let filter =
            PersonSearch { name, id_number: None, phone: None, company_id, project_id, sex, age_from, age_to, on_site };
        let list = People { filter, seen: context.reach(Permission::ViewPeople).await? };
        exports::write(list, sort, &context).await
    }
}

/// The list as whoever asked sees it now.
struct People {
    filter: PersonSearch,
    seen: Reach,
}

impl List for People {
    type Row = PersonRow;
    const TITLE: &'static str = "人员库";
    const COUNTED: &'static str = "人";

    async fn page(&self, app: &App, paging: &Paging) -> Result<Page<PersonRow>> {
        if paging.offset() >= COUNTED {
            return Ok(paging.page_of(Vec::new(), COUNTED));
        }
        let page = query::search(app, &self.seen, &self.filter, paging).await?;
        if page.total_capped {
            let told = format!("一次最多导出 {COUNTED} 人，请用查询条件缩小范围后再导出");
            return Err(Error::conflict("too_many", told));
        }
        Ok(paging.page_of(page.items, page.total))
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::number("number", "人员编号"),
            Column::text("name", "姓名"),
            Column::text("sex", "性别").width(8.0),
            Column::number("age", "年龄"),
            Column::text("ethnic", "民族"),
            Column::text("id_number", "身份证号码").width(22.0),
            Column::text("phone", "手机号码").width(16.0),
            Column::text("bank_card", "银行卡号").width(22.0),
            Column::text("company", "所属企业").width(36.0),
            Column::text("on_site", "所在项目").width(60.0),
            Column::date("registered_on", "登记日期"),
        ]
    }

    fn cells(person: PersonRow) -> Vec<Cell<'static>> {
        vec![
            person.number.into(),
            person.name.into(),
            if person.sex == Sex::Male.as_str() { "男" } else { "女" }.to_owned().into(),
            i64::from(person.age).into(),
            person.ethnic.into(),
            person.id_number.into(),
            person.phone.map(|phone| phone.to_string()).into(),
            person.bank_card.into(),
            person.company.map(|company| company.name).into(),
            person.on_site.iter().map(place).collect::<Vec<_>>().join("；").into(),
            clock::china_day(person.created_at).into(),
        ]
    }
}

/// 项目 / 参建单位 / 班组; of a project out of reach only that there is one.
fn place(now: &Whereabouts) -> String {
    let names = [&now.project_name, &now.unit_name, &now.crew_name];
    let known: Vec<_> = names.into_iter().flatten().map(String::as_str).collect();
    if known.is_empty() { "其他项目".to_owned() } else { known.join(" / ") }
}
