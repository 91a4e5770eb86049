//! Processes die under load, again and again; what terminals were told is true all the same.

mod kills;
mod load;
mod program;
