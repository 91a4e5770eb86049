//! `/m/`: the phone's pages, and who may show them.

wechat_story! {
    async fn the_phone_of_the_demo_may_show_our_pages(app: &TestApp, wechat: &WeChat) {
        let page = app.page("/m/", "").await;
        assert_eq!(page.status, 200);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains(&format!("frame-ancestors {}", wechat.url)), "{policy}");
        assert!(policy.contains("script-src 'self' https://res.wx.qq.com"), "{policy}");
        assert!(!page.headers.contains_key("x-frame-options"));
        // The console may not be shown in anything.
        let console = app.page("/", "").await;
        assert!(console.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
        // A picture or a page that is not there says so.
        for missing in ["/m/assets/missing.js", "/m/api/v1/files/1", "/m/pages/me/index"] {
            assert_eq!(app.page(missing, "").await.status, 404, "{missing}");
        }
        assert_eq!(app.page("/m", "").await.headers["location"], "/m/");
    }
}

story! {
    async fn without_it_nobody_may_show_them(app: &TestApp) {
        let page = app.page("/m/", "").await;
        assert!(page.headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"));
        assert_eq!(page.headers["x-frame-options"], "DENY");
        assert_eq!(app.page("/wechat/push/account", "").await.status, 404);
        assert_eq!(app.page("/wechat/enter?to=pages/me/index", "").await.status, 404);
    }
}
