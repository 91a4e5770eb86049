//! In and out.

mod form;
mod search;
mod view;

pub use form::{ContractEdit, ContractForm, ContractReset, ContractTerms, ContractTermination};
pub use search::{ContractSearch, ContractStanding, UnsignedSearch};
pub use view::{ContractCounts, ContractFacts, ContractFile, ContractLevel, ContractRow, RosterTerms, UnsignedRow};
