//! Looks at untrusted bytes before anything parses them.

use super::read::damaged;
use super::tags::{attributes, each_tag};
use crate::platform::types::Problem;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;
use zip::ZipArchive;

/// How much of an upload is read. The file's own claims about its size are never believed.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of the file itself.
    pub bytes: usize,
    /// Of all its parts unpacked; shared texts take about three times their share of this in memory.
    pub unpacked: u64,
    /// Filled rows below the header.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 10 << 20, unpacked: 64 << 20, rows: 20_000 }
    }
}

/// Parts a workbook may have: a few per sheet, and pictures.
const MOST_PARTS: usize = 2_000;

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The workbook's container, after every part of it has been unpacked once without keeping it.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Archive<'a>, Problem> {
    if bytes.len() > limits.bytes {
        return Err(format!("文件超过 {} MB，请分成几个文件上传", limits.bytes >> 20).into());
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(not_a_workbook(bytes).into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MOST_PARTS {
        return Err(damaged());
    }
    if let Some(other) = other_kind(&archive) {
        return Err(other.into());
    }
    unpack_all(&mut archive, limits.unpacked)?;
    Ok(archive)
}

/// Unpacks every part into nothing and counts, because sizes in the directory can lie and parts can overlap.
fn unpack_all(archive: &mut Archive<'_>, most: u64) -> Result<(), Problem> {
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| damaged())?;
        let name = part.name().map_err(|_| damaged())?.into_owned();
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| damaged())?;
        left = left.checked_sub(unpacked).ok_or("文件解压后过大，请删除多余的工作表、图片和空行后再上传")?;
        if name.to_lowercase().ends_with("sharedstrings.xml") {
            believable_count(archive, &name, unpacked)?;
        }
    }
    Ok(())
}

/// The parser reserves memory for as many shared texts as the part announces, and the process dies when it announces
/// billions. No text takes less than `<si><t/></si>`.
fn believable_count(archive: &mut Archive<'_>, path: &str, unpacked: u64) -> Result<(), Problem> {
    let mut believable = true;
    each_tag(archive, path, |tag| {
        if tag.local_name().as_ref() != "sst" {
            return ControlFlow::Continue(());
        }
        let counts = attributes(tag, "uniqueCount");
        believable = counts.iter().all(|count| count.parse().is_ok_and(|count: u64| count <= unpacked / 10));
        ControlFlow::Break(())
    });
    if believable { Ok(()) } else { Err(damaged()) }
}

fn other_kind(archive: &Archive<'_>) -> Option<&'static str> {
    if ["xl/workbook.bin", "content.xml"].iter().any(|name| archive.index_for_name(name).is_some()) {
        Some("这是其他表格格式（.xlsb 或 .ods），请另存为“Excel 工作簿 (*.xlsx)”后再上传")
    } else if !archive.file_names().flatten().any(|name| name.starts_with("xl/")) {
        Some("这不是 Excel 文件，请上传按模板填写的 .xlsx 文件")
    } else {
        None
    }
}

fn not_a_workbook(bytes: &[u8]) -> &'static str {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let head = head.trim_start_matches(['\u{feff}', '\0', ' ', '\r', '\n', '\t']);
    if bytes.is_empty() {
        "文件是空的，请重新选择"
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        "这是旧版 .xls 文件或设了密码的文件，请在 Excel 中去掉密码并另存为“Excel 工作簿 (*.xlsx)”后再上传"
    } else if ["<html", "<!doctype", "<table", "<?xml", "mime-version"].iter().any(|start| head.starts_with(start)) {
        "这是改了扩展名的网页文件，请在 Excel 中打开并另存为“Excel 工作簿 (*.xlsx)”后再上传"
    } else if head.contains(',') || head.contains('\t') {
        "这是 CSV 或文本文件，请在 Excel 中打开并另存为“Excel 工作簿 (*.xlsx)”后再上传"
    } else {
        "这不是 Excel 文件，请上传按模板填写的 .xlsx 文件"
    }
}
