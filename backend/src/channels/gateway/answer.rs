//! What is said to a terminal, and whether it is the last word.

use bytes::{Buf, Bytes, buf::Chain};
use terminal_protocol::{
    Command, Reply, ReplyTo, SessionId,
    frame::{Envelope, Flag},
    refuse,
};

/// What screens show when it is the gateway itself that says no. At most ten characters, as 852's reply has room for.
pub mod text {
    pub const LOG_IN_FIRST: &str = "请先登录";
    pub const WRONG_SESSION: &str = "会话标识错误";
    pub const BLOCKED: &str = "登录过于频繁，请稍后";
    pub const TOO_SLOW: &str = "报文接收超时";
    pub const BUSY: &str = "服务繁忙，请稍后";
    pub const AHEAD: &str = "设备时间超前，请校时";
    pub const WRONG_SERIAL: &str = "设备序列号不符";
    pub const NOT_HERE: &str = "查无此人";
    pub const NOT_LISTED: &str = "不在考勤名单";
    pub const NO_PHOTO: &str = "未采集照片";
}

pub struct Answer {
    pub bytes: Outgoing,
    /// The connection ends after it.
    pub is_last: bool,
}

/// A frame on its way out. A long Content that many terminals get is shared by them and copied for none.
pub type Outgoing = Chain<Bytes, Chain<Bytes, Bytes>>;

impl Answer {
    pub fn reply(reply: &Reply, session: SessionId) -> Self {
        Self { bytes: whole(reply.encode(session)), is_last: false }
    }

    pub fn refusal(to: ReplyTo, text: &str) -> Self {
        Self { bytes: whole(refuse(to, text)), is_last: false }
    }

    pub fn shared(command: Command, session: SessionId, content: Bytes) -> Self {
        let envelope = Envelope::new(command.number(), session, Flag::SUCCESS);
        let (head, tail) = envelope.around(content.len());
        let [head, tail] = [Bytes::copy_from_slice(&head), Bytes::copy_from_slice(&tail)];
        Self { bytes: head.chain(content.chain(tail)), is_last: false }
    }

    pub fn and_no_more(self) -> Self {
        Self { is_last: true, ..self }
    }
}

fn whole(bytes: Vec<u8>) -> Outgoing {
    Bytes::from(bytes).chain(Bytes::new().chain(Bytes::new()))
}
