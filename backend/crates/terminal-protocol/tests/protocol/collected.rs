//! 852.

use crate::hex::{SESSION, changed, frame, hex, is_reply, is_request};
use chrono::NaiveDate;
use terminal_protocol::{
    Ethnic, Field, MessageError, Refusal, Reply, Request, Sender, Sex,
    frame::Flag,
    messages::{CollectedPerson, IdCard},
};

pub const COLLECTED: &str = "
    01 ca 01 00 00  00 00 00 00  00 00 00 00  01  54 03  # Header, Length 458, whole, Version, Command 852
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    36 33 32 31 32 33 31 39 39 30 30 32 30 32 30 30 32 38  # ID number
    e5 8f a4 e4 b8 bd 00*24  # name 古丽
    30 00  # sex: female
    30 35 00 00  # ethnic group: 维吾尔族
    31 39 39 30 30 32 30 32 00*8  # birth date
    e9 9d 92 e6 b5 b7 e7 9c 81 e8 a5 bf e5 ae 81 e5 b8 82 e5 9f
    8e e4 b8 ad e5 8c ba e5 8d 97 e5 a4 a7 e8 a1 97 31 e5 8f b7
    00*100  # address 青海省西宁市城中区南大街1号
    00 00 00 00  # feature length
    00  # recognisability: high
    01  # recapture: no
    e8 a5 bf e5 ae 81 e5 b8 82 e5 85 ac e5 ae 89 e5 b1 80 00*42  # issuing authority 西宁市公安局
    32 30 31 35 30 33 30 31 2d e9 95 bf e6 9c 9f 00*49  # validity 20150301-长期
    00  # entered by hand: no
    00*99  # reserved
    04 00 00 00  # ID portrait length
    ff d8 ff d9  # ID portrait
    05 00 00 00  # capture photo length
    ff d8 01 ff d9  # capture photo
    c6  # checksum
    00 01  # Flag, Tail
";

pub const ACCEPTED: &str = "
    01 2a 00 00 00  00 00 00 00  00 00 00 00  01  54 03  # Header, Length 42, whole, Version, Command 852
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    00  # result: success
    00*30  # reason: none
    00*10  # reserved
    00  # checksum
    00 01  # Flag, Tail
";

pub const TURNED_DOWN: &str = "
    01 2a 00 00 00  00 00 00 00  00 00 00 00  01  54 03  # Header, Length 42, whole, Version, Command 852
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    01  # result: failure
    e4 ba ba e8 84 b8 e4 b8 8d e6 b8 85 e6 99 b0 00*15  # reason 人脸不清晰
    00*10  # reserved
    f4  # checksum
    01 01  # Flag, Tail
";

fn person() -> CollectedPerson {
    let card = IdCard {
        id_number: "632123199002020028".into(),
        name: "古丽".into(),
        sex: Sex::Female,
        ethnic: Ethnic::from_name("维吾尔族").unwrap(),
        birth_date: NaiveDate::from_ymd_opt(1990, 2, 2).unwrap(),
        address: "青海省西宁市城中区南大街1号".into(),
        authority: "西宁市公安局".into(),
        validity: "20150301-长期".into(),
    };
    CollectedPerson {
        card,
        recognisable: true,
        recaptured: false,
        card_read: true,
        portrait: vec![0xff, 0xd8, 0xff, 0xd9].into(),
        capture_photo: vec![0xff, 0xd8, 0x01, 0xff, 0xd9].into(),
    }
}

fn request(at: usize, with: &[u8]) -> Result<Request, MessageError> {
    Request::decode(&changed(COLLECTED, at, with))
}

#[test]
fn a_collected_person_is_read_and_written() {
    is_request(COLLECTED, SESSION, Request::Collected(Box::new(person())));
}

#[test]
fn sex_and_ethnic_group_may_be_spelled_otherwise() {
    let as_captured = Ok(Request::Collected(Box::new(person())));
    for sex in [b"0\0", b"00", b"0 "] {
        assert_eq!(request(48, sex), as_captured);
    }
    for ethnic in [b"05\0\0", b"5\0\0\0", b"05  ", b"0005"] {
        assert_eq!(request(50, ethnic), as_captured);
    }
}

#[test]
fn a_feature_is_skipped_and_what_is_reserved_ignored() {
    let mut collected = frame(&hex(COLLECTED), Sender::Terminal);
    let mut content = collected.content.to_vec();
    content[210] = 3;
    content.splice(214..214, [1, 2, 3]);
    content[345..440].fill(0x55);
    content.pop();
    content.push(content.iter().fold(0, |sum, byte| sum ^ byte));
    collected.content = content.into();
    assert_eq!(Request::decode(&collected), Ok(Request::Collected(Box::new(person()))));
}

#[test]
fn an_address_cut_in_the_middle_of_a_character_loses_only_that() {
    let address = "街".repeat(47);
    let Ok(Request::Collected(person)) = request(70, &address.as_bytes()[..140]) else { panic!("not read") };
    assert_eq!(*person.card.address.expose(), "街".repeat(46));
}

#[test]
fn a_field_that_means_nothing_is_named() {
    for (at, with, error) in [
        (0, &[0x80][..], MessageError::NotAscii(Field::IdNumber)),
        (18, &[0xff], MessageError::NotUtf8(Field::Name)),
        (48, b"3", MessageError::UnknownValue(Field::Sex)),
        (50, b"59", MessageError::UnknownValue(Field::Ethnic)),
        (50, b"\0\0", MessageError::UnknownValue(Field::Ethnic)),
        (54, b"1990-2-2", MessageError::NotDecimal(Field::BirthDate)),
        (54, b"199002020", MessageError::NotDecimal(Field::BirthDate)),
        (54, b"19900229", MessageError::Impossible(Field::BirthDate)),
        (210, &[0xff; 4], MessageError::Short { field: Field::Feature, needs: 0xffff_ffff, left: 243 }),
        (214, &[2], MessageError::UnknownValue(Field::Recognisability)),
        (215, &[2], MessageError::UnknownValue(Field::Recapture)),
        (340, &[2], MessageError::UnknownValue(Field::ByHand)),
        (440, &[200], MessageError::Short { field: Field::Portrait, needs: 200, left: 13 }),
        (448, &[6], MessageError::Short { field: Field::CapturePhoto, needs: 6, left: 5 }),
    ] {
        assert_eq!(request(at, with), Err(error), "byte {at}");
    }
}

#[test]
fn a_person_is_accepted_in_the_fixed_form() {
    is_reply(ACCEPTED, SESSION, Reply::Collected { remark: String::new() });
}

#[test]
fn a_person_is_turned_down_in_the_fixed_form() {
    is_reply(TURNED_DOWN, SESSION, Reply::Refused(Refusal::new(852, "人脸不清晰")));
}

#[test]
fn a_result_that_contradicts_the_flag_is_refused() {
    for capture in [ACCEPTED, TURNED_DOWN] {
        let mut reply = frame(&hex(capture), Sender::Platform);
        reply.envelope.flag = if reply.envelope.flag.is_success() { Flag::FAILURE } else { Flag::SUCCESS };
        assert_eq!(Reply::decode(&reply), Err(MessageError::FlagContradicts));
    }
}
