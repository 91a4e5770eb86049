//! What is wrong with a message, for the log and for the terminal's screen.

use crate::field::Field;

/// The message could not be read. No value a person could be known by is in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    #[error("command {0} is not known")]
    UnknownCommand(u16),
    #[error("the checksum is {found:#04x} and should be {expected:#04x}")]
    Checksum { expected: u8, found: u8 },
    #[error("{field} needs {needs} bytes and {left} are left")]
    Short { field: Field, needs: usize, left: usize },
    #[error("{extra} bytes are left over at the end")]
    Long { extra: usize },
    #[error("{0} is not UTF-8")]
    NotUtf8(Field),
    #[error("{0} is not ASCII")]
    NotAscii(Field),
    #[error("{0} is not written in decimal digits")]
    NotDecimal(Field),
    #[error("{0} does not exist on any calendar or clock")]
    Impossible(Field),
    #[error("{0} has a value that means nothing")]
    UnknownValue(Field),
    #[error("the result in the content contradicts the frame's flag")]
    FlagContradicts,
}

impl MessageError {
    /// One sentence for the person in front of the terminal, at most 30 bytes.
    pub fn screen_text(&self) -> String {
        match self {
            Self::UnknownCommand(_) => "不支持的命令".to_owned(),
            Self::Checksum { .. } => "校验码错误，请重试".to_owned(),
            Self::Short { field, .. } => format!("{}长度错误", field.chinese()),
            Self::Long { .. } => "报文长度错误".to_owned(),
            Self::NotUtf8(field) | Self::NotAscii(field) => format!("{}编码错误", field.chinese()),
            Self::NotDecimal(field) => format!("{}格式错误", field.chinese()),
            Self::Impossible(field) => format!("{}不存在", field.chinese()),
            Self::UnknownValue(field) => format!("{}代码错误", field.chinese()),
            Self::FlagContradicts => "处理结果不一致".to_owned(),
        }
    }
}
