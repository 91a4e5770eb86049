pub mod tickets;
pub mod who;
