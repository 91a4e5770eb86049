//! Flag 1 and a sentence.

use crate::hex::{SESSION, frame, hex, is_reply};
use terminal_protocol::{Command, Field, MessageError, Refusal, Reply, ReplyTo, Sender, refuse, text::SCREEN};

pub const REFUSED: &str = "
    01 09 00 00 00  00 00 00 00  00 00 00 00  01  50 03  # Header, Length 9, whole, Version, Command 848
    a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8  # SessionID
    e6 9c aa e8 bf 9b e5 9c ba  # message 未进场
    01 01  # Flag, Tail
";

#[test]
fn a_refusal_is_the_sentence_and_nothing_else() {
    is_reply(REFUSED, SESSION, Reply::Refused(Refusal::new(848, "未进场")));
    assert_eq!(refuse(ReplyTo { command: 848, session: SESSION }, "未进场"), hex(REFUSED));
}

#[test]
fn any_command_can_be_refused_even_one_nobody_knows() {
    for command in Command::ALL.map(Command::number).into_iter().chain([0, 844]) {
        let bytes = refuse(ReplyTo { command, session: SESSION }, "不支持的命令");
        let reply = frame(&bytes, Sender::Platform);
        assert_eq!((reply.envelope.command, reply.envelope.session), (command, SESSION));
        assert_eq!(Reply::decode(&reply), Ok(Reply::Refused(Refusal::new(command, "不支持的命令"))));
        assert_eq!(reply.content.len(), if command == 852 { 42 } else { 18 });
    }
}

#[test]
fn a_long_sentence_is_cut_between_characters_to_fit_the_screen() {
    let sentence = "劳动合同尚未签订，请联系所在班组的班组长或项目劳资专管员，签订合同并上传之后再来考勤";
    assert!(sentence.len() > SCREEN);
    let refusal = Refusal::new(848, sentence);
    assert!(refusal.message().len() <= SCREEN && refusal.message().ends_with('…'));
    assert_eq!(Refusal::new(852, sentence).message(), "劳动合同尚未签订，…");
}

#[test]
fn any_flag_but_zero_is_failure() {
    let mut bytes = hex(REFUSED);
    let flag = bytes.len() - 2;
    bytes[flag] = 2;
    let reply = Reply::decode(&frame(&bytes, Sender::Platform));
    assert_eq!(reply, Ok(Reply::Refused(Refusal::new(848, "未进场"))));
}

#[test]
fn a_sentence_that_is_not_text_is_refused_in_turn() {
    let mut reply = frame(&hex(REFUSED), Sender::Platform);
    reply.content = vec![0xff, 0x41].into();
    assert_eq!(Reply::decode(&reply), Err(MessageError::NotUtf8(Field::Reason)));
}
