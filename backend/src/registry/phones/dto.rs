//! What a console and a phone hear of a login by scanning.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::phone_identity::PhoneApp,
    platform::{
        auth::SessionView,
        types::{IdNumber, PersonName},
    },
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTicket {
    pub way: PhoneApp,
}

/// A code to show. The cookie that comes with it is what gets the session.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginTicket {
    pub id: Uuid,
    pub way: PhoneApp,
    /// As `data:image/…`.
    pub picture: String,
    pub expires_at: DateTime<Utc>,
}

/// How far a login by scanning is, for the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TicketStep {
    Waiting,
    Scanned,
    Confirmed,
    Refused,
    Expired,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SeenStep {
    /// What the screen shows already: the answer waits, for some seconds, until it is something else.
    pub seen: Option<TicketStep>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TicketStanding {
    pub state: TicketStep,
    /// Why not, when it is refused.
    pub reason: Option<String>,
    /// Once, when it is confirmed; its cookie comes along.
    pub session: Option<SessionView>,
}

/// What a phone is asked to confirm.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketQuestion {
    pub asked_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub browser: String,
    pub ip: String,
    /// Where the address is, as far as that is known.
    pub place: Option<String>,
    /// Who would be logged in.
    pub who: Option<TicketAccount>,
    pub may: bool,
    pub reason: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TicketAccount {
    pub name: String,
    /// The login of an account, or the projects where somebody has a post.
    pub detail: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkPerson {
    pub name: PersonName,
    pub id_number: IdNumber,
}
