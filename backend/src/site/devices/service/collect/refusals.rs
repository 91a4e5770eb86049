//! What the platform says in a sentence, in the ten characters a terminal can show.

use crate::{
    platform::web::{Error, Result},
    site::devices::Refused,
};

/// What is refused by a field's rule, by that field.
const BY_FIELD: &[(&str, Refused)] = &[
    ("id_number", Refused::new("id_number", "身份证号有误")),
    ("name", Refused::new("name", "姓名有误或与库中不符")),
    ("sex", Refused::new("sex", "性别与身份证号不符")),
    ("ethnic", Refused::new("ethnic", "民族代码有误")),
    ("born_on", Refused::new("born_on", "生日与身份证号不符")),
    ("address", Refused::new("address", "住址有误")),
    ("authority", Refused::new("authority", "签发机关有误")),
    ("validity", Refused::new("validity", "证件有效期有误")),
    ("id_valid_from", Refused::new("validity", "证件有效期有误")),
    ("id_valid_until", Refused::new("validity", "证件有效期有误")),
    ("no_photo", Refused::new("no_photo", "没有人脸照片")),
    ("photo", Refused::new("photo", "人脸照片无法识别")),
    ("portrait", Refused::new("portrait", "证件照片无法识别")),
];

const TOO_YOUNG: Refused = Refused::new("too_young", "未满16周岁不得登记");
const TOO_LARGE: Refused = Refused::new("photo", "照片过大");
const BUSY: Refused = Refused::new("busy", "系统繁忙请重试");
const OTHER: Refused = Refused::new("other", "登记失败请联系管理员");

/// A failure of the platform stays an error.
pub(super) fn of(error: Error) -> Result<Refused> {
    match error {
        Error::Unavailable(_) | Error::Internal(_) => Err(error),
        // Somebody else changed the person at this very moment.
        Error::TooMany(..) | Error::Stale => Ok(BUSY),
        Error::TooLarge(_) => Ok(TOO_LARGE),
        Error::Invalid(fields) => {
            let by_field = BY_FIELD.iter().find(|(field, _)| fields.contains_key(*field));
            let too_young = fields.get("id_number").is_some_and(|message| message.contains("未满"));
            Ok(if too_young { TOO_YOUNG } else { by_field.map_or(OTHER, |(_, refused)| *refused) })
        }
        _ => Ok(OTHER),
    }
}
