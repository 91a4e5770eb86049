//! Why a value was refused.

use std::borrow::Cow;
use std::fmt;

/// One Chinese sentence that tells the sender what to change. It never repeats the value it refuses, because it
/// travels into answers, job results and logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Problem(Cow<'static, str>);

impl Problem {
    pub fn new(sentence: impl Into<Cow<'static, str>>) -> Self {
        Self(sentence.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Problem({})", self.0)
    }
}

impl std::error::Error for Problem {}

impl From<&'static str> for Problem {
    fn from(sentence: &'static str) -> Self {
        Self(Cow::Borrowed(sentence))
    }
}

impl From<String> for Problem {
    fn from(sentence: String) -> Self {
        Self(Cow::Owned(sentence))
    }
}

impl From<Problem> for String {
    fn from(problem: Problem) -> Self {
        problem.0.into_owned()
    }
}
