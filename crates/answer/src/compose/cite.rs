//! Entries of the record with numbered sources.

use jonbar_record::{Citation, Event, Record, SourceId};

use crate::answer::{RecordEntry, SourceShown};

/// Numbers the sources of one answer in order of first use.
pub(crate) struct Citer<'a> {
    record: &'a Record,
    used: Vec<SourceId>,
}

impl<'a> Citer<'a> {
    pub(crate) fn new(record: &'a Record) -> Citer<'a> {
        Citer { record, used: Vec::new() }
    }

    fn number(&mut self, source: SourceId) -> usize {
        match self.used.iter().position(|s| *s == source) {
            Some(i) => i + 1,
            None => {
                self.used.push(source);
                self.used.len()
            }
        }
    }

    pub(crate) fn cites(&mut self, citations: &[Citation]) -> Vec<(usize, String)> {
        citations.iter().map(|c| (self.number(c.source), c.locator.clone())).collect()
    }

    /// The numbers of citations in one pair of brackets, for a table: "[3; 7]".
    pub(crate) fn marks(&mut self, citations: &[Citation]) -> String {
        let numbers: Vec<String> = citations.iter().map(|c| self.number(c.source).to_string()).collect();
        format!("[{}]", numbers.join("; "))
    }

    pub(crate) fn entry(&mut self, event: &Event) -> RecordEntry {
        RecordEntry {
            id: event.id.clone(),
            date: event.when.long(),
            edtf: event.when.text.clone(),
            kind: event.kind.label().to_owned(),
            text: event.summary.clone(),
            cites: self.cites(&event.citations),
            confidence: event.confidence.name().to_owned(),
            also_dated: event.also_dated.iter().map(|(w, s)| (w.long(), self.number(*s))).collect(),
            still_happens: None,
        }
    }

    pub(crate) fn sources(&self) -> Vec<SourceShown> {
        self.used
            .iter()
            .map(|s| {
                let source = &self.record.sources[s.0];
                SourceShown { key: source.key.clone(), full: source.full(), url: source.url.clone() }
            })
            .collect()
    }
}
