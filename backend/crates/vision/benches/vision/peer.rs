//! The peer, a Python program: `MINGCE_BENCH_PYTHON` is an interpreter that has RapidOCR.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::report::Report;

pub fn read(folder: &Path) -> Result<Report> {
    let out = folder.join("peer.json");
    if out.exists() {
        return Report::read(&out);
    }
    let python = std::env::var_os("MINGCE_BENCH_PYTHON").ok_or("MINGCE_BENCH_PYTHON names no interpreter")?;
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../benches/vision/peer.py");
    let status = Command::new(python).arg(script).arg(folder).arg(&out).env("OMP_NUM_THREADS", "1").status()?;
    if status.success() { Report::read(&out) } else { Err(format!("the peer failed: {status}").into()) }
}
