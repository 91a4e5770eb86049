//! 848: somebody was at the gate.

use crate::{
    error::MessageError,
    field::Field,
    payload::{Fields, Payload, put},
    personal::Picture,
    time,
};
use chrono::NaiveDateTime;

/// How the terminal recognised the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mode(pub u8);

impl Mode {
    pub const FACE: Self = Self(6);
}

/// A success in reply means that the punch is on disk; it has no fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Punch {
    pub worker_number: u32,
    /// As the device's clock shows it. To the second; years from 0 to 9999.
    pub time: NaiveDateTime,
    pub mode: Mode,
    pub photo: Picture,
}

impl Payload for Punch {
    fn fields_length(&self) -> usize {
        4 + 7 + 1 + 4 + self.photo.expose().len()
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { worker_number, time, mode, photo } = self;
        out.extend(worker_number.to_le_bytes());
        time::write(out, *time);
        out.push(mode.0);
        put::picture(out, photo);
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        Ok(Self {
            worker_number: fields.u32(Field::WorkerNumber)?,
            time: fields.time(Field::PunchTime)?,
            mode: Mode(fields.u8(Field::PunchMode)?),
            photo: fields.picture(Field::PunchPhoto)?,
        })
    }
}
