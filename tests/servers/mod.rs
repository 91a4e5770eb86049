//! Real servers for tests: named by the environment, or started here on a free port.

mod postgres;
mod wire;

pub use postgres::Postgres;
pub use wire::{State, Wire};

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

/// A server that ends with the test process at the latest, however that ends: the shell around it waits for
/// the end of its input and then kills it.
pub struct Server {
    address: SocketAddr,
    child: Child,
}

impl Server {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn start(address: SocketAddr, command: &str) -> Self {
        let script = format!("{command} >/dev/null 2>&1 & server=$!; cat >/dev/null; kill -9 $server");
        let child = Command::new("sh").args(["-c", &script]).stdin(Stdio::piped()).spawn().unwrap();
        let server = Self { address, child };
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(started.elapsed() < Duration::from_secs(30), "does not start: {command}");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

pub fn redis_at(address: SocketAddr) -> Server {
    Server::start(address, &format!("redis-server --port {} --save '' --appendonly no", address.port()))
}

/// The Redis all tests share.
pub fn redis_url() -> String {
    static SERVER: OnceLock<Server> = OnceLock::new();
    std::env::var("MINGCE_TEST_REDIS_URL")
        .unwrap_or_else(|_| format!("redis://{}", SERVER.get_or_init(|| redis_at(free_address())).address()))
}

/// An S3 server that all tests share; it takes any key. Returns its endpoint.
pub fn s3_endpoint() -> String {
    static SERVER: OnceLock<Server> = OnceLock::new();
    std::env::var("MINGCE_TEST_S3_ENDPOINT")
        .unwrap_or_else(|_| format!("http://{}", SERVER.get_or_init(|| s3_at(free_address())).address()))
}

fn s3_at(address: SocketAddr) -> Server {
    let installed = concat!(env!("CARGO_MANIFEST_DIR"), "/target/venv/bin");
    let command = format!("PATH={installed}:$PATH exec moto_server -H {} -p {}", address.ip(), address.port());
    Server::start(address, &format!("sh -c '{command}'"))
}

/// The bucket of tests that do not look at what is in it.
pub fn shared_bucket() -> String {
    static BUCKET: OnceLock<String> = OnceLock::new();
    BUCKET.get_or_init(|| new_bucket(&s3_endpoint())).clone()
}

/// A bucket of one's own on the S3 server.
pub fn new_bucket(endpoint: &str) -> String {
    let bucket = format!("test-{}", uuid::Uuid::now_v7());
    let host = endpoint.trim_start_matches("http://");
    let mut connection = TcpStream::connect(host).unwrap();
    write!(connection, "PUT /{bucket} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    bucket
}
