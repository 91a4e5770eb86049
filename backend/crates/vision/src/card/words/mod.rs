//! What can stand on a card.

mod lookalikes;
mod names;
mod nations;

pub use lookalikes::lookalikes;
pub use names::{is_usual, surname_length};
pub use nations::NATIONS;
