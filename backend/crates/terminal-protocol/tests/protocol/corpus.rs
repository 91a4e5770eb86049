//! What the fuzzer begins with, and what it ever found, through the functions it calls.
//!
//! The seeds are the captures of these tests. After changing one, `WRITE_SEEDS=1 cargo test -p terminal-protocol
//! corpus` writes them anew; a file that the fuzzer found is put beside them by hand, and stays.

use crate::hex::{frame, hex};
use crate::{attendance, collected, features, login, refusals, whitelist};
use std::{fs, path::PathBuf};
use terminal_protocol::{
    Command, Frame, Sender, fuzzing,
    parts::{Numbering, split},
};

fn folder(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target)
}

const CAPTURES: [(&str, &str); 14] = [
    ("login", login::LOGIN),
    ("login-padded", login::SHORT_LOGIN),
    ("login-reply", login::LOGGED_IN),
    ("heartbeat", login::HEARTBEAT),
    ("features", features::REQUEST),
    ("features-reply", features::FEATURES),
    ("attendance", attendance::PUNCH),
    ("attendance-refused", refusals::REFUSED),
    ("whitelist", whitelist::REQUEST),
    ("whitelist-reply", whitelist::WHITELIST),
    ("whitelist-nobody", whitelist::NOBODY),
    ("collected", collected::COLLECTED),
    ("collected-reply", collected::ACCEPTED),
    ("collected-refused", collected::TURNED_DOWN),
];

/// Streams from a terminal.
fn frame_seeds() -> Vec<(&'static str, Vec<u8>)> {
    let punch = frame(&hex(attendance::PUNCH), Sender::Terminal);
    let in_parts = |numbering| split(&punch, 8, numbering).iter().flat_map(Frame::encode).collect();
    let spoilt = |at: usize, with: u8| {
        let mut bytes = hex(attendance::PUNCH);
        bytes[at] = with;
        bytes
    };
    let last = hex(attendance::PUNCH).len() - 1;
    let mut seeds: Vec<_> = CAPTURES.map(|(name, capture)| (name, hex(capture))).into();
    seeds.push(("day", [login::LOGIN, login::HEARTBEAT, attendance::PUNCH].map(hex).concat()));
    seeds.push(("parts-from-zero", in_parts(Numbering::FromZero)));
    seeds.push(("parts-from-one", in_parts(Numbering::FromOne)));
    seeds.push(("wrong-header", spoilt(0, 2)));
    seeds.push(("wrong-length", spoilt(4, 1)));
    seeds.push(("wrong-version", spoilt(13, 2)));
    seeds.push(("wrong-tail", spoilt(last, 0)));
    seeds
}

/// A byte that chooses command and flag, and a Content.
fn message_seeds() -> Vec<(&'static str, Vec<u8>)> {
    let seed = |(name, capture)| {
        let frame = frame(&hex(capture), Sender::Platform);
        let command = Command::ALL.iter().position(|command| command.number() == frame.envelope.command);
        let choice = command.unwrap() as u8 | frame.envelope.flag.0 << 7;
        (name, [&[choice], &frame.content[..]].concat())
    };
    CAPTURES.map(seed).into()
}

fn seeds_are_kept(target: &str, seeds: Vec<(&str, Vec<u8>)>) {
    for (name, bytes) in seeds {
        let path = folder(target).join(name);
        if std::env::var_os("WRITE_SEEDS").is_some() {
            fs::create_dir_all(folder(target)).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        assert_eq!(fs::read(&path).ok(), Some(bytes), "{}: see this file's first lines", path.display());
    }
}

fn all(target: &str) -> Vec<Vec<u8>> {
    fs::read_dir(folder(target)).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn the_frame_corpus_holds_the_captures_and_runs() {
    seeds_are_kept("frame", frame_seeds());
    all("frame").iter().for_each(|stream| fuzzing::frame(stream));
}

#[test]
fn the_message_corpus_holds_the_captures_and_runs() {
    seeds_are_kept("message", message_seeds());
    all("message").iter().for_each(|message| fuzzing::message(message));
}
