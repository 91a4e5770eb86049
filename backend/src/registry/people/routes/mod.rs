pub mod lookup;
mod person;
pub mod unmask;

pub use person::{correct_id_number, detail, edit, export, history, register, search};
