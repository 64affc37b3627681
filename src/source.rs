//! All that a handbook is built from: its texts in memory, how to point into them, the day, and what changed.
//!
//! Everything a diagnostic shows is found through a [`Span`]. Texts have no byte-order mark, so byte offsets and what an
//! editor shows agree. They may be let go once they have been parsed, if somebody says how they are read again
//! ([`Reread`]): few are ever asked for a second time, and all of them take half as much memory as what is made of them.

mod again;
mod aside;
mod content;
mod encoding;
mod shelf;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub use again::{LetGo, Reread};
pub use content::Content;
pub use encoding::Encoding;
pub use shelf::{Put, Shelf, Taken};

use crate::date::Date;
use crate::hash::place;
use crate::history::History;
use crate::path::HandbookPath;
use aside::Aside;

/// The largest text file that is read, in bytes. Larger ones are reported, not parsed.
pub const MAX_TEXT_BYTES: u64 = 16 * 1024 * 1024;

/// A file of the handbook. Ids are in the order of the paths, and a file keeps its id from one reading to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u32);

impl FileId {
    /// The kind of number that it is hashed as: that of none of the nouns.
    pub(crate) const KIND: u32 = u32::MAX;
}

// By hand, because it is a number of this handbook only.
impl Hash for FileId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        place(Self::KIND, self.0, state);
    }
}

/// A stretch of one file: bytes `start..end` of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte; equal to `start` for a place between two characters.
    pub end: u32,
}

impl Span {
    /// No place at all: for values that stand in for something that is not there.
    pub const NOWHERE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// The span of the bytes `start..end`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Texts are at most MAX_TEXT_BYTES long, far below u32::MAX.
        Self { file, start: start as u32, end: end as u32 }
    }

    /// The very beginning of a file, for what concerns the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// The bytes covered.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SourceFile {
    /// Where it is in the handbook's folder.
    pub path: HandbookPath,
    /// What is in it.
    pub content: Content,
}

/// A place for people: both count from 1; `column` counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The files of a handbook, ordered by path. Cheap to clone.
///
/// Ids lie far apart, so that a file that comes later finds one between those of its neighbours, and what has been read
/// of the others still points into them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Files(Arc<[Numbered]>);

/// A file with its id.
type Numbered = (FileId, Arc<SourceFile>);

impl Files {
    /// Files in any order, with new ids.
    fn new(mut files: Vec<Arc<SourceFile>>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        // The last of all ids is `Span::NOWHERE`'s.
        let step = u32::MAX / (files.len() as u32 + 1);
        Self(files.into_iter().zip(1..).map(|(file, number)| (FileId(number * step - 1), file)).collect())
    }

    /// Files in any order, in which those of the same path keep their ids.
    fn after(&self, mut files: Vec<Arc<SourceFile>>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let ids = self.ids(&files);
        let mut numbered = Vec::with_capacity(files.len());
        let mut before = 0;
        while numbered.len() < files.len() {
            let at = numbered.len();
            let new = ids[at..].iter().take_while(|id| id.is_none()).count();
            let next = ids.get(at + new).copied().flatten();
            let step = (next.map_or(u32::MAX, |id| id.0) - before) / (new as u32 + 1);
            if new > 0 && step == 0 {
                return Self::new(files);
            }
            for number in 1..=new as u32 {
                // An id that another file had would make this one look like it.
                let free = (before + (number - 1) * step + 1..=before + number * step).rev();
                match free.map(FileId).find(|id| self.get(*id).is_none()) {
                    Some(id) => numbered.push(id),
                    None => return Self::new(files),
                }
            }
            numbered.extend(next);
            before = numbered.last().map_or(before, |id| id.0);
        }
        Self(numbered.into_iter().zip(files).collect())
    }

    /// The id of each of these files, which are ordered by path; `None` for one that was not there.
    fn ids(&self, files: &[Arc<SourceFile>]) -> Vec<Option<FileId>> {
        let mut known = self.0.iter().peekable();
        let id = |file: &Arc<SourceFile>| {
            let same = |known: &&Numbered| Arc::ptr_eq(&known.1, file) || known.1.path == file.path;
            while known.next_if(|known| !same(known) && known.1.path < file.path).is_some() {}
            known.next_if(same).map(|(id, _)| *id)
        };
        files.iter().map(id).collect()
    }

    /// Every file with its id, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.0.iter().map(|(id, file)| (*id, &**file))
    }

    /// Where the file is whose id has this number, as [`FileId`]s are hashed; `None` if there is none.
    pub(crate) fn path_of(&self, number: u32) -> Option<&HandbookPath> {
        self.get(FileId(number)).map(|file| &file.path)
    }

    /// Every file, ordered by path, to be shared.
    pub fn shared(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.0.iter().map(|(_, file)| file)
    }

    /// The same without what stands in them, but in those that are `kept`: where the others are is all that is asked for.
    #[must_use]
    pub fn without_contents(&self, kept: impl Fn(FileId) -> bool) -> Self {
        let bare = |file: &SourceFile| SourceFile { path: file.path.clone(), content: Content::Forgotten };
        let file = |(id, file): &Numbered| (*id, if kept(*id) { Arc::clone(file) } else { Arc::new(bare(file)) });
        Self(self.0.iter().map(file).collect())
    }

    /// Lets the text of a file go, if it is one. It goes in truth when nobody else shares the file.
    fn let_go(&mut self, file: FileId) {
        let Ok(index) = self.0.binary_search_by_key(&file, |(id, _)| *id) else { return };
        let known = &mut Arc::make_mut(&mut self.0)[index].1;
        let content = match &known.content {
            Content::Text(text) => LetGo::new(text),
            Content::LetGo(text) if text.is_held() => LetGo::of(text.hash()),
            _ => return,
        };
        let content = Content::LetGo(content);
        match Arc::get_mut(known) {
            Some(file) => file.content = content,
            None => *known = Arc::new(SourceFile { path: known.path.clone(), content }),
        }
    }

    /// The file called `path`, if there is one.
    pub fn find(&self, path: &HandbookPath) -> Option<FileId> {
        self.0.binary_search_by(|(_, file)| file.path.cmp(path)).ok().map(|index| self.0[index].0)
    }

    /// The files that were read anew for another reading, in order; `None` if that does not have the same files.
    pub fn changes(&self, other: &Self) -> Option<Vec<FileId>> {
        let mut changes = Vec::new();
        for (one, two) in self.0.iter().zip(&*other.0) {
            let same = Arc::ptr_eq(&one.1, &two.1);
            if one.0 != two.0 || !same && one.1.path != two.1.path {
                return None;
            }
            changes.extend((!same).then_some(one.0));
        }
        (self.0.len() == other.0.len()).then_some(changes)
    }

    /// A file by its id; `None` if there is none, or none any more.
    pub fn get(&self, file: FileId) -> Option<&Arc<SourceFile>> {
        self.0.binary_search_by_key(&file, |(id, _)| *id).ok().map(|index| &self.0[index].1)
    }
}

/// All that a handbook is built from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Sources {
    files: Files,
    today: Option<Date>,
    history: Option<Arc<History>>,
    drafts: bool,
    again: Aside<dyn Reread>,
    kept: Aside<dyn Shelf>,
}

impl Sources {
    /// Takes the files in any order.
    pub fn new(files: Vec<SourceFile>) -> Self {
        let files = files.into_iter().map(Arc::new).collect();
        Self { files: Files::new(files), ..Self::default() }
    }

    /// The same, whose texts need not be kept once they have been parsed.
    #[must_use]
    pub fn read_again_by(self, reread: Arc<dyn Reread>) -> Self {
        Self { again: Aside(Some(reread)), ..self }
    }

    /// The same, for which somebody keeps what is made of the texts.
    #[must_use]
    pub fn kept_on(self, shelf: Option<Arc<dyn Shelf>>) -> Self {
        Self { kept: Aside(shelf), ..self }
    }

    /// Who keeps what is made of the texts, if anybody does.
    pub(crate) fn shelf(&self) -> Option<&Arc<dyn Shelf>> {
        self.kept.0.as_ref()
    }

    /// The hash of a file's text, the same whenever this program runs; `None` for what is no readable text.
    pub(crate) fn hash(&self, file: FileId) -> Option<u64> {
        self.file(file).content.hash_of_text()
    }

    /// Whether texts are let go: whether somebody said how they are read again.
    pub fn lets_go(&self) -> bool {
        self.again.0.is_some()
    }

    /// Lets the texts of these files go, unless nobody could read them again.
    pub(crate) fn let_go(&mut self, files: impl IntoIterator<Item = FileId>) {
        if self.lets_go() {
            files.into_iter().for_each(|file| self.files.let_go(file));
        }
    }

    /// The same on the same day with other files, in any order. One that was there before keeps its id.
    #[must_use]
    pub fn with_files(&self, files: Vec<Arc<SourceFile>>) -> Self {
        Self { files: self.files.after(files), ..self.clone() }
    }

    /// The same, seen on a day: what is due is told as of then.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The day they are seen on; `None` if nobody said, and the newest day in the handbook stands in.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// The same, with what changed in them; `None` for what lies in no repository.
    #[must_use]
    pub fn with_history(self, history: Option<Arc<History>>) -> Self {
        Self { history, ..self }
    }

    /// What changed, as far as it is known.
    pub fn history(&self) -> Option<&Arc<History>> {
        self.history.as_ref()
    }

    /// The files themselves.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The same, for those who want to see what is not to be published yet.
    #[must_use]
    pub fn with_drafts(self) -> Self {
        Self { drafts: true, ..self }
    }

    /// Whether what is not to be published yet is to be seen.
    pub fn shows_drafts(&self) -> bool {
        self.drafts
    }

    /// Every file with its id, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter()
    }

    /// The file called `path`, if there is one.
    pub fn find(&self, path: &HandbookPath) -> Option<FileId> {
        self.files.find(path)
    }

    /// A file's path.
    pub fn path(&self, file: FileId) -> &HandbookPath {
        &self.file(file).path
    }

    /// A file's text; empty for whatever is not a readable text. One that was let go is read again, and kept from now on; it
    /// is empty if it is not what it was any more.
    pub fn text(&self, file: FileId) -> &str {
        let file = self.file(file);
        match &file.content {
            Content::Text(text) => text,
            Content::LetGo(text) => self.again.text(&file.path, text).unwrap_or_default(),
            _ => "",
        }
    }

    /// Whether a file is a text that could be read.
    pub fn is_readable(&self, file: FileId) -> bool {
        matches!(self.file(file).content, Content::Text(_) | Content::LetGo(_))
    }

    /// Whether a file's text was let go and cannot be had again, because it has changed since: where something stands in it
    /// is then known in bytes only.
    pub fn has_lost(&self, file: FileId) -> bool {
        let file = self.file(file);
        matches!(&file.content, Content::LetGo(text) if self.again.text(&file.path, text).is_none())
    }

    /// Whether any of the texts need not be read to be known, and was not.
    pub fn knows_unread(&self) -> bool {
        self.files.iter().any(|(_, file)| matches!(file.content, Content::LetGo(_)))
    }

    /// Whether any text was asked for that cannot be had again: what was said is then less than could be said of these texts.
    pub fn has_lost_any(&self) -> bool {
        self.files.iter().any(|(_, file)| matches!(&file.content, Content::LetGo(text) if text.is_lost()))
    }

    /// Line and column of a span's first character; of a file that is not UTF-8, the first line that is not.
    pub fn place(&self, span: Span) -> LineColumn {
        if let Content::NotUtf8 { line, .. } = self.file(span.file).content {
            return LineColumn { line, column: 1 };
        }
        line_column(self.text(span.file), span.start as usize)
    }

    fn file(&self, file: FileId) -> &SourceFile {
        self.files.get(file).unwrap_or_else(|| panic!("bug: file {} is none of these", file.0))
    }
}

impl SourceFile {
    /// A text that need not be read, as what it says comes to this hash.
    pub(crate) fn of_known(path: HandbookPath, hash: u64) -> Self {
        Self { path, content: Content::LetGo(LetGo::of(hash)) }
    }

    /// A file from its bytes: text if its name says so, an asset otherwise.
    pub fn from_bytes(path: HandbookPath, bytes: Vec<u8>) -> Self {
        let content = if !path.is_text() {
            Content::Asset
        } else if bytes.len() as u64 > MAX_TEXT_BYTES {
            Content::TooLarge { bytes: bytes.len() as u64 }
        } else {
            text_content(bytes)
        };
        Self { path, content }
    }
}

/// Line and column of the byte `offset` in `text`; the end of the text if `offset` lies beyond it.
pub fn line_column(text: &str, offset: usize) -> LineColumn {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    LineColumn { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

fn text_content(bytes: Vec<u8>) -> Content {
    if Encoding::has_zeros(&bytes) {
        return Content::NotUtf8 { line: 1, encoding: Some(Encoding::Utf16) };
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Content::Text(text)
        }
        Err(error) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = valid.iter().filter(|&&byte| byte == b'\n').count() + 1;
            Content::NotUtf8 { line, encoding: Encoding::guess(error.as_bytes()) }
        }
    }
}
