//! What code hosts are told, and what may be denied.

use std::path::Path;
use std::process::{Command, Output};

use expect_test::expect;
use serde_json::Value;

/// A folder with these files, below a folder to call the program from.
fn handbook(name: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(name).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_journeybook")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const MAP: &str = "title: A visit\nkind: current-state\npersona: rosy\nowner: front\npurpose: P\nreviewed: 2026-05-01\nstages:\n  - { id: wait, title: Wait }\n";

#[test]
fn check_tells_code_hosts_in_sarif() {
    let folder = handbook(
        "手册 a",
        &[
            ("handbook.yaml", "title: 河门诊所\n"),
            ("teams.yaml", "front: { title: Front }\n"),
            ("maps/初诊.yaml", MAP),
            ("personas/rosa.md", "\u{feff}---\r\ntitle: Rosa\r\n---\r\n见🦀[她](persona:rosy)。\r\n"),
            ("opportunities/tickets.yaml", "title: T\nimpact: 1\neffort: 1\nstatus: idea\nowner: front\n"),
        ],
    );
    let output = run(folder.path(), &["check", "./手册 a", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    let mut told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let driver = &mut told["runs"][0]["tool"]["driver"];
    assert_eq!(driver["semanticVersion"], env!("CARGO_PKG_VERSION"));
    driver["semanticVersion"] = Value::Null;
    // The pages are long, and tests of their own hold them.
    for rule in driver["rules"].as_array_mut().unwrap() {
        let page = rule["help"]["markdown"].as_str().unwrap();
        assert!(page.starts_with(&format!("# `{}`", rule["id"].as_str().unwrap())));
        let meaning = rule["fullDescription"]["text"].as_str().unwrap();
        assert!(meaning.len() > 80 && page.contains(meaning) && !meaning.contains("```"), "{meaning}");
        assert!(rule.get("helpUri").is_none());
        (rule["help"], rule["fullDescription"]) = (Value::Null, Value::Null);
    }
    expect![[r#"
        {
          "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "%E6%89%8B%E5%86%8C%20a/maps/%E5%88%9D%E8%AF%8A.yaml"
                        },
                        "region": {
                          "endColumn": 14,
                          "endLine": 3,
                          "startColumn": 10,
                          "startLine": 3
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "no persona is called `rosy`\nhelp: did you mean `rosa`?"
                  },
                  "ruleId": "unknown-persona",
                  "ruleIndex": 0
                },
                {
                  "level": "warning",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "%E6%89%8B%E5%86%8C%20a/maps/%E5%88%9D%E8%AF%8A.yaml"
                        },
                        "region": {
                          "endColumn": 15,
                          "endLine": 8,
                          "startColumn": 11,
                          "startLine": 8
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "nothing happens in the stage `wait`\nhelp: add `steps:`, or take the stage out"
                  },
                  "ruleId": "empty-stage",
                  "ruleIndex": 1
                },
                {
                  "level": "note",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "%E6%89%8B%E5%86%8C%20a/opportunities/tickets.yaml"
                        },
                        "region": {
                          "endColumn": 1,
                          "endLine": 1,
                          "startColumn": 1,
                          "startLine": 1
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "nothing is named that will show whether this worked\nhelp: add `metrics:` with the ids of what you will look at"
                  },
                  "ruleId": "opportunity-without-metric",
                  "ruleIndex": 2
                },
                {
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "%E6%89%8B%E5%86%8C%20a/personas/rosa.md"
                        },
                        "region": {
                          "endColumn": 19,
                          "endLine": 4,
                          "startColumn": 15,
                          "startLine": 4
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "no persona is called `rosy`\nhelp: did you mean `rosa`?"
                  },
                  "ruleId": "unknown-persona",
                  "ruleIndex": 0
                }
              ],
              "tool": {
                "driver": {
                  "name": "journeybook",
                  "rules": [
                    {
                      "defaultConfiguration": {
                        "level": "error"
                      },
                      "fullDescription": null,
                      "help": null,
                      "id": "unknown-persona",
                      "shortDescription": {
                        "text": "Something names a persona that the handbook does not have."
                      }
                    },
                    {
                      "defaultConfiguration": {
                        "level": "warning"
                      },
                      "fullDescription": null,
                      "help": null,
                      "id": "empty-stage",
                      "shortDescription": {
                        "text": "A stage of a journey map has no steps, so its column is empty."
                      }
                    },
                    {
                      "defaultConfiguration": {
                        "level": "note"
                      },
                      "fullDescription": null,
                      "help": null,
                      "id": "opportunity-without-metric",
                      "shortDescription": {
                        "text": "Nothing is named that will show whether it worked."
                      }
                    }
                  ],
                  "semanticVersion": null
                }
              }
            }
          ],
          "version": "2.1.0"
        }"#]].assert_eq(&serde_json::to_string_pretty(&told).unwrap());
}

#[test]
fn a_fine_handbook_is_a_run_without_results() {
    let folder = handbook(".", &[("handbook.yaml", "title: Linden Library\n")]);
    let output = run(folder.path(), &["check", "--format", "sarif"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!((&told["runs"][0]["results"], &told["version"]), (&serde_json::json!([]), &serde_json::json!("2.1.0")));
    let nowhere = handbook(".", &[("notes.md", "\n")]);
    let told: Value = serde_json::from_slice(&run(nowhere.path(), &["check", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(told["runs"][0]["results"][0]["ruleId"], "missing-settings");
    assert!(told["runs"][0]["results"][0].get("locations").is_none(), "it is nowhere in particular");
}

#[test]
fn what_is_denied_stops_as_an_error_would() {
    let settings = ("handbook.yaml", "title: Linden Library\n");
    let fine = handbook(".", &[settings]);
    let noted = handbook(".", &[settings, ("personas/mei.md", "---\ntitle: Mei\n---\n")]);
    let warned = handbook(".", &[settings, ("notes.md", "Not yet.\n")]);
    let cases = [(&fine, [0, 0, 0]), (&noted, [0, 0, 1]), (&warned, [0, 1, 1])];
    for (folder, codes) in cases {
        for command in ["check", "build"] {
            for (deny, code) in [None, Some("warnings"), Some("notes")].into_iter().zip(codes) {
                let arguments: Vec<&str> = [command].into_iter().chain(deny.map(|_| "--deny")).chain(deny).collect();
                let _unmade = std::fs::remove_dir_all(folder.path().join("site"));
                let output = run(folder.path(), &arguments);
                assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
                let written = folder.path().join("site/index.html").is_file();
                assert_eq!(written, command == "build" && code == 0, "{arguments:?}");
            }
        }
    }
    let said = |folder: &tempfile::TempDir, arguments: &[&str]| text(&run(folder.path(), arguments).stderr).to_owned();
    assert!(
        said(&warned, &["build", "--deny", "warnings"]).contains("1 warning: nothing was written (`--deny warnings`)")
    );
    let denied = said(&noted, &["build", "--deny", "notes"]);
    assert!(denied.contains("note[persona-without-map]") && denied.contains("1 note: nothing was written"), "{denied}");
    assert!(said(&noted, &["check", "--deny", "notes"]).contains("1 note (`--deny notes`)"));
    assert_eq!(run(fine.path(), &["check", "--deny", "errors"]).status.code(), Some(2), "errors always stop");
}

#[test]
fn build_counts_the_notes_that_check_tells() {
    let noted = handbook(
        ".",
        &[
            ("handbook.yaml", "title: Linden Library\n"),
            ("personas/mei.md", "---\ntitle: Mei\n---\n"),
            ("personas/ana.md", "---\ntitle: Ana\n---\n"),
        ],
    );
    let built = text(&run(noted.path(), &["build"]).stderr).to_owned();
    assert!(built.contains("2 notes: `journeybook check` tells them") && !built.contains("note["), "{built}");
    let checked = text(&run(noted.path(), &["check"]).stderr).to_owned();
    assert!(checked.contains("note[persona-without-map]") && checked.contains(": 2 notes"), "{checked}");
}
