//! What a crew may be and become.

use chrono::NaiveDate;

use super::dto::MadeKind;
use crate::{
    entity::crew::{self, CrewKind},
    platform::web::{Error, Result},
    registry::{dictionaries::WorkType, presence},
};

/// Management crews are the unit's own business.
pub fn must_be_made_by_people(crew: &crew::Model) -> Result<()> {
    match crew.kind {
        CrewKind::Management => {
            Err(Error::conflict("management_crew", "管理班组随参建单位自动生成，不能编辑、删除、进场或退场"))
        }
        CrewKind::Workers | CrewKind::Others => Ok(()),
    }
}

/// Workers' crews have a trade; 其他人员 need none.
pub fn check_work_type(kind: MadeKind, work_type: Option<WorkType>) -> Result<()> {
    match (kind, work_type) {
        (MadeKind::Workers, None) => Err(Error::field("work_type", "请选择班组工种")),
        _ => Ok(()),
    }
}

/// A workers' crew may only become one of 其他人员.
pub fn check_change(before: CrewKind, after: MadeKind) -> Result<()> {
    match (before, after) {
        (CrewKind::Others, MadeKind::Workers) => Err(Error::field("kind", "其他人员班组不能改为工人班组，请新建班组")),
        _ => Ok(()),
    }
}

/// A crew comes after its unit and before its people.
pub fn check_entry(entered_on: NaiveDate, unit_entered_on: NaiveDate, first_inside: Option<NaiveDate>) -> Result<()> {
    presence::not_in_future("entered_on", entered_on)?;
    presence::not_before("entered_on", entered_on, Some(unit_entered_on), "参建单位进场日期")?;
    presence::not_after("entered_on", entered_on, first_inside, "班组内人员的最早进场日期")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_become_others_and_never_the_other_way() {
        assert!(check_change(CrewKind::Workers, MadeKind::Others).is_ok());
        assert!(check_change(CrewKind::Workers, MadeKind::Workers).is_ok());
        assert!(check_change(CrewKind::Others, MadeKind::Others).is_ok());
        assert!(check_change(CrewKind::Others, MadeKind::Workers).is_err());
    }

    #[test]
    fn a_workers_crew_has_a_trade() {
        assert!(check_work_type(MadeKind::Workers, None).is_err());
        assert!(check_work_type(MadeKind::Workers, WorkType::parse("钢筋工").ok()).is_ok());
        assert!(check_work_type(MadeKind::Others, None).is_ok());
    }
}
