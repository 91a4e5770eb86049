//! What can stand on a card.

mod lookalikes;
mod names;
mod nations;
mod regions;

pub use lookalikes::lookalikes;
pub use names::{is_surname, is_usual, surname_length, usual};
pub use nations::NATIONS;
pub use regions::{is_of_places, known as known_regions};
