//! `handbook.yaml`.

use super::fields::Fields;
use super::files::ItemFiles;
use super::journey::LANES;
use super::names::distinct;
use super::value::Value;
use super::{Context, asset, journey, languages, levels, opened, reference, web};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{
    Brand, Cadence, Draft, EvidencePolicy, FrontPage, JobCard, LaneKind, Local, Noun, OwnLane, Settings, StageSet,
    Table, Text, WebAddress, Words,
};
use crate::path::HandbookPath;
use crate::source::Span;

/// Reads the settings; those of a handbook without a `handbook.yaml` are empty, and the report says so.
pub(super) fn parse(files: Option<&ItemFiles>, context: &Context<'_>, report: &mut Report) -> Settings<Draft> {
    let Some(files) = files else {
        return Settings {
            title: Local::new(Words::new("Handbook", context.settled.anywhere)),
            description: None,
            languages: context.settled.languages.to_vec(),
            url: None,
            public: false,
            brand: Brand { name: None, also: None, logo: None, icon: None },
            theme: None,
            home: FrontPage { feature: None, start: Vec::new() },
            review_every: None,
            evidence: EvidencePolicy::default(),
            checks: Vec::new(),
            edit: None,
            link_terms: true,
            footer: None,
            stage_sets: Table::default(),
            lanes: Table::default(),
        };
    };
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    languages::ask(&mut fields, report);
    let (url, public) = place_on_the_web(&mut fields, report);
    let settings = Settings {
        title: fields.need_text("title", "Handbook", report),
        description: fields.text("description", report),
        languages: context.settled.languages.to_vec(),
        url,
        public,
        brand: brand(&mut fields, report),
        theme: fields.word("theme", report),
        home: front_page(&mut fields, context, report),
        review_every: fields.value("review").and_then(|value| review(&value, report)),
        evidence: fields.value("evidence").map(|value| evidence(&value, report)).unwrap_or_default(),
        checks: levels::checks(&mut fields, report),
        edit: edit(&mut fields, report),
        link_terms: fields.unless("link-terms", report),
        footer: fields.text("footer", report),
        stage_sets: named(&mut fields, "stage-sets", stage_set, report),
        lanes: named(&mut fields, "lanes", own_lane, report),
    };
    fields.finish(report);
    settings
}

/// Where the site will live, and whether everybody may find it there.
fn place_on_the_web(fields: &mut Fields<'_>, report: &mut Report) -> (Option<WebAddress>, bool) {
    let (named, place) = (fields.has("url"), fields.place("public"));
    let url = fields.word("url", report).and_then(|(url, span)| web::site(&url, span, report));
    let public = fields.flag("public", report);
    if let Some(span) = place.filter(|_| public && !named) {
        report.push(
            Diagnostic::new(Code::PublicWithoutUrl, span, "the handbook is public, and nobody knows its address")
                .help("add `url: https://…`, the address at which readers will find it"),
        );
    }
    (url, public)
}

fn brand(fields: &mut Fields<'_>, report: &mut Report) -> Brand<Draft> {
    let mut brand = Brand { name: None, also: None, logo: None, icon: None };
    if let Some(mut fields) = fields.value("brand").and_then(|value| value.fields(report)) {
        brand.name = fields.text("name", report);
        brand.also = fields.text("also", report);
        brand.logo = asset(&mut fields, "logo", report);
        brand.icon = asset(&mut fields, "icon", report);
        fields.finish(report);
    }
    brand
}

fn front_page(fields: &mut Fields<'_>, context: &Context<'_>, report: &mut Report) -> FrontPage<Draft> {
    let mut home = FrontPage { feature: None, start: Vec::new() };
    if let Some(mut fields) = fields.value("home").and_then(|value| value.fields(report)) {
        home.feature = fields.name("feature", report);
        home.start = fields.items("start", report).iter().filter_map(|item| job_card(item, context, report)).collect();
        fields.finish(report);
    }
    home
}

fn job_card(value: &Value<'_>, context: &Context<'_>, report: &mut Report) -> Option<JobCard<Draft>> {
    let mut fields = value.fields(report)?;
    let mut links = Vec::new();
    for item in fields.fixed_items("links", report) {
        let Some(link) = item.scalar("a reference", report) else { continue };
        match reference::read_alone(link, item.span(), context.settled.settings_path, report) {
            reference::Destination::Inside(reference) => links.push(reference),
            reference::Destination::Outside => report.push(
                Diagnostic::new(Code::UnknownScheme, item.span(), format!("`{link}` leads out of the handbook"))
                    .help("a reference such as `persona:ID`, `map:ID#STAGE` or `guides/NAME.md`"),
            ),
            reference::Destination::Nowhere => {}
        }
    }
    let card = JobCard {
        title: fields.need_text("title", "", report),
        text: fields.text("text", report),
        icon: fields.word("icon", report).map(|(icon, _)| icon),
        links,
    };
    fields.finish(report);
    Some(card)
}

fn review(value: &Value<'_>, report: &mut Report) -> Option<Cadence> {
    let mut fields = value.fields(report)?;
    let every = fields.cadence("every", report);
    fields.finish(report);
    every
}

fn evidence(value: &Value<'_>, report: &mut Report) -> EvidencePolicy {
    let Some(mut fields) = value.fields(report) else { return EvidencePolicy::default() };
    let policy = EvidencePolicy {
        max_age: fields.cadence("max-age", report),
        min_sample: fields.whole("min-sample", 1..=u32::MAX, report),
    };
    fields.finish(report);
    policy
}

/// Where a file can be edited: a web address with `{path}` in it.
fn edit(fields: &mut Fields<'_>, report: &mut Report) -> Option<String> {
    let (edit, span) = fields.word("edit", report)?;
    if !reference::is_web(&edit, span, report) {
        return None;
    }
    if !edit.contains("{path}") {
        report.push(
            Diagnostic::new(Code::EditWithoutPath, span, format!("`{edit}` says nothing of a file's path"))
                .help("put `{path}` where a file's path belongs, such as `https://host.example/edit/main/{path}`"),
        );
        return None;
    }
    Some(edit)
}

/// The entries of a mapping from names to things.
fn named<T: Noun>(
    fields: &mut Fields<'_>,
    key: &'static str,
    read: impl Fn(String, Span, &Value<'_>, &mut Report) -> Option<T>,
    report: &mut Report,
) -> Table<T> {
    if fields.are_unread() {
        return Table::of_unread();
    }
    let entries = fields.value(key).map_or_else(Vec::new, |value| value.entries(report));
    Table::new(entries.into_iter().filter_map(|(name, span, value)| read(name, span, &value, report)))
}

fn stage_set(name: String, span: Span, value: &Value<'_>, report: &mut Report) -> Option<StageSet> {
    let mut stages: Vec<(String, Text)> = Vec::new();
    let mut places: Vec<Span> = Vec::new();
    for item in value.items(report) {
        let Some(mut fields) = item.fields(report) else { continue };
        let (id, place) = journey::id(&mut fields, report);
        let title = fields.need_text("title", &id, report);
        places.push(place);
        stages.push((id, title));
        fields.finish(report);
    }
    distinct(stages.iter().map(|(id, _)| &**id).zip(places), "two stages of this set", report);
    Some(StageSet { name, span, stages })
}

fn own_lane(name: String, span: Span, value: &Value<'_>, report: &mut Report) -> Option<OwnLane> {
    let mut fields = value.fields(report)?;
    if LANES.iter().any(|(known, _)| *known == name) {
        report.push(
            Diagnostic::new(Code::DuplicateId, span, format!("every handbook has a lane `{name}` already"))
                .help("give the lane of your own another id"),
        );
    }
    let lane = OwnLane {
        title: fields.need_text("title", &name, report),
        name,
        span,
        kind: fields.need_choice("kind", LaneKind::ALL, report),
        icon: fields.word("icon", report).map(|(icon, _)| icon),
        ours: fields.flag("ours", report),
    };
    fields.finish(report);
    Some(lane)
}

/// The path of the settings file.
pub(super) fn path() -> HandbookPath {
    HandbookPath::new("handbook.yaml").unwrap_or_else(|| panic!("bug: a plain name stays inside"))
}
