//! Whatever is logged, nobody is in it.

use bytes::Bytes;
use chrono::NaiveDate;
use terminal_protocol::{
    Ethnic, Frame, Reply, Request, SessionId, Sex,
    frame::{Envelope, Flag},
    messages::{CollectedPerson, FeaturesRequest, IdCard, ListedPerson, Mode, PersonFeatures, Punch, Whitelist},
};

fn card() -> IdCard {
    IdCard {
        id_number: "63212319850101001X".into(),
        name: "王建国".into(),
        sex: Sex::Male,
        ethnic: Ethnic::from_name("回族").unwrap(),
        birth_date: NaiveDate::from_ymd_opt(1985, 1, 1).unwrap(),
        address: "青海省西宁市城中区南大街1号".into(),
        authority: "西宁市公安局".into(),
        validity: "2015.03.01-2035.03.01".into(),
    }
}

fn shows_nobody(message: impl std::fmt::Debug) {
    let log = format!("{message:?} {message:#?}");
    // 119 is the first byte of every picture here.
    for secret in ["63212319850101001X", "王建国", "西宁", "1985", "2035", "Male", "Ethnic", "119", "\\x", "w1"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    assert!(log.contains("bytes>"), "{log}");
}

#[test]
fn messages_show_the_lengths_of_what_is_personal() {
    let picture = || vec![119, 49].into();
    let time = NaiveDate::from_ymd_opt(2022, 11, 4).unwrap().and_hms_opt(7, 58, 30).unwrap();
    shows_nobody(Request::Features(FeaturesRequest { serial: "K1".into(), id_number: card().id_number }));
    shows_nobody(Request::Attendance(Punch { worker_number: 1, time, mode: Mode::FACE, photo: picture() }));
    shows_nobody(Request::Collected(Box::new(CollectedPerson {
        card: card(),
        recognisable: true,
        recaptured: false,
        card_read: true,
        portrait: picture(),
        capture_photo: picture(),
    })));
    shows_nobody(Reply::Features(Box::new(PersonFeatures {
        worker_number: 1,
        card: card(),
        capture_photo: picture(),
        portrait: picture(),
        infrared_photo: picture(),
    })));
    let IdCard { name, id_number, .. } = card();
    let person = ListedPerson { worker_number: 1, name, id_number, capture_photo_length: 1 };
    shows_nobody(Reply::Whitelist(Whitelist { project_number: 1, project_name: "P".into(), people: vec![person] }));
}

#[test]
fn a_frame_shows_how_long_its_content_is() {
    let envelope = Envelope::new(852, SessionId::ZERO, Flag::SUCCESS);
    shows_nobody(Frame { envelope, content: Bytes::from_static("w1 王建国".as_bytes()) });
}
