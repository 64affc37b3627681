//! How many connections there are at a time.
//!
//! Whoever opens too many never keeps a reader out: for a new connection the one is closed that has waited longest for
//! its next question, or, where all are being answered, the one whose question is the oldest.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use tokio::task::AbortHandle;

/// The most connections at a time: a few for each window of a browser, far below what a system allows a program.
const MOST: usize = 200;

/// The connections there are.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    slots: Mutex<BTreeMap<u64, Slot>>,
    /// Counts what happens, as a clock that never stands still.
    clock: AtomicU64,
}

#[derive(Debug)]
struct Slot {
    /// How many of its questions are being answered.
    busy: u32,
    /// When it last asked, or came.
    since: u64,
    abort: Option<AbortHandle>,
}

/// A connection's place in the crowd, given up when it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    crowd: Arc<Crowd>,
    id: u64,
}

impl Crowd {
    /// A place for a new connection; another one may have to go for it.
    pub(super) fn enter(self: &Arc<Self>) -> Arc<Seat> {
        let id = self.tick();
        let mut slots = self.slots();
        let goes = (slots.len() >= MOST).then(|| {
            let oldest = slots.iter().min_by_key(|(_, slot)| (slot.busy > 0, slot.since)).map(|(id, _)| *id)?;
            slots.remove(&oldest)?.abort
        });
        slots.insert(id, Slot { busy: 0, since: id, abort: None });
        drop(slots);
        if let Some(abort) = goes.flatten() {
            abort.abort();
        }
        Arc::new(Seat { crowd: Arc::clone(self), id })
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    fn slots(&self) -> MutexGuard<'_, BTreeMap<u64, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Lets the connection be closed by `abort` when others need its place.
    pub(super) fn closes_by(&self, abort: AbortHandle) {
        match self.crowd.slots().get_mut(&self.id) {
            Some(slot) => slot.abort = Some(abort),
            // It had to go before it began.
            None => abort.abort(),
        }
    }

    /// The connection asks something; it counts as busy until the value is dropped.
    pub(super) fn asks(self: &Arc<Self>) -> Busy {
        let now = self.crowd.tick();
        if let Some(slot) = self.crowd.slots().get_mut(&self.id) {
            slot.busy += 1;
            slot.since = now;
        }
        Busy(Arc::clone(self))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.slots().remove(&self.id);
    }
}

/// A question that is being answered.
#[derive(Debug)]
pub(super) struct Busy(Arc<Seat>);

impl Busy {
    /// The answer, which keeps its connection busy until its last byte has been taken.
    pub(super) fn until_taken(self, response: Response) -> Response {
        response.map(|body| Body::new(Answering { body, _busy: self }))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let now = self.0.crowd.tick();
        if let Some(slot) = self.0.crowd.slots().get_mut(&self.0.id) {
            slot.busy = slot.busy.saturating_sub(1);
            slot.since = now;
        }
    }
}

/// A body that is being taken.
struct Answering {
    body: Body,
    _busy: Busy,
}

impl HttpBody for Answering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
