use super::strategies;
use bytes::BytesMut;
use proptest::{collection::vec, prelude::*};
use terminal_protocol::{Frame, Progress, Sender, frame::scan};

proptest! {
    #[test]
    fn a_frame_is_read_as_it_was_written(frame in strategies::frame()) {
        let mut buffer = BytesMut::from(&frame.encode()[..]);
        prop_assert_eq!(Frame::take(&mut buffer, Sender::Terminal), Ok(Progress::Ready(frame)));
        prop_assert!(buffer.is_empty());
    }

    #[test]
    fn no_beginning_of_a_frame_is_a_frame(frame in strategies::frame()) {
        let bytes = frame.encode();
        for length in 0..bytes.len() {
            let Ok(Progress::Incomplete { at_least }) = scan(&bytes[..length], Sender::Terminal) else {
                return Err(TestCaseError::fail(format!("{length} of {} bytes", bytes.len())));
            };
            prop_assert!((length + 1..=bytes.len()).contains(&at_least));
        }
    }

    #[test]
    fn frames_are_the_same_however_the_network_cuts_them(
        frames in vec(strategies::frame(), 1..5),
        sizes in vec(1..100_usize, 1..50),
    ) {
        let stream: Vec<u8> = frames.iter().flat_map(Frame::encode).collect();
        let (mut rest, mut buffer, mut read) = (&stream[..], BytesMut::new(), Vec::new());
        for size in sizes.into_iter().cycle() {
            let (arrived, later) = rest.split_at(size.min(rest.len()));
            buffer.extend_from_slice(arrived);
            rest = later;
            while let Ok(Progress::Ready(frame)) = Frame::take(&mut buffer, Sender::Terminal) {
                read.push(frame);
            }
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(read, frames);
    }
}
