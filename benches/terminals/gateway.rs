//! The release binary as a gateway, and as the load on it.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Result;
use crate::ground::{Ground, SERIAL, VENDOR_CODE};

pub struct Gateway {
    child: Child,
    pub address: SocketAddr,
}

impl Gateway {
    /// With settings on top, such as `("BATCH", "1")`.
    pub fn start(ground: &Ground, settings: &[(&str, &str)]) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_mingce"));
        command
            .arg("gateway")
            .current_dir(&ground.folder)
            .env("MINGCE__DEMO", "true")
            .env("MINGCE__DATABASE__URL", &ground.url)
            .env("MINGCE__DATABASE__MAX_CONNECTIONS", "32")
            .env("MINGCE__FILES__PATH", ground.folder.join("files"))
            .env("MINGCE__GATEWAY__LISTEN", address.to_string())
            .env("MINGCE__TELEMETRY__LEVEL", "error")
            .stdout(Stdio::null());
        if let Ok(redis) = std::env::var("MINGCE_TEST_REDIS_URL") {
            command.env("MINGCE__CACHE__URL", redis);
        }
        for (name, value) in settings {
            command.env(format!("MINGCE__GATEWAY__{name}"), value);
        }
        let (child, from) = (command.spawn()?, Instant::now());
        let gateway = Self { child, address };
        while TcpStream::connect(address).is_err() {
            if from.elapsed() > Duration::from_secs(30) {
                return Err("the gateway was not there in 30 s".into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(gateway)
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024)
    }

    /// Processor time it has used so far.
    pub fn busy(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, after_name) = stat.rsplit_once(')').ok_or("no name in /proc/…/stat")?;
        let ticks = after_name
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(str::parse::<u64>)
            .sum::<std::result::Result<u64, _>>()?;
        // Linux counts a hundred a second on every machine there is.
        Ok(Duration::from_millis(ticks * 10))
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `mingce terminal` measured.
pub struct Load {
    pub per_second: f64,
    pub p50: f64,
    pub p99: f64,
}

/// Punches with photos of 10 kB. A rate of nought is as many as there are answers.
pub fn load(gateway: &Gateway, terminals: usize, rate: f64, seconds: u64) -> Result<Load> {
    let (address, terminals) = (gateway.address.to_string(), terminals.to_string());
    let (rate, seconds) = (rate.to_string(), seconds.to_string());
    let done = Command::new(env!("CARGO_BIN_EXE_mingce"))
        .args(["terminal", "--address", &address, "--vendor-code", VENDOR_CODE, "--serial", SERIAL, "--json"])
        .args(["--terminals", &terminals, "--rate", &rate, "--seconds", &seconds, "--photo-bytes", "10240"])
        .output()?;
    if !done.status.success() {
        return Err(format!("mingce terminal: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    let report: Value = serde_json::from_slice(&done.stdout)?;
    eprintln!("{report}");
    if report["refused"] != 0 || report["reconnects"] != 0 {
        return Err(format!("not all went well: {report}").into());
    }
    let figure = |value: &Value| value.as_f64().ok_or("a figure is missing");
    Ok(Load {
        per_second: figure(&report["accepted_per_second"])?,
        p50: figure(&report["milliseconds"]["p50"])?,
        p99: figure(&report["milliseconds"]["p99"])?,
    })
}
