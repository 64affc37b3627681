//! A file of the handbook as an answer: streamed from the disk, whole or one stretch of it.
//!
//! Browsers play and seek in a film only where stretches can be had. We give neither a date nor a tag, so a
//! request that makes the stretch depend on one (`If-Range`) gets the whole.
//!
//! Source: RFC 9110, section 14.

use std::io::{self, SeekFrom};
use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// How much is read at a time, in bytes.
const CHUNK: u64 = 64 * 1024;

/// What a request wants of a file.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    /// A stretch that lies beyond the end.
    Beyond,
}

/// Answers with the file; 404 if it has gone since the build.
pub(super) async fn answer(file: std::fs::File, media_type: &'static str, request: &Parts) -> Response {
    match try_answer(File::from_std(file), media_type, request).await {
        Ok(response) => response,
        Err(_) => (StatusCode::NOT_FOUND, "This file of the handbook can no longer be read.\n").into_response(),
    }
}

async fn try_answer(file: File, media_type: &'static str, request: &Parts) -> io::Result<Response> {
    let length = file.metadata().await?.len();
    let (status, stretch) = match wanted(request, length) {
        Wanted::Whole => (StatusCode::OK, 0..length),
        Wanted::Part(stretch) => (StatusCode::PARTIAL_CONTENT, stretch),
        Wanted::Beyond => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, range).into_response());
        }
    };
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CONTENT_LENGTH, stretch.end - stretch.start);
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{length}", stretch.start, stretch.end - 1);
        response = response.header(header::CONTENT_RANGE, range);
    }
    let body = if request.method == Method::HEAD { Body::empty() } else { stream(file, stretch) };
    response.body(body).map_err(io::Error::other)
}

/// The bytes of a stretch, read as fast as they are taken.
fn stream(file: File, stretch: Range<u64>) -> Body {
    let (give, take) = mpsc::channel::<io::Result<Bytes>>(2);
    tokio::spawn(async move {
        if let Err(error) = send(file, stretch, &give).await {
            // Breaks the answer off, so that nobody takes half a file for the whole.
            let _ = give.send(Err(error)).await;
        }
    });
    Body::from_stream(ReceiverStream::new(take))
}

async fn send(mut file: File, stretch: Range<u64>, give: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    file.seek(SeekFrom::Start(stretch.start)).await?;
    let mut left = stretch.end - stretch.start;
    while left > 0 {
        let mut chunk = vec![0; left.min(CHUNK) as usize];
        file.read_exact(&mut chunk).await?;
        left -= chunk.len() as u64;
        if give.send(Ok(chunk.into())).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// One stretch as the request names it; anything else we do not know means the whole, as the standard allows.
fn wanted(request: &Parts, length: u64) -> Wanted {
    let range = request.headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    match range.and_then(|range| range.strip_prefix("bytes=")) {
        Some(range) if request.method == Method::GET && !request.headers.contains_key(header::IF_RANGE) => {
            stretch(range.trim(), length).unwrap_or(Wanted::Whole)
        }
        _ => Wanted::Whole,
    }
}

fn stretch(range: &str, length: u64) -> Option<Wanted> {
    let (first, last) = range.split_once('-')?;
    let part = if first.is_empty() {
        length.saturating_sub(number(last)?)..length
    } else {
        let last = if last.is_empty() { u64::MAX } else { number(last)? };
        let first = number(first)?;
        if last < first {
            return None;
        }
        first..length.min(last.saturating_add(1))
    };
    Some(if part.is_empty() { Wanted::Beyond } else { Wanted::Part(part) })
}

/// Digits only; a number too large for us lies beyond every file.
fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(u64::MAX))
}
