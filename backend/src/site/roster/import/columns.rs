//! The columns of the template, with this project's crews, trades and posts as drop-downs.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::{
    entity::{company, crew, unit},
    platform::{sheets::Column, types::Ethnic, web::Result},
    registry::dictionaries::{Post, UnitKind, WorkType, posts_of},
};

pub const NAME: &str = "name";
pub const ID_NUMBER: &str = "id_number";
pub const ETHNIC: &str = "ethnic";
pub const PHONE: &str = "phone";
pub const ADDRESS: &str = "address";
pub const CREW: &str = "crew";
pub const WORK_TYPE: &str = "work_type";
pub const POST: &str = "post";
pub const ENTERED_ON: &str = "entered_on";
pub const SETTLEMENT: &str = "settlement";
pub const PRICE: &str = "unit_price";
pub const SETTLEMENT_UNIT: &str = "settlement_unit";
pub const CARD: &str = "card_number";
pub const BANK_NAME: &str = "bank_name";
pub const BANK_CARD: &str = "bank_card";

/// The crews on site by the words of the template: a name, with its company where two crews share it.
#[derive(Clone, Debug, Default)]
pub struct Crews {
    labels: Vec<String>,
    ids: HashMap<String, Uuid>,
    unit_kinds: BTreeSet<String>,
}

impl Crews {
    pub async fn of(db: &impl ConnectionTrait, project: Uuid) -> Result<Self> {
        let rows: Vec<(Uuid, String, String, String)> = crew::Entity::find()
            .select_only()
            .columns([crew::Column::Id, crew::Column::Name])
            .column_as(company::Column::Name, "company")
            .column_as(unit::Column::Kind, "unit_kind")
            .join(JoinType::InnerJoin, crew::Relation::Unit.def())
            .join(JoinType::InnerJoin, unit::Relation::Company.def())
            .filter(crew::Column::ProjectId.eq(project))
            .filter(crew::Column::ExitedOn.is_null())
            .filter(unit::Column::ExitedOn.is_null())
            // Workers' crews first: they are what a sheet is mostly about.
            .order_by_desc(crew::Column::Kind)
            .order_by_asc(crew::Column::Number)
            .into_tuple()
            .all(db)
            .await?;
        let mut crews = Self::default();
        for (id, name, company, unit_kind) in &rows {
            let shared = rows.iter().filter(|row| row.1 == *name).count() > 1;
            let label = if shared { format!("{name}（{company}）") } else { name.clone() };
            // One company in two capacities may have two crews of one name; its kind tells them apart.
            let label = if crews.ids.contains_key(&label) {
                format!("{label}（{}）", UnitKind::label_of(unit_kind))
            } else {
                label
            };
            crews.ids.insert(label.clone(), *id);
            crews.labels.push(label);
            crews.unit_kinds.insert(unit_kind.clone());
        }
        Ok(crews)
    }

    pub fn find(&self, label: &str) -> Option<Uuid> {
        self.ids.get(label).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The posts of the units that are on site.
    fn posts(&self) -> Vec<&'static str> {
        let kinds = self.unit_kinds.iter().filter_map(|code| UnitKind::parse(code).ok());
        let codes: BTreeSet<&str> = kinds.flat_map(|kind| posts_of(kind).iter().copied()).collect();
        Post::TABLE.iter().filter(|(code, _)| codes.contains(code)).map(|(_, label)| *label).collect()
    }
}

pub fn columns(crews: &Crews) -> Vec<Column> {
    vec![
        Column::text(NAME, "姓名").required().example("王建国").note("与身份证一致"),
        Column::text(ID_NUMBER, "身份证号码").required().width(24.0).example("18 位号码，最后一位可为 X"),
        Column::text(ETHNIC, "民族")
            .choices(Ethnic::all().map(Ethnic::name))
            .example("汉族")
            .note("首次登记的人员必填；人员库中已有的人员可不填"),
        Column::text(PHONE, "手机号码").width(16.0).example("13800138000"),
        Column::text(ADDRESS, "家庭住址").width(30.0),
        Column::text(CREW, "班组")
            .required()
            .width(26.0)
            .choices(crews.labels.iter().cloned())
            .note("人员只能进入在场的班组；管理人员选择管理班组"),
        Column::text(WORK_TYPE, "工种")
            .choices(WorkType::TABLE.iter().map(|(_, label)| *label))
            .note("工人和其他人员填写；不填则为班组的工种"),
        Column::text(POST, "岗位").width(20.0).choices(crews.posts()).note("只有管理人员填写"),
        Column::date(ENTERED_ON, "进场日期").note("不填为导入当天；不能早于班组进场日期"),
        Column::text(SETTLEMENT, "工资结算方式").choices(["计时", "计件"]),
        Column::number(PRICE, "结算单价（元）").example("300"),
        Column::text(SETTLEMENT_UNIT, "计量单位").example("天").note("如：天、小时、平方米"),
        Column::text(CARD, "考勤卡号").width(16.0).note("本项目在场人员的卡号不能重复"),
        Column::text(BANK_NAME, "工资卡开户行").width(26.0).example("中国建设银行江门分行"),
        Column::text(BANK_CARD, "工资卡号").width(24.0).note("只补填空白，不会改动人员库中已有的卡号"),
    ]
}
