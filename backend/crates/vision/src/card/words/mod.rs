//! What can stand on a card.

mod lookalikes;
mod names;
mod nations;
mod regions;

pub use lookalikes::lookalikes;
pub use names::{is_surname, is_usual, surname_length};
pub use nations::NATIONS;
pub use regions::known as known_regions;
