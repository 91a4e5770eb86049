//! In and out.

mod form;
mod search;
mod view;

pub use form::{ContractEdit, ContractForm, ContractReset, ContractTermination, ContractTerms};
pub use search::{ContractSearch, ContractStanding, UnsignedSearch};
pub use view::{ContractCounts, ContractFacts, ContractFile, ContractLevel, ContractRow, RosterTerms, UnsignedRow};
