//! A sentence that is all that is said: as it stands, in plainer words, by its gist, or told in the present tense as a what-if.

use std::borrow::Cow;

use crate::claim::{between_decades, gist};
use crate::plainer::plainer;
use crate::read::Reader;
use crate::reading::{Form, Reading, Statement};
use crate::sentence::Sentence;
use crate::supposing::{supposed, told_in_the_present};

impl Reader<'_> {
    /// All that is said: as it stands, or else in plainer words.
    pub(crate) fn read_alone(&self, text: &str) -> (Vec<Reading>, Vec<Statement>) {
        let sentence = Sentence::of(&without_tag(text), self.record);
        // What two decades are said to differ in is lost by reading what is said of one.
        if let Some(reading) = between_decades(&sentence).and_then(|_| self.by_its_gist(&sentence)) {
            return (vec![reading], Vec::new());
        }
        let reading = self.question(&sentence);
        let understood = reading.as_ref().is_some_and(|r| !matches!(r.form, Form::NotUnderstood { .. }));
        if !understood && let Some(plain) = plainer(text) {
            let sentence = Sentence::of(&plain, self.record);
            match self.question(&sentence) {
                Some(r) if !matches!(r.form, Form::NotUnderstood { .. }) => {
                    return (vec![Reading { text: text.to_owned(), ..r }], Vec::new());
                }
                Some(_) => {}
                None if reading.is_some() => {
                    return match self.by_its_gist(&sentence) {
                        Some(read) => (vec![Reading { text: text.to_owned(), ..read }], Vec::new()),
                        None => (Vec::new(), self.statement(&sentence).into_iter().collect()),
                    };
                }
                None => {}
            }
        }
        if let Some(reading) = self.by_its_gist(&sentence).filter(|_| !understood) {
            return (vec![reading], Vec::new());
        }
        match reading {
            Some(reading) => (vec![reading], Vec::new()),
            None => (Vec::new(), self.statement(&sentence).into_iter().collect()),
        }
    }

    /// A claim that no rule reads whole, as the one it comes to.
    fn by_its_gist(&self, s: &Sentence) -> Option<Reading> {
        let plainly = gist(s, self.record).filter(|_| supposed(s, true).is_none())?;
        let mut reading = self.question(&Sentence::of(&plainly, self.record))?;
        let read =
            matches!(reading.form, Form::BaseRate { .. } | Form::Lengths { .. } | Form::Sequels { .. });
        reading.text.clone_from(&s.text);
        reading.assumed.insert(0, format!("No rule reads the sentence whole; it is weighed as \"{plainly}\", and what else it says is left out."));
        read.then_some(reading)
    }

    /// A lone sentence in the present tense, as a what-if: "Lithuania rejects the ultimatum of March 1938".
    pub(crate) fn told(&self, s: &Sentence) -> Option<Reading> {
        let supposed = told_in_the_present(s)?;
        let focus = s.focus(self.record);
        if focus.is_empty() && !s.starts(&["no"]) {
            return None;
        }
        let (mut assumed, mut not_understood) = (s.read_as.clone(), Vec::new());
        let form = self.what_if(s, focus, &supposed, &mut assumed, &mut not_understood);
        assumed.push(
            "Told in the present tense, this is read as a what-if; what happened is asked in the past tense."
                .to_owned(),
        );
        Some(Reading { text: s.text.clone(), form, assumed, not_understood })
    }
}

/// A sentence without the question hung on it: "..., didn't they?", "..., wasn't it the end of March?" A question before it stays one.
pub(crate) fn without_tag(text: &str) -> Cow<'_, str> {
    const DENIALS: [&str; 12] = [
        "didnt", "wasnt", "isnt", "werent", "dont", "doesnt", "hadnt", "havent", "hasnt", "wouldnt",
        "couldnt", "arent",
    ];
    const WHO: [&str; 7] = ["it", "they", "he", "she", "we", "you", "there"];
    let Some((head, tag)) = text.rsplit_once(',') else { return text.into() };
    let words: Vec<String> = crate::text::words_of(tag).into_iter().map(|w| w.folded).collect();
    let [denial, who, rest @ ..] = &words[..] else { return text.into() };
    let asks = crate::text::words_of(head).first().is_some_and(|w| {
        matches!(w.folded.as_str(), "when" | "who" | "what" | "which" | "where" | "why" | "how")
    });
    let hung = text.trim_end().ends_with('?')
        && DENIALS.contains(&denial.as_str())
        && WHO.contains(&who.as_str())
        && (rest.is_empty() || asks);
    match (hung, asks) {
        (true, true) => format!("{head}?").into(),
        (true, false) => head.into(),
        _ => text.into(),
    }
}
