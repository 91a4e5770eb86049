//! What units are called and when they may come.

use chrono::NaiveDate;

use crate::{
    platform::web::Result,
    registry::{dictionaries::UnitKind, presence},
};

/// 总承包单位管理班组, 监理单位管理班组, …: one per unit, made with it.
pub fn management_crew_name(kind: UnitKind) -> String {
    let label = kind.label();
    let unit = if label.ends_with("单位") { "" } else { "单位" };
    format!("{label}{unit}管理班组")
}

/// A unit's entry lies in the past, and before that of everybody it brought.
pub fn check_entry(entered_on: NaiveDate, first_inside: Option<NaiveDate>) -> Result<()> {
    presence::not_in_future("entered_on", entered_on)?;
    presence::not_after("entered_on", entered_on, first_inside, "该单位班组和人员的最早进场日期")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn management_crews_are_called_after_their_kind_of_unit() {
        assert_eq!(management_crew_name(UnitKind::GeneralContractor), "总承包单位管理班组");
        assert_eq!(management_crew_name(UnitKind::Supervision), "监理单位管理班组");
        assert_eq!(management_crew_name(UnitKind::Labour), "劳务分包单位管理班组");
        let names: std::collections::HashSet<_> =
            UnitKind::ALL.iter().map(|kind| management_crew_name(*kind)).collect();
        assert_eq!(names.len(), UnitKind::ALL.len());
    }
}
