//! The value types together, as a feature's request body uses them.
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use super::*;
use serde_json::{Value, json};
use utoipa::{OpenApi, ToSchema};

#[derive(serde::Deserialize, ToSchema)]
struct Registration {
    name: PersonName,
    id_number: IdNumber,
    ethnic: Ethnic,
    region: RegionCode,
    #[serde(default, deserialize_with = "blank_as_none")]
    #[schema(nullable = true)]
    mobile: Option<Mobile>,
    #[serde(default, deserialize_with = "blank_as_none")]
    remark: Option<Text<0, 200>>,
    address: Text<1, 100>,
}

fn parse(body: &Value) -> Result<Registration, String> {
    serde_path_to_error::deserialize(body).map_err(|error| format!("{}: {}", error.path(), error.inner()))
}

fn body() -> Value {
    json!({
        "name": "王 强", "id_number": "11010519491231002x", "ethnic": "汉", "region": "440703",
        "mobile": "", "remark": "  ", "address": " 广东省\t江门市 ",
    })
}

#[test]
fn a_body_is_parsed_into_values() {
    let form = parse(&body()).unwrap();
    assert_eq!((form.name.expose(), form.id_number.expose()), ("王强", "11010519491231002X"));
    assert_eq!((form.ethnic.name(), form.region.as_str(), form.address.as_str()), ("汉族", "440703", "广东省 江门市"));
    assert!(form.mobile.is_none() && form.remark.is_none());
}

#[test]
fn a_refusal_names_the_field_and_never_the_value() {
    let cases = [
        ("name", json!("王"), "name: 姓名至少 2 个字"),
        ("id_number", json!(110_105_194_912_310_021_u64), "id_number: 应为文字（字符串）"),
        ("mobile", json!("13800138"), "mobile: 手机号码应为 11 位，现在是 8 位"),
        ("address", Value::Null, "address: 不能为空"),
        ("ethnic", json!("火星族"), "ethnic: 没有这个民族，请从列表中选择，例如“汉族”"),
    ];
    for (field, value, refusal) in cases {
        let mut body = body();
        body[field] = value;
        assert_eq!(parse(&body).err().unwrap(), refusal);
    }
}

#[test]
fn the_openapi_document_knows_their_shapes() {
    #[derive(OpenApi)]
    #[openapi(components(schemas(Registration)))]
    struct Document;

    let schemas = serde_json::to_value(Document::openapi()).unwrap()["components"]["schemas"].clone();
    assert_eq!(schemas["Text_1_100"], json!({"type": "string", "minLength": 1, "maxLength": 100}));
    assert_eq!(schemas["Mobile"]["pattern"], "^1[3-9]\\d{9}$");
    assert_eq!(schemas["Ethnic"]["enum"].as_array().unwrap().len(), 58);
    let properties = &schemas["Registration"]["properties"];
    assert_eq!(properties["address"]["$ref"], "#/components/schemas/Text_1_100");
    let required = schemas["Registration"]["required"].as_array().unwrap();
    assert!(required.contains(&json!("id_number")) && !required.contains(&json!("mobile")), "{required:?}");
}
