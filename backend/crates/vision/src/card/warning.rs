//! What somebody should know about a picture of a card, each with one Chinese sentence.

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    NoCard,
    BankCard,
    DrivingLicence,
    /// A part of the card is outside of the picture.
    CutOff,
    Small,
    Photocopy,
    Screen,
    Temporary,
    /// The same side twice; only the first was read.
    TwoCards,
    /// Fields that could not be read at all.
    Incomplete,
    BadIdNumber,
}

impl Warning {
    pub fn code(self) -> &'static str {
        match self {
            Self::NoCard => "card_missing",
            Self::BankCard => "card_bank_card",
            Self::DrivingLicence => "card_driving_licence",
            Self::CutOff => "card_cut_off",
            Self::Small => "card_small",
            Self::Photocopy => "card_photocopy",
            Self::Screen => "card_screen",
            Self::Temporary => "card_temporary",
            Self::TwoCards => "card_two",
            Self::Incomplete => "card_incomplete",
            Self::BadIdNumber => "card_bad_id_number",
        }
    }

    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoCard => "图片中没有找到身份证，请把身份证平放、拍全后重试",
            Self::BankCard => "这像是银行卡，不是身份证，请拍摄身份证",
            Self::DrivingLicence => "这像是驾驶证，不是身份证，请拍摄身份证",
            Self::CutOff => "身份证没有拍全，请把四个角都拍进画面",
            Self::Small => "身份证在画面中太小，请靠近一些拍摄",
            Self::Photocopy => "这像是复印件，请核对是否为本人身份证原件",
            Self::Screen => "这像是翻拍屏幕上的图片，请核对身份证原件",
            Self::Temporary => "这是临时身份证，请核对有效期限",
            Self::TwoCards => "图片中有两张身份证的同一面，只识别了其中一张，请分开拍摄",
            Self::Incomplete => "有内容没有识别出来，请手动填写或重新拍摄",
            Self::BadIdNumber => "公民身份号码未通过校验，请对照身份证核对",
        }
    }
}
