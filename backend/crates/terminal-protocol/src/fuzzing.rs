//! What must hold of any bytes whatever. The fuzzer looks for bytes of which it does not, and a test runs those it
//! began with and those it found.

use crate::{
    Command, Frame, Joiner, Progress, Reply, Request, Sender, SessionId,
    checksum::xor,
    frame::{Envelope, Flag, OVERHEAD, Part, scan},
};
use bytes::{Bytes, BytesMut};

/// A stream of bytes from a terminal.
pub fn frame(stream: &[u8]) {
    let mut buffer = BytesMut::from(stream);
    let mut joiner = Joiner::default();
    loop {
        let before = buffer.clone().freeze();
        match Frame::take(&mut buffer, Sender::Terminal) {
            Ok(Progress::Incomplete { at_least }) => {
                assert!(at_least > before.len(), "there is enough, and yet it is not");
                assert_eq!(buffer, before, "bytes were taken from a frame that is not complete");
                return;
            }
            Ok(Progress::Ready(frame)) => {
                let length = before.len() - buffer.len();
                assert_eq!(frame.encode(), before[..length], "a frame is written as it was read");
                beginnings(&before[..length]);
                if let Ok(Some(whole)) = joiner.push(frame) {
                    whole_message(&whole);
                }
            }
            Err(error) => {
                assert!(error.screen_text().len() <= 30 && !error.to_string().is_empty());
                return;
            }
        }
    }
}

/// No beginning of a frame is a frame, or an error.
fn beginnings(frame: &[u8]) {
    for length in (0..frame.len().min(OVERHEAD)).chain([frame.len() - 1]) {
        match scan(&frame[..length], Sender::Terminal) {
            Ok(Progress::Incomplete { at_least }) => assert!((length + 1..=frame.len()).contains(&at_least)),
            other => panic!("{length} bytes of a frame are {other:?}"),
        }
    }
}

/// A message. The first byte chooses command and flag, the rest is Content, whose checksum is put right so that what
/// comes after is reached as well.
pub fn message(bytes: &[u8]) {
    let Some((&choice, content)) = bytes.split_first() else { return };
    let command = Command::ALL[usize::from(choice & 0x7f) % Command::ALL.len()];
    let flag = Flag(choice >> 7);
    let mut content = content.to_vec();
    let envelope = Envelope { command: command.number(), session: SessionId::ZERO, part: Part::WHOLE, flag };
    whole_message(&Frame { envelope, content: Bytes::from(content.clone()) });
    if let Some((last, body)) = content.split_last_mut() {
        *last = xor(body);
        whole_message(&Frame { envelope, content: Bytes::from(content) });
    }
}

/// What can be read can be written, and is then read as the same.
fn whole_message(message: &Frame) {
    let session = message.envelope.session;
    match Request::decode(message) {
        Ok(request) => {
            let again = only_frame(&request.encode(session), Sender::Terminal);
            assert_eq!(Request::decode(&again), Ok(request));
        }
        Err(error) => assert!(error.screen_text().len() <= 30 && !error.to_string().is_empty()),
    }
    if let Ok(reply) = Reply::decode(message) {
        let again = only_frame(&reply.encode(session), Sender::Platform);
        assert_eq!(Reply::decode(&again), Ok(reply));
    }
}

fn only_frame(bytes: &[u8], sender: Sender) -> Frame {
    let mut buffer = BytesMut::from(bytes);
    match Frame::take(&mut buffer, sender) {
        Ok(Progress::Ready(frame)) if buffer.is_empty() => frame,
        other => panic!("we wrote something that is not one frame: {other:?}"),
    }
}
