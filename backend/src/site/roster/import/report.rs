//! What became of every row.

use serde::Serialize;
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    Entered,
    /// In a dry run: nothing stands in the way.
    Enterable,
    /// In that crew already; nothing to do.
    Already,
    /// Would enter once warnings are confirmed.
    ToConfirm,
    Failed,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RowResult {
    /// As Excel shows it at the left edge.
    pub row: u32,
    pub name: String,
    pub outcome: RowOutcome,
    /// Why not, or what to know.
    pub message: Option<String>,
}

impl RowResult {
    pub fn is_left_over(&self) -> bool {
        matches!(self.outcome, RowOutcome::Failed | RowOutcome::ToConfirm)
    }
}

/// The result of an import; the rows that were left over are the job's file.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct ImportReport {
    pub dry_run: bool,
    pub total: usize,
    pub entered: usize,
    pub enterable: usize,
    pub already: usize,
    pub to_confirm: usize,
    pub failed: usize,
    /// What holds for the whole file: hidden rows, merged cells, unknown columns.
    pub notices: Vec<String>,
    pub rows: Vec<RowResult>,
}

impl ImportReport {
    pub fn new(dry_run: bool, notices: Vec<String>, mut rows: Vec<RowResult>) -> Self {
        rows.sort_by_key(|row| row.row);
        let count = |outcome| rows.iter().filter(|row| row.outcome == outcome).count();
        Self {
            dry_run,
            total: rows.len(),
            entered: count(RowOutcome::Entered),
            enterable: count(RowOutcome::Enterable),
            already: count(RowOutcome::Already),
            to_confirm: count(RowOutcome::ToConfirm),
            failed: count(RowOutcome::Failed),
            notices,
            rows,
        }
    }
}
