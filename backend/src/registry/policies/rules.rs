//! Which rules there are, what they mean, and which values they can have.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{platform::types::clock, registry::dictionaries::Post};

/// How a rule is edited.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RuleKind {
    /// A switch.
    Bool,
    /// A number with bounds and the unit people read behind it.
    Number { min: i64, max: i64, unit: &'static str },
    /// Codes of the posts dictionary.
    Posts,
    /// One of several words.
    Choice { options: &'static [RuleOption] },
}

/// A word a rule can have, and what people read.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct RuleOption {
    pub value: &'static str,
    pub label: &'static str,
}

/// What becomes of somebody who registers by a project's code while on site elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Elsewhere {
    /// They are told where, and have to leave there first.
    #[default]
    Tell,
    /// They leave there when they are let in here.
    Transfer,
    /// They are on both.
    Allow,
}

const ELSEWHERE: &[RuleOption] = &[
    RuleOption { value: "tell", label: "提示先退场" },
    RuleOption { value: "transfer", label: "通过时自动转场" },
    RuleOption { value: "allow", label: "允许同时在场" },
];

impl RuleKind {
    /// Says in Chinese what is wrong with a value.
    pub fn check(self, value: &Value) -> Result<(), String> {
        match self {
            Self::Bool => value.is_boolean().then_some(()).ok_or_else(|| "请选择是或否".to_owned()),
            Self::Number { min, max, unit } => {
                let fits = value.as_i64().is_some_and(|number| (min..=max).contains(&number));
                fits.then_some(()).ok_or_else(|| format!("须为 {min} 到 {max} 之间的整数（{unit}）"))
            }
            Self::Posts => {
                let codes = value.as_array().filter(|codes| codes.len() <= Post::TABLE.len());
                let known = codes.is_some_and(|codes| {
                    codes.iter().all(|code| code.as_str().is_some_and(|code| Post::parse(code).is_ok()))
                });
                known.then_some(()).ok_or_else(|| "请从岗位字典中选择".to_owned())
            }
            Self::Choice { options } => {
                let known = value.as_str().is_some_and(|word| options.iter().any(|option| option.value == word));
                let labels = || options.iter().map(|option| option.label).collect::<Vec<_>>().join("、");
                known.then_some(()).ok_or_else(|| format!("请选择其中一项：{}", labels()))
            }
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $key:ident: $type:ty = $default:expr, $kind:expr, $title:literal, $note:literal;)+) => {
        /// All rules of one region.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Policy { $($(#[doc = $doc])* pub $key: $type),+ }

        impl Default for Policy {
            fn default() -> Self {
                Self { $($key: $default),+ }
            }
        }

        /// Every rule with what the console shows of it.
        pub const RULES: &[Rule] = &[$(Rule { key: stringify!($key), kind: $kind, title: $title, note: $note }),+];
    };
}

#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub key: &'static str,
    pub kind: RuleKind,
    pub title: &'static str,
    pub note: &'static str,
}

rules! {
    /// For how many days an exit can be undone.
    exit_undo_days: i64 = 7, RuleKind::Number { min: 0, max: 90, unit: "天" },
        "退场可撤销天数", "人员、班组或参建单位退场后，在此天数内可以填写原因撤销退场；0 表示不可撤销。";
    /// How many days back an entry or exit may be dated.
    backdate_days: i64 = 30, RuleKind::Number { min: 0, max: 365, unit: "天" },
        "进退场日期可提前天数", "登记进场或退场时，日期最多可以早于今天的天数。";
    /// From which age men are warned about.
    warn_age_men: i64 = 60, RuleKind::Number { min: 45, max: 80, unit: "岁" },
        "男性超龄提醒", "男性达到此年龄进场时须确认。未满 16 周岁始终不得进场。";
    /// From which age women are warned about.
    warn_age_women: i64 = 55, RuleKind::Number { min: 45, max: 80, unit: "岁" },
        "女性超龄提醒", "女性达到此年龄进场时须确认。未满 16 周岁始终不得进场。";
    /// Whether a worker without wage card data counts as incomplete.
    wage_card_required: bool = true, RuleKind::Bool,
        "务工人员须登记工资卡", "未登记工资卡的务工人员会被标记为待完善，完善前不能考勤。";
    /// Key posts that every project must fill.
    required_posts: Vec<String> = ["1009", "1001", "1018", "1022"].map(str::to_owned).to_vec(), RuleKind::Posts,
        "必须配备的关键岗位", "项目查询和工作台按此检查关键岗位是否配齐：监理岗位由监理单位配备，其他岗位由总承包单位配备。";
    /// At which hour a day of attendance begins.
    day_cut_hour: i64 = 4, RuleKind::Number { min: 0, max: 8, unit: "点" },
        "考勤日切时间", "此时间之前的打卡计入前一天，使夜班的上下班落在同一天；0 表示按自然日。";
    /// Within how many minutes a second punch at a device by turns does not count.
    repeat_minutes: i64 = 2, RuleKind::Number { min: 0, max: 60, unit: "分钟" },
        "重复打卡间隔", "进出轮换的设备上，此时间内的再次打卡会保留但不计为进出。";
    /// After how many minutes of silence a device is reported.
    offline_alert_minutes: i64 = 30, RuleKind::Number { min: 5, max: 1440, unit: "分钟" },
        "设备离线预警", "考勤设备离线超过此时间产生预警；项目全部设备离线超过两天另行预警。";
    /// For how many days photos of punches are kept.
    punch_photo_days: i64 = 400, RuleKind::Number { min: 30, max: 1100, unit: "天" },
        "打卡照片保存天数", "超过此天数的打卡照片由系统删除，打卡记录保留。";
    /// Up to which distance, in hundredths, a face is that of the card's portrait.
    face_match_pass: i64 = 40, RuleKind::Number { min: 20, max: 60, unit: "×0.01" },
        "人脸与证件照一致阈值", "人脸照片与身份证照片的距离不超过此值时自动通过；40 即距离 0.40。";
    /// Up to which distance, in hundredths, somebody has to look.
    face_match_look: i64 = 50, RuleKind::Number { min: 20, max: 80, unit: "×0.01" },
        "人脸与证件照待核阈值", "距离在一致阈值与此值之间时由人工核对，超过此值标记为不一致；50 即距离 0.50。";
    /// Up to which distance, in hundredths, two people are reported as perhaps one.
    face_duplicate: i64 = 40, RuleKind::Number { min: 20, max: 60, unit: "×0.01" },
        "重复人脸提醒阈值", "不同人员的人脸距离不超过此值时提醒人工核对，不影响登记和考勤；40 即距离 0.40。";
    /// For how many days after the last exit pictures of somebody are kept.
    face_days_after_exit: i64 = 180, RuleKind::Number { min: 7, max: 1100, unit: "天" },
        "退场后人脸和证件照片保存天数", "人员从最后一个项目退场超过此天数后，其人脸、证件照片和人脸特征由系统删除；再次进场须重新采集。被替换的旧照片同样按此天数删除。";
    /// After how many days without a contract somebody is yellow.
    contract_yellow_days: i64 = 5, RuleKind::Number { min: 1, max: 90, unit: "天" },
        "未签劳动合同黄色预警", "务工人员进场满此天数仍未上传劳动合同的，显示黄色预警。";
    /// After how many days without a contract somebody is orange.
    contract_orange_days: i64 = 10, RuleKind::Number { min: 1, max: 180, unit: "天" },
        "未签劳动合同橙色预警", "务工人员进场满此天数仍未上传劳动合同的，显示橙色预警。";
    /// After how many days without a contract somebody is red.
    contract_red_days: i64 = 30, RuleKind::Number { min: 1, max: 365, unit: "天" },
        "未签劳动合同红色预警", "务工人员进场满此天数仍未上传劳动合同的，显示红色预警。";
    /// Whether red stops punching.
    contract_red_stops: bool = true, RuleKind::Bool,
        "红色预警停止考勤", "劳动合同红色预警的务工人员不能打卡，上传合同后立即恢复。";
    /// For how many days a contract can be deleted that was recorded by mistake.
    contract_delete_days: i64 = 7, RuleKind::Number { min: 0, max: 90, unit: "天" },
        "劳动合同可删除天数", "登记后在此天数内可以删除误登的劳动合同，之后只能解约；0 表示不可删除。";
    /// Whether somebody decides about registrations before they are on the roster.
    registration_review: bool = true, RuleKind::Bool,
        "登记绑定须审核", "扫码登记和人员绑定提交后由项目审核，通过后进场；关闭后，人脸与证件照一致的提交即进场，其余仍须审核。";
    /// What becomes of somebody who registers while on site elsewhere.
    on_site_elsewhere: Elsewhere = Elsewhere::Tell, RuleKind::Choice { options: ELSEWHERE },
        "登记时已在其他项目在场", "扫码登记的人员还在其他项目在场时：提示其先办理退场，或审核通过时自动从原项目退场，或允许同时在场。";
}

impl Policy {
    /// The day of attendance an instant falls on: until the cut in the morning it is still yesterday.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        clock::china_day(at - TimeDelta::hours(self.day_cut_hour))
    }
}

impl Rule {
    pub fn find(key: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.key == key)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use serde_json::json;

    use super::*;

    #[test]
    fn every_default_is_a_value_its_rule_allows() {
        let Value::Object(defaults) = serde_json::to_value(Policy::default()).unwrap() else { panic!("an object") };
        assert_eq!(defaults.len(), RULES.len());
        for rule in RULES {
            assert_eq!(rule.kind.check(&defaults[rule.key]), Ok(()), "{}", rule.key);
        }
    }

    #[test]
    fn a_value_out_of_bounds_is_refused_in_words() {
        let days = Rule::find("exit_undo_days").unwrap().kind;
        assert!(days.check(&json!(91)).unwrap_err().contains("0 到 90"));
        assert!(days.check(&json!("7")).is_err());
        assert!(Rule::find("required_posts").unwrap().kind.check(&json!(["9999"])).is_err());
    }
}
