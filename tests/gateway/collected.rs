//! 852: somebody is collected at a machine.

use mingce::{
    channels::terminal::people::collected,
    entity::{
        collected_person,
        person::{self, PersonOrigin},
    },
    registry::people::identity::ID_NUMBER,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use terminal_protocol::{Reply, Request, messages::CollectedPerson};

use super::support::Gate;
use crate::api::support::TestApp;

async fn found(app: &TestApp, sent: &CollectedPerson) -> Option<person::Model> {
    let hash = app.app.keys.find_hash(ID_NUMBER, sent.card.id_number.expose());
    person::Entity::find().filter(person::Column::IdNumberHash.eq(hash)).one(app.app.db.writer()).await.unwrap()
}

gate_story!(
    async fn somebody_new_comes_onto_the_platform(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let sent = collected(1);
        let request = Request::Collected(Box::new(sent.clone()));
        assert_eq!(terminal.exchange(&request).await.unwrap(), Reply::Collected { remark: String::new() });

        let person = found(app, &sent).await.unwrap();
        assert_eq!((person.name.as_str(), person.origin), (sent.card.name.expose().as_str(), PersonOrigin::Terminal));
        assert_eq!(person.born_on, sent.card.birth_date);
        assert!(person.photo_file_id.is_some() && person.portrait_file_id.is_some());
        let note = collected_person::Entity::find_by_id((gate.project.id, person.id));
        assert!(note.one(app.app.db.reader()).await.unwrap().is_some());

        // Again, as after an answer that got lost: the same person.
        assert!(matches!(terminal.exchange(&request).await.unwrap(), Reply::Collected { .. }));
        assert_eq!(found(app, &sent).await.unwrap().number, person.number);
    }
);

gate_story!(
    async fn a_card_that_contradicts_itself_is_refused_in_the_fixed_form(app: &TestApp) {
        let gate = Gate::open(app).await;
        let mut terminal = gate.terminal().await;
        let mut sent = collected(2);
        sent.card.birth_date = sent.card.birth_date.succ_opt().unwrap();
        let bytes = Request::Collected(Box::new(sent.clone())).encode(terminal.session);
        terminal.send(&bytes).await.unwrap();
        let frame = terminal.receive().await.unwrap();
        assert_eq!(frame.content.len(), 42);
        let Reply::Refused(refusal) = Reply::decode(&frame).unwrap() else { panic!("not refused") };
        assert_eq!(refusal.message(), "生日与身份证号不符");
        assert!(found(app, &sent).await.is_none());
        assert_eq!(terminal.exchange(&Request::Heartbeat).await.unwrap(), Reply::Heartbeat);
    }
);
