use proptest::{collection::vec, prelude::*};
use terminal_protocol::fuzzing;

proptest! {
    #[test]
    fn garbage_is_an_error_and_never_a_panic(stream in vec(any::<u8>(), 0..300)) {
        fuzzing::frame(&stream);
        fuzzing::message(&stream);
    }

    #[test]
    fn garbage_that_begins_like_a_frame_is_no_panic_either(
        length in 0..300_u32,
        rest in vec(any::<u8>(), 0..400),
    ) {
        let mut stream = vec![0x01];
        stream.extend(length.to_le_bytes());
        stream.extend([0; 8]);
        stream.push(0x01);
        stream.extend(rest);
        fuzzing::frame(&stream);
    }
}
