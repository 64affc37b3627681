//! Blocks in Markdown: fenced code with a YAML body that the handbook draws.

use super::fields::Fields;
use super::value::Value;
use super::{journey, yaml};
use crate::diag::{Code, Diagnostic, Report};
use crate::model::{Answer, Block, Draft, MapExcerpt, Quiz};
use crate::source::Span;

/// The blocks there are.
pub(super) const KINDS: [&str; 2] = ["map", "quiz"];

/// Reads a block's YAML, which covers `span`; `None` if it cannot be read.
pub(super) fn parse(kind: &str, body: &str, span: Span, report: &mut Report) -> Option<Block<Draft>> {
    let node = yaml::parse(body, span.file, span.start as usize, report)?;
    let value = Value { node: &node, others: Vec::new(), ledger: None };
    let mut fields = value.fields(report)?;
    let block = match kind {
        "map" => Block::Map(map(&mut fields, report)),
        _ => Block::Quiz(quiz(&mut fields, span, report)),
    };
    fields.finish(report);
    Some(block)
}

fn map(fields: &mut Fields<'_>, report: &mut Report) -> MapExcerpt<Draft> {
    MapExcerpt {
        map: fields.need_name("id", "the name of a map", report),
        stages: fields.names("stages", report),
        lanes: journey::lanes(fields, report),
        caption: fields.text("caption", report),
    }
}

fn quiz(fields: &mut Fields<'_>, span: Span, report: &mut Report) -> Quiz {
    let answers = fields.items("answers", report);
    let quiz = Quiz {
        question: fields.need_text("question", "", report),
        answers: answers.iter().filter_map(|item| answer(item, report)).collect(),
    };
    if quiz.answers.len() < 2 || !quiz.answers.iter().any(|answer| answer.correct) {
        report.push(
            Diagnostic::new(Code::NoCorrectAnswer, span, "a quiz has at least two answers, one of them correct")
                .help("add `correct: true` to the right answer"),
        );
    }
    quiz
}

fn answer(value: &Value<'_>, report: &mut Report) -> Option<Answer> {
    let mut fields = value.fields(report)?;
    let answer = Answer {
        text: fields.need_text("text", "", report),
        correct: fields.flag("correct", report),
        why: fields.text("why", report),
    };
    fields.finish(report);
    Some(answer)
}
