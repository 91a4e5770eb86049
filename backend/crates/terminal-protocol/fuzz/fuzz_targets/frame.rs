//! Any bytes a terminal could send.
#![no_main]

libfuzzer_sys::fuzz_target!(|stream: &[u8]| terminal_protocol::fuzzing::frame(stream));
