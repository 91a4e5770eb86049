//! 849.

use crate::hex::{SESSION, frame, hex, is_reply, is_request};
use terminal_protocol::{
    MessageError, Reply, Request, Sender,
    messages::{ListedPerson, Whitelist, WhitelistRequest},
};

pub const REQUEST: &str = "
    01 07 00 00 00  00 00 00 00  00 00 00 00  01  51 03  # Header, Length 7, whole, Version, Command 849
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    2c 01  # 300 people
    c0 c6 2d 00  # 3,000,000 bytes of photos
    06  # checksum
    00 01  # Flag, Tail
";

pub const WHITELIST: &str = "
    01 bb 00 00 00  00 00 00 00  00 00 00 00  01  51 03  # Header, Length 187, whole, Version, Command 849
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    0c 00 00 00  # project number 12
    e8 a5 bf e5 ae 81 e7 a4 ba e8 8c 83 e5 b7 a5 e7 a8 8b 00*82  # project name 西宁示范工程
    e9 03 00 00  # worker number 1001
    e7 8e 8b e5 bb ba e5 9b bd 00  # name 王建国
    36 33 32 31 32 33 31 39 38 35 30 31 30 31 30 30 31 58  # ID number
    00 28 00 00  # capture photo length
    00*5  # reserved
    ea 03 00 00  # worker number 1002
    e6 ac a7 e9 98 b3 e5 bb ba 00  # name 欧阳建国, cut
    36 33 32 31 32 33 31 39 39 30 30 32 30 32 30 30 32 38  # ID number
    cd 81 01 00  # capture photo length
    00*5  # reserved
    16  # checksum
    00 01  # Flag, Tail
";

pub const NOBODY: &str = "
    01 69 00 00 00  00 00 00 00  00 00 00 00  01  51 03  # Header, Length 105, whole, Version, Command 849
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    0c 00 00 00  # project number 12
    e8 a5 bf e5 ae 81 e7 a4 ba e8 8c 83 e5 b7 a5 e7 a8 8b 00*82  # project name 西宁示范工程
    19  # checksum
    00 01  # Flag, Tail
";

fn listed(worker_number: u32, name: &str, id_number: &str, capture_photo_length: u32) -> ListedPerson {
    ListedPerson { worker_number, name: name.into(), id_number: id_number.into(), capture_photo_length }
}

fn whitelist(people: Vec<ListedPerson>) -> Whitelist {
    Whitelist { project_number: 12, project_name: "西宁示范工程".into(), people }
}

#[test]
fn a_device_says_what_it_has() {
    let request = WhitelistRequest { people: 300, photos_length: 3_000_000 };
    is_request(REQUEST, SESSION, Request::Whitelist(request));
}

#[test]
fn a_whitelist_is_read_and_written() {
    let first = listed(1001, "王建国", "63212319850101001X", 10_240);
    let second = listed(1002, "欧阳建", "632123199002020028", 98_765);
    is_reply(WHITELIST, SESSION, Reply::Whitelist(whitelist(vec![first, second])));
}

#[test]
fn a_name_of_four_characters_is_cut_between_the_third_and_the_fourth() {
    let first = listed(1001, "王建国", "63212319850101001X", 10_240);
    let second = listed(1002, "欧阳建国", "632123199002020028", 98_765);
    assert_eq!(Reply::Whitelist(whitelist(vec![first, second])).encode(SESSION), hex(WHITELIST));
}

#[test]
fn nobody_may_be_on_a_whitelist() {
    is_reply(NOBODY, SESSION, Reply::Whitelist(whitelist(vec![])));
}

#[test]
fn a_whitelist_of_three_thousand_is_one_frame() {
    let people = (0..3000).map(|number| listed(number, "买买提", "632123199002020028", number * 7)).collect();
    let reply = Reply::Whitelist(whitelist(people));
    let bytes = reply.encode(SESSION);
    assert_eq!(bytes.len(), 34 + 104 + 3000 * 41 + 1);
    assert_eq!(bytes.capacity(), bytes.len(), "the buffer never had to grow");
    assert_eq!(Reply::decode(&frame(&bytes, Sender::Platform)), Ok(reply));
}

#[test]
fn a_whitelist_may_be_longer_than_a_terminal_may_talk() {
    let people = (0..30_000).map(|number| listed(number, "买买提", "632123199002020028", 1)).collect();
    let reply = Reply::Whitelist(whitelist(people));
    let bytes = reply.encode(SESSION);
    assert!(bytes.len() > Sender::Terminal.longest_content());
    assert_eq!(Reply::decode(&frame(&bytes, Sender::Platform)), Ok(reply));
}

#[test]
fn half_a_record_is_refused() {
    let mut reply = frame(&hex(WHITELIST), Sender::Platform);
    let mut content = reply.content[..104 + 41 + 20].to_vec();
    content.push(content.iter().fold(0, |sum, byte| sum ^ byte));
    reply.content = content.into();
    assert_eq!(Reply::decode(&reply), Err(MessageError::Long { extra: 20 }));
}
