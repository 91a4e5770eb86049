//! What goes in and out over the API. Everything that identifies somebody goes out masked.

mod desk;
mod phone;
mod review;

pub use desk::DeskForm;
pub use phone::{
    BeginForm, CardForm, Consent, FaceForm, FaceView, HistoryLine, JoinCrew, JoinProject, JoinView, Pictures,
    Registration, WithdrawForm, WorkForm,
};
pub use review::{
    ApproveForm, Decided, NotDecided, RefuseForm, RegistrationCounts, RegistrationDetail, RegistrationFilter,
    RegistrationRow, RegistrationSeen, RegistrationTab, RegistrationUnmask, Seen,
};
