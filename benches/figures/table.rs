//! What was measured, beside its peer or its limit.

use std::fmt::Write as _;

pub struct Figure {
    pub what: String,
    pub on: &'static str,
    pub ours: String,
    /// The peer's own figure of the same run, or a dash.
    pub peer: String,
    /// What is compared with the limit.
    pub value: f64,
    pub limit: Limit,
}

/// The bound a value is held to, with its unit.
#[derive(Clone, Copy)]
pub enum Limit {
    AtMost(f64, &'static str),
    AtLeast(f64, &'static str),
}

impl Figure {
    pub fn passes(&self) -> bool {
        match self.limit {
            Limit::AtMost(limit, _) => self.value <= limit,
            Limit::AtLeast(limit, _) => self.value >= limit,
        }
    }

    fn cells(&self) -> [String; 7] {
        let (sign, limit, unit) = match self.limit {
            Limit::AtMost(limit, unit) => ("≤", limit, unit),
            Limit::AtLeast(limit, unit) => ("≥", limit, unit),
        };
        let verdict = if self.passes() { "PASS" } else { "MISS" };
        [
            self.what.clone(),
            self.on.to_owned(),
            self.ours.clone(),
            self.peer.clone(),
            format!("{}{unit}", short(self.value)),
            format!("{sign} {}{unit}", short(limit)),
            verdict.to_owned(),
        ]
    }
}

const HEADS: [&str; 7] = ["figure", "on", "ours", "peer", "value", "limit", ""];

/// The table as Markdown whose columns are also straight in a terminal.
pub fn render(figures: &[Figure]) -> String {
    let rows: Vec<[String; 7]> = figures.iter().map(Figure::cells).collect();
    let heads = HEADS.map(str::to_owned);
    let mut widths = heads.each_ref().map(|cell| cell.chars().count().max(3));
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    line(&mut out, &heads, &widths);
    line(&mut out, &widths.map(|width| "-".repeat(width)), &widths);
    for row in &rows {
        line(&mut out, row, &widths);
    }
    out
}

fn line(out: &mut String, cells: &[String; 7], widths: &[usize; 7]) {
    for (cell, &width) in cells.iter().zip(widths) {
        let _ = write!(out, "| {cell:width$} ");
    }
    out.push_str("|\n");
}

/// Two significant places for small numbers, none for large ones.
fn short(value: f64) -> String {
    if value.fract() == 0.0 || value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

/// All figures, or those named: `cargo bench --bench terminals -- month`.
pub fn wanted(name: &str) -> bool {
    let mut named = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    named.peek().is_none() || named.any(|argument| argument == name)
}
