//! Everything that is tested from outside, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and tests touch files"
)]

mod accord;
mod again;
mod attacks;
mod blueprint;
mod cached;
mod catalog;
mod changes;
mod channels;
mod chinese;
mod come_and_go;
mod compare;
mod copied;
mod crowd;
mod curve;
mod data;
mod day;
mod disk;
mod drafts;
mod drawing;
mod evidence;
mod example;
mod export;
mod fallback;
mod flow;
mod fuzz;
mod git;
mod growth;
mod health;
mod history;
mod house;
mod huge;
mod keeping;
mod kept;
mod kill;
mod lanes;
mod languages;
mod large;
mod markdown;
mod matrices;
mod metrics;
mod moments;
mod moved;
mod opportunities;
mod overlay;
mod packed;
mod previewing;
mod reads;
mod ready;
mod report;
mod reviews;
mod rules;
mod sarif;
mod scan;
mod scripts;
mod search;
mod serve;
mod sheet;
mod sides;
mod soak;
mod spec;
mod split;
mod stamps;
mod strings;
mod style;
mod tags;
mod teams;
mod terms;
mod today;
mod translations;
mod turns;
mod views;
mod walkthroughs;
mod watching;
mod web;
