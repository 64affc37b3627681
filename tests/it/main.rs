//! Everything that is tested from outside, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and tests touch files"
)]

mod curve;
mod data;
mod disk;
mod example;
mod fuzz;
mod house;
mod kill;
mod lanes;
mod large;
mod markdown;
mod report;
mod serve;
mod sheet;
mod sides;
mod spec;
mod views;
