//! Who is calling and what they may do: accounts, sessions, roles, scopes.
//!
//! Invariants: a token is never on disk, only its hash; another tenant's row is a 404; a first password opens
//! nothing but the page to change it.

pub mod accounts;
pub mod caller;
pub mod captcha;
mod hashing;
mod login;
pub mod operator;
pub mod password;
pub mod roles;
mod routes;
pub mod scope;

pub use caller::{Caller, Grant};
pub use login::{Opened, check_password, enter};
pub use roles::{Permission, Permit};
pub use routes::{LetIn, SessionView, configure, let_in};
pub use scope::{Actor, ProjectScope, Within};
