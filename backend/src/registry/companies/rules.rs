//! Who changes what of a company.

use sea_orm::ActiveValue::Set;

use crate::{
    entity::{Reach, Scope, company},
    platform::web::{Error, Fields, Result},
};

/// In which capacity somebody edits a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Editor {
    /// A project it works on: how to reach it.
    Project,
    /// The company itself: all but what it is known by.
    Itself,
    /// The regulator of its region.
    Regulator,
}

impl Editor {
    /// The highest capacity in which a reach covers a company it may edit.
    pub fn of(reach: &Reach, company: &company::Model) -> Self {
        if reach.covers_region(&company.region_code) {
            Self::Regulator
        } else if reach.0.contains(&Scope::Company(company.id)) {
            Self::Itself
        } else {
            Self::Project
        }
    }

    /// Other projects and people's records rest on what a company is known by, so no project rewrites it for all.
    pub fn check(self, before: &company::Model, after: &company::ActiveModel) -> Result<()> {
        let before = before.clone();
        let known_by = [
            ("credit_code", after.credit_code != Set(before.credit_code)),
            ("name", after.name != Set(before.name)),
            ("region_code", after.region_code != Set(before.region_code)),
        ];
        let own = [
            ("registration_kind", after.registration_kind != Set(before.registration_kind)),
            ("address", after.address != Set(before.address)),
            ("legal_person", after.legal_person != Set(before.legal_person)),
            ("registered_capital_wan", after.registered_capital_wan != Set(before.registered_capital_wan)),
            ("established_on", after.established_on != Set(before.established_on)),
        ];
        let mut refused = Fields::new();
        let mut refuse = |fields: &[(&str, bool)], message: &str| {
            let changed = fields.iter().filter(|(_, changed)| *changed);
            refused.extend(changed.map(|(field, _)| ((*field).to_owned(), message.to_owned())));
        };
        if self < Self::Regulator {
            refuse(&known_by, "统一社会信用代码、企业名称和注册地区只能由企业所在地的监管部门更正");
        }
        if self < Self::Itself {
            refuse(&own, "项目只能修改企业的联系人、联系电话和邮箱，其他信息由企业或监管部门修改");
        }
        if refused.is_empty() { Ok(()) } else { Err(Error::Invalid(refused)) }
    }
}
