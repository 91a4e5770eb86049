//! 843: who is calling.

use crate::{
    error::MessageError,
    field::Field,
    payload::{Fields, Payload, put},
};

const WIDTH: usize = 32;

/// The reply has no fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The same for all devices of a vendor.
    pub vendor_code: String,
    /// The device's own.
    pub serial: String,
}

impl Payload for Login {
    fn fields_length(&self) -> usize {
        2 * WIDTH
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { vendor_code, serial } = self;
        put::text(out, vendor_code, WIDTH);
        put::text(out, serial, WIDTH);
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        Ok(Self {
            vendor_code: fields.ascii(Field::VendorCode, WIDTH)?.to_owned(),
            serial: fields.ascii(Field::Serial, WIDTH)?.to_owned(),
        })
    }
}
