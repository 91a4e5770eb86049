//! 849: who may pass this gate today.

use crate::{
    error::MessageError,
    field::Field,
    payload::{Fields, Payload, put},
    personal::PersonalText,
};

const RECORD: usize = 41;

/// What the device has now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhitelistRequest {
    pub people: u16,
    /// The lengths of their capture photos, added up.
    pub photos_length: u32,
}

impl Payload for WhitelistRequest {
    fn fields_length(&self) -> usize {
        2 + 4
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { people, photos_length } = self;
        out.extend(people.to_le_bytes());
        out.extend(photos_length.to_le_bytes());
    }

    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        Ok(Self { people: fields.u16(Field::PeopleCount)?, photos_length: fields.u32(Field::PhotosLength)? })
    }
}

/// What it should have. One message however long it is: replies are never split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whitelist {
    pub project_number: u32,
    pub project_name: String,
    pub people: Vec<ListedPerson>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    pub worker_number: u32,
    /// Ten bytes of it are sent: three Chinese characters.
    pub name: PersonalText,
    pub id_number: PersonalText,
    /// Tells the device whether its copy of the photo is still the right one.
    pub capture_photo_length: u32,
}

impl Payload for Whitelist {
    fn fields_length(&self) -> usize {
        4 + 100 + RECORD * self.people.len()
    }

    fn write_fields(&self, out: &mut Vec<u8>) {
        let Self { project_number, project_name, people } = self;
        out.extend(project_number.to_le_bytes());
        put::text(out, project_name, 100);
        people.iter().for_each(|person| person.write(out));
    }

    /// Records follow each other to the end; nothing says how many there are.
    fn read_fields(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        let project_number = fields.u32(Field::ProjectNumber)?;
        let project_name = fields.utf8(Field::ProjectName, 100)?;
        let mut people = Vec::with_capacity(fields.left() / RECORD);
        while fields.left() >= RECORD {
            people.push(ListedPerson::read(fields)?);
        }
        Ok(Self { project_number, project_name, people })
    }
}

impl ListedPerson {
    fn write(&self, out: &mut Vec<u8>) {
        let Self { worker_number, name, id_number, capture_photo_length } = self;
        out.extend(worker_number.to_le_bytes());
        put::text(out, name.expose(), 10);
        put::text(out, id_number.expose(), 18);
        out.extend(capture_photo_length.to_le_bytes());
        put::zeros(out, 5);
    }

    fn read(fields: &mut Fields<'_>) -> Result<Self, MessageError> {
        let person = Self {
            worker_number: fields.u32(Field::WorkerNumber)?,
            name: fields.utf8(Field::Name, 10)?.into(),
            id_number: fields.ascii(Field::IdNumber, 18)?.into(),
            capture_photo_length: fields.u32(Field::PhotoLength)?,
        };
        fields.bytes(Field::Reserved, 5)?;
        Ok(person)
    }
}
