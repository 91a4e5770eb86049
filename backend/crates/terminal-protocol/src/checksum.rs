//! The checksum of a payload: the XOR of its bytes.

/// Eight bytes at a time and four of those side by side, because every photo of every punch passes through here:
/// compilers turn this into vector instructions.
pub fn xor(bytes: &[u8]) -> u8 {
    let (blocks, rest) = bytes.as_chunks::<32>();
    let mut lanes = [0_u64; 4];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane ^= u64::from_ne_bytes(*word);
        }
    }
    // The order of the bytes within a word does not matter to a XOR.
    let folded = lanes.iter().fold(0, |sum, lane| sum ^ lane).to_ne_bytes();
    folded.iter().chain(rest).fold(0, |sum, byte| sum ^ byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_is_the_same_in_blocks_as_byte_by_byte() {
        let bytes: Vec<u8> = (0..200_u32).map(|i| (i * 37 + i / 7) as u8).collect();
        for end in 0..=bytes.len() {
            let slowly = bytes[..end].iter().fold(0, |sum, byte| sum ^ byte);
            assert_eq!(xor(&bytes[..end]), slowly, "{end} bytes");
        }
    }

    #[test]
    fn the_checksum_of_nothing_is_zero() {
        assert_eq!(xor(&[]), 0);
    }
}
