//! The region table as it was compiled in.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One division; the nation is `000000` and the only one without a parent.
#[derive(Debug)]
pub struct Region {
    pub code: &'static str,
    pub name: &'static str,
    pub parent: Option<&'static str>,
}

static TABLE: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let rows = rows(include_str!("gb2260.csv"));
    rows.map(|[code, name, parent]| Region { code, name, parent: Some(parent).filter(|p| !p.is_empty()) }).collect()
});

static FORMER: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows(include_str!("gb2260-former.csv")).map(|[code, _, successor]| (code, successor)).collect());

/// Every division, by code: the nation, then each province followed by all below it.
pub fn all() -> &'static [Region] {
    &TABLE
}

pub fn find(code: &str) -> Option<&'static Region> {
    TABLE.binary_search_by_key(&code, |region| region.code).ok().and_then(|place| TABLE.get(place))
}

/// The code that took the place of one abolished since 2020.
pub fn successor(code: &str) -> Option<&'static str> {
    FORMER.get(code).copied()
}

/// The divisions directly below one.
pub fn children(code: &str) -> impl Iterator<Item = &'static Region> {
    TABLE.iter().filter(move |region| region.parent == Some(code))
}

/// The names from the province down, the region itself last: 广东省, 江门市, 蓬江区. Empty for an unknown code.
pub fn path(code: &str) -> Vec<&'static str> {
    let upwards = std::iter::successors(find(code), |region| region.parent.and_then(find));
    let mut names: Vec<_> = upwards.map(|region| region.name).collect();
    if names.len() > 1 {
        names.pop(); // The nation goes without saying.
    }
    names.reverse();
    names
}

/// The rows of a table of three columns below its comment and its header.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split(',');
        Some([cells.next()?, cells.next()?, cells.next()?])
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;
    use crate::platform::types::{RegionCode, RegionLevel};

    fn level(code: &str) -> RegionLevel {
        RegionCode::parse(code).unwrap().level()
    }

    #[test]
    fn the_table_is_whole() {
        let count = |wanted| all().iter().filter(|region| level(region.code) == wanted).count();
        assert_eq!(count(RegionLevel::Nation), 1);
        assert_eq!(count(RegionLevel::Province), 34);
        assert_eq!(count(RegionLevel::City), 333);
        assert_eq!(count(RegionLevel::County), 2849);
        assert!(all().is_sorted_by_key(|region| region.code), "binary search needs the order");
        assert!(all().iter().all(|region| !region.name.is_empty()));
    }

    #[test]
    fn every_parent_exists_and_contains_its_children() {
        for region in all() {
            let Some(parent) = region.parent else {
                assert_eq!(region.code, "000000");
                continue;
            };
            assert!(find(parent).is_some(), "{}", region.code);
            let (child, parent) = (RegionCode::parse(region.code).unwrap(), RegionCode::parse(parent).unwrap());
            assert!(parent.contains(&child) && parent != child, "{child}");
            let between = child.lineage().into_iter().skip(1).find(|above| find(above.as_str()).is_some());
            assert_eq!(between, Some(parent), "the parent is the nearest division above");
        }
    }

    #[test]
    fn the_odd_ones_hang_where_they_should() {
        assert_eq!(path("440703"), ["广东省", "江门市", "蓬江区"]);
        assert_eq!(path("110101"), ["北京市", "东城区"]);
        assert_eq!(path("419001"), ["河南省", "济源市"]);
        assert_eq!(path("441900"), ["广东省", "东莞市"]);
        assert_eq!(path("000000"), ["全国"]);
        assert!(path("999999").is_empty());
        assert_eq!(children("441900").count(), 0);
        assert_eq!(children("810000").count(), 0);
        assert_eq!(children("000000").count(), 34);
    }

    #[test]
    fn abolished_counties_have_a_successor_of_today() {
        assert_eq!(FORMER.len(), 20);
        for (code, successor) in FORMER.iter() {
            assert!(find(code).is_none(), "{code} still exists");
            assert!(find(successor).is_some(), "{successor}");
        }
        assert_eq!(successor("330104"), Some("330102"));
    }

    #[test]
    fn synthetic_people_come_from_nowhere() {
        assert!(!all().iter().any(|region| region.code.starts_with("99")));
    }
}
