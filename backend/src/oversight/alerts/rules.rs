//! What counts as wrong, as a function without a database.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::dto::AlertDetails;
use crate::entity::{alert::AlertKind, device::DeviceKind};

/// JD8: a project nothing is heard of for two days.
const DARK_AFTER: TimeDelta = TimeDelta::hours(48);
/// The protocol allows a clock to be a little off.
const CLOCK_TOLERANCE: i64 = 120;

/// A bound device of a project under way.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Watched {
    pub id: Uuid,
    pub project_id: Uuid,
    pub region_code: String,
    pub kind: DeviceKind,
    pub serial: String,
    pub place: String,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: Option<DateTime<Utc>>,
    pub clock_offset_seconds: Option<i64>,
}

impl Watched {
    /// When it last said something. Hanging it up counts, or it would be overdue before it is plugged in.
    fn heard_at(&self) -> DateTime<Utc> {
        self.last_seen_at.unwrap_or(self.created_at)
    }

    fn details(&self) -> AlertDetails {
        AlertDetails { serial: Some(self.serial.clone()), place: Some(self.place.clone()), ..AlertDetails::default() }
    }
}

/// Something that is wrong now.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub kind: AlertKind,
    pub project_id: Uuid,
    pub subject_id: Uuid,
    pub details: AlertDetails,
}

/// What is wrong with these devices. `patience` says how long a region lets a device be silent.
pub fn findings(devices: &[Watched], patience: impl Fn(&str) -> TimeDelta, now: DateTime<Utc>) -> Vec<Finding> {
    let offline = devices.iter().filter_map(|device| offline(device, patience(&device.region_code), now));
    let clocks = devices.iter().filter_map(clock_off);
    offline.chain(clocks).chain(dark_projects(devices, now)).collect()
}

/// Only terminals are expected to be there day and night, and only once they have been.
fn offline(device: &Watched, patience: TimeDelta, now: DateTime<Utc>) -> Option<Finding> {
    let since = device.last_seen_at.filter(|seen| now - *seen > patience)?;
    (device.kind == DeviceKind::Attendance).then(|| Finding {
        kind: AlertKind::DeviceOffline,
        project_id: device.project_id,
        subject_id: device.id,
        details: AlertDetails { since: Some(since), ..device.details() },
    })
}

fn clock_off(device: &Watched) -> Option<Finding> {
    let offset = device.clock_offset_seconds.filter(|offset| offset.abs() > CLOCK_TOLERANCE)?;
    Some(Finding {
        kind: AlertKind::ClockOff,
        project_id: device.project_id,
        subject_id: device.id,
        details: AlertDetails { offset_seconds: Some(offset), ..device.details() },
    })
}

fn dark_projects(devices: &[Watched], now: DateTime<Utc>) -> Vec<Finding> {
    let mut heard: HashMap<Uuid, (DateTime<Utc>, usize)> = HashMap::new();
    for device in devices.iter().filter(|device| device.kind == DeviceKind::Attendance) {
        let (last, count) = heard.entry(device.project_id).or_insert((device.heard_at(), 0));
        *last = device.heard_at().max(*last);
        *count += 1;
    }
    let dark = heard.into_iter().filter(|(_, (last, _))| now - *last > DARK_AFTER);
    dark.map(|(project_id, (since, devices))| Finding {
        kind: AlertKind::ProjectDark,
        project_id,
        subject_id: project_id,
        details: AlertDetails { since: Some(since), devices: Some(devices), ..AlertDetails::default() },
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(project_id: Uuid, kind: DeviceKind, silent_minutes: Option<i64>, offset: Option<i64>) -> Watched {
        let now = DateTime::UNIX_EPOCH;
        Watched {
            id: Uuid::now_v7(),
            project_id,
            region_code: "440703".to_owned(),
            kind,
            serial: "MC-1".to_owned(),
            place: "1 号门".to_owned(),
            created_at: now - TimeDelta::hours(50),
            last_seen_at: silent_minutes.map(|minutes| now - TimeDelta::minutes(minutes)),
            clock_offset_seconds: offset,
        }
    }

    fn kinds(devices: &[Watched]) -> Vec<AlertKind> {
        let found = findings(devices, |_| TimeDelta::minutes(30), DateTime::UNIX_EPOCH);
        found.into_iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn a_terminal_is_missed_after_the_region_s_patience() {
        let site = Uuid::now_v7();
        assert!(kinds(&[device(site, DeviceKind::Attendance, Some(30), None)]).is_empty());
        assert_eq!(kinds(&[device(site, DeviceKind::Attendance, Some(31), None)]), [AlertKind::DeviceOffline]);
        assert!(kinds(&[device(site, DeviceKind::Collection, Some(31), None)]).is_empty());
        assert!(kinds(&[device(site, DeviceKind::Mobile, Some(31), None)]).is_empty());
    }

    #[test]
    fn a_clock_may_be_two_minutes_off_either_way() {
        let off = |seconds| kinds(&[device(Uuid::now_v7(), DeviceKind::Mobile, Some(0), Some(seconds))]);
        assert!(off(120).is_empty() && off(-120).is_empty());
        assert_eq!((off(121), off(-121)), (vec![AlertKind::ClockOff], vec![AlertKind::ClockOff]));
    }

    #[test]
    fn a_project_is_dark_when_the_last_of_its_terminals_has_been_silent_for_two_days() {
        let site = Uuid::now_v7();
        let silent = device(site, DeviceKind::Attendance, Some(49 * 60), None);
        let never_seen = device(site, DeviceKind::Attendance, None, None);
        assert_eq!(kinds(&[silent.clone(), never_seen]), [AlertKind::DeviceOffline, AlertKind::ProjectDark]);
        let speaking = device(site, DeviceKind::Attendance, Some(1), None);
        assert_eq!(kinds(&[silent.clone(), speaking]), [AlertKind::DeviceOffline]);
        let phone = device(site, DeviceKind::Mobile, Some(1), None);
        assert_eq!(kinds(&[silent, phone]), [AlertKind::DeviceOffline, AlertKind::ProjectDark], "phones do not count");
    }
}
