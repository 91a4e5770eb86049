//! Any message there can be.

use bytes::Bytes;
use chrono::{NaiveDate, NaiveDateTime};
use proptest::{collection::vec, prelude::*};
use terminal_protocol::{
    Ethnic, Frame, Picture, Refusal, Reply, Request, SessionId, Sex,
    frame::{Envelope, Flag, Part},
    messages::{
        CollectedPerson, FeaturesRequest, IdCard, ListedPerson, Login, Mode, PersonFeatures, Punch, Whitelist,
        WhitelistRequest,
    },
    text::cut,
};

/// Text as it is after a field of this width: cut, and without padding.
fn text(width: usize) -> impl Strategy<Value = String> {
    let letters = prop_oneof![Just('王'), Just('国'), Just('·'), Just('𠮷'), Just(' '), any::<char>()];
    vec(letters, 0..width).prop_map(move |letters| {
        let letters: String = letters.into_iter().filter(|letter| *letter != '\0').collect();
        cut(&letters, width).trim_ascii_end().to_owned()
    })
}

fn ascii(width: usize) -> impl Strategy<Value = String> {
    vec(0x20_u8..0x7f, 0..=width).prop_map(|bytes| String::from_utf8(bytes).unwrap().trim_ascii_end().to_owned())
}

fn picture() -> impl Strategy<Value = Picture> {
    vec(any::<u8>(), 0..300).prop_map(Picture::from)
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0..=9999_i32, 1..=366_u32).prop_filter_map("a leap day", |(year, day)| NaiveDate::from_yo_opt(year, day))
}

fn time() -> impl Strategy<Value = NaiveDateTime> {
    (date(), 0..24_u32, 0..60_u32, 0..60_u32)
        .prop_map(|(date, hour, minute, second)| date.and_hms_opt(hour, minute, second).unwrap())
}

pub fn session() -> impl Strategy<Value = SessionId> {
    any::<[u8; 16]>().prop_map(SessionId)
}

pub fn frame() -> impl Strategy<Value = Frame> {
    let part = (any::<u32>(), any::<u32>()).prop_map(|(index, count)| Part { index, count });
    let envelope = (any::<u16>(), session(), part, any::<u8>().prop_map(Flag));
    (envelope, vec(any::<u8>(), 0..200)).prop_map(|((command, session, part, flag), content)| Frame {
        envelope: Envelope { command, session, part, flag },
        content: Bytes::from(content),
    })
}

fn card() -> impl Strategy<Value = IdCard> {
    let sex = prop_oneof![Just(Sex::Male), Just(Sex::Female)];
    let ethnic = (1..=58_u8).prop_map(|number| Ethnic::from_number(number).unwrap());
    (ascii(18), text(30), sex, ethnic, date(), text(140), text(60), text(64)).prop_map(
        |(id_number, name, sex, ethnic, birth_date, address, authority, validity)| IdCard {
            id_number: id_number.into(),
            name: name.into(),
            sex,
            ethnic,
            birth_date,
            address: address.into(),
            authority,
            validity,
        },
    )
}

pub fn request() -> impl Strategy<Value = Request> {
    let login = (ascii(32), ascii(32)).prop_map(|(vendor_code, serial)| Login { vendor_code, serial });
    let features =
        (ascii(32), ascii(18)).prop_map(|(serial, id_number)| FeaturesRequest { serial, id_number: id_number.into() });
    let punch = (any::<u32>(), time(), any::<u8>().prop_map(Mode), picture())
        .prop_map(|(worker_number, time, mode, photo)| Punch { worker_number, time, mode, photo });
    let whitelist =
        (any::<u16>(), any::<u32>()).prop_map(|(people, photos_length)| WhitelistRequest { people, photos_length });
    let collected = (card(), any::<[bool; 3]>(), picture(), picture()).prop_map(
        |(card, [recognisable, recaptured, card_read], portrait, capture_photo)| CollectedPerson {
            card,
            recognisable,
            recaptured,
            card_read,
            portrait,
            capture_photo,
        },
    );
    prop_oneof![
        login.prop_map(Request::Login),
        Just(Request::Heartbeat),
        features.prop_map(Request::Features),
        punch.prop_map(Request::Attendance),
        whitelist.prop_map(Request::Whitelist),
        collected.prop_map(Box::new).prop_map(Request::Collected),
    ]
}

pub fn reply() -> impl Strategy<Value = Reply> {
    let features = (any::<u32>(), card(), picture(), picture(), picture()).prop_map(
        |(worker_number, card, capture_photo, portrait, infrared_photo)| PersonFeatures {
            worker_number,
            card,
            capture_photo,
            portrait,
            infrared_photo,
        },
    );
    let person = (any::<u32>(), text(10), ascii(18), any::<u32>()).prop_map(
        |(worker_number, name, id_number, capture_photo_length)| ListedPerson {
            worker_number,
            name: name.into(),
            id_number: id_number.into(),
            capture_photo_length,
        },
    );
    let whitelist = (any::<u32>(), text(100), vec(person, 0..20))
        .prop_map(|(project_number, project_name, people)| Whitelist { project_number, project_name, people });
    let command = prop_oneof![Just(848), Just(852), any::<u16>()];
    let refusal = (command, text(120)).prop_map(|(command, message)| Refusal::new(command, &message));
    prop_oneof![
        Just(Reply::Login),
        Just(Reply::Heartbeat),
        Just(Reply::Attendance),
        features.prop_map(Box::new).prop_map(Reply::Features),
        whitelist.prop_map(Reply::Whitelist),
        text(30).prop_map(|remark| Reply::Collected { remark }),
        refusal.prop_map(Reply::Refused),
    ]
}
