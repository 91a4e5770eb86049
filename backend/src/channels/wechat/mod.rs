//! Where WeChat reaches us: what it pushes, people who come back from its login, and the menu we give it.
//!
//! Pushes are answered at once and done once: what takes long is left to the page behind the link we answer with. A push that
//! failed is given back, so that WeChat's next try counts.

mod menu;
mod page;
mod push;
mod web_login;

use actix_web::web;

pub use menu::{CreateMenu, at_start};

pub fn configure(routes: &mut web::ServiceConfig) {
    routes
        .route("/wechat/push/{app}", web::get().to(push::verify))
        .route("/wechat/push/{app}", web::post().to(push::receive))
        .route("/wechat/enter", web::get().to(web_login::enter))
        .route("/wechat/return", web::get().to(web_login::come_back));
}
