//! What keeps a body unread until whoever sent it is known to be allowed to.
//!
//! actix asks all extractors of a handler at once and answers with the first that fails. Without a gate, a body that
//! is read while the database is still being asked about its sender would be read for anybody, and a mistake in it
//! would be told to somebody who should have heard 404.

use std::rc::Rc;

use actix_web::{HttpMessage, HttpRequest};
use tokio::sync::watch;

/// How many have yet to agree. Everybody who asks for the same request gets the same gate.
#[derive(Clone)]
struct Gate(Rc<watch::Sender<usize>>);

/// Somebody who has yet to agree. Dropped undrawn, it keeps the gate shut.
#[must_use = "a gate opens when all bolts are drawn"]
pub struct Bolt(Gate);

impl Gate {
    fn of(req: &HttpRequest) -> Self {
        let mut extensions = req.extensions_mut();
        if let Some(gate) = extensions.get::<Self>() {
            return gate.clone();
        }
        let gate = Self(Rc::new(watch::Sender::new(0)));
        extensions.insert(gate.clone());
        gate
    }
}

/// Shuts the gate, for one more who has to agree.
pub fn bolt(req: &HttpRequest) -> Bolt {
    let gate = Gate::of(req);
    gate.0.send_modify(|bolts| *bolts += 1);
    Bolt(gate)
}

impl Bolt {
    /// Agrees.
    pub fn draw(self) {
        self.0.0.send_modify(|bolts| *bolts -= 1);
    }
}

/// Waits until all have agreed; at once where nobody has to.
pub async fn opened(req: &HttpRequest) {
    let gate = Gate::of(req);
    // It cannot be gone before we are: we hold it ourselves.
    drop(gate.0.subscribe().wait_for(|bolts| *bolts == 0).await);
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use futures_util::FutureExt;

    use super::*;

    #[actix_web::test]
    async fn a_gate_opens_when_the_last_bolt_is_drawn() {
        let req = TestRequest::default().to_http_request();
        assert!(opened(&req).now_or_never().is_some());
        let (one, two) = (bolt(&req), bolt(&req));
        one.draw();
        assert!(opened(&req).now_or_never().is_none());
        two.draw();
        assert!(opened(&req).now_or_never().is_some());
        drop(bolt(&req));
        assert!(opened(&req).now_or_never().is_none(), "refused, not agreed");
    }
}
