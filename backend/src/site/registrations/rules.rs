//! What holds for registrations, as functions without a database.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    entity::{
        face_comparison::ComparisonVerdict,
        project, project_code,
        registration::{Model, RegistrationOrigin, RegistrationState},
    },
    platform::web::{Error, Result},
    registry::{dictionaries::ProjectStatus, policies::Policy},
};

/// Changes whenever the words of [`consent`] do: who has agreed to other words agrees anew.
pub const CONSENT: &str = "2026-11";

/// Whether a code lets anybody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JoinState {
    Open,
    /// The code was revoked; another hangs at the gate.
    Revoked,
    Stopped,
    Finished,
    Cancelled,
}

impl JoinState {
    pub fn of(code: Option<&project_code::Model>, project: &project::Model) -> Self {
        if code.is_some_and(|code| code.revoked_at.is_some()) {
            return Self::Revoked;
        }
        if project.cancelled_at.is_some() {
            return Self::Cancelled;
        }
        match ProjectStatus::parse(&project.status) {
            Ok(ProjectStatus::Stopped) => Self::Stopped,
            Ok(ProjectStatus::Accepted | ProjectStatus::Finished) => Self::Finished,
            _ => Self::Open,
        }
    }

    /// Why nobody comes in, and what to do.
    pub fn message(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Revoked => Some("这张二维码已作废，请扫描工地门口新张贴的二维码，或联系项目部"),
            Self::Stopped => Some("该项目目前停工，暂不办理进场登记，复工后请再扫码"),
            Self::Finished => Some("该项目已竣工或完工，不再办理进场登记"),
            Self::Cancelled => Some("该项目已注销，不能登记"),
        }
    }

    pub fn demand_open(self) -> Result<()> {
        let code = match self {
            Self::Open => return Ok(()),
            Self::Revoked => "code_revoked",
            Self::Stopped => "project_stopped",
            Self::Finished => "project_finished",
            Self::Cancelled => "project_cancelled",
        };
        Err(Error::conflict(code, self.message().unwrap_or_default()))
    }
}

/// One paragraph of what somebody agrees to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConsentPart {
    pub title: &'static str,
    pub text: String,
}

/// What is collected, why, who sees it and for how long: read before anything is asked.
pub fn consent(project: &project::Model, policy: &Policy) -> Vec<ConsentPart> {
    let part = |title, text: String| ConsentPart { title, text };
    vec![
        part(
            "为什么要登记",
            format!("按照《建筑工人实名制管理办法》，进入“{}”施工现场的人员须实名登记，用于考勤、发放工资和保障您的权益。", project.name),
        ),
        part(
            "收集哪些信息",
            "姓名、身份证号、民族、住址、身份证正反面照片、人脸照片、手机号、工种、工资约定和工资卡号。".to_owned(),
        ),
        part(
            "人脸信息怎么用",
            "人脸照片只用于核对是不是您本人，以及在工地大门刷脸考勤，不用于其他用途。人脸属于敏感个人信息，不愿采集的可以到项目部当面登记。".to_owned(),
        ),
        part(
            "谁能看到",
            "项目部、您所在的参建单位和住房城乡建设主管部门。身份证号、手机号、银行卡号默认隐藏，谁查看过都有记录，您可以在“我的”里查看。".to_owned(),
        ),
        part(
            "保存多久",
            format!(
                "离开最后一个工地 {} 天后，人脸照片、证件照片和人脸特征自动删除；考勤和工资记录按法律规定保存。登记没有通过或中途放弃的，{IDLE_DAYS} 天后删除。",
                policy.face_days_after_exit
            ),
        ),
        part("您的权利", "您可以在“我的”里查看、更正自己的信息，也可以随时撤回同意。".to_owned()),
    ]
}

/// After so many days without a change, what nobody has submitted is given up and deleted.
pub const IDLE_DAYS: i64 = 30;

/// What has been done of what there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationSteps {
    pub consent: bool,
    pub card: bool,
    pub face: bool,
    pub phone: bool,
    pub work: bool,
}

/// The step that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    Card,
    Face,
    Phone,
    Work,
    Submit,
}

impl RegistrationSteps {
    /// Staff ask for consent on paper, and not everybody has a phone.
    pub fn of(row: &Model) -> Self {
        let by_staff = row.origin == RegistrationOrigin::Console;
        Self {
            consent: by_staff || row.consent_at.is_some(),
            card: missing_of_card(row).is_empty(),
            face: row.face_file_id.is_some(),
            phone: by_staff || row.phone.is_some(),
            work: row.crew_id.is_some(),
        }
    }

    pub fn next(self) -> NextStep {
        let Self { consent: _, card, face, phone, work } = self;
        match (card, face, phone, work) {
            (false, ..) => NextStep::Card,
            (_, false, ..) => NextStep::Face,
            (_, _, false, _) => NextStep::Phone,
            (_, _, _, false) => NextStep::Work,
            _ => NextStep::Submit,
        }
    }
}

/// What is still missing, in words.
pub fn missing(row: &Model) -> Vec<&'static str> {
    let RegistrationSteps { consent, card: _, face, phone, work } = RegistrationSteps::of(row);
    let mut missing = missing_of_card(row);
    let others = [(consent, "知情同意"), (face, "人脸照片"), (phone, "手机号"), (work, "班组")];
    missing.extend(others.into_iter().filter(|(done, _)| !done).map(|(_, what)| what));
    missing
}

fn missing_of_card(row: &Model) -> Vec<&'static str> {
    let by_phone = row.origin == RegistrationOrigin::Phone;
    let parts = [
        (row.name.is_none(), "姓名"),
        (row.id_number_hash.is_none(), "身份证号"),
        (row.ethnic.is_none(), "民族"),
        (by_phone && row.id_front_file_id.is_none(), "身份证人像面照片"),
        // A temporary card has one side.
        (by_phone && row.id_back_file_id.is_none() && !row.temporary_card, "身份证国徽面照片"),
    ];
    parts.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, what)| what).collect()
}

/// The state a row that nobody has decided is in, by what it has.
pub fn settled(row: &Model) -> RegistrationState {
    match row.state {
        RegistrationState::Draft | RegistrationState::ToSubmit if missing(row).is_empty() => {
            RegistrationState::ToSubmit
        }
        RegistrationState::Draft | RegistrationState::ToSubmit => RegistrationState::Draft,
        state => state,
    }
}

/// Only what is not decided, and not waiting for a decision, is changed.
pub fn demand_editable(row: &Model) -> Result<()> {
    match row.state {
        RegistrationState::Draft | RegistrationState::ToSubmit | RegistrationState::Refused => Ok(()),
        RegistrationState::Submitted => Err(Error::conflict("submitted", "登记已提交，正在等待审核，现在不能修改")),
        RegistrationState::Approved => Err(Error::conflict("approved", "登记已通过，不能再修改")),
        RegistrationState::Withdrawn => Err(Error::conflict("withdrawn", "登记已撤回，请重新扫码登记")),
    }
}

/// Whether a face lets a registration in without anybody looking.
pub fn face_speaks_for_itself(row: &Model) -> bool {
    row.face_standing == Some(ComparisonVerdict::Pass)
}

/// What a phone is told of its face.
pub fn face_words(standing: Option<ComparisonVerdict>) -> &'static str {
    match standing {
        Some(ComparisonVerdict::Pass) => "人脸与身份证照片一致",
        Some(_) => "人脸与身份证照片不太像，提交后由项目部人工核对",
        None => "提交后由项目部人工核对人脸",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_a_project_s_status_lets_in_or_says_why_not() {
        for status in ProjectStatus::ALL {
            let open = matches!(status, ProjectStatus::Preparing | ProjectStatus::Approved | ProjectStatus::Building);
            let mut project = sample();
            project.status = status.code().to_owned();
            let state = JoinState::of(None, &project);
            assert_eq!(state == JoinState::Open, open, "{}", status.label());
            assert_eq!(state.demand_open().is_ok(), open);
            assert_eq!(state.message().is_none(), open);
        }
        let mut gone = sample();
        gone.cancelled_at = Some(chrono::Utc::now());
        assert_eq!(JoinState::of(None, &gone), JoinState::Cancelled);
    }

    fn sample() -> project::Model {
        let now = chrono::Utc::now();
        project::Model {
            id: uuid::Uuid::nil(),
            number: 1,
            code: None,
            name: "滨江花园".to_owned(),
            region_code: "440703".to_owned(),
            vendor_id: None,
            category: "01".to_owned(),
            status: "003".to_owned(),
            address: None,
            longitude: None,
            latitude: None,
            permit_number: None,
            permit_date: None,
            investment_nature: None,
            start_on: None,
            planned_finish_on: None,
            area_m2: None,
            height_m: None,
            structure: None,
            cost_wan: None,
            contact_name: None,
            contact_phone: None,
            wage_bank: None,
            wage_account_mask: None,
            deposit_kind: None,
            parties: serde_json::json!([]),
            venue_code: None,
            upload_state: crate::entity::company::UploadState::Waiting,
            cancelled_at: None,
            created_by: None,
            created_at: now,
            updated_at: now,
            revision: 1,
        }
    }

    #[test]
    fn the_consent_names_the_project_and_its_days() {
        let words: String = consent(&sample(), &Policy::default()).into_iter().map(|part| part.text).collect();
        assert!(words.contains("滨江花园") && words.contains("180 天"));
    }
}
