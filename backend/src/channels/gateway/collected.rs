//! 852: a machine has read somebody's card and taken a picture.

use terminal_protocol::{
    Command, Reply, ReplyTo,
    messages::{CollectedPerson, IdCard},
};

use super::{answer::Answer, connection::Session, exchange::unavailable, hub::Hub};
use crate::{
    platform::types::Sex,
    site::devices::service::{CollectedByTerminal, collect},
};

pub async fn answer(hub: &Hub, session: &Session, person: CollectedPerson) -> Answer {
    let to = ReplyTo { command: Command::Collected.number(), session: session.id };
    match collect(&hub.app, &session.link.bound, by_terminal(person)).await {
        Ok(Ok(collected)) => {
            let remark = collected.warning.unwrap_or_default().to_owned();
            Answer::reply(&Reply::Collected { remark }, session.id)
        }
        Ok(Err(refused)) => Answer::refusal(to, refused.text),
        Err(error) => unavailable(to, &error),
    }
}

fn by_terminal(person: CollectedPerson) -> CollectedByTerminal {
    let CollectedPerson { card, recognisable: _, recaptured: _, card_read: _, portrait, capture_photo } = person;
    let IdCard { id_number, name, sex, ethnic, birth_date, address, authority, validity } = card;
    CollectedByTerminal {
        id_number: id_number.into_exposed(),
        name: name.into_exposed(),
        sex: match sex {
            terminal_protocol::Sex::Male => Sex::Male,
            terminal_protocol::Sex::Female => Sex::Female,
        },
        ethnic: ethnic.number(),
        born_on: birth_date,
        address: address.into_exposed(),
        authority,
        validity,
        portrait: portrait.into_exposed(),
        photo: capture_photo.into_exposed(),
    }
}
