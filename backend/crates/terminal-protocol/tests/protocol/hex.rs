//! Captures, written down from the specification.

use bytes::{Bytes, BytesMut};
use terminal_protocol::{Frame, Progress, Reply, Request, Sender, SessionId};

/// The conversation of every capture that has one.
pub const SESSION: SessionId =
    SessionId([0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8]);

/// Bytes in hexadecimal; `00*16` is sixteen of them, and a comment goes from `#` to the end of its line.
pub fn hex(text: &str) -> Vec<u8> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap());
    let mut bytes = Vec::new();
    for word in lines.flat_map(str::split_whitespace) {
        let (byte, times) = word.split_once('*').unwrap_or((word, "1"));
        bytes.resize(bytes.len() + times.parse::<usize>().unwrap(), u8::from_str_radix(byte, 16).unwrap());
    }
    bytes
}

/// The one frame these bytes are.
pub fn frame(bytes: &[u8], sender: Sender) -> Frame {
    let mut buffer = BytesMut::from(bytes);
    match Frame::take(&mut buffer, sender).unwrap() {
        Progress::Ready(frame) if buffer.is_empty() => frame,
        other => panic!("{other:?}, and {} bytes left", buffer.len()),
    }
}

/// A capture is read as this request, and the request written as the capture.
pub fn is_request(capture: &str, session: SessionId, request: Request) {
    let bytes = hex(capture);
    let frame = frame(&bytes, Sender::Terminal);
    assert_eq!(frame.envelope.session, session);
    assert_eq!(Request::decode(&frame).unwrap(), request);
    assert_eq!(request.encode(session), bytes);
}

/// The same for a reply.
pub fn is_reply(capture: &str, session: SessionId, reply: Reply) {
    let bytes = hex(capture);
    let frame = frame(&bytes, Sender::Platform);
    assert_eq!(frame.envelope.session, session);
    assert_eq!(Reply::decode(&frame).unwrap(), reply);
    assert_eq!(reply.encode(session), bytes);
}

/// The frame of a capture with some of its Content replaced and the checksum put right.
pub fn changed(capture: &str, at: usize, with: &[u8]) -> Frame {
    let mut frame = frame(&hex(capture), Sender::Platform);
    let mut content = frame.content.to_vec();
    content[at..at + with.len()].copy_from_slice(with);
    content.pop();
    content.push(content.iter().fold(0, |sum, byte| sum ^ byte));
    frame.content = Bytes::from(content);
    frame
}
