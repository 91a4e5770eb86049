//! `wechat-stand-in [address] [settings.json]`: a WeChat on its own, for the demo and for browser tests.

use std::{error::Error, fs, net::SocketAddr};

use wechat_stand_in::{Settings, StandIn};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let address: SocketAddr = arguments.next().as_deref().unwrap_or("127.0.0.1:8090").parse()?;
    let settings = match arguments.next() {
        Some(path) => serde_json::from_str(&fs::read_to_string(path)?)?,
        None => Settings::default(),
    };
    let stand_in = StandIn::start_on(address, settings).await?;
    println!("{}/wechat/", stand_in.url());
    stand_in.serve().await;
    Ok(())
}
