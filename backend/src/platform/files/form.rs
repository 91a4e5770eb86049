//! An upload as a browser sends it: `multipart/form-data` with the fields `purpose` and `file`.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt;
use serde::Deserialize;
use serde::de::{IntoDeserializer, value};

use super::{Files, Purpose, Refusal, service::Upload};
use crate::platform::web::{Error, Fields, Result};

/// However slow the network, an upload that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(180);
const LONGEST_TEXT: usize = 200;
/// A browser reads the answer only after it has sent everything, so of an upload that is too large this much
/// more is read and thrown away.
const DRAINED: usize = 64 * 1024 * 1024;

/// Reads the form piece by piece within the limits on size, memory and time. Whoever calls has checked who is
/// sending it.
pub async fn read(files: &Files, form: Multipart) -> Result<Upload> {
    tokio::time::timeout(PATIENCE, read_fields(files, form))
        .await
        .unwrap_or_else(|_| Err(Error::Malformed("上传超时，请检查网络后重试".to_owned())))
}

/// Reads a form of nothing but one `file`, for whoever only wants to look at it.
pub async fn read_only_file(files: &Files, form: Multipart) -> Result<(String, Bytes)> {
    tokio::time::timeout(PATIENCE, read_one(files, form))
        .await
        .unwrap_or_else(|_| Err(Error::Malformed("上传超时，请检查网络后重试".to_owned())))
}

async fn read_one(files: &Files, mut form: Multipart) -> Result<(String, Bytes)> {
    let mut file = None;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(malformed)?;
        match field.name() {
            Some("file") if file.is_none() => file = Some((file_name(&field), read_file(files, &mut field).await?)),
            Some("file") => return Err(Error::field("file", "一次只能上传一个文件")),
            _ => return Err(Error::Malformed("上传的表单只能包含 file 一项".to_owned())),
        }
    }
    file.ok_or_else(|| Error::field("file", "此项必填"))
}

fn file_name(field: &Field) -> String {
    field.content_disposition().and_then(|d| d.get_filename()).unwrap_or_default().to_owned()
}

async fn read_fields(files: &Files, mut form: Multipart) -> Result<Upload> {
    let (mut purpose, mut file) = (None, None);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(malformed)?;
        match field.name() {
            Some("purpose") => purpose = Some(read_purpose(&mut field).await?),
            Some("file") if file.is_none() => {
                file = Some((file_name(&field), read_file(files, &mut field).await?));
            }
            Some("file") => return Err(Error::field("file", "一次只能上传一个文件")),
            _ => return Err(Error::Malformed("上传的表单只能包含 purpose 和 file 两项".to_owned())),
        }
    }
    match (purpose, file) {
        (Some(purpose), Some((name, bytes))) => Ok(Upload { purpose, name, bytes }),
        (purpose, file) => {
            let missing = [("purpose", purpose.is_none()), ("file", file.is_none())];
            let missing = missing.into_iter().filter(|(_, missing)| *missing);
            Err(Error::Invalid(missing.map(|(name, _)| (name.to_owned(), "此项必填".to_owned())).collect::<Fields>()))
        }
    }
}

async fn read_purpose(field: &mut Field) -> Result<Purpose> {
    let unknown = || Error::field("purpose", "不支持这种用途");
    let bytes = field.bytes(LONGEST_TEXT).await.map_err(|_| unknown())?.map_err(malformed)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| unknown())?;
    let text: value::StrDeserializer<'_, value::Error> = text.into_deserializer();
    Purpose::deserialize(text).map_err(|_| unknown())
}

async fn read_file(files: &Files, field: &mut Field) -> Result<Bytes> {
    let mut room = files.intake.reserve();
    let mut bytes = BytesMut::new();
    while let Some(piece) = field.next().await {
        let piece = piece.map_err(malformed)?;
        if let Err(refusal) = room.grow(piece.len()) {
            drop(bytes);
            drain(field).await;
            return Err(refusal.into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.freeze())
}

async fn drain(field: &mut Field) {
    let mut drained = 0;
    while let Some(Ok(piece)) = field.next().await {
        drained += piece.len();
        if drained > DRAINED {
            return;
        }
    }
}

fn malformed(error: MultipartError) -> Error {
    match error {
        MultipartError::Payload(_) | MultipartError::Incomplete => {
            Error::Malformed("文件没有完整到达，请检查网络后重试".to_owned())
        }
        _ => Error::Malformed("上传须为 multipart/form-data 表单".to_owned()),
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooLarge { .. } => Self::TooLarge(refusal.to_string().into()),
            Refusal::Busy => Self::TooMany(10, refusal.to_string().into()),
            _ => Self::field("file", refusal.to_string()),
        }
    }
}
