//! What there is to tell, and its words.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::entity::project;

/// Where it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnProject {
    pub id: Uuid,
    pub name: String,
}

impl From<&project::Model> for OnProject {
    fn from(project: &project::Model) -> Self {
        Self { id: project.id, name: project.name.clone() }
    }
}

/// Something to tell somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    RegistrationApproved {
        project: OnProject,
    },
    RegistrationRefused {
        project: OnProject,
        reason: String,
    },
    /// On site elsewhere until now.
    Transferred {
        project: OnProject,
        from: String,
    },
    /// No contract so many days after entry.
    ContractDue {
        project: OnProject,
        days: i64,
    },
    PunchMissing {
        project: OnProject,
        day: NaiveDate,
    },
    ObjectionAnswered {
        project: OnProject,
        day: NaiveDate,
        accepted: bool,
        answer: String,
    },
}

/// Kinds of notices, for templates and lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    RegistrationApproved,
    RegistrationRefused,
    Transferred,
    ContractDue,
    PunchMissing,
    ObjectionAnswered,
}

impl NoticeKind {
    pub const ALL: [Self; 6] = [
        Self::RegistrationApproved,
        Self::RegistrationRefused,
        Self::Transferred,
        Self::ContractDue,
        Self::PunchMissing,
        Self::ObjectionAnswered,
    ];

    /// As in the configuration and in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::RegistrationApproved => "registration_approved",
            Self::RegistrationRefused => "registration_refused",
            Self::Transferred => "transferred",
            Self::ContractDue => "contract_due",
            Self::PunchMissing => "punch_missing",
            Self::ObjectionAnswered => "objection_answered",
        }
    }

    /// The page of the mini-program that a tap opens.
    pub fn page(self) -> &'static str {
        match self {
            Self::RegistrationRefused => "pages/join/index",
            Self::PunchMissing | Self::ObjectionAnswered => "pages/me/attendance",
            Self::ContractDue => "pages/me/contract",
            Self::RegistrationApproved | Self::Transferred => "pages/me/index",
        }
    }
}

/// Names of [`Words`], as templates are filled with.
pub const FILLINGS: [&str; 4] = ["project", "result", "note", "day"];

/// What a template's field may be filled with; which field gets which stands in the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The project's name.
    pub project: String,
    /// What happened, in two to five characters.
    pub result: &'static str,
    /// What it means and what to do, in one sentence.
    pub note: String,
    /// The day it is about, as `2026年11月26日`.
    pub day: String,
}

impl Words {
    /// By one of [`FILLINGS`].
    pub fn filling(&self, name: &str) -> Option<&str> {
        match name {
            "project" => Some(&self.project),
            "result" => Some(self.result),
            "note" => Some(&self.note),
            "day" => Some(&self.day),
            _ => None,
        }
    }
}

impl Notice {
    pub fn kind(&self) -> NoticeKind {
        match self {
            Self::RegistrationApproved { .. } => NoticeKind::RegistrationApproved,
            Self::RegistrationRefused { .. } => NoticeKind::RegistrationRefused,
            Self::Transferred { .. } => NoticeKind::Transferred,
            Self::ContractDue { .. } => NoticeKind::ContractDue,
            Self::PunchMissing { .. } => NoticeKind::PunchMissing,
            Self::ObjectionAnswered { .. } => NoticeKind::ObjectionAnswered,
        }
    }

    pub fn project(&self) -> &OnProject {
        match self {
            Self::RegistrationApproved { project }
            | Self::RegistrationRefused { project, .. }
            | Self::Transferred { project, .. }
            | Self::ContractDue { project, .. }
            | Self::PunchMissing { project, .. }
            | Self::ObjectionAnswered { project, .. } => project,
        }
    }

    /// `today` stands where the notice is about no day of its own.
    pub fn words(&self, today: NaiveDate) -> Words {
        let shown = |day: &NaiveDate| day.format("%Y年%m月%d日").to_string();
        let (result, note, day) = match self {
            Self::RegistrationApproved { .. } => {
                ("审核通过", "您的登记已通过，可以到现场刷脸考勤。".to_owned(), &today)
            }
            Self::RegistrationRefused { reason, .. } => ("未通过", format!("{reason}，请点击修改后重新提交"), &today),
            Self::Transferred { from, .. } => ("已转入", format!("已从{from}退场"), &today),
            Self::ContractDue { days, .. } => ("未签合同", format!("进场{days}天还未签合同，请尽快签订"), &today),
            Self::PunchMissing { day, .. } => ("缺少考勤", "没有打卡记录，如有误请点击申诉".to_owned(), day),
            Self::ObjectionAnswered { day, accepted: true, answer, .. } => ("申诉成立", answer.clone(), day),
            Self::ObjectionAnswered { day, accepted: false, answer, .. } => ("申诉驳回", answer.clone(), day),
        };
        Words { project: self.project().name.clone(), result, note, day: shown(day) }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn the_name_of_a_kind_is_what_a_notice_is_written_with() {
        let notice = Notice::PunchMissing {
            project: OnProject { id: Uuid::nil(), name: "测试项目".to_owned() },
            day: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        };
        assert_eq!(serde_json::to_value(&notice).unwrap()["kind"], notice.kind().name());
        assert_eq!(notice.words(NaiveDate::MIN).day, "2026年11月25日");
        for kind in NoticeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
