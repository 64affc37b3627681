//! Everything that is tested from outside, in one binary.

mod curve;
mod markdown;
mod disk;
mod kill;
mod serve;
mod fuzz;
mod report;
mod spec;
