//! Captures, written down from the specification.

use terminal_protocol::SessionId;

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
