//! What a caller may see, as a condition on rows. Every read of tenants' data starts from `find_in(&Reach)`.

mod contracts;
mod faces;
mod whole;

use sea_orm::{
    Condition, ExprTrait, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{SelectStatement, UnionType},
};

use super::{
    alert, application, attendance_day, company, crew, device, person, project, punch, region::in_region, registration,
    role_grant::ScopeKind, roster_entry, unit, vendor,
};

/// One scope of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Nation,
    /// The leading digits of a region code: "44", "4407" or "440703".
    Region(String),
    Company(Uuid),
    Project(Uuid),
    Vendor(Uuid),
}

impl Scope {
    pub fn kind(&self) -> ScopeKind {
        match self {
            Self::Nation => ScopeKind::Nation,
            Self::Region(_) => ScopeKind::Region,
            Self::Company(_) => ScopeKind::Company,
            Self::Project(_) => ScopeKind::Project,
            Self::Vendor(_) => ScopeKind::Vendor,
        }
    }
}

/// All scopes that a caller holds with the permission in question. Empty reaches nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach(pub Vec<Scope>);

impl Reach {
    pub fn everything() -> Self {
        Self(vec![Scope::Nation])
    }

    /// A name for what this reach contains, to keep figures under.
    pub fn key(&self) -> String {
        format!("{:?}", self.0)
    }

    /// Whether a region lies wholly within what a regulator's scope covers.
    pub fn covers_region(&self, code: &str) -> bool {
        self.0.iter().any(|scope| match scope {
            Scope::Nation => true,
            Scope::Region(prefix) => code.starts_with(prefix.as_str()),
            Scope::Company(_) | Scope::Project(_) | Scope::Vendor(_) => false,
        })
    }

    fn any(&self, condition: impl Fn(&Scope) -> Option<Condition>) -> Condition {
        let mut any = Condition::any();
        let mut empty = true;
        for scope in &self.0 {
            if *scope == Scope::Nation {
                return Condition::all();
            }
            if let Some(condition) = condition(scope) {
                any = any.add(condition);
                empty = false;
            }
        }
        if empty { Condition::all().add(Expr::cust("1 = 0")) } else { any }
    }
}

impl project::Entity {
    pub fn find_in(reach: &Reach) -> Select<project::Entity> {
        Self::find().filter(Self::within(reach))
    }
}

impl project::Entity {
    fn within(reach: &Reach) -> Condition {
        reach.any(|scope| match scope {
            Scope::Nation => None,
            Scope::Region(prefix) => Some(in_region(project::Column::RegionCode, prefix)),
            Scope::Company(id) => {
                let theirs = unit::Entity::find()
                    .select_only()
                    .column(unit::Column::ProjectId)
                    .filter(unit::Column::CompanyId.eq(*id));
                Some(Condition::all().add(project::Column::Id.in_subquery(theirs.into_query())))
            }
            Scope::Project(id) => Some(Condition::all().add(project::Column::Id.eq(*id))),
            Scope::Vendor(id) => Some(Condition::all().add(project::Column::VendorId.eq(*id))),
        })
    }
}

impl Reach {
    /// Ids of the projects within reach, for `IN (…)`.
    pub fn project_ids(&self) -> SelectStatement {
        project::Entity::find_in(self).select_only().column(project::Column::Id).into_query()
    }

    /// A condition on any table's project column. A reach of single projects needs no sub-select.
    pub fn on_project<C: ColumnTrait>(&self, column: C) -> Condition {
        if let [Scope::Project(id)] = self.0.as_slice() {
            return Condition::all().add(column.eq(*id));
        }
        if self.0.contains(&Scope::Nation) {
            return Condition::all();
        }
        Condition::all().add(column.in_subquery(self.project_ids()))
    }
}

impl unit::Entity {
    pub fn find_in(reach: &Reach) -> Select<unit::Entity> {
        Self::find().filter(reach.on_project(unit::Column::ProjectId))
    }
}

impl crew::Entity {
    pub fn find_in(reach: &Reach) -> Select<crew::Entity> {
        Self::find().filter(reach.on_project(crew::Column::ProjectId))
    }
}

impl roster_entry::Entity {
    pub fn find_in(reach: &Reach) -> Select<roster_entry::Entity> {
        Self::find().filter(reach.on_project(roster_entry::Column::ProjectId))
    }
}

impl registration::Entity {
    pub fn find_in(reach: &Reach) -> Select<registration::Entity> {
        Self::find().filter(reach.on_project(registration::Column::ProjectId))
    }
}

impl device::Entity {
    /// Devices of projects within reach; a vendor also sees its own on anybody's projects.
    pub fn find_in(reach: &Reach) -> Select<device::Entity> {
        let mut any = Condition::any().add(reach.on_project(device::Column::ProjectId));
        for scope in &reach.0 {
            if let Scope::Vendor(id) = scope {
                any = any.add(device::Column::VendorId.eq(*id));
            }
        }
        Self::find().filter(any)
    }
}

impl alert::Entity {
    pub fn find_in(reach: &Reach) -> Select<alert::Entity> {
        Self::find().filter(reach.on_project(alert::Column::ProjectId))
    }
}

impl punch::Entity {
    pub fn find_in(reach: &Reach) -> Select<punch::Entity> {
        Self::find().filter(reach.on_project(punch::Column::ProjectId))
    }
}

impl attendance_day::Entity {
    pub fn find_in(reach: &Reach) -> Select<attendance_day::Entity> {
        Self::find().filter(reach.on_project(attendance_day::Column::ProjectId))
    }
}

impl application::Entity {
    /// Applications are seen by the regulators of their region and by the vendor they name.
    pub fn find_in(reach: &Reach) -> Select<application::Entity> {
        Self::find().filter(reach.any(|scope| match scope {
            Scope::Region(prefix) => Some(in_region(application::Column::RegionCode, prefix)),
            Scope::Vendor(id) => Some(Condition::all().add(application::Column::VendorId.eq(*id))),
            Scope::Nation | Scope::Company(_) | Scope::Project(_) => None,
        }))
    }
}

impl company::Entity {
    /// Companies a caller may change: those of a regulator's region, a company itself, those that are on a project's
    /// site now. (To be looked up, the registry is open to everybody who is logged in.)
    pub fn find_in(reach: &Reach) -> Select<company::Entity> {
        Self::find().filter(reach.any(|scope| match scope {
            Scope::Region(prefix) => Some(in_region(company::Column::RegionCode, prefix)),
            Scope::Company(id) => Some(Condition::all().add(company::Column::Id.eq(*id))),
            Scope::Project(id) => {
                let taking_part = unit::Entity::find()
                    .select_only()
                    .column(unit::Column::CompanyId)
                    .filter(unit::Column::ProjectId.eq(*id))
                    .filter(unit::Column::ExitedOn.is_null());
                Some(Condition::all().add(company::Column::Id.in_subquery(taking_part.into_query())))
            }
            Scope::Nation | Scope::Vendor(_) => None,
        }))
    }
}

impl vendor::Entity {
    /// Vendors are seen by the regulators of their region and by themselves.
    pub fn find_in(reach: &Reach) -> Select<vendor::Entity> {
        Self::find().filter(reach.any(|scope| match scope {
            Scope::Region(prefix) => Some(in_region(vendor::Column::RegionCode, prefix)),
            Scope::Vendor(id) => Some(Condition::all().add(vendor::Column::Id.eq(*id))),
            Scope::Nation | Scope::Company(_) | Scope::Project(_) => None,
        }))
    }
}

impl person::Entity {
    /// People who are or were on a project within reach, came onto the platform through one, or belong to the
    /// company. A regulator also sees those recorded in the region without a project.
    ///
    /// Asked of each person in turn: right for one person, and for lists in which most people are within reach.
    pub fn find_in(reach: &Reach) -> Select<person::Entity> {
        Self::find().filter(reach.any(seen))
    }

    /// The same people as `find_in`, gathered first: right for lists of a reach of few people among many.
    pub fn find_in_few(reach: &Reach) -> Select<person::Entity> {
        match Self::ids_in(reach) {
            Some(ids) => Self::find().filter(person::Column::Id.in_subquery(ids)),
            None => Self::find_in(reach),
        }
    }

    /// Their ids, some of them more than once; nothing for everybody.
    pub fn ids_in(reach: &Reach) -> Option<SelectStatement> {
        let ids =
            |condition: Condition| Self::find().select_only().column(person::Column::Id).filter(condition).into_query();
        let mut parts = Vec::new();
        for scope in &reach.0 {
            let mut here = on_roster_or_from(scope)?;
            parts.extend(belonging(scope).map(ids));
            parts.push(here.roster.column(roster_entry::Column::PersonId).to_owned());
            parts.push(ids(here.origin));
        }
        parts.into_iter().reduce(|mut all, part| all.union(UnionType::All, part).to_owned())
    }
}

/// Somebody a scope sees, as a condition on their row.
fn seen(scope: &Scope) -> Option<Condition> {
    let mut here = on_roster_or_from(scope)?;
    let of_person = roster_entry::Column::PersonId.into_expr().equals((person::Entity, person::Column::Id));
    let on_roster = here.roster.expr(Expr::val(1)).and_where(of_person).to_owned();
    let any = Condition::any().add(Expr::exists(on_roster)).add(here.origin);
    Some(belonging(scope).into_iter().fold(any, Condition::add))
}

/// People of projects: a select over their roster without columns, and a condition on where somebody came from.
struct OfProjects {
    roster: SelectStatement,
    origin: Condition,
}

fn on_roster_or_from(scope: &Scope) -> Option<OfProjects> {
    if *scope == Scope::Nation {
        return None;
    }
    let one = Reach(vec![scope.clone()]);
    let on_project = one.on_project(roster_entry::Column::ProjectId);
    let roster = roster_entry::Entity::find().select_only().filter(on_project).into_query();
    Some(OfProjects { roster, origin: one.on_project(person::Column::OriginProjectId) })
}

/// Whom a scope reaches without any project.
fn belonging(scope: &Scope) -> Option<Condition> {
    match scope {
        Scope::Region(prefix) => Some(in_region(person::Column::RegionCode, prefix)),
        Scope::Company(id) => Some(Condition::all().add(person::Column::CompanyId.eq(*id))),
        Scope::Nation | Scope::Project(_) | Scope::Vendor(_) => None,
    }
}
