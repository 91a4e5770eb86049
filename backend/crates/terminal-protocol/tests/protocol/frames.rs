//! The frame, and how early what is wrong with it is noticed.

use crate::hex::{SESSION, hex};
use bytes::BytesMut;
use terminal_protocol::{
    Frame, FrameError, Progress, ReplyTo, Sender,
    frame::{Envelope, Flag, FrameProblem, Part, scan},
};

const THIRD_OF_FOUR: &str = "
    01             # Header
    02 00 00 00    # Length
    03 00 00 00    # PartIndex
    04 00 00 00    # PartCount
    01             # Version
    50 03          # Command 848
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8
    ca fe          # Content
    00 01          # Flag, Tail
";

fn third_of_four() -> Frame {
    let part = Part { index: 3, count: 4 };
    let envelope = Envelope { command: 848, session: SESSION, part, flag: Flag::SUCCESS };
    Frame { envelope, content: vec![0xca, 0xfe].into() }
}

fn with(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut frame = hex(THIRD_OF_FOUR);
    frame[at..at + bytes.len()].copy_from_slice(bytes);
    frame
}

fn error(bytes: &[u8]) -> FrameError {
    scan(bytes, Sender::Terminal).unwrap_err()
}

fn incomplete(bytes: &[u8]) -> usize {
    match scan(bytes, Sender::Terminal) {
        Ok(Progress::Incomplete { at_least }) => at_least,
        other => panic!("{other:?}"),
    }
}

const TO_848: Option<ReplyTo> = Some(ReplyTo { command: 848, session: SESSION });

#[test]
fn a_frame_is_read_and_written() {
    let mut buffer = BytesMut::from(&hex(THIRD_OF_FOUR)[..]);
    assert_eq!(Frame::take(&mut buffer, Sender::Terminal), Ok(Progress::Ready(third_of_four())));
    assert!(buffer.is_empty());
    assert_eq!(third_of_four().encode(), hex(THIRD_OF_FOUR));
}

#[test]
fn frames_follow_each_other_in_one_buffer() {
    let mut buffer = BytesMut::from(&hex(&THIRD_OF_FOUR.repeat(3))[..]);
    buffer.extend_from_slice(&[0x01, 0x02]);
    for _ in 0..3 {
        assert_eq!(Frame::take(&mut buffer, Sender::Terminal), Ok(Progress::Ready(third_of_four())));
    }
    assert_eq!(Frame::take(&mut buffer, Sender::Terminal), Ok(Progress::Incomplete { at_least: 34 }));
    assert_eq!(buffer[..], [0x01, 0x02], "what is not a frame yet stays");
}

#[test]
fn how_much_is_missing_is_known_from_the_fifth_byte() {
    let frame = hex(THIRD_OF_FOUR);
    for length in 0..5 {
        assert_eq!(incomplete(&frame[..length]), 34, "{length} bytes");
    }
    for length in 5..36 {
        assert_eq!(incomplete(&frame[..length]), 36, "{length} bytes");
    }
}

#[test]
fn a_strangers_protocol_is_noticed_at_its_first_byte() {
    for stranger in [&b"GET / HTTP/1.1\r\nHost: mingce.example\r\n\r\n"[..], &[0x16, 0x03, 0x01], &[0x00]] {
        let error = error(stranger);
        assert_eq!(error.problem, FrameProblem::Header { found: stranger[0] });
        assert_eq!(error.reply_to, None, "nobody there would understand");
    }
}

#[test]
fn an_absurd_length_is_noticed_at_the_fifth_byte() {
    let frame = with(1, &[0x01, 0x00, 0x10, 0x00]);
    let problem = FrameProblem::TooLong { length: 1_048_577, limit: 1_048_576 };
    assert_eq!(incomplete(&frame[..4]), 34);
    assert_eq!(error(&frame[..5]), FrameError { problem, reply_to: None });
    assert_eq!(error(&frame[..31]), FrameError { problem, reply_to: None });
    assert_eq!(error(&frame[..32]), FrameError { problem, reply_to: TO_848 });
    assert!(matches!(error(&with(1, &[0xff; 4])).problem, FrameProblem::TooLong { length: u32::MAX, .. }));
}

#[test]
fn a_mebibyte_is_just_allowed() {
    assert_eq!(incomplete(&with(1, &[0x00, 0x00, 0x10, 0x00])[..5]), 1_048_576 + 34);
    let longer = with(1, &[0x01, 0x00, 0x10, 0x00]);
    assert_eq!(scan(&longer[..5], Sender::Platform), Ok(Progress::Incomplete { at_least: 1_048_577 + 34 }));
}

#[test]
fn another_version_is_noticed_as_soon_as_it_is_there() {
    let frame = with(13, &[0x02]);
    let problem = FrameProblem::Version { found: 2 };
    assert_eq!(incomplete(&frame[..13]), 36);
    assert_eq!(error(&frame[..14]), FrameError { problem, reply_to: None });
    assert_eq!(error(&frame[..32]), FrameError { problem, reply_to: TO_848 });
}

#[test]
fn a_wrong_tail_can_always_be_answered() {
    let error = error(&with(35, &[0x02]));
    assert_eq!(error, FrameError { problem: FrameProblem::Tail { found: 2 }, reply_to: TO_848 });
}

#[test]
fn any_flag_is_kept_as_it_came() {
    for flag in [0x00, 0x01, 0x02, 0xff] {
        let bytes = with(34, &[flag]);
        let mut buffer = BytesMut::from(&bytes[..]);
        let Ok(Progress::Ready(frame)) = Frame::take(&mut buffer, Sender::Terminal) else { panic!("{flag}") };
        assert_eq!(frame.envelope.flag, Flag(flag));
        assert_eq!(frame.encode(), bytes);
    }
}
