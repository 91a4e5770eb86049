//! The checklist of the specification, asked without the client: it must not hide what WeChat would say.

use serde_json::{Value, json};

use crate::platform::Platform;

struct Wechat {
    platform: Platform,
    http: reqwest::Client,
    mini: String,
    account: String,
}

impl Wechat {
    async fn new() -> Self {
        let platform = Platform::new(false).await;
        let settings = wechat_stand_in::Settings::default();
        let mut tokens = Vec::new();
        for app in [settings.mini_program, settings.account] {
            let body = json!({ "grant_type": "client_credential", "appid": app.id, "secret": app.secret });
            let answer = platform.post("/cgi-bin/stable_token", body).await;
            tokens.push(answer["access_token"].as_str().unwrap().to_owned());
        }
        let [mini, account] = tokens.try_into().unwrap();
        Self { platform, http: reqwest::Client::new(), mini, account }
    }

    async fn ask(&self, path: &str, token: &str, body: Value) -> Value {
        self.platform.post(&format!("{path}?access_token={token}"), body).await
    }

    async fn code(&self, path: &str, token: &str, body: Value) -> i64 {
        self.ask(path, token, body).await["errcode"].as_i64().unwrap()
    }

    async fn form(&self, path: &str, field: &str, file: &[u8]) -> Value {
        let head = format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a\"\r\n\r\n");
        let body = [head.as_bytes(), file, b"\r\n--b--\r\n"].concat();
        let url = format!("{}{path}?access_token={}&type=photo", self.platform.wechat.url(), self.mini);
        let kind = "multipart/form-data; boundary=b";
        self.http.post(url).header("Content-Type", kind).body(body).send().await.unwrap().json().await.unwrap()
    }
}

#[tokio::test]
async fn an_error_is_status_200_with_a_request_id() {
    let wechat = Wechat::new().await;
    let answer = wechat.platform.get("/cgi-bin/menu/get?access_token=wrong-wrong-wrong-wrong").await;
    let (head, rid) = answer["errmsg"].as_str().unwrap().split_once(", rid: ").unwrap();
    assert_eq!((answer["errcode"].as_i64(), head.starts_with("invalid credential")), (Some(40001), true));
    assert_eq!(rid.split('-').map(str::len).collect::<Vec<_>>(), [8, 8, 8]);
    assert_eq!(wechat.platform.get("/cgi-bin/stable_token").await["errcode"], 43002);
    assert_eq!(wechat.platform.post("/cgi-bin/menu/get", json!({})).await["errcode"], 43001);
    // One app's token is no use to the other.
    assert_eq!(wechat.code("/cgi-bin/qrcode/create", &wechat.mini, json!({})).await, 48001);
}

#[tokio::test]
async fn scenes_of_mini_program_codes() {
    let wechat = Wechat::new().await;
    let draw = async |body: Value| wechat.code("/wxa/getwxacodeunlimit", &wechat.mini, body).await;
    assert_eq!(draw(json!({ "scene": "" })).await, 40169);
    assert_eq!(draw(json!({ "scene": "a".repeat(33) })).await, 40169);
    assert_eq!(draw(json!({ "scene": "a%b" })).await, 40129);
    assert_eq!(draw(json!({ "scene": "a", "page": "/pages/a" })).await, 41030);
    assert_eq!(draw(json!({ "scene": "a", "width": 200 })).await, 40097);
    assert_eq!(draw(json!({ "scene": "a", "env_version": "old" })).await, 40097);
    wechat.platform.send(reqwest::Method::PUT, "/wechat/api/published", json!(["pages/a"])).await;
    assert_eq!(draw(json!({ "scene": "a", "page": "pages/b" })).await, 41030);
}

#[tokio::test]
async fn a_parametric_code_without_its_inner_scene_says_nothing() {
    let wechat = Wechat::new().await;
    let create = async |body: Value| wechat.ask("/cgi-bin/qrcode/create", &wechat.account, body).await;
    let code = create(json!({ "action_name": "QR_STR_SCENE", "action_info": { "scene_str": "login:abc" } })).await;
    assert_eq!(code["expire_seconds"], 60);
    wechat.platform.post("/wechat/api/people/wang/follow", json!({ "ticket": code["ticket"] })).await;
    wechat.platform.attempts(1).await;
    let expected = [wechat::push::Event::Subscribe { scene: Some("0".to_owned()) }];
    assert_eq!(*wechat.platform.desk.done.lock().unwrap(), expected);
    let numbered = json!({ "action_name": "QR_LIMIT_SCENE", "action_info": { "scene": { "scene_id": 100_001 } } });
    assert_eq!(create(numbered).await["errcode"], 40097);
    let numbered = json!({ "action_name": "QR_SCENE", "action_info": { "scene": { "scene_id": 100_001 } } });
    assert!(create(numbered).await["ticket"].is_string());
}

#[tokio::test]
async fn menus_and_messages_are_checked_here_too() {
    let wechat = Wechat::new().await;
    let create = async |body: Value| wechat.code("/cgi-bin/menu/create", &wechat.account, body).await;
    let click = |name: &str, key: &str| json!({ "type": "click", "name": name, "key": key });
    assert_eq!(create(json!({ "button": [] })).await, 40016);
    assert_eq!(create(json!({ "button": vec![click("a", "b"); 4] })).await, 40016);
    assert_eq!(create(json!({ "button": [click("六个汉字太多", "b")] })).await, 40018);
    assert_eq!(create(json!({ "button": [click("a", &"k".repeat(129))] })).await, 40019);
    assert_eq!(create(json!({ "button": [{ "name": "a", "sub_button": [click("a", "b")] }] })).await, 0);

    let state = wechat.platform.get("/wechat/api/state").await;
    let openid = state["people"][0]["openid"].clone();
    let long = json!({ "touser": openid, "template_id": "t", "data": { "thing1": { "value": "长".repeat(21) } } });
    let answer = wechat.ask("/cgi-bin/message/subscribe/send", &wechat.mini, long).await;
    assert_eq!(answer["errcode"], 47003);
    assert!(answer["errmsg"].as_str().unwrap().starts_with("argument invalid! data.thing1.value invalid"));
}

#[tokio::test]
async fn pictures_and_id_cards() {
    let wechat = Wechat::new().await;
    let large = [b"\xff\xd8\xff\xe0".to_vec(), vec![0; 1024 * 1024]].concat();
    assert_eq!(wechat.form("/wxa/img_sec_check", "media", &large).await["errcode"], 40006);
    assert_eq!(wechat.form("/wxa/img_sec_check", "other", &large).await["errcode"], 41005);
    let front = wechat.form("/cv/ocr/idcard", "img", b"picture of card-rare").await;
    assert_eq!((front["type"].as_str(), front["name"].as_str()), (Some("Front"), Some("赵㛃𠅤")));
    let back = wechat.form("/cv/ocr/idcard", "img", b"picture of card-forever").await;
    assert_eq!(back["valid_date"], "20190101-长期");
    assert_eq!(wechat.form("/cv/ocr/idcard", "img", b"a cat").await["errcode"], 101_001);
}
