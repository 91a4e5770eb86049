//! 845: what a terminal needs to recognise somebody.

use super::IdCard;
use crate::{
    error::MessageError,
    field::Field,
    payload::{Fields, Payload, put},
    personal::{PersonalText, Picture},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeaturesRequest {
    pub serial: String,
    pub id_number: PersonalText,
}

impl Payload for FeaturesRequest {
    fn fields_length(&self) -> usize {
        32 + 18
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { serial, id_number } = self;
        put::text(out, serial, 32);
        put::text(out, id_number.expose(), 18);
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        Ok(Self {
            serial: fields.ascii(Field::Serial, 32)?.to_owned(),
            id_number: fields.ascii(Field::IdNumber, 18)?.into(),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFeatures {
    pub worker_number: u32,
    pub card: IdCard,
    pub capture_photo: Picture,
    pub portrait: Picture,
    /// Often empty.
    pub infrared_photo: Picture,
}

impl Payload for PersonFeatures {
    fn fields_length(&self) -> usize {
        let pictures = [&self.capture_photo, &self.portrait, &self.infrared_photo];
        4 + 30
            + 18
            + 1
            + 2
            + 140
            + 16
            + 60
            + 64
            + pictures.map(|picture| 4 + picture.expose().len()).iter().sum::<usize>()
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { worker_number, card, capture_photo, portrait, infrared_photo } = self;
        let IdCard { id_number, name, sex, ethnic, birth_date, address, authority, validity } = card;
        out.extend(worker_number.to_le_bytes());
        put::text(out, name.expose(), 30);
        put::text(out, id_number.expose(), 18);
        out.push(ethnic.number());
        put::text(out, sex.digit(), 2);
        put::text(out, address.expose(), 140);
        put::date(out, *birth_date);
        put::text(out, authority, 60);
        put::text(out, validity, 64);
        put::picture(out, capture_photo);
        put::picture(out, portrait);
        put::picture(out, infrared_photo);
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        let worker_number = fields.u32(Field::WorkerNumber)?;
        let name = fields.utf8(Field::Name, 30)?.into();
        let id_number = fields.ascii(Field::IdNumber, 18)?.into();
        let ethnic = fields.ethnic_number()?;
        let sex = fields.sex()?;
        let address = fields.utf8(Field::Address, 140)?.into();
        let birth_date = fields.date(Field::BirthDate)?;
        let authority = fields.utf8(Field::Authority, 60)?;
        let validity = fields.utf8(Field::Validity, 64)?;
        let card = IdCard { id_number, name, sex, ethnic, birth_date, address, authority, validity };
        Ok(Self {
            worker_number,
            card,
            capture_photo: fields.picture(Field::CapturePhoto)?,
            portrait: fields.picture(Field::Portrait)?,
            infrared_photo: fields.picture(Field::InfraredPhoto)?,
        })
    }
}
