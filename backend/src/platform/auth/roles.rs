//! Permissions, and which role has them. A role is held within a scope; see `entity::role_grant`.

use serde::Serialize;
use utoipa::ToSchema;

use crate::entity::role_grant::Role;

macro_rules! permissions {
    ($($(#[doc = $doc:literal])* $name:ident: $($role:ident)|+;)+) => {
        /// What somebody may do. The console shows and hides by these; handlers demand them by type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Permission { $($(#[doc = $doc])* $name),+ }

        impl Permission {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            pub fn is_held_by(self, role: Role) -> bool {
                match self { $(Self::$name => role == Role::Admin || matches!(role, $(Role::$role)|+)),+ }
            }
        }

        $($(#[doc = $doc])* #[derive(Clone, Copy, Debug)] pub struct $name;
        impl Permit for $name { const PERMISSION: Permission = Permission::$name; })+
    };
}

impl Permission {
    /// Whether it only looks: allowed also where nothing may change any more.
    pub fn only_looks(self) -> bool {
        matches!(
            self,
            Self::ViewAudit
                | Self::ViewPolicies
                | Self::ViewProjects
                | Self::ViewCompanies
                | Self::ViewVendors
                | Self::ViewUnits
                | Self::ViewCrews
                | Self::ViewPeople
                | Self::ViewRoster
                | Self::ViewDevices
                | Self::ViewAttendance
                | Self::ViewContracts
                | Self::Unmask
                | Self::ViewMessages
        )
    }
}

/// A permission as a type, to stand in a handler's signature: `ProjectScope<ManageRoster>`.
pub trait Permit: 'static {
    const PERMISSION: Permission;
}

permissions! {
    /// Accounts of one's scope: issue, reset, disable.
    ManageAccounts: Regulator;
    /// Who did what.
    ViewAudit: Regulator | Company | Project;
    /// A region's rules.
    ManagePolicies: Regulator;
    /// Read a region's rules.
    ViewPolicies: Regulator | Company | Project | Vendor;
    ReviewApplications: Regulator;
    ViewProjects: Regulator | Company | Project | Vendor;
    RegisterProjects: Regulator;
    EditProjects: Regulator | Project;
    CancelProjects: Regulator;
    ViewCompanies: Regulator | Company | Project | Vendor;
    RegisterCompanies: Regulator | Project;
    EditCompanies: Regulator | Company | Project;
    /// Of a regulator's region; a vendor sees itself.
    ViewVendors: Regulator | Vendor;
    ManageVendors: Regulator;
    ViewUnits: Regulator | Company | Project | Vendor;
    ManageUnits: Regulator | Project;
    ViewCrews: Regulator | Company | Project | Vendor;
    ManageCrews: Regulator | Project;
    ViewPeople: Regulator | Company | Project;
    EditPeople: Regulator | Company | Project;
    /// Put an ID number right that was typed wrong.
    CorrectIdNumbers: Regulator;
    /// See ID numbers, phones and bank cards unmasked; every look is recorded.
    Unmask: Regulator | Company | Project;
    /// Look at faces that may not match, and decide.
    ReviewFaces: Regulator | Project;
    /// Send people collected by devices or apps.
    CollectPeople: Vendor | Project;
    ViewRoster: Regulator | Company | Project | Vendor;
    ManageRoster: Regulator | Project;
    ViewDevices: Regulator | Company | Project | Vendor;
    ManageDevices: Regulator | Project | Vendor;
    ViewAttendance: Regulator | Company | Project;
    /// Have day rows reckoned anew.
    ManageAttendance: Regulator | Project;
    ViewContracts: Regulator | Company | Project;
    ManageContracts: Regulator | Project;
    /// What people were told on their phones, and what did not reach them.
    ViewMessages: Regulator | Project;
    /// Make API tokens for programs.
    ManageTokens: Regulator | Company | Project | Vendor;
}
