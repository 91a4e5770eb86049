//! What a violated constraint means to the person who caused it. The database decides, so that two people at the
//! same moment cannot both win; here stands which field to blame and what to say.

/// PostgreSQL reports a constraint by name, SQLite a unique index by its columns.
struct Constraint {
    name: &'static str,
    columns: &'static str,
    field: &'static str,
    message: &'static str,
}

const fn unique(name: &'static str, columns: &'static str, field: &'static str, message: &'static str) -> Constraint {
    Constraint { name, columns, field, message }
}

const CONSTRAINTS: &[Constraint] = &[
    unique("uq_account_login", "account.login", "login", "该账号名已被使用，请换一个"),
    unique("uq_company_credit_code", "company.credit_code", "credit_code", "该统一社会信用代码的企业已在企业库中"),
    unique("uq_vendor_code", "vendor.code", "code", "该服务商编码已存在"),
    unique("uq_vendor_credit_code", "vendor.credit_code", "credit_code", "该统一社会信用代码的服务商已存在"),
    unique("uq_project_code", "project.code", "code", "该报建编号的项目已存在"),
    unique(
        "uq_unit_on_site",
        "unit.project_id, unit.company_id, unit.kind",
        "company_id",
        "该企业已以同一参建类型在场，无需重复添加",
    ),
    unique("uq_crew_on_site", "crew.project_id, crew.unit_id, crew.name", "name", "该参建单位下已有同名的在场班组"),
    unique("uq_person_id_number", "person.id_number_hash", "id_number", "该身份证号的人员已在人员库中"),
    unique(
        "uq_employment_current",
        "employment.person_id",
        "company_id",
        "该人员已登记在其他企业，须先办理【离职迁出】",
    ),
    unique(
        "uq_roster_on_site",
        "roster_entry.project_id, roster_entry.person_id",
        "person_id",
        "该人员已在本项目在场，无需重复进场",
    ),
    unique(
        "uq_roster_card",
        "roster_entry.project_id, roster_entry.card_number",
        "card_number",
        "该考勤卡号已发给本项目的其他在场人员",
    ),
    unique(
        "uq_consent_withdrawal_open",
        "consent_withdrawal.person_id",
        "reason",
        "已经撤回同意，人脸信息会在退场后删除，无需重复提交",
    ),
    unique("uq_contract_open", "contract.entry_id", "entry_id", "该人员已有履约中的劳动合同，请先解约或直接编辑"),
    unique(
        "uq_punch_objection_open",
        "punch_objection.entry_id, punch_objection.day",
        "day",
        "这一天的异议还没有答复，无需重复提交",
    ),
    unique(
        "uq_registration_phone",
        "registration.project_id, registration.phone_user_id",
        "code",
        "您在本项目已有一份未完成的登记，请继续填写",
    ),
    unique(
        "uq_registration_id_number",
        "registration.project_id, registration.id_number_hash",
        "id_number",
        "该身份证号正在本项目登记，请勿重复登记；如不是本人操作，请联系项目部处理",
    ),
    unique("uq_device_serial", "device.serial", "serial", "该序列号的设备已登记在某个项目，须先解绑或更换"),
    unique(
        "uq_phone_user_account",
        "phone_user.account_id",
        "login",
        "该账号已绑定另一个微信，须先在那个微信里解除绑定，或请管理员重置",
    ),
    unique(
        "uq_account_certificate_fingerprint",
        "account_certificate.fingerprint",
        "certificate",
        "该证书已绑定到某个账号",
    ),
];

/// The field and the message for a violation, found in the database's own words.
pub fn meaning_of(database_message: &str) -> Option<(&'static str, &'static str)> {
    CONSTRAINTS
        .iter()
        .find(|known| {
            let by_columns = database_message.strip_prefix("UNIQUE constraint failed: ");
            by_columns == Some(known.columns) || database_message.contains(known.name)
        })
        .map(|known| (known.field, known.message))
}
