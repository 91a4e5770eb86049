//! The names of the fields, for logs and for screens.

use std::fmt;

/// A field of a message. Chinese names have at most five characters, so that a sentence with one in it fits the thirty
/// bytes of command 852's reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    VendorCode,
    Serial,
    WorkerNumber,
    Name,
    IdNumber,
    Sex,
    Ethnic,
    BirthDate,
    Address,
    Authority,
    Validity,
    CapturePhoto,
    Portrait,
    InfraredPhoto,
    Feature,
    Recognisability,
    Recapture,
    ByHand,
    PunchTime,
    PunchMode,
    PunchPhoto,
    PeopleCount,
    PhotosLength,
    ProjectNumber,
    ProjectName,
    PhotoLength,
    Result,
    Reason,
    Reserved,
    Checksum,
}

impl Field {
    pub fn chinese(self) -> &'static str {
        self.names().1
    }

    #[rustfmt::skip]
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::VendorCode => ("vendor code", "设备商代码"),
            Self::Serial => ("device serial", "设备序列号"),
            Self::WorkerNumber => ("worker number", "人员编号"),
            Self::Name => ("name", "姓名"),
            Self::IdNumber => ("ID number", "身份证号"),
            Self::Sex => ("sex", "性别"),
            Self::Ethnic => ("ethnic group", "民族"),
            Self::BirthDate => ("birth date", "出生日期"),
            Self::Address => ("address", "住址"),
            Self::Authority => ("issuing authority", "签发机关"),
            Self::Validity => ("validity", "有效期限"),
            Self::CapturePhoto => ("capture photo", "采集照片"),
            Self::Portrait => ("ID portrait", "证件照片"),
            Self::InfraredPhoto => ("infrared photo", "红外照片"),
            Self::Feature => ("feature", "特征数据"),
            Self::Recognisability => ("recognisability", "可识别度"),
            Self::Recapture => ("recapture", "补采标志"),
            Self::ByHand => ("entered by hand", "录入方式"),
            Self::PunchTime => ("time", "考勤时间"),
            Self::PunchMode => ("mode", "考勤方式"),
            Self::PunchPhoto => ("punch photo", "考勤照片"),
            Self::PeopleCount => ("number of people", "名单人数"),
            Self::PhotosLength => ("sum of photo lengths", "照片总长"),
            Self::ProjectNumber => ("project number", "项目编号"),
            Self::ProjectName => ("project name", "项目名称"),
            Self::PhotoLength => ("capture photo length", "照片长度"),
            Self::Result => ("result", "处理结果"),
            Self::Reason => ("reason", "提示信息"),
            Self::Reserved => ("reserved", "预留字段"),
            Self::Checksum => ("checksum", "校验码"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.names().0)
    }
}
