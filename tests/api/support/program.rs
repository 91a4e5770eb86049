//! The program itself, as an operator starts it: its own process, its own environment, its own log.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use mingce::platform::config::{Config, CryptoConfig, Secret};
use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(30);

/// A process that is still running; it ends with the test at the latest.
pub struct Program {
    child: Child,
    log: Arc<Mutex<Vec<Value>>>,
}

/// Keys as an operator makes them: the demo's are refused outside demo mode.
pub fn keys() -> CryptoConfig {
    let key = Secret::new(STANDARD.encode([7_u8; 32]));
    CryptoConfig { active: "a".to_owned(), index_key: key.clone(), keys: [("a".to_owned(), key)].into() }
}

/// What a real installation has in its environment: the database and the folder that the configuration names, and
/// keys of its own.
pub fn environment(config: &Config) -> Vec<(String, String)> {
    let CryptoConfig { active, index_key, keys } = keys();
    let (files, models) = (config.files.path.display().to_string(), config.vision.folder.display().to_string());
    [
        ("DATABASE__URL", config.database.url.expose()),
        ("FILES__PATH", files.as_str()),
        ("VISION__FOLDER", models.as_str()),
        ("CRYPTO__ACTIVE", active.as_str()),
        ("CRYPTO__KEYS__A", keys["a"].expose()),
        ("CRYPTO__INDEX_KEY", index_key.expose()),
        ("SERVER__LISTEN", "127.0.0.1:0"),
        ("SERVER__WORKERS", "1"),
        ("GATEWAY__LISTEN", "127.0.0.1:0"),
        ("TELEMETRY__FORMAT", "json"),
    ]
    .map(|(name, value)| (format!("MINGCE__{name}"), value.to_owned()))
    .into()
}

/// Runs a command that ends by itself; gives whether it succeeded, and what it printed.
pub fn run(folder: &Path, environment: &[(String, String)], arguments: &[&str]) -> (bool, String) {
    let output = command(folder, environment, arguments).output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).unwrap())
}

fn command(folder: &Path, environment: &[(String, String)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingce"));
    command.args(arguments).env_clear().envs(environment.iter().cloned()).current_dir(folder);
    command
}

impl Program {
    pub fn start(folder: &Path, environment: &[(String, String)], arguments: &[&str]) -> Self {
        let mut child = command(folder, environment, arguments).stderr(Stdio::piped()).spawn().unwrap();
        let (log, lines) = (Arc::new(Mutex::new(Vec::new())), BufReader::new(child.stderr.take().unwrap()).lines());
        let written = log.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let entry = serde_json::from_str(&line).unwrap_or(Value::String(line));
                written.lock().unwrap().push(entry);
            }
        });
        Self { child, log }
    }

    /// The first line of the log that holds, once it is there.
    pub async fn line(&self, holds: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            if let Some(line) = self.log().into_iter().find(&holds) {
                return line;
            }
            assert!(began.elapsed() < PATIENCE, "the program never said so: {:#?}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everything said so far, line by line.
    pub fn log(&self) -> Vec<Value> {
        self.log.lock().unwrap().clone()
    }

    /// Where it listens, once it does.
    pub async fn address(&self) -> SocketAddr {
        let line = self.line(|line| line["message"] == "listening").await;
        line["address"].as_str().unwrap().parse().unwrap()
    }

    /// SIGTERM, as systemd and container runtimes send it; nothing to a process that has ended already.
    pub fn terminate(&mut self) {
        if self.child.try_wait().unwrap().is_some() {
            return;
        }
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// How it ended, once it has.
    pub async fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "the program does not end: {:#?}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
