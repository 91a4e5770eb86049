//! Why a terminal is turned away, in words its screen has room for.

/// Ten Chinese characters, as many as the reply to 852 holds.
pub const LONGEST: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// For logs and figures.
    pub code: &'static str,
    /// For the person before the terminal.
    pub text: &'static str,
}

impl Refused {
    /// In a constant, a text that a screen would cut off does not compile.
    pub const fn new(code: &'static str, text: &'static str) -> Self {
        assert!(text.len() <= LONGEST, "a terminal would cut this text off");
        Self { code, text }
    }
}
