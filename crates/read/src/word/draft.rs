//! [`Draft`]: a paragraph in the making, with what is kept from a reader on the way.

use super::{Flow, Text, place, push_seen};
use mingzhang_model::document::NoteKind;

/// Whether text belongs to a tracked change.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Track {
    #[default]
    Unchanged,
    Inserted,
    Deleted,
}

/// Whether text is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Sight {
    #[default]
    Seen,
    Hidden,
}

/// A paragraph in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    /// Text that is not shown, or was inserted: the kind of its note, what happened to it, and itself.
    stretches: Vec<(NoteKind, &'static str, String)>,
    /// What the last characters were; none for ordinary text.
    last: Option<(NoteKind, &'static str)>,
}

impl Draft {
    /// Adds characters: to the text if they are shown, and to the stretches if they are to be noted.
    pub(crate) fn push(&mut self, text: &str, track: Track, sight: Sight) {
        if text.is_empty() {
            return;
        }
        let kind = match (track, sight) {
            (Track::Deleted, _) => Some((NoteKind::TrackedChange, "删除")),
            (_, Sight::Hidden) => Some((NoteKind::Hidden, "隐藏文字")),
            (Track::Inserted, Sight::Seen) => Some((NoteKind::TrackedChange, "插入")),
            (Track::Unchanged, Sight::Seen) => None,
        };
        if let Some((kind, what)) = kind {
            match self.stretches.last_mut().filter(|_| self.last == Some((kind, what))) {
                Some((.., stretch)) => stretch.push_str(text),
                None => self.stretches.push((kind, what, text.to_owned())),
            }
        }
        self.last = kind;
        if track != Track::Deleted && sight == Sight::Seen {
            push_seen(&mut self.text, text);
        }
    }

    /// Whether nothing of it is shown.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Flow {
    /// Ends a paragraph: its text, if it shows some, and notes of the rest.
    pub(crate) fn end(&mut self, draft: Draft) -> Option<Text> {
        let text = self.text(draft.text);
        let number = text.as_ref().map_or(self.paragraphs.max(1), |text| text.number);
        for (kind, what, stretch) in draft.stretches {
            let mut seen = String::new();
            push_seen(&mut seen, &stretch.replace('\n', " "));
            if !seen.trim().is_empty() {
                self.note(kind, place(number), format!("{what}“{}”", seen.trim()));
            }
        }
        text
    }
}
