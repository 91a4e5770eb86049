//! Who may punch where, kept for as long as nobody announces a change and half a minute at most.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use uuid::Uuid;

use super::whitelist::List;
use crate::{
    platform::{
        App,
        web::{Error, Result},
    },
    registry::presence::Touched,
    site::roster::query::Admission,
};

/// An announcement may get lost.
const KEPT: Duration = Duration::from_secs(30);

pub struct Admissions {
    app: App,
    by_project: Mutex<HashMap<Uuid, Slot>>,
}

/// A project's admission, and what is made of it.
pub struct Site {
    pub admission: Admission,
    list: tokio::sync::Mutex<Option<(NaiveDate, Arc<List>)>>,
}

/// Read once for all who want it at the same time. What comes to nothing does so for all of them, too: a database that
/// is away is not asked by a thousand terminals one after the other.
type Reading = Shared<BoxFuture<'static, Option<Arc<Site>>>>;

#[derive(Clone)]
struct Slot {
    since: Instant,
    reading: Reading,
}

impl Admissions {
    pub fn new(app: &App) -> Self {
        Self { app: app.clone(), by_project: Mutex::default() }
    }

    pub async fn of(&self, project_id: Uuid) -> Result<Arc<Site>> {
        let slot = self.slot(project_id);
        if let Some(site) = slot.reading.clone().await {
            return Ok(site);
        }
        self.forget(|id, kept| *id == project_id && kept.since == slot.since);
        Err(Error::Unavailable("the project's roster could not be read".to_owned()))
    }

    fn slot(&self, project_id: Uuid) -> Slot {
        let mut slots = self.slots();
        if let Some(slot) = slots.get(&project_id)
            && slot.since.elapsed() < KEPT
        {
            return slot.clone();
        }
        slots.retain(|_, slot| slot.since.elapsed() < KEPT);
        let slot = Slot { since: Instant::now(), reading: read(self.app.clone(), project_id).boxed().shared() };
        slots.insert(project_id, slot.clone());
        slot
    }

    /// Forgets what an announcement makes old. Something that is being read just now may be read too early.
    pub fn obey(&self, touched: &Touched) {
        self.forget(|_, slot| match slot.reading.peek() {
            Some(Some(site)) => site.admission.is_touched_by(touched),
            Some(None) | None => true,
        });
    }

    fn forget(&self, is_old: impl Fn(&Uuid, &Slot) -> bool) {
        self.slots().retain(|id, slot| !is_old(id, slot));
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<Uuid, Slot>> {
        self.by_project.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn read(app: App, project_id: Uuid) -> Option<Arc<Site>> {
    match Admission::read(&app, project_id).await {
        Ok(admission) => Some(Arc::new(Site { admission, list: tokio::sync::Mutex::default() })),
        Err(error) => {
            tracing::warn!(project.id = %project_id, %error, "who may punch could not be read");
            None
        }
    }
}

impl Site {
    /// The list of a day, made once.
    pub async fn list(self: &Arc<Self>, app: &App, day: NaiveDate) -> Result<Arc<List>> {
        let mut kept = self.list.lock().await;
        if let Some((of, list)) = &*kept
            && *of == day
        {
            return Ok(list.clone());
        }
        let (site, keys) = (self.clone(), app.keys.clone());
        let made = tokio::task::spawn_blocking(move || List::make(&site.admission, &keys, day));
        let list = Arc::new(made.await.map_err(Error::internal)??);
        *kept = Some((day, list.clone()));
        Ok(list)
    }
}
