//! 848.

use crate::hex::{SESSION, changed, frame, hex, is_reply, is_request};
use bytes::BytesMut;
use chrono::NaiveDate;
use terminal_protocol::{
    Field, Frame, MessageError, Progress, Reply, Request, Sender, SessionId,
    messages::{Mode, Punch},
};

pub const PUNCH: &str = "
    01 15 00 00 00  00 00 00 00  00 00 00 00  01  50 03  # Header, Length 21, whole, Version, Command 848
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    70 11 01 00  # worker number 70000
    20 22 11 04 07 58 30  # 2022-11-04 07:58:30
    06  # mode: face
    04 00 00 00  # photo length
    ff d8 ff d9  # photo
    1b  # checksum
    00 01  # Flag, Tail
";

pub const PUNCHED: &str = "
    01 00 00 00 00  00 00 00 00  00 00 00 00  01  50 03  # Header, Length 0, whole, Version, Command 848
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    00 01  # Flag, Tail
";

fn punch() -> Punch {
    Punch {
        worker_number: 70_000,
        time: NaiveDate::from_ymd_opt(2022, 11, 4).unwrap().and_hms_opt(7, 58, 30).unwrap(),
        mode: Mode::FACE,
        photo: vec![0xff, 0xd8, 0xff, 0xd9].into(),
    }
}

#[test]
fn a_punch_is_read_and_written() {
    is_request(PUNCH, SESSION, Request::Attendance(punch()));
}

#[test]
fn a_punch_on_disk_is_acknowledged_with_an_empty_reply() {
    is_reply(PUNCHED, SESSION, Reply::Attendance);
}

#[test]
fn a_photo_is_not_copied_on_its_way_in() {
    let bytes = Request::Attendance(Punch { photo: vec![7; 10_000].into(), ..punch() }).encode(SessionId::ZERO);
    let mut buffer = BytesMut::from(&bytes[..]);
    let memory = buffer.as_ptr_range();
    let Progress::Ready(frame) = Frame::take(&mut buffer, Sender::Terminal).unwrap() else { panic!("incomplete") };
    let Request::Attendance(punch) = Request::decode(&frame).unwrap() else { panic!("another request") };
    assert!(memory.contains(&punch.photo.expose().as_ptr()));
}

#[test]
fn a_time_that_is_none_is_refused() {
    let decode = |at, byte| Request::decode(&changed(PUNCH, at, &[byte])).unwrap_err();
    assert_eq!(decode(4, 0x2f), MessageError::NotDecimal(Field::PunchTime));
    assert_eq!(decode(6, 0x13), MessageError::Impossible(Field::PunchTime));
    assert_eq!(decode(8, 0x24), MessageError::Impossible(Field::PunchTime));
}

#[test]
fn a_photo_longer_than_its_message_is_refused() {
    let longer = changed(PUNCH, 12, &[5, 0, 0, 0]);
    let short = |needs| MessageError::Short { field: Field::PunchPhoto, needs, left: 4 };
    assert_eq!(Request::decode(&longer), Err(short(5)));
    let absurd = changed(PUNCH, 12, &[0xff; 4]);
    assert_eq!(Request::decode(&absurd), Err(short(0xffff_ffff)));
    let shorter = changed(PUNCH, 12, &[3, 0, 0, 0]);
    assert_eq!(Request::decode(&shorter), Err(MessageError::Long { extra: 1 }));
}

#[test]
fn a_punch_without_a_photo_is_a_punch() {
    let punch = Request::Attendance(Punch { photo: vec![].into(), ..punch() });
    assert_eq!(Request::decode(&frame(&punch.encode(SESSION), Sender::Terminal)), Ok(punch));
}

#[test]
fn the_flag_of_a_request_means_nothing() {
    let mut bytes = hex(PUNCH);
    let flag = bytes.len() - 2;
    bytes[flag] = 0x7f;
    assert_eq!(Request::decode(&frame(&bytes, Sender::Terminal)), Ok(Request::Attendance(punch())));
}
