//! Phones, against a WeChat of our own over real sockets.

#[macro_use]
pub mod support;

mod account_alone;
mod accounts;
mod certificates;
mod content;
mod logins;
mod notices;
mod numbers;
mod pages;
mod pushes;
mod sessions;
mod web_login;
