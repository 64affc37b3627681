//! What the keys of the handbook's data mean: a JSON Schema (draft 2020-12) made from the very structs that are written,
//! so that the two cannot differ.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::HandbookData;

/// The schema of `handbook.json`.
pub(super) fn schema() -> Schema {
    let mut schema =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<HandbookData<'_>>();
    schema.insert("title".to_owned(), "handbook.json".into());
    open_parts(&mut schema);
    schema
}

/// What holds for every struct that writes only keys with something to say: nothing else is in it, a key that may be
/// absent is never `null`, and what is neither a list nor yes or no nor may be absent is always there.
pub(super) fn record(schema: &mut Schema) {
    let Some(record) = schema.as_object_mut() else { return };
    let mut required = Vec::new();
    if let Some(properties) = record.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        for (key, value) in properties.iter_mut() {
            let Some(property) = value.as_object_mut() else { continue };
            let mut is_always_there = true;
            if let Some(choices) = property.get_mut("anyOf").and_then(|choices| choices.as_array_mut()) {
                let all = choices.len();
                choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
                is_always_there = choices.len() == all;
                if let ([only], true) = (choices.as_slice(), choices.len() < all)
                    && let Some(only) = only.as_object().cloned()
                {
                    property.remove("anyOf");
                    property.extend(only);
                }
            }
            if let Some(kinds) = property.get_mut("type").and_then(|kinds| kinds.as_array_mut()) {
                let all = kinds.len();
                kinds.retain(|kind| kind != "null");
                is_always_there &= kinds.len() == all;
                if let [only] = kinds.as_slice() {
                    let only = only.clone();
                    property.insert("type".to_owned(), only);
                }
            }
            let kind = property.get("type").and_then(|kind| kind.as_str());
            if is_always_there && !matches!(kind, Some("array" | "boolean")) {
                required.push(key.clone());
            }
        }
    }
    record.remove("required");
    if !required.is_empty() {
        record.insert("required".to_owned(), required.into());
    }
    let rest = if record.contains_key("anyOf") { "unevaluatedProperties" } else { "additionalProperties" };
    record.remove("additionalProperties");
    record.insert(rest.to_owned(), false.into());
}

/// A map's own keys and those of its kind stand in one object: the parts leave it to the whole to refuse others.
fn open_parts(schema: &mut Schema) {
    let Some(definitions) = schema.get_mut("$defs").and_then(|definitions| definitions.as_object_mut()) else { return };
    let wholes = definitions.values().filter(|whole| whole.get("unevaluatedProperties").is_some());
    let parts = wholes.filter_map(|whole| whole.get("anyOf")?.as_array()).flatten();
    let names = parts.filter_map(|part| part.get("$ref")?.as_str()?.strip_prefix("#/$defs/").map(str::to_owned));
    for name in names.collect::<Vec<_>>() {
        if let Some(part) = definitions.get_mut(&name).and_then(|part| part.as_object_mut()) {
            part.remove("additionalProperties");
        }
    }
}
