//! Uploads, and the signed links to them.

use chrono::{TimeDelta, Utc};
use mingce::{
    entity::stored_file,
    platform::files::{
        Disposition, Kind, Purpose,
        service::{claim, purge, read_terminal, release, store_made},
        sweep,
    },
};
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::Value;
use uuid::Uuid;

use super::support::{self, Answer, Client, TestApp};
use crate::{
    platform::pictures::{jpeg, jpeg_with_exif},
    servers,
};

const PDF: &[u8] = b"%PDF-1.7\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

/// One field of a form: its name, the name of a file if it is one, and what is in it.
type Field<'a> = (&'a str, Option<&'a str>, &'a [u8]);

async fn send_form(client: &Client, fields: &[Field<'_>]) -> Answer {
    send_form_to(client, "/files", fields).await
}

async fn send_form_to(client: &Client, path: &str, fields: &[Field<'_>]) -> Answer {
    let mut body = Vec::new();
    for (name, file, content) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.extend(format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend([content, &b"\r\n"[..]].concat());
    }
    body.extend(b"--limit--\r\n");
    let request = client.request(Method::POST, path).header("content-type", "multipart/form-data; boundary=limit");
    client.send(request.body(body)).await
}

async fn upload(client: &Client, purpose: &str, name: &str, content: &[u8]) -> Answer {
    send_form(client, &[("purpose", None, purpose.as_bytes()), ("file", Some(name), content)]).await
}

fn path<'a>(file: &'a Value, link: &str) -> &'a str {
    file[link].as_str().unwrap().strip_prefix("/api/v1").unwrap()
}

fn id(file: &Value) -> Uuid {
    file["id"].as_str().unwrap().parse().unwrap()
}

async fn row(app: &TestApp, id: Uuid) -> Option<stored_file::Model> {
    stored_file::Entity::find_by_id(id).one(app.app.db.reader()).await.unwrap()
}

story! {
    async fn a_photo_goes_in_and_comes_out_clean_by_its_link(app: &TestApp) {
        let file = upload(&app.admin().await, "photo", "王建国 正面.PNG", &jpeg_with_exif(60, 40, 6)).await.ok();
        assert_eq!((&file["name"], &file["content_type"]), (&"王建国 正面.jpg".into(), &"image/jpeg".into()));

        let answer = app.nobody().get(path(&file, "url")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.bytes.len(), file["size"].as_u64().unwrap() as usize);
        let picture = image::load_from_memory(&answer.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (40, 60));
        let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(
            header("content-disposition"),
            "inline; filename*=UTF-8''%E7%8E%8B%E5%BB%BA%E5%9B%BD%20%E6%AD%A3%E9%9D%A2.jpg"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
        assert!(header("cache-control").starts_with("private, max-age="));
        assert_eq!(header("content-length"), file["size"].to_string());
    }
}

story! {
    async fn a_pdf_is_only_ever_a_download(app: &TestApp) {
        let file = upload(&app.admin().await, "document", "../许可证.pdf", PDF).await.ok();
        assert_eq!(file["name"], "许可证.pdf");
        for link in ["url", "download_url"] {
            let answer = app.nobody().get(path(&file, link)).await;
            assert_eq!(answer.bytes, PDF);
            assert_eq!(answer.headers["content-type"], "application/pdf");
            assert!(answer.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
        }
    }
}

story! {
    async fn a_link_cannot_be_made_up_or_changed(app: &TestApp) {
        let admin = app.admin().await;
        let mine = upload(&admin, "document", "a.pdf", PDF).await.ok();
        let other = upload(&admin, "document", "b.pdf", PDF).await.ok();
        let (_, query) = path(&mine, "url").split_once('?').unwrap();
        let refused = admin.get(&format!("/files/{}?{query}", id(&other))).await.refused(403);
        assert_eq!(refused["code"], "link_expired");
        admin.get(&format!("{}&d=1", path(&mine, "url"))).await.refused(403);
        admin.get(&format!("/files/{}", id(&mine))).await.refused(422);
        admin.get("/files/no-id?e=1&s=x").await.refused(404);
        let gone = app.app.files.links.path(Uuid::now_v7(), Disposition::Inline);
        admin.get(gone.strip_prefix("/api/v1").unwrap()).await.refused(404);
    }
}

story! {
    async fn only_somebody_logged_in_may_upload(app: &TestApp) {
        upload(&app.nobody(), "photo", "a.jpg", &jpeg(9, 9)).await.refused(401);
    }
}

story! {
    async fn an_applicant_without_an_account_uploads_one_proof_per_captcha(app: &TestApp) {
        let (token, answer) = app.solved_captcha().await;
        let path = format!("/public/files?captcha_token={token}&captcha_answer={answer}");
        let proof: [Field<'_>; 2] = [("purpose", None, b"document"), ("file", Some("证明.pdf"), PDF)];
        let file = id(&send_form_to(&app.nobody(), &path, &proof).await.ok());
        send_form_to(&app.nobody(), &path, &proof).await.field("captcha_answer");
        send_form_to(&app.nobody(), "/public/files", &proof).await.field("captcha_token");

        let (token, answer) = app.solved_captcha().await;
        let path = format!("/public/files?captcha_token={token}&captcha_answer={answer}");
        let face: [Field<'_>; 2] = [("purpose", None, b"photo"), ("file", Some("a.jpg"), PDF)];
        send_form_to(&app.nobody(), &path, &face).await.field("purpose");

        let db = app.app.db.writer();
        assert!(claim(db, Some(Uuid::now_v7()), Purpose::Document, file, "proof").await.is_err());
        assert!(claim(db, None, Purpose::Document, file, "proof").await.is_ok());
    }
}

story! {
    async fn bad_uploads_are_refused_in_words_that_help(app: &TestApp) {
        let admin = app.admin().await;
        let not_a_picture = upload(&admin, "photo", "照片.jpg", b"<svg onload=alert(1)>").await.field("file");
        assert_eq!(not_a_picture, "文件内容不是图片，只能上传 JPG、PNG 或 WebP 格式的图片");
        assert_eq!(upload(&admin, "photo", "a.jpg", b"").await.field("file"), "文件是空的，请重新选择");
        assert_eq!(upload(&admin, "virus", "a.jpg", &jpeg(9, 9)).await.field("purpose"), "不支持这种用途");
        assert_eq!(upload(&admin, &"x".repeat(5000), "a.jpg", &jpeg(9, 9)).await.field("purpose"), "不支持这种用途");
        assert_eq!(send_form(&admin, &[("purpose", None, b"photo")]).await.field("file"), "此项必填");
        let twice = [("file", Some("a"), PDF), ("file", Some("b"), PDF)];
        assert_eq!(send_form(&admin, &twice).await.field("file"), "一次只能上传一个文件");
        send_form(&admin, &[("else", None, b"x")]).await.refused(400);
        admin.post("/files", "{}").await.refused(400);
        let request = admin.request(Method::POST, "/files").header("content-type", "multipart/form-data; boundary=limit");
        let cut = "--limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf a fi";
        admin.send(request.body(cut)).await.refused(400);
    }
}

story! {
    async fn a_file_that_is_too_large_is_refused_and_the_answer_arrives(app: &TestApp) {
        let large = vec![0; app.app.config.server.upload_limit + 1];
        let refused = upload(&app.admin().await, "photo", "a.jpg", &large).await.refused(413);
        assert_eq!(refused["message"], "文件超过 20 MB，请压缩后再上传");
    }
}

story! {
    async fn a_file_is_claimed_once_by_its_uploader_for_its_purpose(app: &TestApp) {
        let file = id(&upload(&app.admin().await, "document", "a.pdf", PDF).await.ok());
        let owner = row(app, file).await.unwrap().account_id;


        let db = app.app.db.writer();
        assert!(claim(db, Some(Uuid::now_v7()), Purpose::Document, file, "proof").await.is_err());
        assert!(claim(db, None, Purpose::Document, file, "proof").await.is_err());
        assert!(claim(db, owner, Purpose::Photo, file, "proof").await.is_err());
        assert!(claim(db, owner, Purpose::Document, file, "proof").await.is_ok());
        assert!(claim(db, owner, Purpose::Document, file, "proof").await.is_err());
    }
}

story! {
    async fn files_nobody_refers_to_are_purged_after_a_while(app: &TestApp) {
        let admin = app.admin().await;
        let idle = id(&upload(&admin, "document", "a.pdf", PDF).await.ok());
        let used = id(&upload(&admin, "document", "b.pdf", PDF).await.ok());
        let owner = row(app, used).await.unwrap().account_id;
        claim(app.app.db.writer(), owner, Purpose::Document, used, "proof").await.unwrap();
        let made = store_made(&app.app, owner, "失败的行", Kind::Xlsx, "PK".into()).await.unwrap();
        assert_eq!(made.name, "失败的行.xlsx");
        let key = row(app, idle).await.unwrap().storage_key;

        assert_eq!(purge(&app.app, Utc::now() - TimeDelta::days(1)).await.unwrap(), 0);
        assert_eq!(purge(&app.app, Utc::now() + TimeDelta::seconds(1)).await.unwrap(), 1);
        assert!(row(app, idle).await.is_none());
        assert!(!app.app.files.exists(&key).await.unwrap());
        assert!(row(app, used).await.is_some());

        release(app.app.db.writer(), used).await.unwrap();
        assert_eq!(purge(&app.app, Utc::now() + TimeDelta::seconds(1)).await.unwrap(), 1);
    }
}

story! {
    async fn a_photo_s_rendition_for_terminals_lies_beside_it_and_goes_with_it(app: &TestApp) {
        let admin = app.admin().await;
        let photo = id(&upload(&admin, "photo", "a.jpg", &jpeg(1200, 1600)).await.ok());
        let kept = row(app, photo).await.unwrap();
        let rendition = read_terminal(&app.app, photo).await.unwrap();
        assert_eq!(kept.terminal_size, Some(rendition.len() as i64));
        assert!(rendition.len() <= 50_000);
        let key = format!("{}.terminal.jpg", kept.storage_key);
        assert!(app.app.files.exists(&key).await.unwrap());

        let proof = id(&upload(&admin, "document", "a.jpg", &jpeg(1200, 1600)).await.ok());
        assert_eq!(row(app, proof).await.unwrap().terminal_size, None);
        assert!(read_terminal(&app.app, proof).await.is_err());

        assert_eq!(purge(&app.app, Utc::now() + TimeDelta::seconds(1)).await.unwrap(), 2);
        assert!(!app.app.files.exists(&key).await.unwrap());
        assert!(!app.app.files.exists(&kept.storage_key).await.unwrap());
    }
}

/// With a bucket of its own: others' objects have no row here.
async fn sweeping(kind: support::Kind) {
    let app = TestApp::start_with(kind, |config| {
        if kind == support::Kind::Postgres {
            config.files.s3_bucket = servers::new_bucket(&config.files.s3_endpoint);
        }
    })
    .await;
    let photo = row(&app, id(&upload(&app.admin().await, "photo", "a.jpg", &jpeg(60, 40)).await.ok())).await.unwrap();
    let files = &app.app.files;
    let lost = format!("2026/11/{}.jpg", Uuid::now_v7());
    for key in [lost.clone(), format!("{lost}.terminal.jpg"), "punches/2026/pack.bin".to_owned()] {
        files.put(&key, "x".into()).await.unwrap();
    }
    let soon = || Utc::now() + TimeDelta::seconds(5);
    assert_eq!(sweep(&app.app, Utc::now() - TimeDelta::days(1)).await.unwrap(), 0, "they may be on their way");
    assert_eq!(sweep(&app.app, soon()).await.unwrap(), 2);
    assert!(!files.exists(&lost).await.unwrap());
    assert!(files.exists("punches/2026/pack.bin").await.unwrap(), "not an upload's");
    assert!(files.exists(&photo.storage_key).await.unwrap());
    assert!(read_terminal(&app.app, photo.id).await.is_ok());

    for _ in 0..51 {
        files.put(&format!("2026/11/{}.jpg", Uuid::now_v7()), "x".into()).await.unwrap();
    }
    let refused = sweep(&app.app, soon()).await.unwrap_err().to_string();
    assert!(refused.contains("53 个文件中有 51 个"), "{refused}");
    app.stop().await;
}

#[actix_web::test]
async fn objects_without_a_row_are_swept_from_a_folder() {
    sweeping(support::Kind::Sqlite).await;
}

#[actix_web::test]
async fn objects_without_a_row_are_swept_from_a_bucket() {
    sweeping(support::Kind::Postgres).await;
}
