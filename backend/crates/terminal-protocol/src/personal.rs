//! What may never be seen in a log.

use bytes::Bytes;
use std::fmt;

/// A person's name, ID number, address or picture. Its `Debug` gives the length only, so that messages can be logged
/// as they are; whoever needs the value says so.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Personal<T>(T);

pub type PersonalText = Personal<String>;

/// A picture within the buffer it was received in, not a copy of it.
pub type Picture = Personal<Bytes>;

impl<T> Personal<T> {
    pub fn expose(&self) -> &T {
        &self.0
    }

    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T: AsRef<[u8]>> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{} bytes>", self.0.as_ref().len())
    }
}

impl From<String> for PersonalText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for PersonalText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<Bytes> for Picture {
    fn from(picture: Bytes) -> Self {
        Self(picture)
    }
}

impl From<Vec<u8>> for Picture {
    fn from(picture: Vec<u8>) -> Self {
        Self(picture.into())
    }
}
