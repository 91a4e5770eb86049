//! What fills a Content: fields one after the other, and a checksum over them.

mod fields;
pub(crate) mod put;

pub use fields::Fields;

use crate::{checksum::xor, error::MessageError, field::Field};
use bytes::Bytes;

/// A message, or the reply to one, that is more than empty.
pub trait Payload: Sized {
    /// What the fields add up to, checksum aside.
    fn fields_length(&self) -> usize;
    fn write_fields(&self, out: &mut Vec<u8>);
    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError>;

    /// The checksum is looked at first: nothing that a damaged message says is worth reporting.
    fn decode(content: &Bytes) -> Result<Self, MessageError> {
        let Some((&found, body)) = content.split_last() else {
            return Err(MessageError::Short { field: Field::Checksum, needs: 1, left: 0 });
        };
        let expected = xor(body);
        if found != expected {
            return Err(MessageError::Checksum { expected, found });
        }
        let mut fields = Fields::new(content, body.len());
        let message = Self::read_fields(&mut fields)?;
        fields.end()?;
        Ok(message)
    }

    /// Appends fields and checksum.
    fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        self.write_fields(out);
        out.push(xor(&out[start..]));
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.length());
        self.write(&mut out);
        out
    }

    fn length(&self) -> usize {
        self.fields_length() + 1
    }
}
