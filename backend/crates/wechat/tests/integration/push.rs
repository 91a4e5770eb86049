//! Pushes as they come over the wire, and all that must not be taken for one.

use wechat::{
    Cache, MemoryCache, OpenId, Secret,
    mini_program::{Risk, Suggestion},
    push::{Article, Cipher, Content, Delivery, Event, Inbox, PushError, Query, Reply, SubscribeResult},
    push::{cipher::CipherError, signature::sign, xml::Element},
};

const TOKEN: &str = "pamtest";
const APPID: &str = "wxb11529c136998cb6";
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const NOW: u64 = 1_409_304_348;

fn cipher() -> Cipher {
    Cipher::new(KEY, APPID).unwrap()
}

fn plain() -> Inbox {
    Inbox::plain(Secret::new(TOKEN))
}

fn sealed() -> Inbox {
    Inbox::sealed(Secret::new(TOKEN), cipher())
}

fn signed() -> Query {
    let timestamp = NOW.to_string();
    let signature = sign(&[TOKEN, &timestamp, "xxxxxx"]);
    Query { signature, timestamp, nonce: "xxxxxx".to_owned(), ..Query::default() }
}

fn seal(cipher: &Cipher, xml: &str) -> (Query, String) {
    let text = cipher.seal(xml);
    let msg_signature = Some(sign(&[TOKEN, &NOW.to_string(), "xxxxxx", &text]));
    let query = Query { msg_signature, encrypt_type: Some("aes".to_owned()), ..signed() };
    (query, format!("<xml><ToUserName><![CDATA[gh_x]]></ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>"))
}

fn message(kind: &str, rest: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_x]]></ToUserName><FromUserName><![CDATA[oOpenid]]></FromUserName>\
         <CreateTime>1409304340</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{rest}</xml>"
    )
}

fn event(name: &str, rest: &str) -> String {
    message("event", &format!("<Event><![CDATA[{name}]]></Event>{rest}"))
}

fn open(xml: &str) -> Delivery {
    plain().open(&signed(), xml.as_bytes(), NOW).unwrap()
}

fn event_of(xml: &str) -> Event {
    match open(xml).message.content {
        Content::Event(event) => event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_settings_page_gets_its_word_back_only_for_a_good_signature() {
    let query = Query { echostr: Some("hello".to_owned()), ..signed() };
    assert_eq!(plain().verify(&query, NOW), Ok("hello"));
    assert_eq!(plain().verify(&Query { nonce: "other".to_owned(), ..query.clone() }, NOW), Err(PushError::Signature));
    assert_eq!(plain().verify(&query, NOW + 301), Err(PushError::Stale));
    assert_eq!(plain().verify(&signed(), NOW), Err(PushError::Missing("echostr")));
}

#[test]
fn both_forms_of_a_scanned_code_and_the_other_events_are_read() {
    let key = |key: &str| format!("<EventKey><![CDATA[{key}]]></EventKey><Ticket><![CDATA[T]]></Ticket>");
    let scene = |scene: &str| Some(scene.to_owned());
    assert_eq!(
        event_of(&event("subscribe", &key("qrscene_login:abc"))),
        Event::Subscribe { scene: scene("login:abc") }
    );
    assert_eq!(event_of(&event("subscribe", "<EventKey><![CDATA[]]></EventKey>")), Event::Subscribe { scene: None });
    assert_eq!(event_of(&event("SCAN", &key("login:abc"))), Event::Scan { scene: "login:abc".to_owned() });
    assert_eq!(event_of(&event("unsubscribe", "")), Event::Unsubscribe);
    assert_eq!(event_of(&event("CLICK", &key("help"))), Event::Click { key: "help".to_owned() });
    let url = "https://example.com/m/?a=1&b=2";
    assert_eq!(event_of(&event("VIEW", &key(url))), Event::View { url: url.to_owned() });
    assert_eq!(
        event_of(&event(
            "TEMPLATESENDJOBFINISH",
            "<MsgID>200228332</MsgID><Status><![CDATA[failed:user block]]></Status>"
        )),
        Event::TemplateSent { message_id: 200_228_332, status: "failed:user block".to_owned() }
    );
    let location = "<Latitude>32.43</Latitude><Longitude>105.82</Longitude><Precision>30.0</Precision>";
    assert_eq!(
        event_of(&event("LOCATION", location)),
        Event::Location { latitude: 32.43, longitude: 105.82, precision: 30.0 }
    );
    let scan = "<EventKey><![CDATA[k]]></EventKey><ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType><ScanResult><![CDATA[1]]></ScanResult></ScanCodeInfo>";
    let (key, kind, result) = ("k".to_owned(), "qrcode".to_owned(), Secret::new("1"));
    assert_eq!(event_of(&event("scancode_waitmsg", scan)), Event::ScanCode { key, kind, result, waits: true });
    assert_eq!(event_of(&event("something_new", "")), Event::Other { event: "something_new".to_owned() });
}

#[test]
fn lists_of_subscribe_messages_and_results_of_checks_are_read() {
    let list = |id: &str, status: &str| {
        format!("<List><TemplateId>{id}</TemplateId><SubscribeStatusString>{status}</SubscribeStatusString></List>")
    };
    let inner =
        format!("<SubscribeMsgPopupEvent>{}{}</SubscribeMsgPopupEvent>", list("a", "accept"), list("b", "reject"));
    let result = |id: &str, status: &str| SubscribeResult { template_id: id.to_owned(), status: status.to_owned() };
    assert_eq!(
        event_of(&event("subscribe_msg_popup_event", &inner)),
        Event::SubscribeMessage {
            event: "subscribe_msg_popup_event".to_owned(),
            results: vec![result("a", "accept"), result("b", "reject")],
        }
    );
    let check = "<appid>wx</appid><trace_id>t1</trace_id><version>2</version><result><suggest>risky</suggest><label>20002</label></result>";
    let risk = Risk { suggestion: Suggestion::Risky, label: 20002 };
    assert_eq!(risk.chinese(), "色情");
    assert_eq!(event_of(&event("wxa_media_check", check)), Event::MediaChecked { trace_id: "t1".to_owned(), risk });
}

#[test]
fn a_text_is_read_in_plain_and_sealed_and_is_not_in_debug() {
    let xml = message("text", "<Content><![CDATA[我的考勤 <b>]]></Content><MsgId>123</MsgId>");
    let (query, body) = seal(&cipher(), &xml);
    for delivery in [open(&xml), sealed().open(&query, body.as_bytes(), NOW).unwrap()] {
        assert_eq!(delivery.message.content, Content::Text(Secret::new("我的考勤 <b>")));
        assert_eq!(delivery.message.from, OpenId::new("oOpenid"));
        assert_eq!(delivery.message.key, "message:123");
        assert!(!format!("{:?}", delivery.message.content).contains("考勤"));
    }
    for secret in [TOKEN, KEY, &query.signature] {
        assert!(!format!("{:?} {query:?}", sealed()).contains(secret));
    }
}

#[test]
fn forged_stale_and_foreign_pushes_are_refused() {
    let xml = message("text", "<Content>a</Content><MsgId>1</MsgId>");
    let refused = |inbox: &Inbox, query: &Query, body: &str, now| inbox.open(query, body.as_bytes(), now).unwrap_err();

    let forged = Query { signature: "0".repeat(40), ..signed() };
    assert_eq!(refused(&plain(), &forged, &xml, NOW), PushError::Signature);
    assert_eq!(refused(&plain(), &Query::default(), &xml, NOW), PushError::Signature);
    assert_eq!(refused(&plain(), &signed(), &xml, NOW + 301), PushError::Stale);
    assert_eq!(refused(&plain(), &signed(), &xml, NOW - 301), PushError::Stale);

    let (query, body) = seal(&cipher(), &xml);
    assert_eq!(refused(&sealed(), &query, &body, NOW + 301), PushError::Stale);
    // A plain one under a signature that was seen somewhere says nothing about its content.
    assert_eq!(refused(&sealed(), &signed(), &xml, NOW), PushError::NotSealed);
    assert_eq!(refused(&sealed(), &query, &xml, NOW), PushError::NotSealed);
    // Nor another sealed text under the signature of the first.
    let (_, other) = seal(&cipher(), &xml.replace('a', "b"));
    assert_eq!(refused(&sealed(), &query, &other, NOW), PushError::Signature);

    let (query, body) = seal(&Cipher::new(KEY, "wx0000000000000000").unwrap(), &xml);
    let foreign = refused(&sealed(), &query, &body, NOW);
    assert_eq!(foreign, PushError::Cipher(CipherError::OtherApp));
    assert!(foreign.is_genuine() && !PushError::Signature.is_genuine());
}

#[test]
fn a_message_without_what_it_needs_is_refused() {
    let whole = message("text", "<Content>a</Content><MsgId>1</MsgId>");
    for (from, to) in [("FromUserName", "From"), ("CreateTime", "Time"), ("MsgType", "Type"), ("ToUserName", "To")] {
        let body = whole.replace(from, to);
        assert_eq!(plain().open(&signed(), body.as_bytes(), NOW).unwrap_err(), PushError::Missing(from));
    }
    assert!(plain().open(&signed(), message("event", "").as_bytes(), NOW).is_err());
    assert!(plain().open(&signed(), b"<html>502</html>", NOW).is_err());
}

#[tokio::test]
async fn the_same_push_counts_once_until_it_is_given_back() {
    let cache = MemoryCache::default();
    let text = |id: u32| open(&message("text", &format!("<Content>a</Content><MsgId>{id}</MsgId>")));
    assert!(text(1).is_first(&cache).await);
    assert!(!text(1).is_first(&cache).await);
    assert!(text(2).is_first(&cache).await);
    text(1).give_back(&cache).await;
    assert!(text(1).is_first(&cache).await);

    let click = |key: &str| open(&event("CLICK", &format!("<EventKey>{key}</EventKey>")));
    assert!(click("a").is_first(&cache).await);
    assert!(!click("a").is_first(&cache).await);
    // Two things may happen in one second.
    assert!(click("b").is_first(&cache).await);
    // Events have no MsgId; one that claims to have it cannot pass for a message.
    let sly = open(&event("CLICK", "<MsgId>2</MsgId>"));
    assert!(sly.message.key.starts_with("event:"), "{}", sly.message.key);
    assert!(cache.get("wechat:push:").await.is_none());
}

#[test]
fn answers_go_back_to_the_sender_and_are_sealed_where_messages_are() {
    let delivery = open(&message("text", "<Content>a</Content><MsgId>1</MsgId>"));
    assert_eq!(plain().answer(&delivery, &Reply::Nothing, NOW), "success");
    let reply = Reply::Text("您好]]><x/>".to_owned());
    let sealed_answer = Element::parse(sealed().answer(&delivery, &reply, NOW).as_bytes()).unwrap();
    let part = |name| sealed_answer.get(name).unwrap();
    let expected = sign(&[TOKEN, part("TimeStamp"), part("Nonce"), part("Encrypt")]);
    assert_eq!(part("MsgSignature"), expected);
    for xml in [plain().answer(&delivery, &reply, NOW), cipher().open(part("Encrypt")).unwrap()] {
        let xml = Element::parse(xml.as_bytes()).unwrap();
        assert_eq!((xml.get("ToUserName"), xml.get("FromUserName")), (Some("oOpenid"), Some("gh_x")));
        assert_eq!((xml.get("MsgType"), xml.get("Content")), (Some("text"), Some("您好]]><x/>")));
    }
    let article = Article {
        title: "登记".to_owned(),
        description: "三分钟完成".to_owned(),
        picture_url: String::new(),
        url: "https://example.com/m/?a=1&b=2".to_owned(),
    };
    let news = plain().answer(&delivery, &Reply::News(vec![article; 9]), NOW);
    let news = Element::parse(news.as_bytes()).unwrap();
    assert_eq!(news.get("ArticleCount"), Some("8"));
    let items: Vec<_> = news.child("Articles").unwrap().each("item").collect();
    assert_eq!((items.len(), items[0].get("Url")), (8, Some("https://example.com/m/?a=1&b=2")));
}
