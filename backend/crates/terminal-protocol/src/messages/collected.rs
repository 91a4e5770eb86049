//! 852: somebody was enrolled at an ID-card and face machine.

use super::IdCard;
use crate::{
    error::MessageError,
    field::Field,
    payload::{Fields, Payload, put},
    personal::Picture,
};

/// The feature, a vector of its maker's own, is skipped; we send none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectedPerson {
    pub card: IdCard,
    /// Is the person on the photo easily recognised?
    pub recognisable: bool,
    /// Was the photo taken anew, of somebody enrolled before?
    pub recaptured: bool,
    /// Was the card read, rather than its text typed?
    pub card_read: bool,
    pub portrait: Picture,
    pub capture_photo: Picture,
}

impl Payload for CollectedPerson {
    fn fields_length(&self) -> usize {
        let pictures = 4 + self.portrait.expose().len() + 4 + self.capture_photo.expose().len();
        18 + 30 + 2 + 4 + 16 + 140 + 4 + 1 + 1 + 60 + 64 + 1 + 99 + pictures
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { card, recognisable, recaptured, card_read, portrait, capture_photo } = self;
        let IdCard { id_number, name, sex, ethnic, birth_date, address, authority, validity } = card;
        put::text(out, id_number.expose(), 18);
        put::text(out, name.expose(), 30);
        put::text(out, sex.digit(), 2);
        put::text(out, &ethnic.code(), 4);
        put::date(out, *birth_date);
        put::text(out, address.expose(), 140);
        put::picture(out, &Picture::default());
        put::yes(out, *recognisable);
        put::yes(out, *recaptured);
        put::text(out, authority, 60);
        put::text(out, validity, 64);
        put::yes(out, *card_read);
        put::zeros(out, 99);
        put::picture(out, portrait);
        put::picture(out, capture_photo);
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        let id_number = fields.ascii(Field::IdNumber, 18)?.into();
        let name = fields.utf8(Field::Name, 30)?.into();
        let sex = fields.sex()?;
        let ethnic = fields.ethnic_code()?;
        let birth_date = fields.date(Field::BirthDate)?;
        let address = fields.utf8(Field::Address, 140)?.into();
        fields.picture(Field::Feature)?;
        let recognisable = fields.yes(Field::Recognisability)?;
        let recaptured = fields.yes(Field::Recapture)?;
        let authority = fields.utf8(Field::Authority, 60)?;
        let validity = fields.utf8(Field::Validity, 64)?;
        let card_read = fields.yes(Field::ByHand)?;
        fields.bytes(Field::Reserved, 99)?;
        let card = IdCard { id_number, name, sex, ethnic, birth_date, address, authority, validity };
        let portrait = fields.picture(Field::Portrait)?;
        let capture_photo = fields.picture(Field::CapturePhoto)?;
        Ok(Self { card, recognisable, recaptured, card_read, portrait, capture_photo })
    }
}

/// The only reply that has the same form whether it is good news or bad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectedReply {
    pub accepted: bool,
    /// Thirty bytes of it are sent.
    pub reason: String,
}

impl CollectedReply {
    pub const REASON: usize = 30;
    /// Of the whole form, checksum included.
    pub const LENGTH: usize = 1 + Self::REASON + 10 + 1;
}

impl Payload for CollectedReply {
    fn fields_length(&self) -> usize {
        Self::LENGTH - 1
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { accepted, reason } = self;
        put::yes(out, *accepted);
        put::text(out, reason, Self::REASON);
        put::zeros(out, 10);
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        let accepted = fields.yes(Field::Result)?;
        let reason = fields.utf8(Field::Reason, Self::REASON)?;
        fields.bytes(Field::Reserved, 10)?;
        Ok(Self { accepted, reason })
    }
}
