//! 845.

use crate::hex::{SESSION, changed, is_reply, is_request};
use chrono::NaiveDate;
use terminal_protocol::{
    Ethnic, Field, MessageError, Reply, Request, Sex,
    messages::{CardValidity, FeaturesRequest, IdCard, PersonFeatures},
};

pub const REQUEST: &str = "
    01 33 00 00 00  00 00 00 00  00 00 00 00  01  4d 03  # Header, Length 51, whole, Version, Command 845
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    4d 43 2d 4b 31 2d 30 30 30 30 30 30 30 30 30 30 30 30 30 30
    30 30 30 30 30 30 30 30 30 30 30 31  # device serial
    36 33 32 31 32 33 31 39 38 35 30 31 30 31 30 30 31 58  # ID number
    1e  # checksum
    00 01  # Flag, Tail
";

pub const FEATURES: &str = "
    01 65 01 00 00  00 00 00 00  00 00 00 00  01  4d 03  # Header, Length 357, whole, Version, Command 845
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    e9 03 00 00  # worker number 1001
    e7 8e 8b e5 bb ba e5 9b bd 00*21  # name 王建国
    36 33 32 31 32 33 31 39 38 35 30 31 30 31 30 30 31 58  # ID number
    03  # ethnic group: 回族
    31 00  # sex: male
    e9 9d 92 e6 b5 b7 e7 9c 81 e8 a5 bf e5 ae 81 e5 b8 82 e5 9f
    8e e4 b8 ad e5 8c ba e5 8d 97 e5 a4 a7 e8 a1 97 31 e5 8f b7
    00*100  # address 青海省西宁市城中区南大街1号
    31 39 38 35 30 31 30 31 00*8  # birth date
    e8 a5 bf e5 ae 81 e5 b8 82 e5 85 ac e5 ae 89 e5 b1 80 00*42  # issuing authority 西宁市公安局
    32 30 31 35 2e 30 33 2e 30 31 2d 32 30 33 35 2e 30 33 2e 30
    31 00*43  # validity
    04 00 00 00  # capture photo length
    ff d8 ff d9  # capture photo
    05 00 00 00  # ID portrait length
    ff d8 01 ff d9  # ID portrait
    00 00 00 00  # infrared photo length: none
    83  # checksum
    00 01  # Flag, Tail
";

#[test]
fn features_are_asked_for_by_id_number() {
    let serial = "MC-K1-00000000000000000000000001".to_owned();
    let request = FeaturesRequest { serial, id_number: "63212319850101001X".into() };
    is_request(REQUEST, SESSION, Request::Features(request));
}

#[test]
fn features_are_read_and_written() {
    let card = IdCard {
        id_number: "63212319850101001X".into(),
        name: "王建国".into(),
        sex: Sex::Male,
        ethnic: Ethnic::from_name("回族").unwrap(),
        birth_date: NaiveDate::from_ymd_opt(1985, 1, 1).unwrap(),
        address: "青海省西宁市城中区南大街1号".into(),
        authority: "西宁市公安局".into(),
        validity: "2015.03.01-2035.03.01".into(),
    };
    let until = CardValidity::parse(&card.validity).unwrap().until;
    assert_eq!(until, NaiveDate::from_ymd_opt(2035, 3, 1));
    let features = PersonFeatures {
        worker_number: 1001,
        card,
        capture_photo: vec![0xff, 0xd8, 0xff, 0xd9].into(),
        portrait: vec![0xff, 0xd8, 0x01, 0xff, 0xd9].into(),
        infrared_photo: vec![].into(),
    };
    is_reply(FEATURES, SESSION, Reply::Features(Box::new(features)));
}

#[test]
fn a_field_that_means_nothing_is_named() {
    let decode = |at, with: &[u8]| Reply::decode(&changed(FEATURES, at, with)).unwrap_err();
    assert_eq!(decode(4, &[0xff]), MessageError::NotUtf8(Field::Name));
    assert_eq!(decode(34, &[0xe7]), MessageError::NotAscii(Field::IdNumber));
    assert_eq!(decode(52, &[59]), MessageError::UnknownValue(Field::Ethnic));
    assert_eq!(decode(53, b"2"), MessageError::UnknownValue(Field::Sex));
    assert_eq!(decode(195, b"1985-1-1"), MessageError::NotDecimal(Field::BirthDate));
    assert_eq!(decode(195, b"19850230"), MessageError::Impossible(Field::BirthDate));
    assert_eq!(decode(335, &[200]), MessageError::Short { field: Field::CapturePhoto, needs: 200, left: 17 });
}
