//! What a process costs, and how the bench runs its own parts as processes: memory and CPU time are of one part alone.

use std::path::Path;
use std::process::Command;

use rustix::time::{ClockId, clock_gettime};

use crate::Result;

/// Names the part a child process is to run.
pub const PART: &str = "MINGCE_BENCH_PART";

/// Of all threads of this process.
pub fn cpu_ms() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    used.tv_sec as f64 * 1e3 + used.tv_nsec as f64 / 1e6
}

pub fn resident_mb() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).ok_or("the kernel says no VmRSS")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("VmRSS has no value")?.parse()?;
    Ok(kilobytes / 1024.0)
}

/// Runs a part of this bench by itself.
pub fn run_part(part: &str, folder: &Path) -> Result<()> {
    let status = Command::new(std::env::current_exe()?).arg(folder).env(PART, part).status()?;
    if status.success() { Ok(()) } else { Err(format!("{part} failed: {status}").into()) }
}

pub fn number(variable: &str, otherwise: usize) -> Result<usize> {
    match std::env::var(variable) {
        Ok(value) => Ok(value.parse()?),
        Err(_) => Ok(otherwise),
    }
}
