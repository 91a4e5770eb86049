//! What goes in and out over the API. Everything that identifies somebody goes out masked.

mod board;
mod overview;
mod rows;
mod search;

pub use board::{Board, BoardCrew, BoardPerson, BoardUnit};
pub use overview::{
    AttendanceOverview, CrewFigures, Figures, OverviewParams, Period, PeriodFigures, ProjectDayRow, ProjectsSearch,
    Step, UnitFigures,
};
pub use rows::{DayCell, DayRow, DayState, MonthRow, PunchOfDay, PunchRow, Somebody};
pub use search::{DaySearch, MonthSearch, PunchSearch, RecomputeForm};
