//! Whom the devices of a project should know, against whom they do know.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{device_person, project},
    platform::{App, types::clock, web::Result},
    site::{
        devices::{
            dto::{DevicePersonState, RawDevice},
            rules::{ListSize, ListState},
        },
        roster::query::{Admission, Stay},
    },
};

/// Everybody who may punch today, with the photo that devices should have of them.
pub struct Whitelist(Vec<Stay>);

/// Of whom a device has fetched which photo.
pub type Known = HashMap<Uuid, Option<Uuid>>;

impl Whitelist {
    pub async fn of(app: &App, project: &project::Model) -> Result<Self> {
        let admission = Admission::of(app, project).await?;
        Ok(Self(admission.listed(clock::china_today()).cloned().collect()))
    }

    pub fn people(&self) -> &[Stay] {
        &self.0
    }

    pub fn size(&self) -> ListSize {
        let bytes = self.0.iter().filter_map(|stay| stay.photo).map(|photo| photo.size).sum();
        ListSize { count: i64::try_from(self.0.len()).unwrap_or(i64::MAX), bytes }
    }

    /// How a device stands to each of them. One whose list has the right length knows them all, wherever it has them
    /// from: it may have learnt them before it came to us.
    pub fn states<'a>(
        &'a self,
        device: &RawDevice,
        known: &'a Known,
    ) -> impl Iterator<Item = (&'a Stay, DevicePersonState)> {
        let knows_all = self.is_known_by(device);
        self.0.iter().map(move |stay| {
            let state = match known.get(&stay.person_id) {
                _ if knows_all => DevicePersonState::Present,
                None => DevicePersonState::Missing,
                Some(photo) if *photo == stay.photo.map(|photo| photo.file_id) => DevicePersonState::Present,
                Some(_) => DevicePersonState::Outdated,
            };
            (stay, state)
        })
    }

    /// Whom a device has and should not.
    pub fn extra(&self, device: &RawDevice, known: &Known) -> Vec<Uuid> {
        if self.is_known_by(device) {
            return Vec::new();
        }
        let expected: HashSet<Uuid> = self.0.iter().map(|stay| stay.person_id).collect();
        known.keys().copied().filter(|person| !expected.contains(person)).collect()
    }

    pub fn missing(&self, device: &RawDevice, known: &Known) -> usize {
        self.states(device, known).filter(|(_, state)| *state != DevicePersonState::Present).count()
    }

    fn is_known_by(&self, device: &RawDevice) -> bool {
        ListState::of(device.state.as_ref(), Some(self.size())) == ListState::UpToDate
    }
}

/// Whom these devices have fetched.
pub async fn known(db: &impl ConnectionTrait, devices: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Known>> {
    let rows = device_person::Entity::find().filter(device_person::Column::DeviceId.is_in(devices)).all(db).await?;
    let mut known: HashMap<Uuid, Known> = HashMap::new();
    for row in rows {
        known.entry(row.device_id).or_default().insert(row.person_id, row.photo_file_id);
    }
    Ok(known)
}
