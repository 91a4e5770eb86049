//! What a distance says, and whose business it is.

use crate::{entity::face_comparison::ComparisonVerdict, platform::types::RegionCode, registry::policies::Policy};

/// Up to which distances a region says what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    pub pass: f64,
    pub look: f64,
    pub duplicate: f64,
}

impl Limits {
    pub fn of(policy: &Policy) -> Self {
        let hundredths = |value: i64| f64::from(i32::try_from(value).unwrap_or_default()) / 100.0;
        Self {
            pass: hundredths(policy.face_match_pass),
            look: hundredths(policy.face_match_look),
            duplicate: hundredths(policy.face_duplicate),
        }
    }

    /// Of a face and the portrait on the same person's card.
    pub fn judge(self, distance: f64) -> ComparisonVerdict {
        if distance <= self.pass {
            ComparisonVerdict::Pass
        } else if distance <= self.look {
            ComparisonVerdict::Look
        } else {
            ComparisonVerdict::Fail
        }
    }
}

/// The city a region lies in: how far a search for the same face goes. A province, or the nation, is its own.
pub fn city_of(region: &str) -> RegionCode {
    let Ok(code) = RegionCode::parse(region) else { return RegionCode::nation() };
    let city = format!("{}00", code.as_str().get(..4).unwrap_or_default());
    RegionCode::parse(&city).unwrap_or(code)
}

/// Whose regulators see a pair: those of the county both are of, else those of the city they were found in.
pub fn seen_by(city: &RegionCode, one: &str, other: &str) -> String {
    if one == other && RegionCode::parse(one).is_ok_and(|code| city.contains(&code)) {
        return one.to_owned();
    }
    city.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_passes_is_looked_at_or_fails() {
        let limits = Limits::of(&Policy::default());
        assert_eq!(limits, Limits { pass: 0.40, look: 0.50, duplicate: 0.40 });
        for (distance, verdict) in [
            (0.0, ComparisonVerdict::Pass),
            (0.40, ComparisonVerdict::Pass),
            (0.41, ComparisonVerdict::Look),
            (0.50, ComparisonVerdict::Look),
            (0.51, ComparisonVerdict::Fail),
        ] {
            assert_eq!(limits.judge(distance), verdict, "{distance}");
        }
    }

    #[test]
    fn limits_in_the_wrong_order_leave_nothing_to_look_at() {
        let limits = Limits::of(&Policy { face_match_pass: 60, face_match_look: 50, ..Policy::default() });
        assert_eq!(limits.judge(0.55), ComparisonVerdict::Pass);
        assert_eq!(limits.judge(0.61), ComparisonVerdict::Fail);
    }

    #[test]
    fn a_search_goes_as_far_as_the_city() {
        for (region, city) in
            [("440703", "440700"), ("440700", "440700"), ("440000", "440000"), ("000000", "000000"), ("x", "000000")]
        {
            assert_eq!(city_of(region).as_str(), city, "{region}");
        }
    }

    #[test]
    fn a_pair_of_two_counties_is_the_city_s_to_see() {
        let city = city_of("440703");
        assert_eq!(seen_by(&city, "440703", "440703"), "440703");
        assert_eq!(seen_by(&city, "440703", "440704"), "440700");
        // Both were recorded elsewhere and work here.
        assert_eq!(seen_by(&city, "510800", "510800"), "440700");
    }
}
