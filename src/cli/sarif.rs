//! A report as SARIF, which code hosts show beside the lines of a change.
//!
//! Source: “Static Analysis Results Interchange Format (SARIF) Version 2.1.0”, OASIS, 2020.

use std::path::{Component, Path};

use serde_json::{Value, json};

use crate::diag::{Code, Report, show};
use crate::model::percent;
use crate::source::Sources;

/// One run. Files are named from the working directory where the handbook's folder was given relative to it, since code
/// hosts look for them from a repository's top; else from the handbook's folder.
pub(super) fn log(report: &Report, sources: &Sources, dir: &Path) -> Value {
    let found: Vec<Code> =
        Code::ALL.iter().copied().filter(|code| report.iter().any(|said| said.code == *code)).collect();
    let index = |name: &str| found.iter().position(|code| code.name() == name);
    let above = above(dir);
    let results: Vec<Value> = (show::entries(report, sources).iter())
        .map(|entry| {
            let mut result = json!({
                "ruleId": entry.code,
                "ruleIndex": index(entry.code),
                "level": entry.severity,
                "message": { "text": message(entry) },
            });
            if let (Some(file), Some(start), Some(end)) = (entry.file, entry.start, entry.end) {
                result["locations"] = json!([{
                    "physicalLocation": {
                        "artifactLocation": { "uri": percent(&format!("{above}{file}")) },
                        "region": {
                            "startLine": start.line,
                            "startColumn": start.column,
                            "endLine": end.line,
                            "endColumn": end.column,
                        },
                    },
                }]);
            }
            result
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "journeybook",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": found.iter().copied().map(rule).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.summary() },
        "fullDescription": { "text": code.meaning() },
        "help": { "text": code.page(), "markdown": code.page() },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

/// What is the case, and what to do about it, a line each.
fn message(entry: &show::Entry<'_>) -> String {
    let help = entry.help.iter().map(|help| format!("\nhelp: {help}"));
    std::iter::once(entry.message.to_owned()).chain(help).collect()
}

/// The way from the working directory to the handbook's folder, with `/` at its end; empty where there is none that
/// stays inside.
fn above(dir: &Path) -> String {
    let mut way = String::new();
    for part in dir.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => {
                way.push_str(&name.to_string_lossy());
                way.push('/');
            }
            _ => return String::new(),
        }
    }
    way
}
