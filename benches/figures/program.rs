//! The release binary as a process of its own: started, watched, stopped.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;

pub struct Program {
    child: Child,
    pub url: String,
    /// From the start of the process to the first good answer of `/readyz`.
    pub ready_after: Duration,
}

impl Program {
    pub async fn start(folder: &Path, database: &str) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let from = Instant::now();
        let child = command(folder, database, &address).arg("all").spawn()?;
        let mut program = Self { child, url: format!("http://{address}"), ready_after: Duration::ZERO };
        let ready = format!("{}/readyz", program.url);
        let client = reqwest::Client::new();
        while !client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
            if from.elapsed() > Duration::from_secs(30) {
                return Err("the program was not ready in 30 s".into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        program.ready_after = from.elapsed();
        Ok(program)
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The database is thrown away afterwards, so nothing has to be drained.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &Path, database: &str, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingce"));
    command
        .current_dir(folder)
        .env("MINGCE__DEMO", "true")
        .env("MINGCE__SERVER__LISTEN", address)
        .env("MINGCE__GATEWAY__LISTEN", "127.0.0.1:0")
        .env("MINGCE__SERVER__PUBLIC_URL", format!("http://{address}"))
        .env("MINGCE__DATABASE__URL", database)
        .env("MINGCE__FILES__PATH", folder.join("files"))
        .env("MINGCE__SERVER__ANONYMOUS_RATE", "1000000")
        .env("MINGCE__TELEMETRY__LEVEL", "warn")
        .stdout(Stdio::null());
    command
}
