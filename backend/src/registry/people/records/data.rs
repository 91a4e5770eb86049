//! The kinds of records and what each holds.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    entity::person_record::{Model, RecordKind},
    platform::{
        types::{Masked, PersonName, Phone, Text, blank_as_none, clock},
        web::{Error, Result, from_value},
    },
    registry::dictionaries::Education,
};

/// One line of a record.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum RecordData {
    Education(Schooling),
    Training(Training),
    Title(Title),
    Certificate(Certificate),
    Award(Award),
    EmergencyContact(EmergencyContact),
    SocialInsurance(SocialInsurance),
    WorkHistory(WorkHistory),
}

type Short = Text<1, 60>;
type Long = Text<1, 300>;

/// 教育经历
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Schooling {
    pub school: Short,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub major: Option<Short>,
    pub level: Education,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub until: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub certificate_number: Option<Short>,
}

/// 培训记录
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Training {
    pub subject: Short,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub organiser: Option<Short>,
    pub from: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub until: Option<NaiveDate>,
    #[schema(minimum = 1, maximum = 2000)]
    pub hours: Option<u32>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub result: Option<Short>,
}

/// 职称
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Title {
    pub name: Short,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub level: Option<Short>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub speciality: Option<Short>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub authority: Option<Short>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub awarded_on: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub certificate_number: Option<Short>,
}

/// 资格证书
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub name: Short,
    pub number: Short,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub level: Option<Short>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub authority: Option<Short>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub issued_on: Option<NaiveDate>,
    /// Absent: 长期.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub valid_until: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AwardKind {
    Reward,
    Punishment,
}

/// 奖惩
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    pub award: AwardKind,
    pub name: Short,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub authority: Option<Short>,
    pub on: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub content: Option<Long>,
}

/// 紧急联系人. The phone goes out masked, so an edit without it keeps the one that is there.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmergencyContact {
    #[serde(serialize_with = "plain_name")]
    pub name: PersonName,
    pub relation: Text<1, 20>,
    #[serde(default, deserialize_with = "blank_as_none", serialize_with = "plain_phone")]
    pub phone: Option<Phone>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Insurance {
    Pension,
    Medical,
    Injury,
    Unemployment,
    Maternity,
}

/// 社会保险
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SocialInsurance {
    /// Who pays it.
    pub payer: Short,
    #[schema(min_items = 1)]
    pub insurances: Vec<Insurance>,
    pub from: NaiveDate,
    /// Absent: still paid.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub until: Option<NaiveDate>,
}

/// 工作经历, entered by hand
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkHistory {
    pub employer: Short,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub project: Option<Text<1, 100>>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub post: Option<Short>,
    pub from: NaiveDate,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub until: Option<NaiveDate>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub duties: Option<Long>,
}

/// For the database, where a phone is as readable as the person's own.
fn plain_name<S: Serializer>(name: &PersonName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(name.expose())
}

fn plain_phone<S: Serializer>(phone: &Option<Phone>, serializer: S) -> Result<S::Ok, S::Error> {
    phone.as_ref().map(Phone::expose).serialize(serializer)
}

impl RecordData {
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Education(_) => RecordKind::Education,
            Self::Training(_) => RecordKind::Training,
            Self::Title(_) => RecordKind::Title,
            Self::Certificate(_) => RecordKind::Certificate,
            Self::Award(_) => RecordKind::Award,
            Self::EmergencyContact(_) => RecordKind::EmergencyContact,
            Self::SocialInsurance(_) => RecordKind::SocialInsurance,
            Self::WorkHistory(_) => RecordKind::WorkHistory,
        }
    }

    /// Reads `{kind, data}`. serde's own way through a tagged enum forgets at which field a mistake was.
    pub fn parse(mut record: Value) -> Result<Self> {
        let mut part = |name| record.get_mut(name).map(Value::take).unwrap_or_default();
        let (kind, data) = (part("kind"), part("data"));
        let kind = from_value(kind).map_err(|_| Error::field("record.kind", "请选择记录的类别"))?;
        match kind {
            RecordKind::Education => from_value(data).map(Self::Education),
            RecordKind::Training => from_value(data).map(Self::Training),
            RecordKind::Title => from_value(data).map(Self::Title),
            RecordKind::Certificate => from_value(data).map(Self::Certificate),
            RecordKind::Award => from_value(data).map(Self::Award),
            RecordKind::EmergencyContact => from_value(data).map(Self::EmergencyContact),
            RecordKind::SocialInsurance => from_value(data).map(Self::SocialInsurance),
            RecordKind::WorkHistory => from_value(data).map(Self::WorkHistory),
        }
        .map_err(beneath)
    }

    /// The `data` column.
    pub fn stored(&self) -> Result<Value> {
        let mut tagged = serde_json::to_value(self).map_err(Error::internal)?;
        Ok(tagged["data"].take())
    }

    /// What the API shows of a row: `{kind, data}` with phones masked.
    pub fn shown(row: &Model) -> Value {
        let mut data = row.data.clone();
        if row.kind == RecordKind::EmergencyContact
            && let Some(phone) = data.get("phone").and_then(Value::as_str)
        {
            data["phone"] = json!(Masked::phone(phone));
        }
        json!({ "kind": row.kind, "data": data })
    }

    /// What no single field can know.
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Education(schooling) => in_order(schooling.from, schooling.until, "until", "毕业日期"),
            Self::Training(training) => {
                if training.hours.is_some_and(|hours| !(1..=2000).contains(&hours)) {
                    return Err(at("hours", "学时须在 1 到 2000 之间"));
                }
                in_order(Some(training.from), training.until, "until", "结束日期")
            }
            Self::Title(title) => not_ahead(title.awarded_on, "awarded_on", "取得日期"),
            Self::Certificate(certificate) => {
                not_ahead(certificate.issued_on, "issued_on", "发证日期")?;
                in_order(certificate.issued_on, certificate.valid_until, "valid_until", "有效期")
            }
            Self::Award(award) => not_ahead(Some(award.on), "on", "奖惩日期"),
            Self::EmergencyContact(contact) if contact.phone.is_none() => Err(at("phone", "请填写联系电话")),
            Self::EmergencyContact(_) => Ok(()),
            Self::SocialInsurance(insurance) if insurance.insurances.is_empty() => {
                Err(at("insurances", "请选择参保险种"))
            }
            Self::SocialInsurance(insurance) => in_order(Some(insurance.from), insurance.until, "until", "截止日期"),
            Self::WorkHistory(work) => {
                not_ahead(Some(work.from), "from", "开始日期")?;
                in_order(Some(work.from), work.until, "until", "结束日期")
            }
        }
    }
}

/// The mistakes of `data`, told from where the whole form begins.
fn beneath(error: Error) -> Error {
    let Error::Invalid(fields) = error else { return error };
    let path = |field: String| if field == "." { "record.data".to_owned() } else { format!("record.data.{field}") };
    Error::Invalid(fields.into_iter().map(|(field, message)| (path(field), message)).collect())
}

fn at(field: &str, message: impl Into<String>) -> Error {
    Error::field(format!("record.data.{field}"), message)
}

fn in_order(from: Option<NaiveDate>, until: Option<NaiveDate>, field: &str, what: &str) -> Result<()> {
    match (from, until) {
        (Some(from), Some(until)) if until < from => Err(at(field, format!("{what}不能早于开始日期 {from}"))),
        _ => Ok(()),
    }
}

fn not_ahead(day: Option<NaiveDate>, field: &str, what: &str) -> Result<()> {
    if day.is_some_and(|day| day > clock::china_today()) {
        return Err(at(field, format!("{what}不能晚于今天")));
    }
    Ok(())
}
