//! The API document: collected from the handlers, completed with what all of them share.

use utoipa::{
    OpenApi, ToSchema,
    openapi::{
        ContentBuilder, OpenApi as Document, Ref, ResponseBuilder,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use super::ErrorBody;

#[derive(OpenApi)]
#[openapi(
    info(title = "Mingce 名册", description = "Real-name management of construction workers"),
    components(schemas(ErrorBody))
)]
struct Base;

/// Statuses any call can answer; success statuses stand at each handler.
const ERRORS: &[(&str, &str)] = &[
    ("400", "The request cannot be read"),
    ("401", "Not logged in"),
    ("403", "Not permitted, or the CSRF token is missing"),
    ("404", "Not there, or somebody else's"),
    ("409", "Not as things stand"),
    ("412", "Changed by somebody else meanwhile"),
    ("413", "Too large"),
    ("422", "Fields that cannot be right"),
    ("428", "If-Match is missing"),
    ("429", "Too many requests"),
    ("503", "A part of the platform does not answer"),
];

pub fn base() -> Document {
    let mut document = Base::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document
}

/// Adds what every operation has in common: the error answers and the ways to prove who one is.
pub fn complete(mut document: Document) -> Document {
    let components = document.components.get_or_insert_with(Default::default);
    components
        .add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("mingce_session"))));
    components
        .add_security_scheme("token", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()));
    let security = ["session", "token"].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
    document.security = Some(security.to_vec());
    let components = document.components.get_or_insert_with(Default::default);
    for (status, description) in ERRORS {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(ErrorBody::name()))).build();
        let response = ResponseBuilder::new().description(*description).content("application/json", content).build();
        components.responses.insert(name_of(status), response.into());
    }
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            for (status, _) in ERRORS {
                let shared = Ref::from_response_name(name_of(status));
                operation.responses.responses.entry((*status).to_owned()).or_insert_with(|| shared.into());
            }
        }
    }
    document
}

fn name_of(status: &str) -> String {
    format!("Error{status}")
}
