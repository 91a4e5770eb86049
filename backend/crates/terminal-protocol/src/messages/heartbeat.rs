//! 65535: nothing to say, in either direction. The successful replies to 843 and 848 are as brief.

use crate::error::MessageError;

/// There is no checksum either: nothing is there for it to cover.
pub(crate) fn expect_empty(content: &[u8]) -> Result<(), MessageError> {
    match content.len() {
        0 => Ok(()),
        extra => Err(MessageError::Long { extra }),
    }
}
