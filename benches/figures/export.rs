//! The roster of a hundred thousand as a workbook, beside openpyxl's write-only mode.

use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::people::Site;
use crate::program::{self, Program};
use crate::table::{Figure, Limit};
use crate::world::Caller;
use crate::{Ground, Result};

pub const ROWS: usize = 100_000;
/// So many cells of a row are not empty; openpyxl writes no others.
const FILLED: usize = 14;

pub async fn measure(
    ground: &Ground<'_>,
    program: &Program,
    http: &Client,
    staff: &Caller,
    site: &Site,
) -> Result<Vec<Figure>> {
    eprintln!("{}: roster export", ground.on);
    let before = program.memory()?;
    let (ours, largest) = export(program, http, staff, site).await?;
    let growth = largest.saturating_sub(before) as f64 / 1e6;
    let peer = openpyxl(ground)?;
    let speed = Figure {
        what: format!("roster export, {ROWS} rows"),
        on: ground.on,
        ours: format!("{:.2} s", ours.as_secs_f64()),
        peer: format!("{peer:.2} s openpyxl"),
        value: peer / ours.as_secs_f64(),
        limit: Limit::AtLeast(10.0, "×"),
    };
    let memory = Figure {
        what: "its memory growth".to_owned(),
        on: ground.on,
        ours: format!("{growth:.0} MB"),
        peer: "–".to_owned(),
        value: growth,
        limit: Limit::AtMost(64.0, " MB"),
    };
    Ok(vec![speed, memory])
}

/// How long it took until the file was there, and the most memory on the way.
async fn export(program: &Program, http: &Client, staff: &Caller, site: &Site) -> Result<(Duration, u64)> {
    let from = Instant::now();
    let path = format!("{}/api/v1/projects/{}/roster/export", program.url, site.project);
    let request = http.post(path).header("cookie", &staff.cookie).header("x-csrf-token", &staff.csrf_token);
    let queued: Value = request.json(&json!({})).send().await?.error_for_status()?.json().await?;
    let mut largest = program.memory()?;
    let ended = program::until_done(program, http, staff, &queued, |program| {
        largest = largest.max(program.memory()?);
        Ok(())
    });
    let ended = ended.await?;
    if ended["result"]["rows"] != ROWS {
        return Err(format!("the export ended as {ended}").into());
    }
    Ok((from.elapsed(), largest))
}

/// Seconds.
fn openpyxl(ground: &Ground<'_>) -> Result<f64> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let done = Command::new(format!("{root}target/venv/bin/python"))
        .arg(format!("{root}benches/figures/openpyxl_peer.py"))
        .args([ROWS.to_string(), FILLED.to_string()])
        .arg(ground.folder.join("openpyxl.xlsx"))
        .output()?;
    if !done.status.success() {
        return Err(format!("openpyxl: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(String::from_utf8(done.stdout)?.trim().parse()?)
}
