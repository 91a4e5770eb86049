//! The release binary as a process of its own: started, watched, stopped.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::Value;

use crate::Result;
use crate::world::Caller;

const PATIENCE: Duration = Duration::from_secs(300);

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

/// Looks at a job until it is done, and at the program with `watch` meanwhile.
pub async fn until_done(
    program: &Program,
    http: &Client,
    staff: &Caller,
    queued: &Value,
    mut watch: impl FnMut(&Program) -> Result<()>,
) -> Result<Value> {
    let from = Instant::now();
    let path = format!("{}/api/v1/jobs/{}", program.url, queued["id"].as_str().ok_or("no job")?);
    loop {
        tokio::time::sleep(Duration::from_millis(20)).await;
        watch(program)?;
        let job: Value =
            http.get(&path).header("cookie", &staff.cookie).send().await?.error_for_status()?.json().await?;
        match job["state"].as_str() {
            Some("done") => return Ok(job),
            Some("queued" | "running") if from.elapsed() < PATIENCE => {}
            _ => return Err(format!("the job ended as {job}").into()),
        }
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
        .env("MINGCE__WECHAT__STAND_IN_PORT", "0")
        .env("MINGCE__SERVER__PUBLIC_URL", format!("http://{address}"))
        .env("MINGCE__DATABASE__URL", database)
        .env("MINGCE__FILES__PATH", folder.join("files"))
        .env("MINGCE__SERVER__ANONYMOUS_RATE", "1000000")
        .env("MINGCE__TELEMETRY__LEVEL", "warn")
        .stdout(Stdio::null());
    command
}
