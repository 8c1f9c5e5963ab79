//! The questions asked, kept in a file of this computer's user until deleted.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::work::lock;
use crate::Failure;
use crate::output;

/// Questions kept.
const KEPT_MAX: usize = 200;
/// Largest file read, in bytes.
const BYTES_MAX: u64 = 2_000_000;
/// Pasted texts kept, the last ones, and the longest, in bytes.
const TEXTS_MAX: usize = 15;
const TEXT_BYTES_MAX: usize = 100_000;
/// Longest link noted: a longer one would soon fill the file.
const LINK_MAX: usize = 8_000;

/// A question asked, and the link that answers it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) question: String,
    pub(super) link: String,
    /// A pasted text, which its link has only the number of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
}

/// The questions asked, the last first.
pub(super) struct History {
    /// Where they are kept; only in memory without a file.
    file: Option<PathBuf>,
    asked: Mutex<Vec<Asked>>,
}

/// The usual file: where programs keep their data for this user.
pub(super) fn usual_file() -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("jonbar").join("history.json"))
}

impl History {
    /// Reads a history; there need not be a file yet.
    ///
    /// # Errors
    /// If the file is there and is no history: it is not written over.
    pub(super) fn open(file: Option<PathBuf>) -> Result<History, Failure> {
        let asked = match &file {
            Some(path) if path.exists() => read(path)?,
            _ => Vec::new(),
        };
        Ok(History { file, asked: Mutex::new(asked) })
    }

    /// The questions, the last first.
    pub(super) fn all(&self) -> Vec<Asked> {
        lock(&self.asked).clone()
    }

    /// The pasted text that a page answers.
    pub(super) fn text(&self, page: &str) -> Option<String> {
        let asked = lock(&self.asked);
        let of_page = |a: &&Asked| a.link.split('?').next() == Some(page);
        asked.iter().filter(of_page).find_map(|a| a.text.clone())
    }

    /// Notes a question, with the text that it is if that is not in its link; one asked again goes to the front.
    pub(super) fn note(&self, question: &str, link: &str, text: Option<&str>) {
        if link.len() > LINK_MAX || text.is_some_and(|t| t.len() > TEXT_BYTES_MAX) {
            return;
        }
        let mut asked = lock(&self.asked);
        self.reread(&mut asked);
        asked.retain(|a| a.link != link);
        if text.is_some() {
            // One page with other settings: the newest has the text.
            let page = link.split('?').next();
            asked.iter_mut().filter(|a| a.link.split('?').next() == page).for_each(|a| a.text = None);
        }
        let (question, link, text) = (question.to_owned(), link.to_owned(), text.map(str::to_owned));
        asked.insert(0, Asked { question, link, text });
        let mut texts = 0;
        asked.retain(|a| {
            texts += usize::from(a.text.is_some());
            a.text.is_none() || texts <= TEXTS_MAX
        });
        asked.truncate(KEPT_MAX);
        self.save(&asked);
    }

    /// Forgets the question with this link, or all.
    pub(super) fn forget(&self, link: Option<&str>) {
        let mut asked = lock(&self.asked);
        self.reread(&mut asked);
        asked.retain(|a| link.is_some_and(|l| a.link != l));
        self.save(&asked);
    }

    /// Takes in what another server of the same user has written since.
    fn reread(&self, asked: &mut Vec<Asked>) {
        if let Some(there) = self.file.as_ref().filter(|f| f.exists()).and_then(|f| read(f).ok()) {
            *asked = there;
        }
    }

    /// A history that cannot be written is no reason not to answer.
    fn save(&self, asked: &[Asked]) {
        let Some(path) = &self.file else { return };
        let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        let written = |asked: &[Asked]| serde_json::to_string_pretty(asked).unwrap_or_default() + "\n";
        // What would be too large to be read again is not written: the oldest go first.
        let (mut kept, mut text) = (asked.len(), written(asked));
        while text.len() as u64 > BYTES_MAX && kept > 0 {
            kept -= 1;
            text = written(&asked[..kept]);
        }
        if folder.is_err() || output::write_whole(path, text.as_bytes()).is_err() {
            output::notice(&format!("The history could not be written to {}.", path.display()));
        }
    }
}

fn read(path: &Path) -> Result<Vec<Asked>, Failure> {
    let name = path.display();
    let help = "delete it, or choose another with --history FILE";
    let size = std::fs::metadata(path).map_err(|e| Failure::input(format!("{name}: {e}")))?.len();
    if size > BYTES_MAX {
        return Err(Failure::input(format!("{name}: too large to be a history; {help}")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| Failure::input(format!("{name}: {e}")))?;
    serde_json::from_str(&text).map_err(|e| {
        Failure::input(format!("{name}:{}:{}: not a history: {e}; {help}", e.line(), e.column()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_kept_once_and_forgotten_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data").join("history.json");
        let history = History::open(Some(file.clone())).unwrap();
        history.note("one?", "/ask?q=one", None);
        history.note("two?", "/ask?q=two", None);
        history.note("one?", "/ask?q=one", None);
        let links = |h: &History| h.all().iter().map(|a| a.link.clone()).collect::<Vec<_>>();
        assert_eq!(links(&history), ["/ask?q=one", "/ask?q=two"]);
        let again = History::open(Some(file.clone())).unwrap();
        assert_eq!(links(&again), ["/ask?q=one", "/ask?q=two"]);
        // Two at once: neither loses what the other notes, nor brings back what it forgets.
        history.note("three?", "/ask?q=three", None);
        again.forget(Some("/ask?q=three"));
        history.note(&"long ".repeat(9_000), &format!("/ask?q={}", "x".repeat(9_000)), None);
        assert_eq!(links(&History::open(Some(file.clone())).unwrap()), ["/ask?q=one", "/ask?q=two"]);
        again.forget(Some("/ask?q=one"));
        assert_eq!(links(&History::open(Some(file.clone())).unwrap()), ["/ask?q=two"]);
        // Pasted texts are found again by their page, the last of them.
        for i in 0..=TEXTS_MAX {
            history.note("a text", &format!("/text/{i}?runs=100"), Some("What if?"));
        }
        history.note("too long", "/text/99", Some(&"x".repeat(TEXT_BYTES_MAX + 1)));
        let reopened = History::open(Some(file.clone())).unwrap();
        let found = |page: &str| reopened.text(page).is_some();
        assert_eq!((found("/text/0"), found("/text/1"), found("/text/99")), (false, true, false));
        // A text of which every sign is written as several stays within what can be read again.
        for i in 0..TEXTS_MAX {
            history.note("signs", &format!("/text/1{i}?runs=100"), Some(&"\u{1}".repeat(90_000)));
        }
        assert!(History::open(Some(file.clone())).is_ok());
        again.forget(None);
        assert!(History::open(Some(file.clone())).unwrap().all().is_empty());
        // Somebody else's file is not written over.
        std::fs::write(&file, "my diary").unwrap();
        let refused = History::open(Some(file)).err().unwrap();
        assert!(refused.message.contains("not a history"), "{}", refused.message);
    }
}
