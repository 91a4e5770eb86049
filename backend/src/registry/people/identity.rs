//! How ID numbers and bank cards lie in the database: sealed to be opened, hashed to be found, masked to be shown.

use crate::platform::{
    crypto::Keyring,
    types::{BankCard, IdNumber},
    web::{Error, Result},
};

pub const ID_NUMBER: &str = "person.id_number";
pub const BANK_CARD: &str = "person.bank_card";

/// The three columns of a value that is not stored readable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concealed {
    pub sealed: String,
    pub hash: String,
    pub mask: String,
}

impl Concealed {
    pub fn id_number(keys: &Keyring, number: &IdNumber) -> Self {
        Self {
            sealed: keys.seal(ID_NUMBER, number.expose()),
            hash: id_number_hash(keys, number),
            mask: number.masked().into(),
        }
    }

    pub fn bank_card(keys: &Keyring, card: &BankCard) -> Self {
        Self {
            sealed: keys.seal(BANK_CARD, card.expose()),
            hash: keys.find_hash(BANK_CARD, card.expose()),
            mask: card.masked().into(),
        }
    }
}

/// What to look an ID number up by.
pub fn id_number_hash(keys: &Keyring, number: &IdNumber) -> String {
    keys.find_hash(ID_NUMBER, number.expose())
}

/// The plain ID number of a row; only for whoever may see it, and for the wires that need it.
pub fn open_id_number(keys: &Keyring, sealed: &str) -> Result<String> {
    keys.open(ID_NUMBER, sealed).map_err(Error::internal)
}

pub fn open_bank_card(keys: &Keyring, sealed: &str) -> Result<String> {
    keys.open(BANK_CARD, sealed).map_err(Error::internal)
}
