//! Which conversation a frame belongs to.

use std::fmt;

/// The id of a conversation. A device that has none yet sends zeros.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct SessionId(pub [u8; 16]);

impl SessionId {
    pub const ZERO: Self = Self([0; 16]);

    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// May a request that carries `sent` belong to this conversation? Devices send its id or zeros.
    pub fn admits(self, sent: Self) -> bool {
        sent.is_zero() || sent == self
    }
}

/// The first four bytes only: enough to follow a conversation through the logs, too little to take part in it.
impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(f, "SessionId({a:02x}{b:02x}{c:02x}{d:02x}…)")
    }
}

/// Where an answer goes: every reply echoes the request's command and names the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    /// As it came, for a command nobody knows is answered too.
    pub command: u16,
    pub session: SessionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_admits_its_own_id_and_zeros() {
        let (ours, other) = (SessionId([7; 16]), SessionId([8; 16]));
        assert!(ours.admits(ours) && ours.admits(SessionId::ZERO));
        assert!(!ours.admits(other));
        assert!(SessionId::ZERO.is_zero() && !ours.is_zero());
    }

    #[test]
    fn a_log_shows_the_beginning_of_an_id_only() {
        assert_eq!(format!("{:?}", SessionId([0xab; 16])), "SessionId(abababab…)");
    }
}
