//! Which posts belong to which kind of unit: a manager enters a unit's management crew only in one of its posts.

use super::UnitKind;

const SUPERVISION: &[&str] = &["1001", "1002", "1024", "1003", "1004", "1005", "1006", "1007", "1023", "1099"];
const CONTRACTOR: &[&str] = &[
    "1009", "1014", "1008", "1011", "1030", "1010", "1031", "1012", "1013", "1016", "1017", "1018", "1019", "1020",
    "1021", "1022", "1023", "1025", "1026", "1027", "1028", "1029", "1032", "1099",
];
const BUILDER: &[&str] = &["1009", "1010", "1011", "1012", "1013", "1018", "1023", "1027", "1099"];
const CONSULTANT: &[&str] = &["1009", "1008", "1011", "1012", "1023", "1025", "1099"];

pub fn posts_of(kind: UnitKind) -> &'static [&'static str] {
    match kind {
        UnitKind::Supervision => SUPERVISION,
        UnitKind::Builder => BUILDER,
        UnitKind::Survey | UnitKind::Design => CONSULTANT,
        UnitKind::GeneralContractor
        | UnitKind::Specialist
        | UnitKind::Labour
        | UnitKind::Equipment
        | UnitKind::Materials
        | UnitKind::Logistics
        | UnitKind::SpecialEquipment
        | UnitKind::Other => CONTRACTOR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::dictionaries::Post;

    #[test]
    fn every_post_named_here_is_in_the_dictionary() {
        for kind in UnitKind::ALL {
            assert!(!posts_of(*kind).is_empty());
            assert!(posts_of(*kind).iter().all(|code| Post::parse(code).is_ok()), "{kind:?}");
        }
    }

    #[test]
    fn a_chief_supervisor_belongs_to_supervision_only() {
        let has_1001 = |kind: &&UnitKind| posts_of(**kind).contains(&"1001");
        assert_eq!(UnitKind::ALL.iter().filter(has_1001).collect::<Vec<_>>(), [&UnitKind::Supervision]);
    }
}
