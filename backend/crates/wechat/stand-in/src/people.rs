//! The people who have a phone here. All of them are made up; the numbers belong to nobody.

use std::collections::HashMap;

use serde::Serialize;
use sha1::{Digest, Sha1};

use crate::settings::{Settings, Which};

#[derive(Clone, Serialize)]
pub(crate) struct Person {
    pub id: String,
    pub name: String,
    /// What they are in the stories that are told with them.
    pub role: String,
    pub phone: String,
    pub openid: String,
    pub account_openid: String,
    pub unionid: String,
    pub following: bool,
    /// Opens pages as snapshots, with a virtual account.
    pub snapshot: bool,
    /// Template messages do not get through.
    pub blocks: bool,
    /// WeChat's risk control keeps them out.
    pub risky: bool,
    /// How many subscribe messages of each template they still accept.
    pub allowed: HashMap<String, u32>,
    /// When the mini-program was last opened.
    #[serde(skip)]
    pub seen: Option<u64>,
}

impl Person {
    pub fn new(settings: &Settings, id: &str, name: &str, role: &str, phone: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            role: role.to_owned(),
            phone: phone.to_owned(),
            openid: identity('o', &settings.mini_program.id, id),
            account_openid: identity('o', &settings.account.id, id),
            unionid: identity('u', "open-platform", id),
            following: false,
            snapshot: false,
            blocks: false,
            risky: false,
            allowed: HashMap::new(),
            seen: None,
        }
    }

    pub fn openid(&self, which: Which) -> &str {
        match which {
            Which::MiniProgram => &self.openid,
            Which::Account => &self.account_openid,
        }
    }
}

/// The same for the same person, in this run and in the next: 28 characters, as WeChat's are.
fn identity(first: char, appid: &str, id: &str) -> String {
    let digest: String = Sha1::digest(format!("{appid}/{id}")).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{first}{}", &digest[..27])
}

pub(crate) fn made_up(settings: &Settings) -> Vec<Person> {
    [
        ("wang", "王建国", "木工", "19900000001"),
        ("li", "李秀英", "钢筋工", "19900000002"),
        ("maimaiti", "阿不都热合曼·买买提", "架子工", "19900000003"),
        ("zhao", "赵㛃", "施工单位劳资专管员", "19900000004"),
        ("chen", "陈志强", "项目经理", "19900000005"),
        ("zhou", "周敏", "主管部门", "19900000006"),
    ]
    .map(|(id, name, role, phone)| Person::new(settings, id, name, role, phone))
    .into()
}
