//! The fields of every message, in the order of the wire.

mod attendance;
mod card;
mod collected;
mod features;
mod heartbeat;
mod login;
mod whitelist;

pub use attendance::{Mode, Punch};
pub use card::{CardValidity, IdCard};
pub use collected::{CollectedPerson, CollectedReply};
pub use features::{FeaturesRequest, PersonFeatures};
pub(crate) use heartbeat::expect_empty;
pub use login::Login;
pub use whitelist::{ListedPerson, Whitelist, WhitelistRequest};
