//! Facts in and out of a project's columns.

use sea_orm::ActiveValue::Set;

use super::form::ProjectFacts;
use crate::{
    entity::project,
    platform::{
        types::Masked,
        web::{Error, Result},
    },
};

impl ProjectFacts {
    pub fn of(project: &project::Model) -> Self {
        let project = project.clone();
        Self {
            name: project.name,
            code: project.code,
            region_code: project.region_code,
            vendor_id: project.vendor_id,
            category: project.category,
            status: project.status,
            address: project.address,
            longitude: project.longitude,
            latitude: project.latitude,
            permit_number: project.permit_number,
            permit_date: project.permit_date,
            investment_nature: project.investment_nature,
            start_on: project.start_on,
            planned_finish_on: project.planned_finish_on,
            area_m2: project.area_m2,
            height_m: project.height_m,
            structure: project.structure,
            cost_wan: project.cost_wan,
            contact_name: project.contact_name,
            contact_phone: project.contact_phone,
            wage_bank: project.wage_bank,
            deposit_kind: project.deposit_kind,
            // A row somebody filled by hand must not make the page fail.
            parties: serde_json::from_value(project.parties).unwrap_or_default(),
        }
    }

    /// All columns that the form fills; the rest is the caller's.
    pub fn into_columns(self) -> Result<project::ActiveModel> {
        let Self {
            name,
            code,
            region_code,
            vendor_id,
            category,
            status,
            address,
            longitude,
            latitude,
            permit_number,
            permit_date,
            investment_nature,
            start_on,
            planned_finish_on,
            area_m2,
            height_m,
            structure,
            cost_wan,
            contact_name,
            contact_phone,
            wage_bank,
            deposit_kind,
            parties,
        } = self;
        Ok(project::ActiveModel {
            name: Set(name),
            code: Set(code),
            region_code: Set(region_code),
            vendor_id: Set(vendor_id),
            category: Set(category),
            status: Set(status),
            address: Set(address),
            longitude: Set(longitude),
            latitude: Set(latitude),
            permit_number: Set(permit_number),
            permit_date: Set(permit_date),
            investment_nature: Set(investment_nature),
            start_on: Set(start_on),
            planned_finish_on: Set(planned_finish_on),
            area_m2: Set(area_m2),
            height_m: Set(height_m),
            structure: Set(structure),
            cost_wan: Set(cost_wan),
            contact_name: Set(contact_name),
            contact_phone: Set(contact_phone),
            wage_bank: Set(wage_bank),
            deposit_kind: Set(deposit_kind),
            parties: Set(serde_json::to_value(parties).map_err(Error::internal)?),
            ..Default::default()
        })
    }

    /// As the audit keeps it: the contact masked.
    pub fn for_audit(mut self) -> Self {
        self.contact_name = self.contact_name.map(|name| Masked::name(&name).into());
        self.contact_phone = self.contact_phone.map(|phone| Masked::phone(&phone).into());
        self
    }
}
