//! Why an upload is refused, in words its sender can act on.

use pictures::Refused;

use super::Purpose;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("文件是空的，请重新选择")]
    Empty,
    #[error("文件超过 {limit_mb} MB，请压缩后再上传")]
    TooLarge { limit_mb: usize },
    #[error("图片超过 {limit_wan} 万像素，请缩小后再上传")]
    TooManyPixels { limit_wan: u64 },
    #[error("{}", accepted(.purpose))]
    WrongKind { purpose: Purpose },
    #[error("这是 HEIC 格式的照片，请在手机相机设置中选择“兼容性最佳”（JPG）后重新拍摄")]
    Heic,
    #[error("图片已损坏或不完整，请重新拍摄或选择")]
    BrokenPicture,
    #[error("PDF 文件已损坏或不完整，请重新导出后上传")]
    BrokenPdf,
    #[error("上传的人太多，请稍后再试")]
    Busy,
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Broken => Self::BrokenPicture,
            Refused::TooManyPixels { limit } => Self::TooManyPixels { limit_wan: limit / 10_000 },
        }
    }
}

fn accepted(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Photo => "文件内容不是图片，只能上传 JPG、PNG 或 WebP 格式的图片",
        Purpose::Document => "文件内容不是图片或 PDF，只能上传 JPG、PNG、WebP 格式的图片或 PDF 文件",
        Purpose::Sheet => "文件内容不是 Excel 表格，只能上传 .xlsx 文件",
    }
}
