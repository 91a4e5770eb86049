pub mod lookup;
mod person;
pub mod unmask;

pub use person::{correct_id_number, detail, edit, edit_from_phone, export, history, register, search};
