//! `training/COURSE/course.yaml` and `training/COURSE/NN-LESSON.md`.

use super::files::ItemFiles;
use super::{Context, opened};
use crate::diag::Report;
use crate::model::{Course, Draft, Id, Lesson};

/// Reads a course; its lessons are added by whoever reads those.
pub(super) fn parse(name: &str, files: &ItemFiles, context: &Context<'_>, report: &mut Report) -> Course<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let mut item = opened.head(&mut fields, report);
    item.name = name.to_owned();
    let course = Course {
        item,
        audience: fields.text("for", report),
        objectives: fields.texts("objectives", report),
        icon: fields.word("icon", report).map(|(icon, _)| icon),
        lessons: Vec::new(),
    };
    fields.finish(report);
    course
}

/// Reads a lesson of the course called `course`.
pub(super) fn lesson(
    course: (&str, Id<Course>),
    files: &ItemFiles,
    context: &Context<'_>,
    report: &mut Report,
) -> Lesson<Draft> {
    let opened = opened::open(files, context, report);
    let mut fields = opened.fields(report);
    let mut item = opened.head(&mut fields, report);
    item.name = format!("{}/{}", course.0, item.name);
    let lesson = Lesson {
        item,
        course: course.1,
        minutes: fields.whole("minutes", 1..=600, report),
        objectives: fields.texts("objectives", report),
        body: opened.body(&mut fields, context, report),
    };
    fields.finish(report);
    lesson
}
