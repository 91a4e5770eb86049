//! Reading fields.

use crate::{error::MessageError, ethnic::Ethnic, field::Field, personal::Picture, sex::Sex, text, time};
use bytes::Bytes;
use chrono::{NaiveDate, NaiveDateTime};

/// What is left of a Content. Texts are copied out of it, pictures stay where they are.
pub struct Fields<'a> {
    content: &'a Bytes,
    at: usize,
    end: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(content: &'a Bytes, end: usize) -> Self {
        Self { content, at: 0, end }
    }

    pub(crate) fn left(&self) -> usize {
        self.end - self.at
    }

    pub(super) fn end(self) -> Result<(), MessageError> {
        match self.left() {
            0 => Ok(()),
            extra => Err(MessageError::Long { extra }),
        }
    }

    pub(crate) fn bytes(&mut self, field: Field, width: usize) -> Result<&'a [u8], MessageError> {
        let start = self.advance(field, width)?;
        Ok(&self.content[start..self.at])
    }

    pub(crate) fn u8(&mut self, field: Field) -> Result<u8, MessageError> {
        self.array(field).map(u8::from_le_bytes)
    }

    pub(crate) fn u16(&mut self, field: Field) -> Result<u16, MessageError> {
        self.array(field).map(u16::from_le_bytes)
    }

    pub(crate) fn u32(&mut self, field: Field) -> Result<u32, MessageError> {
        self.array(field).map(u32::from_le_bytes)
    }

    pub(crate) fn utf8(&mut self, field: Field, width: usize) -> Result<String, MessageError> {
        text::utf8(self.bytes(field, width)?).map(str::to_owned).ok_or(MessageError::NotUtf8(field))
    }

    pub(crate) fn ascii(&mut self, field: Field, width: usize) -> Result<&'a str, MessageError> {
        text::ascii(self.bytes(field, width)?).ok_or(MessageError::NotAscii(field))
    }

    /// Four bytes of length, and that many bytes.
    pub(crate) fn picture(&mut self, field: Field) -> Result<Picture, MessageError> {
        let length = self.u32(field)? as usize;
        let start = self.advance(field, length)?;
        Ok(self.content.slice(start..self.at).into())
    }

    /// The protocol numbers its choices with yes first.
    pub(crate) fn yes(&mut self, field: Field) -> Result<bool, MessageError> {
        match self.u8(field)? {
            0 => Ok(true),
            1 => Ok(false),
            _ => Err(MessageError::UnknownValue(field)),
        }
    }

    pub(crate) fn sex(&mut self) -> Result<Sex, MessageError> {
        Sex::from_wire(self.ascii(Field::Sex, 2)?).ok_or(MessageError::UnknownValue(Field::Sex))
    }

    pub(crate) fn ethnic_number(&mut self) -> Result<Ethnic, MessageError> {
        Ethnic::from_number(self.u8(Field::Ethnic)?).ok_or(MessageError::UnknownValue(Field::Ethnic))
    }

    pub(crate) fn ethnic_code(&mut self) -> Result<Ethnic, MessageError> {
        Ethnic::from_code(self.ascii(Field::Ethnic, 4)?).ok_or(MessageError::UnknownValue(Field::Ethnic))
    }

    pub(crate) fn date(&mut self, field: Field) -> Result<NaiveDate, MessageError> {
        let text = self.ascii(field, 16)?;
        if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(MessageError::NotDecimal(field));
        }
        time::read_date(text).ok_or(MessageError::Impossible(field))
    }

    pub(crate) fn time(&mut self, field: Field) -> Result<NaiveDateTime, MessageError> {
        time::read(&self.array(field)?).map_err(|problem| match problem {
            time::NotATime::NotDecimal => MessageError::NotDecimal(field),
            time::NotATime::Impossible => MessageError::Impossible(field),
        })
    }

    fn array<const N: usize>(&mut self, field: Field) -> Result<[u8; N], MessageError> {
        let left = self.left();
        let bytes = self.bytes(field, N)?;
        bytes.first_chunk().copied().ok_or(MessageError::Short { field, needs: N, left })
    }

    /// Steps over a field, and says where it began.
    fn advance(&mut self, field: Field, width: usize) -> Result<usize, MessageError> {
        let left = self.left();
        if width > left {
            return Err(MessageError::Short { field, needs: width, left });
        }
        let start = self.at;
        self.at += width;
        Ok(start)
    }
}
