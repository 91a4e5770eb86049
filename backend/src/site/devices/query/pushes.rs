//! What became of 【人员更新下发】.

use chrono::Utc;

use super::{Known, Whitelist, known, that_list_people};
use crate::{
    entity::{Reach, project},
    platform::{App, web::Result},
    site::devices::{
        dto::{PushProgress, PushStage, RawDevice},
        rules::OnlineState,
    },
};

/// Every device of a project that knows people, with how far it has come.
pub async fn progress(app: &App, project: &project::Model, reach: &Reach) -> Result<Vec<PushProgress>> {
    let db = app.db.reader();
    let devices = that_list_people(db, reach).await?;
    let whitelist = Whitelist::of(app, project).await?;
    let mut known = known(db, devices.iter().map(|raw| raw.device.id)).await?;
    let shape = |raw: RawDevice| {
        let known = known.remove(&raw.device.id).unwrap_or_default();
        of_device(raw, &whitelist, &known)
    };
    Ok(devices.into_iter().map(shape).collect())
}

fn of_device(raw: RawDevice, whitelist: &Whitelist, known: &Known) -> PushProgress {
    let missing = whitelist.missing(&raw, known);
    let online = OnlineState::of(raw.state.as_ref(), Utc::now());
    let state = raw.state.as_ref();
    let requested_at = state.and_then(|state| state.push_requested_at);
    let since_then = |at| requested_at.is_some_and(|asked| asked < at);
    let reconnected_at = state.and_then(|state| state.online_since).filter(|at| since_then(*at));
    let listed_at = state.and_then(|state| state.listed_at).filter(|at| since_then(*at));
    let stage = match (requested_at, listed_at, reconnected_at) {
        (None, ..) => PushStage::NotAsked,
        (_, Some(_), _) if missing == 0 => PushStage::Done,
        (_, Some(_), _) => PushStage::Listed,
        (_, None, Some(_)) => PushStage::Reconnected,
        (_, None, None) => PushStage::Waiting,
    };
    PushProgress {
        device_id: raw.device.id,
        state: online,
        stage,
        requested_at,
        reconnected_at,
        listed_at,
        count: state.and_then(|state| state.list_count),
        expected: whitelist.size().count,
        missing,
        serial: raw.device.serial,
        place: raw.device.place,
    }
}
