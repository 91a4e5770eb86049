//! What goes in and out over the API. Everything that identifies somebody goes out masked.

mod desk;
mod phone;
mod review;

pub use desk::DeskForm;
pub use phone::{
    BeginForm, FaceForm, JoinConsent, JoinCrew, JoinProject, JoinView, PhoneRegistration, RegistrationCard,
    RegistrationFace, RegistrationLine, RegistrationPictures, WithdrawForm, WorkForm,
};
pub use review::{
    RegistrationApproval, RegistrationCounts, RegistrationDetail, RegistrationFilter, RegistrationNotDecided,
    RegistrationRefusal, RegistrationRow, RegistrationSeen, RegistrationTab, RegistrationUnmask, RegistrationsDecided,
    SeenRegistration,
};
