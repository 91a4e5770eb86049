//! Ways in from outside: terminals, a terminal of our own to try them with, and WeChat.

pub mod gateway;
pub mod terminal;
pub mod wechat;
