use super::strategies;
use bytes::Bytes;
use proptest::{collection::vec, prelude::*};
use terminal_protocol::{
    Frame, Joiner, Request, SessionId,
    frame::{Envelope, Flag, Part},
    parts::{Numbering, split},
};

fn whole(content: Bytes) -> Frame {
    Frame { envelope: Envelope::new(852, SessionId([9; 16]), Flag::SUCCESS), content }
}

/// The only message these parts make, complete with the last of them.
fn joined(parts: Vec<Frame>) -> Result<Frame, TestCaseError> {
    let (mut joiner, count) = (Joiner::default(), parts.len());
    for (at, part) in parts.into_iter().enumerate() {
        let message = joiner.push(part).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(message.is_some(), at + 1 == count);
        if let Some(message) = message {
            return Ok(message);
        }
    }
    Err(TestCaseError::fail("no part was the last"))
}

proptest! {
    #[test]
    fn parts_make_the_message_however_it_was_cut(
        pieces in vec(vec(any::<u8>(), 0..50), 2..30),
        first in 0..=1_u32,
    ) {
        let count = pieces.len() as u32;
        let part = |(index, piece): (u32, &Vec<u8>)| {
            let mut frame = whole(piece.clone().into());
            frame.envelope.part = Part { index, count };
            frame
        };
        let parts = (first..).zip(&pieces).map(part).collect();
        prop_assert_eq!(joined(parts)?, whole(pieces.concat().into()));
    }

    #[test]
    fn a_message_survives_its_journey_in_parts(
        request in strategies::request(),
        size in 1..500_usize,
        from_one in any::<bool>(),
    ) {
        let bytes = Bytes::from(request.encode(SessionId::ZERO));
        let message = crate::hex::frame(&bytes, terminal_protocol::Sender::Terminal);
        let numbering = if from_one { Numbering::FromOne } else { Numbering::FromZero };
        let message = joined(split(&message, size, numbering))?;
        prop_assert_eq!(Request::decode(&message), Ok(request));
    }
}
