//! Everything that is tested from outside, in one binary.

mod curve;
mod disk;
mod example;
mod fuzz;
mod house;
mod kill;
mod markdown;
mod report;
mod serve;
mod spec;
