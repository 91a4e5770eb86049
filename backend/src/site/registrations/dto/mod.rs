//! What goes in and out over the API. Everything that identifies somebody goes out masked.

mod desk;
mod phone;
mod review;

pub use desk::DeskForm;
pub use phone::{
    BeginForm, CardForm, JoinConsent, FaceForm, RegistrationFace, RegistrationLine, JoinCrew, JoinProject, JoinView, RegistrationPictures,
    PhoneRegistration, WithdrawForm, WorkForm,
};
pub use review::{
    RegistrationApproval, RegistrationsDecided, RegistrationNotDecided, RegistrationRefusal, RegistrationCounts, RegistrationDetail, RegistrationFilter,
    RegistrationRow, RegistrationSeen, RegistrationTab, RegistrationUnmask, SeenRegistration,
};
