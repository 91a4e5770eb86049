pub mod edit;
pub mod enter;
pub mod exit;
pub mod export;
pub mod import;
pub mod list;

use crate::{
    entity::project,
    platform::{App, web::Result},
    registry::policies,
    site::roster::service::Site,
};

/// The project with its region's rules. Policies are looked up before the transaction: SQLite has one writer.
async fn site<'a>(app: &App, project: &'a project::Model) -> Result<Site<'a>> {
    Ok(Site { project, policy: policies::for_region(app, &project.region_code).await? })
}
