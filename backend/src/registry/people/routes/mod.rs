pub mod lookup;
mod person;
pub mod unmask;

pub use person::{correct_id_number, detail, edit, history, register, search};
