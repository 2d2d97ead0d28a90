//! [`Rest`]: what is left of a request that is refused before all of it has come.
//!
//! Browsers and programs send first and read the answer then. Where the connection is closed on them while they send,
//! they see a broken connection and not why they were refused: whoever brings a large file after the session is over
//! would not learn that they must sign in. So the answer goes at once, and the rest is read on and thrown away.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::Request;
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::timeout;

/// How long the rest of a refused request is read: the usual time of public servers.
const IN_ALL: Duration = Duration::from_secs(30);

/// How long a sender may be silent meanwhile.
const BETWEEN: Duration = Duration::from_secs(5);

/// A handle on the body of a request beside the one who reads it.
#[derive(Clone, Debug)]
pub(crate) struct Rest(Arc<Mutex<Body>>);

impl Rest {
    /// The request as it was, and a handle on what of it is not read yet.
    pub(crate) fn of(request: Request<Body>) -> (Rest, Request<Body>) {
        let (parts, body) = request.into_parts();
        let rest = Rest(Arc::new(Mutex::new(body)));
        (rest.clone(), Request::from_parts(parts, Body::new(rest)))
    }

    /// Reads on what still comes and throws it away, beside the answer, for a while.
    pub(crate) fn discard(mut self) {
        if self.is_end_stream() {
            return;
        }
        tokio::spawn(async move {
            let all = async {
                while let Ok(Some(Ok(_))) = timeout(BETWEEN, poll_fn(|cx| Pin::new(&mut self).poll_frame(cx))).await {}
            };
            // Whoever still sends after that has had the time to read why it is in vain.
            let _ = timeout(IN_ALL, all).await;
        });
    }

    fn with<T>(&self, ask: impl FnOnce(&mut Body) -> T) -> T {
        ask(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl http_body::Body for Rest {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.with(|body| Pin::new(body).poll_frame(cx))
    }

    fn is_end_stream(&self) -> bool {
        self.with(|body| body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.with(|body| body.size_hint())
    }
}
