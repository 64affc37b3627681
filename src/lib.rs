//! journeybook compiles customer-journey handbooks. This is the tour of the house.
//!
//! # One idea: text in, pages out
//!
//! A build is a pure function with the disk at both ends. Each stage takes a finished value and gives a
//! finished value; nobody holds a half-built handbook.
//!
//! | stage | takes | gives | who owns what |
//! |---|---|---|---|
//! | [`disk::discover`] | a folder | [`source::Sources`] | the texts, until they are parsed |
//! | [`parse`] | the texts | `Handbook<Draft>` | every noun; links are still names |
//! | [`resolve`] | the drafts | [`model::Handbook`] | every noun, every link followed |
//! | [`checks`] | the handbook | diagnostics | nothing |
//! | [`views`] | the handbook | [`views::Pages`] | every address, and who uses what |
//! | [`render`] | pages and a theme | [`render::Site`] | everything a page is made of; its bytes when asked |
//! | [`disk::write`], [`serve`] | a site | a folder, answers | nothing |
//!
//! [`compile`](compile::compile) is these stages in order and nothing else. It always gives a site, as whole as the
//! sources allow; whether to publish it is read off the [`diag::Report`]. A page's bytes are made when they
//! are asked for, so a build streams ten thousand pages to the disk without holding them, and a preview
//! makes only what somebody looks at: one pipeline for both.
//!
//! # Floors and rooms
//!
//! A room names only rooms listed before it, and each outside crate has one home; only `include_dir` and
//! `unicode-normalization`, a macro and a function, are used in more than one, and `serde_json`, which writes the report of
//! [`cli`] and the data of [`render`].
//!
//! - Ground floor, nouns and words: `hash`, `bytes`, `scan`, [`path`], [`date`], [`history`], [`source`], [`original`] (how old a translation is), `parallel`, [`diag`], [`model`], [`compare`] (two maps).
//! - First floor, text becomes a handbook: [`parse`] (home of YAML and Markdown), [`resolve`], [`checks`].
//! - Second floor, a handbook becomes bytes: [`search`] (what a reader may look for), [`views`] (the only room with `Serialize`), [`render`] (home of
//!   the template engine), [`compile`].
//! - Roof, the world outside: [`disk`] (the only room that touches files), [`serve`] (home of the watcher
//!   and of HTTP), [`cli`] (the only room that prints).
//!
//! # Decisions worth knowing
//!
//! - **A build may remember the one before it.** [`again`](compile::again) takes over what rests on nothing that changed:
//!   what was parsed of a file, an item's links, the plan of a handbook of the same [shape](model::Shape), the theme. The
//!   outcome is that of a clean build, to the byte. The preview builds so.
//! - **A page notes what it reads.** [`watch`](model::watch) tells which nouns and which parts of the plan were read while a page
//!   was made. A build that follows another one keeps the pages that read nothing that changed, as they lie there, and makes the
//!   others; what all pages rest on makes all of them anew. So whatever is worked out once and shown by many pages has to be
//!   noted by each of them, see [`model::note_all`].
//! - **A build may find nothing to do.** All that a build depends on is in [`source::Sources`], so a hash of them, with the
//!   program and its options, says whether it would write what stands there already. That and how the output looked are
//!   kept outside both folders, by [`disk::Cache`], and believed only while every file still looks so.
//! - **A text may be known without being read.** Where the system keeps the time at which anything about a file changed, a
//!   build takes a text for what it was whose [stamp](disk::Desk) is what it was, and reads it only if something has to be found in it.
//!   What is found to have become another one by then makes the build begin again.
//! - **What was parsed may be kept.** A draft rests on its files and on few settings, so a hash of these finds it again, in another
//!   program's run, packed as bytes: see [`source::Shelf`]. Whatever was said of a file is said anew, from its text.
//! - **Few texts are asked for twice.** A build lets a text go once it is parsed, and reads it again, through what `disk`
//!   hands in, where something is found in it: see [`source::Reread`]. A preview keeps them all.
//! - **Too early is unspeakable.** Every noun is written once, over the state of its links:
//!   `JourneyMap<Draft>` holds names, `JourneyMap` holds [`model::Id`]s, and only `resolve` makes those.
//! - **All mistakes at once.** A stage that meets a mistake pushes a [`diag::Diagnostic`] and carries on with
//!   what it could read; a file that cannot be read at all still gives an item with its name.
//! - **Languages are everywhere.** A text is a [`model::Local`]: the default language and its translations,
//!   read side by side, key by key.
//! - **Prose is HTML with holes.** Markdown is turned into HTML once; what depends on the page that shows it
//!   stays a [`model::Hole`] until then.
//! - **Terms find their own links.** Where a word of the glossary stands first on a page it becomes a link to its
//!   meaning, once, when the handbook is linked.
//! - **A theme shows, it never computes.** The structs of `views` are all that a template may know.
//! - **The built-in templates are tera's, and tera need not show them.** They use little of its language: read once a language,
//!   they are gone through for each page, over a view that is laid out flat. What is not understood, and whatever a handbook has
//!   templates of its own for, tera shows; a test holds both to the same bytes.

mod bytes;
pub mod checks;
pub mod cli;
pub mod compare;
pub mod compile;
pub mod date;
pub mod diag;
pub mod disk;
mod hash;
pub mod history;
pub mod model;
pub mod original;
mod parallel;
pub mod parse;
pub mod path;
pub mod render;
pub mod resolve;
mod scan;
pub mod search;
pub mod serve;
pub mod source;
pub mod views;
