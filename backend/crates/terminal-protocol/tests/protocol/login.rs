//! 843 and the heartbeat.

use crate::hex::{SESSION, changed, frame, hex, is_reply, is_request};
use terminal_protocol::{Field, MessageError, Reply, Request, Sender, SessionId, messages::Login};

/// The worked example of the specification.
pub const LOGIN: &str = "
    01 41 00 00 00  00 00 00 00  00 00 00 00  01  4b 03  # Header, Length 65, whole, Version, Command 843
    00*16  # SessionID
    4d 49 4e 47 43 45 2d 44 45 4d 4f 2d 56 45 4e 44 4f 52 2d 30
    30 30 30 30 30 30 30 30 30 30 30 31  # vendor code
    4d 43 2d 4b 31 2d 30 30 30 30 30 30 30 30 30 30 30 30 30 30
    30 30 30 30 30 30 30 30 30 30 30 31  # device serial
    65  # checksum
    00 01  # Flag, Tail
";

pub const LOGGED_IN: &str = "
    01 00 00 00 00  00 00 00 00  00 00 00 00  01  4b 03  # Header, Length 0, whole, Version, Command 843
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    00 01  # Flag, Tail
";

pub const SHORT_LOGIN: &str = "
    01 41 00 00 00  00 00 00 00  00 00 00 00  01  4b 03  # Header, Length 65, whole, Version, Command 843
    00*16  # SessionID
    41 43 4d 45 00*28  # vendor code, padded
    4b 37 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20
    20 20 20 20 20 20 20 20 20 20 20 20  # device serial, padded with blanks
    76  # checksum
    00 01  # Flag, Tail
";

pub const HEARTBEAT: &str = "
    01 00 00 00 00  00 00 00 00  00 00 00 00  01  ff ff  # Header, Length 0, whole, Version, Command 65535
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    00 01  # Flag, Tail
";

#[test]
fn the_worked_example_is_as_the_specification_says() {
    let bytes = hex(LOGIN);
    assert_eq!(bytes.len(), 99);
    assert_eq!(bytes[1..5], [0x41, 0, 0, 0]);
    assert_eq!(bytes[14..16], [0x4b, 0x03]);
    let vendor_code = "MINGCE-DEMO-VENDOR-0000000000001".to_owned();
    let serial = "MC-K1-00000000000000000000000001".to_owned();
    is_request(LOGIN, SessionId::ZERO, Request::Login(Login { vendor_code, serial }));
}

#[test]
fn a_login_succeeds_with_an_empty_reply() {
    is_reply(LOGGED_IN, SESSION, Reply::Login);
}

#[test]
fn padding_of_either_kind_is_not_part_of_a_serial() {
    let frame = frame(&hex(SHORT_LOGIN), Sender::Terminal);
    let login = Login { vendor_code: "ACME".into(), serial: "K7".into() };
    assert_eq!(Request::decode(&frame), Ok(Request::Login(login)));
}

#[test]
fn a_heartbeat_is_empty_both_ways() {
    is_request(HEARTBEAT, SESSION, Request::Heartbeat);
    is_reply(HEARTBEAT, SESSION, Reply::Heartbeat);
}

#[test]
fn a_heartbeat_with_something_to_say_is_refused() {
    let mut beat = frame(&hex(HEARTBEAT), Sender::Terminal);
    beat.content = vec![0].into();
    assert_eq!(Request::decode(&beat), Err(MessageError::Long { extra: 1 }));
    assert_eq!(Reply::decode(&beat), Err(MessageError::Long { extra: 1 }));
}

#[test]
fn a_wrong_checksum_is_noticed_before_anything_else() {
    let mut login = frame(&hex(LOGIN), Sender::Terminal);
    let mut content = login.content.to_vec();
    content[0] = 0xff;
    login.content = content.into();
    let error = Request::decode(&login).unwrap_err();
    assert_eq!(error, MessageError::Checksum { expected: 0x65 ^ 0x4d ^ 0xff, found: 0x65 });
}

#[test]
fn a_login_of_another_length_is_refused() {
    let mut login = frame(&hex(LOGIN), Sender::Terminal);
    login.content = vec![].into();
    assert_eq!(Request::decode(&login), Err(MessageError::Short { field: Field::Checksum, needs: 1, left: 0 }));
    login.content = vec![0; 64].into();
    assert_eq!(Request::decode(&login), Err(MessageError::Short { field: Field::Serial, needs: 32, left: 31 }));
    login.content = vec![0; 67].into();
    assert_eq!(Request::decode(&login), Err(MessageError::Long { extra: 2 }));
}

#[test]
fn a_serial_is_ascii() {
    let login = changed(LOGIN, 32, "设备".as_bytes());
    assert_eq!(Request::decode(&login), Err(MessageError::NotAscii(Field::Serial)));
}

#[test]
fn a_command_nobody_knows_is_named() {
    let mut login = frame(&hex(LOGIN), Sender::Terminal);
    login.envelope.command = 844;
    assert_eq!(Request::decode(&login), Err(MessageError::UnknownCommand(844)));
    assert_eq!(Reply::decode(&login), Err(MessageError::UnknownCommand(844)));
}
