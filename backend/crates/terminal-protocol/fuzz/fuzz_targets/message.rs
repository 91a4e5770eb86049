//! Any Content of any command.
#![no_main]

libfuzzer_sys::fuzz_target!(|message: &[u8]| terminal_protocol::fuzzing::message(message));
