//! What a client sends, seen before the HTTP library reads it: its parser drops what it does not need, such as the
//! fragment of a target, and we refuse rather than guess.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Whether a connection has sent a target that no address of ours is written like.
#[derive(Debug, Clone, Default)]
pub(super) struct Flaw(Arc<AtomicBool>);

impl Flaw {
    /// Whether it has.
    pub(super) fn is_seen(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Where we are in what a client sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Between requests, or in the first line of one.
    Target,
    /// At the beginning of a line of the head; an empty one ends it.
    LineStart,
    /// Within such a line.
    Line,
}

/// A connection whose requests are looked at as they come.
#[derive(Debug)]
pub(super) struct Wire<S> {
    stream: S,
    at: At,
    flaw: Flaw,
    /// Whether the first line has begun: empty ones may come before it.
    begun: bool,
}

impl<S> Wire<S> {
    /// The same connection, and what will be seen on it.
    pub(super) fn new(stream: S) -> (Self, Flaw) {
        let flaw = Flaw::default();
        (Self { stream, at: At::Target, flaw: flaw.clone(), begun: false }, flaw)
    }

    /// Looks at what came. Requests have no bodies here; one that has is refused, and what is seen in it is nothing to us.
    fn look(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.at = match (self.at, byte) {
                (At::Target, b'\n') if self.begun => At::LineStart,
                (At::Target, b'\r' | b'\n') => At::Target,
                (At::Target, byte) => {
                    self.begun = true;
                    if byte < b' ' || matches!(byte, b'#' | b'\\' | 0x7f) {
                        self.flaw.0.store(true, Ordering::Relaxed);
                    }
                    At::Target
                }
                (At::LineStart, b'\r') => At::LineStart,
                (At::LineStart, b'\n') => {
                    self.begun = false;
                    At::Target
                }
                (At::Line, b'\n') => At::LineStart,
                (At::LineStart | At::Line, _) => At::Line,
            };
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if matches!(read, Poll::Ready(Ok(()))) {
            self.look(&buffer.filled()[before..]);
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
