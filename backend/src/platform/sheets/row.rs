//! A row that was read, and taking it apart into values that cannot be wrong.

use super::columns::Column;
use super::value::Value;
use crate::platform::types::Problem;
use chrono::NaiveDate;
use std::str::FromStr;
use std::sync::Arc;

/// One filled row. It has no `Debug`: rows are people.
#[derive(Clone)]
pub struct Row {
    /// As Excel shows it at the left edge.
    pub number: u32,
    pub hidden: bool,
    pub(super) columns: Arc<[Column]>,
    /// One per column, in the columns' order.
    pub(super) values: Vec<Value>,
}

impl Row {
    /// The cell as the clerk sees it; empty for a blank one.
    pub fn shown(&self, key: &str) -> String {
        self.value(key).shown()
    }

    /// Starts taking the row apart.
    pub fn fields(&self) -> Fields<'_> {
        Fields { row: self, problems: Vec::new() }
    }

    fn value(&self, key: &str) -> &Value {
        let place = self.columns.iter().position(|column| column.key == key);
        debug_assert!(place.is_some(), "no column {key}");
        place.and_then(|place| self.values.get(place)).unwrap_or(&Value::Blank)
    }
}

/// Collects what is wrong with a row while it is taken apart, so that a clerk learns everything at once.
pub struct Fields<'a> {
    row: &'a Row,
    problems: Vec<(&'static str, Problem)>,
}

impl Fields<'_> {
    /// The text of a cell. `None` when it is blank or wrong, which is noted where the column needs it.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.present(key)?;
        Some(value.shown())
    }

    /// A cell as one of the value types.
    pub fn get<T: FromStr<Err = Problem>>(&mut self, key: &'static str) -> Option<T> {
        let text = self.text(key)?;
        let parsed = text.parse();
        self.noting(key, parsed)
    }

    /// A cell of a `Date` column.
    pub fn date(&mut self, key: &'static str) -> Option<NaiveDate> {
        match self.present(key)? {
            Value::Date(date) => Some(date),
            other => self.noting(key, super::dates::from_text(&other.shown())),
        }
    }

    /// A cell of a `Number` column.
    pub fn number(&mut self, key: &'static str) -> Option<f64> {
        match self.present(key)? {
            Value::Number(number) => Some(number),
            other => self.noting(key, other.shown().parse().map_err(|_| "应为数字".into())),
        }
    }

    /// A cell of a `Number` column that counts something.
    pub fn integer(&mut self, key: &'static str) -> Option<i64> {
        let number = self.number(key)?;
        let whole = number.fract() == 0.0 && number.abs() < 1e15;
        self.noting(key, if whole { Ok(number as i64) } else { Err("应为整数".into()) })
    }

    /// Notes a problem that only the feature can see: a crew that is not on site, a person who is there already.
    pub fn refuse(&mut self, key: &'static str, problem: impl Into<Problem>) {
        self.problems.push((key, problem.into()));
    }

    /// What is wrong, by column key.
    pub fn problems(&self) -> &[(&'static str, Problem)] {
        &self.problems
    }

    /// What is wrong as one sentence for the 原因 column; `None` when nothing is.
    pub fn reason(&self) -> Option<String> {
        let told = self.problems.iter().map(|(key, problem)| {
            let column = self.row.columns.iter().find(|column| column.key == *key);
            column.map_or_else(|| problem.to_string(), |column| format!("{}：{problem}", column.title))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join("；"))
    }

    fn present(&mut self, key: &'static str) -> Option<Value> {
        match self.row.value(key).clone() {
            Value::Blank => {
                let required = self.row.columns.iter().any(|column| column.key == key && column.required);
                if required {
                    self.refuse(key, "不能为空");
                }
                None
            }
            Value::Wrong { problem, .. } => {
                self.refuse(key, problem);
                None
            }
            value => Some(value),
        }
    }

    fn noting<T>(&mut self, key: &'static str, outcome: Result<T, Problem>) -> Option<T> {
        outcome.map_err(|problem| self.refuse(key, problem)).ok()
    }
}
