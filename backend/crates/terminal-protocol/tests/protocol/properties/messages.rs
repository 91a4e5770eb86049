use super::strategies;
use crate::hex::frame;
use proptest::prelude::*;
use terminal_protocol::{Reply, Request, Sender};

proptest! {
    #[test]
    fn a_request_is_read_as_it_was_written(request in strategies::request(), session in strategies::session()) {
        let bytes = request.encode(session);
        prop_assert_eq!(bytes.capacity(), bytes.len(), "its length was known beforehand");
        let frame = frame(&bytes, Sender::Terminal);
        prop_assert_eq!(frame.envelope.session, session);
        prop_assert_eq!(Request::decode(&frame), Ok(request));
    }

    #[test]
    fn a_reply_is_read_as_it_was_written(reply in strategies::reply(), session in strategies::session()) {
        let bytes = reply.encode(session);
        prop_assert_eq!(bytes.capacity(), bytes.len(), "its length was known beforehand");
        let frame = frame(&bytes, Sender::Platform);
        prop_assert_eq!((frame.envelope.command, frame.envelope.session), (reply.command(), session));
        prop_assert_eq!(Reply::decode(&frame), Ok(reply));
    }

    #[test]
    fn one_changed_bit_never_goes_unnoticed(
        request in strategies::request(),
        at in any::<prop::sample::Index>(),
        bit in 0..8_u32,
    ) {
        let mut frame = frame(&request.encode(Default::default()), Sender::Terminal);
        let mut content = frame.content.to_vec();
        if !content.is_empty() {
            let at = at.index(content.len());
            content[at] ^= 1 << bit;
            frame.content = content.into();
            prop_assert!(Request::decode(&frame).is_err());
        }
    }
}
