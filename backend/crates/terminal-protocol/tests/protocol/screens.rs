//! What a terminal shows when we did not understand it.

use terminal_protocol::{
    Field, FrameError, MessageError, PartsError, ReplyTo, SessionId, frame::FrameProblem, parts::PartsProblem,
};

const FIELDS: [Field; 30] = [
    Field::VendorCode,
    Field::Serial,
    Field::WorkerNumber,
    Field::Name,
    Field::IdNumber,
    Field::Sex,
    Field::Ethnic,
    Field::BirthDate,
    Field::Address,
    Field::Authority,
    Field::Validity,
    Field::CapturePhoto,
    Field::Portrait,
    Field::InfraredPhoto,
    Field::Feature,
    Field::Recognisability,
    Field::Recapture,
    Field::ByHand,
    Field::PunchTime,
    Field::PunchMode,
    Field::PunchPhoto,
    Field::PeopleCount,
    Field::PhotosLength,
    Field::ProjectNumber,
    Field::ProjectName,
    Field::PhotoLength,
    Field::Result,
    Field::Reason,
    Field::Reserved,
    Field::Checksum,
];

fn errors_of(field: Field) -> [MessageError; 6] {
    [
        MessageError::Short { field, needs: 10_000, left: 3 },
        MessageError::NotUtf8(field),
        MessageError::NotAscii(field),
        MessageError::NotDecimal(field),
        MessageError::Impossible(field),
        MessageError::UnknownValue(field),
    ]
}

/// Command 852 has room for thirty bytes; a sentence that fits there fits everywhere.
fn is_short_and_chinese(text: &str) {
    assert!(text.len() <= 30, "{text}");
    assert!(!text.is_empty() && text.chars().all(|letter| !letter.is_ascii()), "{text}");
}

#[test]
fn every_sentence_fits_the_narrowest_reply() {
    let others = [
        MessageError::UnknownCommand(1),
        MessageError::Checksum { expected: 1, found: 2 },
        MessageError::Long { extra: 1 },
        MessageError::FlagContradicts,
    ];
    for error in FIELDS.into_iter().flat_map(errors_of).chain(others) {
        is_short_and_chinese(&error.screen_text());
    }
    for problem in [
        FrameProblem::Header { found: 0 },
        FrameProblem::TooLong { length: 1, limit: 0 },
        FrameProblem::Version { found: 0 },
        FrameProblem::Tail { found: 0 },
    ] {
        is_short_and_chinese(FrameError { problem, reply_to: None }.screen_text());
    }
    let reply_to = ReplyTo { command: 852, session: SessionId::ZERO };
    for problem in [
        PartsProblem::OutOfOrder { expected: 0, found: 1, count: 2 },
        PartsProblem::Interrupted,
        PartsProblem::TooMany { count: 1 },
        PartsProblem::TooLong { length: 1, limit: 0 },
    ] {
        is_short_and_chinese(PartsError { problem, reply_to }.screen_text());
    }
}

#[test]
fn a_log_says_exactly_what_was_wrong() {
    let short = MessageError::Short { field: Field::PunchPhoto, needs: 10_000, left: 3 };
    assert_eq!(short.to_string(), "punch photo needs 10000 bytes and 3 are left");
    assert_eq!(short.screen_text(), "考勤照片长度错误");
    let checksum = MessageError::Checksum { expected: 0x65, found: 0x01 };
    assert_eq!(checksum.to_string(), "the checksum is 0x01 and should be 0x65");
    let problem = FrameProblem::TooLong { length: 1_048_577, limit: 1_048_576 };
    let error = FrameError { problem, reply_to: None };
    assert_eq!(error.to_string(), "the frame announces 1048577 bytes of content, 1048576 are allowed");
    assert_eq!(error.screen_text(), "报文过长");
}
