//! One client's conversation.

use std::{io, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::{Message, State};

const LARGEST_MESSAGE: usize = 10 * 1024 * 1024;
const LONGEST_LINE: u64 = 64 * 1024;
const MOST_RECIPIENTS: usize = 100;

/// What has been said so far.
#[derive(Default)]
struct Session {
    greeted: bool,
    user: Option<String>,
    from: Option<String>,
    to: Vec<String>,
}

pub(crate) async fn run(stream: TcpStream, state: Arc<State>) {
    // A client that hangs up in the middle of a sentence is no concern of a server's.
    let _ = talk(BufReader::new(stream), &state).await;
}

async fn talk(mut stream: BufReader<TcpStream>, state: &State) -> io::Result<()> {
    let mut session = Session::default();
    say(&mut stream, "220 mailbox ESMTP ready").await?;
    while let Some(line) = read_line(&mut stream).await? {
        let line = String::from_utf8_lossy(&line).into_owned();
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "QUIT" => return say(&mut stream, "221 2.0.0 bye").await,
            "AUTH" => {
                let reply = authenticate(&mut stream, &mut session, rest).await?;
                say(&mut stream, reply).await?;
            }
            "DATA" if session.to.is_empty() => say(&mut stream, "503 5.5.1 recipients first").await?,
            "DATA" => {
                say(&mut stream, "354 end with <CRLF>.<CRLF>").await?;
                let Some(raw) = read_data(&mut stream).await? else { return Ok(()) };
                let reply = session.finish(raw, state);
                say(&mut stream, reply).await?;
            }
            verb => {
                let reply = session.answer(verb, rest, state);
                say(&mut stream, &reply).await?;
            }
        }
    }
    Ok(())
}

impl Session {
    fn answer(&mut self, verb: &str, rest: &str, state: &State) -> String {
        match verb {
            "EHLO" => {
                self.restart();
                let size = format!("SIZE {LARGEST_MESSAGE}");
                ["mailbox", &size, "8BITMIME", "SMTPUTF8", "PIPELINING", "AUTH PLAIN LOGIN"]
                    .iter()
                    .enumerate()
                    .map(|(at, word)| format!("250{}{word}", if at == 5 { ' ' } else { '-' }))
                    .collect::<Vec<_>>()
                    .join("\r\n")
            }
            "HELO" => {
                self.restart();
                "250 mailbox".to_owned()
            }
            "MAIL" => self.mail(rest).to_owned(),
            "RCPT" => self.recipient(rest, state),
            "RSET" => {
                self.reset();
                "250 2.0.0 forgotten".to_owned()
            }
            "NOOP" => "250 2.0.0 still here".to_owned(),
            "VRFY" => "252 2.5.0 send it and see".to_owned(),
            _ => "500 5.5.2 not understood".to_owned(),
        }
    }

    fn mail(&mut self, rest: &str) -> &'static str {
        if !self.greeted {
            return "503 5.5.1 say EHLO first";
        }
        if self.from.is_some() {
            return "503 5.5.1 one sender is enough";
        }
        let Some((address, parameters)) = path(rest, "FROM:") else { return "501 5.5.4 MAIL FROM:<address>" };
        let announced =
            parameters.split(' ').find_map(|word| word.to_ascii_uppercase().strip_prefix("SIZE=")?.parse().ok());
        if announced.is_some_and(|size: usize| size > LARGEST_MESSAGE) {
            return "552 5.3.4 too large";
        }
        self.from = Some(address.to_owned());
        "250 2.1.0 go on"
    }

    fn recipient(&mut self, rest: &str, state: &State) -> String {
        let reply = match path(rest, "TO:") {
            _ if self.from.is_none() => "503 5.5.1 sender first",
            None | Some(("", _)) => "501 5.5.4 RCPT TO:<address>",
            Some(_) if self.to.len() == MOST_RECIPIENTS => "452 4.5.3 too many recipients",
            Some((address, _)) => match state.reply_for(address) {
                Some(refusal) => return refusal,
                None => {
                    self.to.push(address.to_owned());
                    "250 2.1.5 go on"
                }
            },
        };
        reply.to_owned()
    }

    fn finish(&mut self, raw: Vec<u8>, state: &State) -> &'static str {
        let (from, to) = (self.from.take().unwrap_or_default(), std::mem::take(&mut self.to));
        self.reset();
        if raw.len() > LARGEST_MESSAGE {
            return "552 5.3.4 too large";
        }
        state.keep(Message::read(from, to, self.user.clone(), &raw));
        "250 2.0.0 kept"
    }

    fn restart(&mut self) {
        self.reset();
        self.greeted = true;
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }
}

/// `FROM:<a@b> SIZE=9` → (`a@b`, `SIZE=9`)
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (head, tail) = rest.split_at_checked(keyword.len())?;
    let (address, parameters) = tail.trim_start().strip_prefix('<')?.split_once('>')?;
    head.eq_ignore_ascii_case(keyword).then_some((address, parameters.trim()))
}

/// Any user and password will do; the user's name is kept with the messages.
async fn authenticate(
    stream: &mut BufReader<TcpStream>,
    session: &mut Session,
    rest: &str,
) -> io::Result<&'static str> {
    let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
    let user = match mechanism.to_ascii_uppercase().as_str() {
        "PLAIN" => {
            let answer = if initial.is_empty() { ask(stream, "334 ").await? } else { decode(initial) };
            answer.and_then(|answer| answer.split('\0').nth(1).map(str::to_owned))
        }
        "LOGIN" => {
            let user = if initial.is_empty() { ask(stream, "334 VXNlcm5hbWU6").await? } else { decode(initial) };
            ask(stream, "334 UGFzc3dvcmQ6").await?.and(user)
        }
        _ => return Ok("504 5.5.4 PLAIN or LOGIN"),
    };
    Ok(match user {
        Some(user) => {
            session.user = Some(user);
            "235 2.7.0 welcome"
        }
        None => "501 5.5.2 not understood",
    })
}

async fn ask(stream: &mut BufReader<TcpStream>, question: &str) -> io::Result<Option<String>> {
    say(stream, question).await?;
    Ok(read_line(stream).await?.and_then(|line| decode(&String::from_utf8_lossy(&line))))
}

fn decode(base64: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(base64).ok()?).ok()
}

async fn say(stream: &mut BufReader<TcpStream>, reply: &str) -> io::Result<()> {
    stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
    stream.flush().await
}

/// A line without its end; nothing when the client has hung up.
async fn read_line(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    stream.take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
    if line.pop() != Some(b'\n') {
        return Ok(None);
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(line))
}

/// The message up to the lone dot. What is beyond the limit is read and thrown away.
async fn read_data(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut raw = Vec::new();
    while let Some(line) = read_line(stream).await? {
        if line == b"." {
            return Ok(Some(raw));
        }
        if raw.len() <= LARGEST_MESSAGE {
            // A dot at the start of a line was doubled on the way.
            raw.extend(line.strip_prefix(b".").unwrap_or(&line));
            raw.extend(b"\r\n");
        }
    }
    Ok(None)
}
