//! The handbook's own files for programs: all nouns, each key known to the schema, and lists that spreadsheets read.

use std::collections::BTreeSet;
use std::path::Path;

use journeybook::compile::compile;
use journeybook::disk;
use journeybook::path::SitePath;
use journeybook::render::{Entry, Site};
use serde_json::Value;

fn site(folder: &str) -> Site {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    compile(&disk::discover(&folder, &[]).unwrap()).0
}

fn read(site: &Site, path: &str) -> String {
    let Some(Ok(Entry::Bytes(bytes))) = site.read(&SitePath::new(path).unwrap()) else { panic!("no `{path}`") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&read(site, path)).unwrap()
}

fn csv(site: &Site, path: &str) -> Vec<Vec<String>> {
    let text = read(site, path);
    let text = text.strip_prefix('\u{feff}').expect("a mark by which spreadsheets know UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What is wrong with a value, by its place. As much of JSON Schema as the schema uses; `tests/browser` asks all of it.
fn faults(schema: &Value, root: &Value, value: &Value, place: &str, known: &mut BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        found.extend(faults(target, root, value, place, known));
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let mut all = choices.iter().map(|choice| {
            let mut inner = BTreeSet::new();
            let wrong = faults(choice, root, value, place, &mut inner);
            if wrong.is_empty() {
                known.extend(inner);
            }
            wrong.is_empty()
        });
        let mut any = false;
        all.by_ref().for_each(|fits| any |= fits);
        if !any {
            found.push(format!("{place}: fits none of the choices"));
        }
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &&str| match *kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        kind => kind == "null" && value.is_null(),
    };
    if !kinds.is_empty() && !kinds.iter().any(is) {
        found.push(format!("{place}: {value} is none of {kinds:?}"));
    }
    for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(key).is_none() {
            found.push(format!("{place}: no `{key}`"));
        }
    }
    if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
        for (key, value) in object {
            if let Some(property) = properties.get(key) {
                known.insert(key.clone());
                found.extend(faults(property, root, value, &format!("{place}/{key}"), &mut BTreeSet::new()));
            }
        }
    }
    let closed = ["additionalProperties", "unevaluatedProperties"].iter().any(|rest| schema[rest] == false);
    if let Some(object) = value.as_object().filter(|_| closed) {
        found.extend(object.keys().filter(|key| !known.contains(*key)).map(|key| format!("{place}: unknown `{key}`")));
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate().filter(|_| schema["items"].is_object()) {
        found.extend(faults(&schema["items"], root, value, &format!("{place}/{index}"), &mut BTreeSet::new()));
    }
    found
}

#[test]
fn what_a_page_uses_of_a_drawing_stands_on_the_page() {
    for folder in ["content-example", "tests/handbooks/seven-kinds", "tests/handbooks/forty-steps"] {
        let site = site(folder);
        for path in site.paths_without_search().filter(|path| path.as_str().ends_with(".html")) {
            let page = read(&site, path.as_str());
            for used in page.split("href=\"#c-").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(page.contains(&format!("id=\"c-{used}\"")), "{path}: no `c-{used}`");
            }
        }
    }
}

#[test]
fn the_handbook_is_what_its_schema_says() {
    for folder in ["content-example", "tests/handbooks/seven-kinds", "tests/handbooks/forty-steps"] {
        let site = site(folder);
        let (mut data, schema) = (json(&site, "handbook.json"), json(&site, "handbook.schema.json"));
        assert_eq!((&data["version"], &data["schema"]), (&1.into(), &"handbook.schema.json".into()));
        let check = |data: &Value| faults(&schema, &schema, data, "", &mut BTreeSet::new());
        assert_eq!(check(&data), Vec::<String>::new(), "{folder}");
        data["maps"][0]["stages"][0]["surprise"] = 1.into();
        data["maps"][0]["surprise"] = 1.into();
        data["touchpoints"][0]["kind"] = 7.into();
        let found = check(&data);
        assert!(found.iter().filter(|fault| fault.contains("`surprise`")).count() >= 2, "{found:?}");
        assert!(found.iter().any(|fault| fault.contains("/touchpoints/0/kind")), "{found:?}");
    }
}

#[test]
fn the_schema_describes_every_key() {
    let schema = json(&site("tests/handbooks/seven-kinds"), "handbook.schema.json");
    let mut keys = 0;
    for (name, record) in schema["$defs"].as_object().unwrap().iter().chain([(&"the whole".to_owned(), &schema)]) {
        assert!(record["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
        for (key, property) in record["properties"].as_object().into_iter().flatten() {
            keys += 1;
            assert!(property["description"].as_str().is_some_and(|text| text.len() > 4), "{name}.{key}");
            assert_eq!(*key, key.to_lowercase().replace('_', "-"), "{name}.{key}");
        }
    }
    assert!(keys > 200, "only {keys} keys");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn every_noun_is_there_once_and_every_id_leads_to_one() {
    let site = site("content-example");
    let data = json(&site, "handbook.json");
    let ids = |kind: &str| -> Vec<&str> {
        data[kind].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    for (kind, ending) in [
        ("personas", "md"),
        ("maps", "yaml"),
        ("touchpoints", "md"),
        ("insights", "yaml"),
        ("opportunities", "yaml"),
        ("metrics", "yaml"),
        ("walkthroughs", "yaml"),
    ] {
        let files = std::fs::read_dir(folder.join(kind)).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == ending));
        let files = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
        // A translation is the same item.
        let files: BTreeSet<String> = files.filter(|name| !name.contains('.')).collect();
        assert_eq!(ids(kind), files.iter().map(String::as_str).collect::<Vec<_>>(), "{kind}");
        for item in data[kind].as_array().unwrap().iter().filter_map(|item| item["page"].as_str()) {
            assert!(site.has(&SitePath::new(item).unwrap()), "{item}");
        }
    }
    // What meets what, read backwards, is what the maps say.
    let mut met = BTreeSet::new();
    for map in data["maps"].as_array().unwrap() {
        for stage in map["stages"].as_array().into_iter().flatten() {
            for step in stage["steps"].as_array().into_iter().flatten().filter(|step| step["touchpoint"].is_string()) {
                met.insert(
                    ["touchpoint", "id"].map(|key| step[key].to_string()).join(&format!(" in {} by ", map["id"])),
                );
            }
        }
    }
    let mut said = BTreeSet::new();
    for touchpoint in data["touchpoints"].as_array().unwrap() {
        for place in touchpoint["met-at"].as_array().into_iter().flatten().filter(|place| place["persona"].is_null()) {
            said.insert(format!("{} in {} by {}", touchpoint["id"], place["map"], place["step"]));
        }
    }
    assert!(met.len() > 30);
    assert_eq!(said, met);
}

#[test]
fn lists_have_a_row_for_each_thing_and_run_nothing() {
    let site = site("tests/handbooks/seven-kinds");
    let rows = csv(&site, "touchpoints.csv");
    let column = |rows: &[Vec<String>], key: &str| rows[0].iter().position(|name| name == key).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1][column(&rows, "title")], "'=顾问", "no spreadsheet runs a title");
    assert_eq!(rows[1][column(&rows, "importance-customer")], "5");
    assert_eq!(rows[1][column(&rows, "page")], "touchpoints/adviser.html");
    let metrics = csv(&site, "metrics.csv");
    assert_eq!(metrics[1][column(&metrics, "baseline")], "-2.5", "a number stays a number");
    assert_eq!(metrics[1][column(&metrics, "today")], "3");
    let readings = csv(&site, "metric-readings.csv");
    assert_eq!(readings[1..], [["csat", "2026-01-31", "2.5", "试点, 第一周"], ["csat", "2026-02-28", "3", ""]]);
    assert_eq!(csv(&site, "insights.csv")[1][..2], ["talks", "访谈"]);
    assert_eq!(csv(&site, "opportunities.csv")[1][..2], ["window", "时间窗"]);
    assert!(!read(&site, "touchpoints.csv").replace("\r\n", "").contains('\r'));
}

#[test]
fn pages_offer_the_files_that_are_theirs() {
    let example = site("content-example");
    for (page, file) in [
        ("touchpoints/index.html", "../touchpoints.csv"),
        ("opportunities/index.html", "../opportunities.csv"),
        ("insights/index.html", "../insights.csv"),
        ("metrics/index.html", "../metric-readings.csv"),
        ("index.html", "handbook.json"),
    ] {
        let html = read(&example, page);
        assert!(html.contains(&format!("<a href=\"{file}\"")), "{page} offers {file}");
    }
    let guide = read(&example, "guides/map-kinds/index.html");
    assert!(guide.contains("<link rel=\"alternate\" type=\"application/json\" href=\"../../handbook.json\""));
    assert!(!guide.contains("jb-downloads"));
    let steps = site("tests/handbooks/forty-steps");
    assert!(steps.has(&SitePath::new("touchpoints.csv").unwrap()));
}
