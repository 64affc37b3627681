//! Everything that is tested from outside, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and tests touch files"
)]

mod blueprint;
mod compare;
mod crowd;
mod curve;
mod data;
mod day;
mod disk;
mod drawing;
mod example;
mod export;
mod flow;
mod fuzz;
mod growth;
mod house;
mod kill;
mod lanes;
mod large;
mod markdown;
mod overlay;
mod report;
mod serve;
mod sheet;
mod sides;
mod spec;
mod split;
mod tags;
mod terms;
mod turns;
mod views;
