//! 班组

mod exits;
mod registry;
mod support;
