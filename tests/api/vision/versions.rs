//! Pictures of somebody in versions.

use chrono::Utc;
use mingce::{
    entity::{
        device_state, person,
        person_image::{ImageKind, ImageSource},
        stored_file,
    },
    platform::files::service::read_terminal,
    registry::{
        faces::CatchUp,
        people::collected::{Collector, keep, store_picture},
        people::{NewPerson, Particulars},
    },
    site::devices::SendFaces,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};

use super::support::*;
use crate::api::{devices::support::Gate, people::support::edit};

seeing_story! {
    async fn a_new_photo_is_a_new_version_and_the_old_one_stays(app: &TestApp) {
        let regulator = app.regulator("440703").await;
        let person = with_face(&regulator, "440703", "王建国", GREY, None).await;
        all_compared(app).await;
        let id = id_of(&person);
        let first = image_rows(app, id).await.remove(0);
        assert_eq!((first.kind, first.version, first.source), (ImageKind::Face, 1, ImageSource::Console));
        assert_eq!((first.model.as_deref(), first.checked_at.is_some()), (Some("colours@1"), true));
        assert_eq!(first.embedding.as_ref().map(Vec::len), Some(512));
        assert!(first.small_file_id.is_some() && first.created_by.is_some());
        // Terminals get the face cut out.
        let terminals = image::load_from_memory(&read_terminal(&app.app, first.file_id.unwrap()).await.unwrap()).unwrap();
        assert_eq!((terminals.width(), terminals.height()), (480, 640));

        let photo = uploaded(&regulator, [0, 200, 0]).await;
        edit(&regulator, &id.to_string(), 1, json!({ "photo_file_id": photo })).await.ok();
        all_compared(app).await;
        let images = regulator.get(&format!("/people/{id}/images")).await.ok();
        assert_eq!(images.as_array().unwrap().len(), 2);
        let (second, first) = (&images[0], &images[1]);
        assert_eq!((&second["version"], &second["superseded_at"]), (&json!(2), &Value::Null));
        assert_eq!((&first["version"], first["superseded_at"].is_string()), (&json!(1), true));
        assert_eq!((&second["issues"], &second["comparable"]), (&json!([]), &json!(true)));
        for image in [first, second] {
            let link = image["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
            app.nobody().get(&link).await.ok();
        }
        // The same again is no version, and none is none.
        edit(&regulator, &id.to_string(), 2, json!({ "photo_file_id": photo })).await.ok();
        edit(&regulator, &id.to_string(), 3, json!({ "photo_file_id": null })).await.ok();
        let rows = image_rows(app, id).await;
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.superseded_at.is_some() && row.file_id.is_some()));

        app.regulator("510800").await.get(&format!("/people/{id}/images")).await.refused(404);
        app.nobody().get(&format!("/people/{id}/images")).await.refused(401);
        regulator.get("/people/x/images").await.refused(404);
    }
}

seeing_story! {
    async fn what_was_there_before_there_were_versions_becomes_the_first(app: &TestApp) {
        let gate = Gate::new(app).await;
        let (wang, li) = (gate.worker("王建国").await, gate.worker("李强").await);
        assert!(image_rows(app, wang.id).await.is_empty());
        let regulator = app.regulator("440703").await;
        let photo = uploaded(&regulator, [0, 200, 0]).await;
        edit(&regulator, &wang.id.to_string(), wang.revision, json!({ "photo_file_id": photo })).await.ok();
        let rows = image_rows(app, wang.id).await;
        assert_eq!(rows.iter().map(|row| (row.version, row.file_id)).collect::<Vec<_>>()[0], (1, wang.photo_file_id));
        assert_eq!(rows.len(), 2);

        app.done(CatchUp::default()).await;
        let caught = image_rows(app, li.id).await.remove(0);
        assert_eq!((caught.version, caught.file_id, caught.checked_at.is_some()), (1, li.photo_file_id, true));
        app.done(CatchUp::default()).await;
        assert_eq!(image_rows(app, li.id).await.len(), 1);
    }
}

seeing_story! {
    async fn a_replaced_face_goes_to_the_site_s_devices_once(app: &TestApp) {
        let gate = Gate::new(app).await;
        let device = gate.register("MC-K1-0001").await;
        let wang = gate.worker("王建国").await;
        let state = async || device_state::Entity::find_by_id(id_of(&device)).one(app.app.db.writer()).await.unwrap();
        app.done(CatchUp::default()).await;
        app.done(SendFaces::default()).await;
        assert!(state().await.is_none_or(|state| state.push_requested_at.is_none()), "the first face is on the list anyway");

        let staff = &gate.site.staff;
        let photo = uploaded(staff, [0, 200, 0]).await;
        edit(staff, &wang.id.to_string(), wang.revision, json!({ "photo_file_id": photo })).await.ok();
        all_compared(app).await;
        app.done(SendFaces::default()).await;
        let asked = state().await.unwrap().push_requested_at.unwrap();
        let shown = staff.get(&format!("/people/{}/images", wang.id)).await.ok();
        assert_eq!((shown[0]["sent_at"].is_string(), &shown[1]["sent_at"]), (true, &Value::Null));
        app.done(SendFaces::default()).await;
        assert_eq!(state().await.unwrap().push_requested_at, Some(asked), "once");
    }
}

/// A terminal that has read somebody's card and taken their picture.
async fn collected(app: &TestApp, gate: &Gate<'_>, number: &str, portrait: [u8; 3], photo: [u8; 3]) -> person::Model {
    let by = Collector::Terminal("MC-C1");
    let stored = async |field, width, colour| {
        store_picture(&app.app, by, field, jpeg(face(width, colour)).into()).await.unwrap()
    };
    let particulars = Particulars {
        photo_file_id: Some(stored("photo", 240, photo).await),
        portrait_file_id: Some(stored("portrait", 102, portrait).await),
        ..Particulars::default()
    };
    let new = NewPerson {
        id_number: mingce::platform::types::IdNumber::parse(number).unwrap(),
        name: mingce::platform::types::PersonName::parse("阿卜杜拉·买买提").unwrap(),
        ethnic: mingce::platform::types::Ethnic::parse("维吾尔族").unwrap(),
        origin: person::PersonOrigin::Terminal,
        origin_project_id: Some(gate.site.project.id),
        region_code: gate.site.project.region_code.clone(),
        particulars,
    };
    keep(&app.app, by, &gate.site.project, new).await.unwrap().person
}

seeing_story! {
    async fn a_portrait_out_of_the_card_s_chip_is_not_replaced_by_an_upload(app: &TestApp) {
        let gate = Gate::new(app).await;
        let number = somebody();
        let person = collected(app, &gate, &number, GREY, grey_and(0.2)).await;
        all_compared(app).await;
        let staff = &gate.site.staff;
        let compared = staff.get("/face-comparisons").await.ok();
        assert_eq!((&compared["total"], &items(&compared)[0]["verdict"]), (&json!(1), &json!("pass")));
        assert_eq!(items(&compared)[0]["other"]["source"], "terminal");
        // The photo is too small to be judged; whose face it is can be told all the same.
        let images = staff.get(&format!("/people/{}/images", person.id)).await.ok();
        assert_eq!((&images[0]["issues"][0]["code"], &images[0]["comparable"]), (&json!("picture_too_small"), &json!(true)));

        let upload = uploaded(staff, [0, 200, 0]).await;
        let said = edit(staff, &person.id.to_string(), person.revision, json!({ "portrait_file_id": upload })).await;
        assert!(said.field("portrait_file_id").contains("芯片"));

        // A terminal that heard no answer sends the same once more: the same portrait is the same version.
        collected(app, &gate, &number, GREY, grey_and(0.2)).await;
        all_compared(app).await;
        let rows = image_rows(app, person.id).await;
        assert_eq!(rows.len(), 2, "{rows:?}");
        let now = person_row(app, person.id).await;
        let portrait = rows.iter().find(|row| row.kind == ImageKind::Portrait).unwrap();
        assert_eq!(portrait.file_id, now.portrait_file_id);
        let released = stored_file::Entity::find_by_id(person.portrait_file_id.unwrap()).one(app.app.db.writer());
        assert!(!released.await.unwrap().unwrap().claimed);
    }
}

seeing_story! {
    async fn a_picture_that_cannot_be_read_has_no_face_and_is_not_tried_for_ever(app: &TestApp) {
        let person = app.person_row("王建国").await;
        let file = mingce::platform::files::service::store_cut(&app.app, None, "a", b"not a picture".as_slice().into());
        let row = person::ActiveModel { id: Set(person.id), photo_file_id: Set(Some(file.await.unwrap().id)), updated_at: Set(Utc::now()), ..Default::default() };
        row.update(app.app.db.writer()).await.unwrap();
        app.done(CatchUp::default()).await;
        let image = image_rows(app, person.id).await.remove(0);
        assert_eq!(image.report, Some(json!({ "issues": ["picture_unknown"] })));
        assert!(image.embedding.is_none() && image.checked_at.is_some());
        let shown = app.regulator("440700").await.get(&format!("/people/{}/images", person.id)).await.ok();
        assert_eq!(shown[0]["issues"], json!([{ "code": "picture_unknown", "message": "照片无法识别，请重新上传" }]));
    }
}
