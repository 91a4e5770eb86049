//! Devices as they come in and go out.

mod filter;
mod form;
mod people;
mod push;
mod view;

pub use filter::DeviceFilter;
pub use form::{DeviceEdit, DeviceEntry, DeviceReplacement, DeviceUnbinding};
pub use people::{DevicePerson, DevicePersonFilter, DevicePersonState};
pub use push::{AdoptedPhotos, Adoption, AdoptionResult, PhotoAdoption, PushOrder, PushProgress, PushStage, Pushed};
pub use view::{DeviceFacts, DeviceRow, DeviceView, EarlierDevice, RawDevice};
