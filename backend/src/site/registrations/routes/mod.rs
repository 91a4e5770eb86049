pub mod desk;
pub mod phone;
pub mod review;
