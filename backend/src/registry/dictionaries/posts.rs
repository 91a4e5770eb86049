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

/// The kind of unit a key post is to be filled in: supervision for posts that only it has, the general contractor for
/// all others. A labour company's project manager is not the project's.
pub fn unit_for_post(post: &str) -> UnitKind {
    if SUPERVISION.contains(&post) && !CONTRACTOR.contains(&post) {
        UnitKind::Supervision
    } else {
        UnitKind::GeneralContractor
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
    fn a_key_post_is_filled_in_a_unit_that_has_it() {
        for (code, _) in Post::TABLE {
            let has_it = |kind: &UnitKind| posts_of(*kind).contains(code);
            assert!(has_it(&unit_for_post(code)) || !UnitKind::ALL.iter().any(has_it), "{code}");
        }
        assert_eq!(unit_for_post("1001"), UnitKind::Supervision);
        assert_eq!(unit_for_post("1009"), UnitKind::GeneralContractor);
    }

    #[test]
    fn a_chief_supervisor_belongs_to_supervision_only() {
        let has_1001 = |kind: &&UnitKind| posts_of(**kind).contains(&"1001");
        assert_eq!(UnitKind::ALL.iter().filter(has_1001).collect::<Vec<_>>(), [&UnitKind::Supervision]);
    }
}
