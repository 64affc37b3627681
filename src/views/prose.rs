//! Prose into HTML: strings copied, holes filled with addresses relative to the page that shows them.
//!
//! Blocks the handbook draws are handed to the theme, between the stretches of HTML.

use serde::Serialize;

use super::excerpt::Excerpt;
use super::here::{Here, Said};
use crate::model::{Block, Hole, Local, Piece, Prose, Quiz, Reference, Target, Text};

/// Running text, ready to show.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Running<'a> {
    /// Its parts, in order; none if there is nothing to show.
    pub parts: Vec<Part<'a>>,
    /// Its language, as a BCP 47 tag; `None` if it is the page's.
    pub lang: Option<&'a str>,
}

/// A stretch of running text: one of these is there.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Part<'a> {
    /// Safe HTML.
    pub html: Option<String>,
    /// A part of a map.
    pub map: Option<Box<Excerpt<'a>>>,
    /// A question to check oneself.
    pub quiz: Option<QuizView<'a>>,
}

/// A question to check oneself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuizView<'a> {
    /// Its number on the page, from 1.
    pub number: usize,
    /// The question.
    pub question: Said<'a>,
    /// Whether several answers are right.
    pub many: bool,
    /// The answers.
    pub answers: Vec<AnswerView<'a>>,
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerView<'a> {
    /// Its number in the question, from 1.
    pub number: usize,
    /// The answer.
    pub text: Said<'a>,
    /// Whether it is right.
    pub right: bool,
    /// Why, or why not.
    pub why: Option<Said<'a>>,
}

impl<'a> Here<'a> {
    /// Running text in the page's language, or in the one it is written in.
    pub fn running(&self, prose: &'a Local<Prose>) -> Running<'a> {
        let (prose, lang) = prose.get(self.lang);
        Running { parts: self.parts(prose), lang: (lang != self.lang).then(|| self.tag(lang)) }
    }

    fn parts(&self, prose: &'a Prose) -> Vec<Part<'a>> {
        let mut parts = Vec::new();
        let mut html = String::new();
        let (mut quizzes, mut excerpts, mut tables) = (0, 0, 0);
        for piece in prose.pieces(&prose.html()) {
            match piece {
                Piece::Html(text) => html.push_str(text),
                Piece::Hole(Hole::Address(reference)) => html.push_str(&escape(&self.address_of(reference.as_deref()))),
                Piece::Hole(Hole::Title(Some(reference))) => {
                    html.push_str(&escape(&self.title_in(prose, reference).text))
                }
                Piece::Hole(Hole::Title(None)) => html.push('?'),
                Piece::Hole(Hole::Term(Some(term))) => {
                    let href = escape(&self.href(Target::Term(*term)));
                    ["<a class=\"jb-term\" href=\"", &href, "\">"].into_iter().for_each(|text| html.push_str(text));
                }
                Piece::Hole(Hole::Term(None)) => html.push_str("</a>"),
                Piece::Hole(Hole::Word(key)) => {
                    html.push_str(&escape(self.words.get(key)));
                    // Regions are told apart by their names.
                    tables += usize::from(*key == "table");
                    if *key == "table" && tables > 1 {
                        html.push_str(&format!(" {tables}"));
                    }
                }
                Piece::Hole(Hole::Block(block)) => {
                    if !html.is_empty() {
                        parts.push(Part { html: Some(std::mem::take(&mut html)), ..Part::default() });
                    }
                    match &**block {
                        Block::Map(excerpt) => {
                            excerpts += 1;
                            let map = self.excerpt(excerpt, excerpts).map(Box::new);
                            parts.push(Part { map, ..Part::default() });
                        }
                        Block::Quiz(quiz) => {
                            quizzes += 1;
                            parts.push(Part { quiz: Some(self.quiz(quiz, quizzes)), ..Part::default() });
                        }
                    }
                }
            }
        }
        if !html.trim().is_empty() {
            parts.push(Part { html: Some(html), ..Part::default() });
        }
        parts
    }

    fn address_of(&self, reference: Option<&Reference>) -> String {
        reference.map_or_else(|| "#".to_owned(), |reference| self.href_of(reference))
    }

    fn quiz(&self, quiz: &'a Quiz, number: usize) -> QuizView<'a> {
        let answers = quiz.answers.iter().enumerate().map(|(index, answer)| AnswerView {
            number: index + 1,
            text: own(&answer.text),
            right: answer.correct,
            why: answer.why.as_ref().map(|why| own(why)),
        });
        QuizView {
            number,
            question: own(&quiz.question),
            many: quiz.answers.iter().filter(|answer| answer.correct).count() > 1,
            answers: answers.collect(),
        }
    }
}

/// A text of a block, which is written in one language: that of the running text around it, which says so.
pub(super) fn own(text: &Text) -> Said<'_> {
    Said::plain(&*text.first().text)
}

/// Text as HTML, in an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
