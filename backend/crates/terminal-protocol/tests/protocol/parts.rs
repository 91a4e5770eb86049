//! Messages in several frames.

use crate::hex::SESSION;
use terminal_protocol::{
    Frame, Joiner, PartsError, ReplyTo, SessionId,
    frame::{Envelope, Flag, Part},
    parts::{MOST_PARTS, Numbering, PartsProblem, split},
};

fn part(index: u32, count: u32, content: &str) -> Frame {
    let part = Part { index, count };
    let envelope = Envelope { command: 852, session: SESSION, part, flag: Flag::SUCCESS };
    Frame { envelope, content: content.as_bytes().to_vec().into() }
}

fn fails(joiner: &mut Joiner, frame: Frame) -> PartsProblem {
    let PartsError { problem, reply_to } = joiner.push(frame).unwrap_err();
    assert_eq!(reply_to.command, 852, "a part can always be answered");
    assert!(!joiner.is_waiting(), "what was held is forgotten");
    problem
}

#[test]
fn a_message_of_no_or_one_part_is_whole() {
    for count in [0, 1] {
        for index in [0, 1, 7] {
            let frame = part(index, count, "whole");
            assert_eq!(Joiner::default().push(frame.clone()), Ok(Some(frame)));
        }
    }
}

#[test]
fn parts_are_joined_whether_counted_from_zero_or_from_one() {
    for first in [0, 1] {
        let mut joiner = Joiner::default();
        assert_eq!(joiner.push(part(first, 3, "one ")), Ok(None));
        assert!(joiner.is_waiting());
        assert_eq!(joiner.push(part(first + 1, 3, "two ")), Ok(None));
        assert_eq!(joiner.push(part(first + 2, 3, "three")), Ok(Some(part(0, 0, "one two three"))));
        assert!(!joiner.is_waiting());
    }
}

#[test]
fn a_part_out_of_order_is_refused() {
    let mut joiner = Joiner::default();
    assert_eq!(fails(&mut joiner, part(2, 3, "")), PartsProblem::OutOfOrder { expected: 0, found: 2, count: 3 });
    for wrong in [0, 2, 3, u32::MAX] {
        assert_eq!(joiner.push(part(0, 4, "")), Ok(None));
        let problem = fails(&mut joiner, part(wrong, 4, ""));
        assert_eq!(problem, PartsProblem::OutOfOrder { expected: 1, found: wrong, count: 4 });
    }
}

#[test]
fn nothing_may_come_between_the_parts_of_a_message() {
    let other_command = |mut frame: Frame| {
        frame.envelope.command = 848;
        frame
    };
    let other_session = |mut frame: Frame| {
        frame.envelope.session = SessionId::ZERO;
        frame
    };
    for frame in [part(0, 0, ""), part(1, 4, ""), other_session(part(1, 3, ""))] {
        let mut joiner = Joiner::default();
        assert_eq!(joiner.push(part(0, 3, "")), Ok(None));
        assert_eq!(fails(&mut joiner, frame), PartsProblem::Interrupted);
    }
    let mut joiner = Joiner::default();
    assert_eq!(joiner.push(part(0, 3, "")), Ok(None));
    let error = joiner.push(other_command(part(1, 3, ""))).unwrap_err();
    let reply_to = ReplyTo { command: 848, session: SESSION };
    assert_eq!(error, PartsError { problem: PartsProblem::Interrupted, reply_to });
}

#[test]
fn after_a_failure_a_message_can_begin_anew() {
    let mut joiner = Joiner::default();
    assert_eq!(joiner.push(part(0, 2, "lost")), Ok(None));
    fails(&mut joiner, part(0, 2, ""));
    assert_eq!(joiner.push(part(0, 2, "a")), Ok(None));
    assert_eq!(joiner.push(part(1, 2, "b")), Ok(Some(part(0, 0, "ab"))));
}

#[test]
fn parts_may_not_add_up_to_more_than_a_message() {
    let mut joiner = Joiner::with_limit(5);
    assert_eq!(joiner.push(part(0, 3, "abc")), Ok(None));
    assert_eq!(joiner.push(part(1, 3, "de")), Ok(None));
    assert_eq!(fails(&mut joiner, part(2, 3, "f")), PartsProblem::TooLong { length: 6, limit: 5 });
    assert_eq!(joiner.push(part(0, 2, "abc")), Ok(None));
    assert_eq!(joiner.push(part(1, 2, "de")), Ok(Some(part(0, 0, "abcde"))));
}

#[test]
fn a_message_may_not_be_promised_in_countless_parts() {
    for count in [MOST_PARTS + 1, u32::MAX] {
        assert_eq!(fails(&mut Joiner::default(), part(1, count, "")), PartsProblem::TooMany { count });
    }
    assert_eq!(Joiner::default().push(part(1, MOST_PARTS, "")), Ok(None));
}

#[test]
fn a_message_is_split_as_terminals_do() {
    let message = part(0, 0, "abcde");
    let parts = split(&message, 2, Numbering::FromZero);
    assert_eq!(parts, [part(0, 3, "ab"), part(1, 3, "cd"), part(2, 3, "e")]);
    let parts = split(&message, 3, Numbering::FromOne);
    assert_eq!(parts, [part(1, 2, "abc"), part(2, 2, "de")]);
    assert_eq!(split(&message, 5, Numbering::FromOne), [message]);
}
