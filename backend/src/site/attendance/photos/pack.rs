//! The format of a pack. All numbers are little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `MCPHOTO1` |
//! | 24 each | a photo's id (16), where it begins in the file (4) and how long it is (4); in the order of the ids |
//! | … | the photos |
//!
//! How many there are is known from the pack's row, so that the table is one read and the photo another.

use std::ops::Range;

use bytes::{BufMut, Bytes, BytesMut};
use uuid::Uuid;

const MAGIC: &[u8; 8] = b"MCPHOTO1";
const ROW: usize = 24;

/// A pack's photos come to no more than this; a single larger one has a pack of its own.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// How long magic and table of a pack are together.
pub fn table_length(photos: i64) -> u64 {
    MAGIC.len() as u64 + photos.unsigned_abs() * ROW as u64
}

/// Puts photos together, which stand in the order of their ids.
pub fn write(photos: &[(Uuid, Vec<u8>)]) -> Bytes {
    let head = MAGIC.len() + photos.len() * ROW;
    let mut pack = BytesMut::with_capacity(head + photos.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
    pack.put_slice(MAGIC);
    let mut begins = head;
    for (id, bytes) in photos {
        pack.put_slice(id.as_bytes());
        pack.put_u32_le(u32::try_from(begins).unwrap_or(u32::MAX));
        pack.put_u32_le(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        begins += bytes.len();
    }
    photos.iter().for_each(|(_, bytes)| pack.put_slice(bytes));
    pack.freeze()
}

/// Where in the file a photo is, if it is in there.
pub fn find(table: &[u8], id: Uuid) -> Option<Range<u64>> {
    let (rows, _) = table.strip_prefix(MAGIC)?.as_chunks::<ROW>();
    let at = rows.binary_search_by_key(&id.as_bytes(), |row| row.first_chunk::<16>().unwrap_or(&[0; 16])).ok()?;
    let number = |from: usize| Some(u32::from_le_bytes(*rows.get(at)?.get(from..)?.first_chunk::<4>()?));
    let (begins, length) = (u64::from(number(16)?), u64::from(number(20)?));
    Some(begins..begins + length)
}

/// Cuts photos, of which only the sizes are known yet, into packs.
pub fn cut(sizes: &[(Uuid, i64)]) -> Vec<&[(Uuid, i64)]> {
    let (mut packs, mut from, mut filled) = (Vec::new(), 0, 0);
    for (at, (_, size)) in sizes.iter().enumerate() {
        let size = usize::try_from(*size).unwrap_or_default();
        if at > from && filled + size > LARGEST {
            packs.extend(sizes.get(from..at));
            (from, filled) = (at, 0);
        }
        filled += size;
    }
    packs.extend(sizes.get(from..).filter(|rest| !rest.is_empty()));
    packs
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failing test is the point")]
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn every_photo_is_found_again_and_no_other() {
        let photos: Vec<_> = (1..200_u8).map(|n| (id(u128::from(n) * 3), vec![n; usize::from(n)])).collect();
        let pack = write(&photos);
        let table = &pack[..usize::try_from(table_length(199)).unwrap()];
        for (id, bytes) in &photos {
            let range = find(table, *id).unwrap();
            let range = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
            assert_eq!(&pack[range], bytes.as_slice());
        }
        assert_eq!(find(table, id(4)), None);
        assert_eq!(find(b"something else", id(3)), None);
        assert_eq!(find(&table[..40], id(30)), None);
    }

    #[test]
    fn packs_are_filled_in_order_and_none_too_far() {
        let half = i64::try_from(LARGEST / 2).unwrap();
        let sizes: Vec<_> = [half, half, 1, 3 * half, 5].iter().zip(0..).map(|(size, n)| (id(n), *size)).collect();
        let packs: Vec<usize> = cut(&sizes).iter().map(|pack| pack.len()).collect();
        assert_eq!(packs, [2, 1, 1, 1]);
        assert_eq!(cut(&sizes).concat(), sizes);
        assert!(cut(&[]).is_empty());
    }
}
