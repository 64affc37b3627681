//! What a search finds of a page: its sections as plain text, each with where it stands and what it can be filtered by.
//!
//! Made from the handbook, not from the page, so that the frame, the navigation and what a table repeats of other items
//! are found where they belong and nowhere else.

mod texts;

use super::here::{Here, index_title};
use super::met;
use super::pages::{Page, PageKind};
use crate::model::{Channel, Id, Item, JourneyMap, Local, Persona, Prose, Stage, Target, Text, Touchpoint};
use crate::search::{Document, Facet, FacetKind};
use texts::{kind_texts, own_texts, step_texts};

impl Here<'_> {
    /// The sections of a page; none for pages that only list others.
    pub fn found_on(&self, page: &Page) -> Vec<Document> {
        let handbook = self.handbook;
        let documents = match page.kind {
            PageKind::Home => handbook
                .front
                .as_ref()
                .map_or_else(Vec::new, |front| self.item_found(&front.item, Some(&front.body), &[])),
            PageKind::Map(id) => self.map_found(id),
            PageKind::Persona(id) => self.persona_found(id),
            PageKind::Touchpoint(id) => self.touchpoint_found(id),
            PageKind::Course(id) => {
                let course = &handbook[id];
                let more: Vec<&Text> = course.audience.iter().chain(&course.objectives).collect();
                self.item_found(&course.item, None, &more)
            }
            PageKind::Lesson(id) => {
                let lesson = &handbook[id];
                self.item_found(&lesson.item, Some(&lesson.body), &lesson.objectives.iter().collect::<Vec<_>>())
            }
            PageKind::Guide(id) => self.item_found(&handbook[id].item, Some(&handbook[id].body), &[]),
            PageKind::Insight(id) => {
                let insight = &handbook[id];
                let quotes = insight.quotes.iter().flat_map(|quote| std::iter::once(&quote.text).chain(&quote.note));
                let more: Vec<&Text> = insight.who.iter().chain([&insight.source]).chain(quotes).collect();
                self.item_found(&insight.item, None, &more)
            }
            PageKind::Opportunity(id) => {
                self.item_found(&handbook[id].item, None, &handbook[id].outcome.iter().collect::<Vec<_>>())
            }
            PageKind::Walkthrough(id) => {
                let walk = &handbook[id];
                let walked = walk.steps.iter();
                let texts =
                    walked.flat_map(|walked| walked.note.iter().chain(&walked.feeling).chain(&walked.obstacles));
                let more: Vec<&Text> = walk.walker.iter().chain(texts).collect();
                self.item_found(&walk.item, None, &more)
            }
            PageKind::Metric(id) => {
                let metric = &handbook[id];
                let more: Vec<&Text> = std::iter::once(&metric.definition).chain(&metric.source).collect();
                self.item_found(&metric.item, None, &more)
            }
            PageKind::Team(id) => {
                let team = &handbook[id];
                let texts = team.lead.iter().chain(&team.contact).chain(&team.summary);
                vec![self.document(&team.title, texts)]
            }
            PageKind::Channel(id) => {
                let channel = &handbook[id];
                vec![self.document(&channel.title, channel.summary.iter())]
            }
            PageKind::Glossary => return self.terms_found(),
            _ => return Vec::new(),
        };
        let kind = self.kind_facet(page.kind);
        let place = |document: Document| Document {
            href: match document.href.is_empty() {
                true => page.path.to_string(),
                false => [page.path.as_str(), "#", &document.href].concat(),
            },
            facets: match document.facets.iter().any(|facet| facet.by == FacetKind::Kind) {
                true => document.facets,
                false => kind.iter().cloned().chain(document.facets).collect(),
            },
            ..document
        };
        documents.into_iter().map(place).flat_map(Document::parted).collect()
    }

    /// An item and the sections of its text. Until it is placed, a document's address is its anchor.
    fn item_found(&self, item: &Item, body: Option<&Local<Prose>>, more: &[&Text]) -> Vec<Document> {
        let texts = item.summary.iter().chain(more.iter().copied());
        let mut documents = vec![self.document(&item.title, texts)];
        if item.draft {
            documents[0].title = self.called(item).text.into_owned();
        }
        let sections = body.map_or_else(Vec::new, |body| self.sections(body.show(self.lang)));
        let place = documents[0].title.clone();
        for section in sections {
            match section.anchor {
                None => append(&mut documents[0].text, &section.text),
                Some(anchor) => documents.push(Document {
                    title: section.title,
                    place: place.clone(),
                    is_part: true,
                    href: anchor,
                    text: section.text,
                    facets: Vec::new(),
                }),
            }
        }
        documents
    }

    fn document<'t>(&self, title: &Text, texts: impl Iterator<Item = &'t Text>) -> Document {
        let mut text = String::with_capacity(256);
        texts.for_each(|line| append(&mut text, line.str(self.lang)));
        Document { title: title.str(self.lang).to_owned(), text, ..Document::default() }
    }

    fn persona_found(&self, id: Id<Persona>) -> Vec<Document> {
        let persona = &self.handbook[id];
        let facts = persona.facts.iter().flat_map(|fact| [&fact.label, &fact.value]);
        let behaviours = persona.behaviours.iter().flat_map(|behaviour| [&behaviour.from, &behaviour.to]);
        let quote = persona.quote.iter().flat_map(|quote| std::iter::once(&quote.text).chain(&quote.note));
        let often = persona.channels.iter().filter_map(|channel| channel.often.as_ref());
        let more: Vec<&Text> = (persona.role.iter().chain(quote).chain(facts).chain(&persona.goals))
            .chain(persona.frustrations.iter().chain(behaviours).chain(often))
            .chain(persona.say.iter().chain(&persona.avoid))
            .collect();
        let mut documents = self.item_found(&persona.item, Some(&persona.body), &more);
        for document in &mut documents {
            document.facets.push(self.persona_facet(id));
            document
                .facets
                .extend(persona.channels.iter().filter_map(|other| other.channel).map(|id| self.channel_facet(id)));
        }
        documents
    }

    fn touchpoint_found(&self, id: Id<Touchpoint>) -> Vec<Document> {
        let touchpoint = &self.handbook[id];
        let more: Vec<&Text> = touchpoint.promise.iter().collect();
        let mut documents = self.item_found(&touchpoint.item, Some(&touchpoint.body), &more);
        let mut facets: Vec<Facet> = touchpoint.channel.iter().map(|&channel| self.channel_facet(channel)).collect();
        let figures = self.figures(id);
        facets.extend(figures.stages.iter().map(|place| self.stage_facet(met::stage(self.handbook, *place))));
        facets.extend(figures.personas.iter().map(|&persona| self.persona_facet(persona)));
        facets.sort();
        documents.iter_mut().for_each(|document| document.facets.clone_from(&facets));
        documents
    }

    fn map_found(&self, id: Id<JourneyMap>) -> Vec<Document> {
        let map = &self.handbook[id];
        let mut more: Vec<&Text> =
            (map.finding.iter().chain(&map.scenario)).chain(map.purpose.iter().chain(&map.outcome)).collect();
        more.extend(kind_texts(map));
        let personas: Vec<Facet> = map.personas().map(|&persona| self.persona_facet(persona)).collect();
        let mut documents = self.item_found(&map.item, None, &more);
        documents[0].facets.clone_from(&personas);
        for stage in &map.stages {
            let mut document = self.document(&stage.title, stage.duration.iter().chain(&stage.goals));
            for step in &stage.steps {
                step_texts(step).iter().for_each(|text| append(&mut document.text, text.str(self.lang)));
            }
            own_texts(&stage.own).for_each(|text| append(&mut document.text, text.str(self.lang)));
            let met = stage.steps.iter().filter_map(|step| step.touchpoint);
            let mut channels: Vec<Id<Channel>> =
                met.filter_map(|touchpoint| self.handbook[touchpoint].channel).collect();
            channels.sort_unstable();
            channels.dedup();
            document.facets = std::iter::once(self.stage_facet(stage)).chain(personas.clone()).collect();
            document.facets.extend(channels.into_iter().map(|channel| self.channel_facet(channel)));
            document.facets.push(Facet {
                by: FacetKind::Kind,
                id: "stages".to_owned(),
                title: self.words.get("stages").to_owned(),
            });
            document.href.clone_from(&stage.name);
            document.place = map.item.title.str(self.lang).to_owned();
            document.is_part = true;
            documents.push(document);
        }
        documents
    }

    fn terms_found(&self) -> Vec<Document> {
        let terms = self.on_this_part(PageKind::Glossary, self.handbook.terms.entries());
        let kind = self.kind_facet(PageKind::Glossary);
        terms
            .map(|(id, term)| {
                let texts = std::iter::once(&term.definition).chain(&term.also);
                let address = self.pages.address(Target::Term(id), self.lang);
                let href = address.map_or_else(String::new, |address| {
                    format!("{}#{}", address.path, address.anchor.unwrap_or_default())
                });
                Document { href, facets: kind.iter().cloned().collect(), ..self.document(&term.title, texts) }
            })
            .collect()
    }

    fn kind_facet(&self, kind: PageKind) -> Option<Facet> {
        let id = index_title(kind);
        (kind != PageKind::Home).then(|| Facet {
            by: FacetKind::Kind,
            id: id.to_owned(),
            title: self.words.get(id).to_owned(),
        })
    }

    fn stage_facet(&self, stage: &Stage) -> Facet {
        Facet { by: FacetKind::Stage, id: stage.name.clone(), title: stage.title.str(self.lang).to_owned() }
    }

    fn channel_facet(&self, id: Id<Channel>) -> Facet {
        let channel = &self.handbook[id];
        Facet { by: FacetKind::Channel, id: channel.name.clone(), title: channel.title.str(self.lang).to_owned() }
    }

    fn persona_facet(&self, id: Id<Persona>) -> Facet {
        let persona = &self.handbook[id].item;
        Facet { by: FacetKind::Persona, id: persona.name.clone(), title: persona.title.str(self.lang).to_owned() }
    }
}

/// Adds a line.
fn append(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
