//! A premise told in a few sentences, and what is asked of it: "Prague rejects the Polish note. Do the Poles fight?"

use std::ops::Range;

use crate::read::Reader;
use crate::reading::{Form, Reading, Statement};
use crate::sentence::Sentence;
use crate::supposing::{is_present, supposed};
use crate::text::Passage;

/// A longer text is a discussion.
const SENTENCES_MAX: usize = 6;

impl Reader<'_> {
    /// A short text that begins with something to be changed, and goes on with more of it or with what is asked about it. `None` if it
    /// is anything else.
    pub(crate) fn scene(&mut self, passages: &[Passage]) -> Option<(Vec<Reading>, Vec<Statement>)> {
        let short = (2..=SENTENCES_MAX).contains(&passages.len()) && passages.iter().all(|p| !p.quoted);
        let (first, rest) = passages.split_first().filter(|_| short)?;
        let rest: Vec<Sentence> = rest.iter().map(|p| Sentence::of(&p.text, self.record)).collect();
        let premise = Sentence::of(&first.text, self.record);
        let mut scene = self.premise(&premise)?;
        if matches!(scene.form, Form::NotUnderstood { .. }) {
            if !rest.iter().any(Self::goes_on) {
                return None;
            }
            // Nothing can follow from what is not understood; what was can still be asked.
            let others = rest.iter().filter(|s| !Self::goes_on(s)).filter_map(|s| self.question(s));
            return Some((std::iter::once(scene).chain(others).collect(), Vec::new()));
        }
        self.remember(&premise);
        let (mut others, mut statements) = (Vec::new(), Vec::new());
        for s in &rest {
            let own = self.question(s);
            // A claim, a list, or another supposition is a question of its own.
            let apart = supposed(s, false).is_some()
                || own.as_ref().is_some_and(|r| {
                    !matches!(
                        r.form,
                        Form::NotUnderstood { .. }
                            | Form::Fact { .. }
                            | Form::LookUp { .. }
                            | Form::WhatIf { .. }
                    )
                });
            if apart {
                others.extend(own);
            } else if !s.is_question() && is_present(s, &whole(s)) {
                match self.premise(s) {
                    Some(more) if fits(&scene, &more) => join(&mut scene, more),
                    Some(more) => others.push(more),
                    None => scene.not_understood.push(format!("\"{}\" was not read as a change.", bare(s))),
                }
            } else if let (true, Form::WhatIf { changes, asked, .. }) =
                (asks_what_follows(s), &mut scene.form)
                && let Some(found) = self.asked(s, whole(s), changes)
            {
                asked.extend(found);
            } else {
                match own {
                    Some(reading) if !matches!(reading.form, Form::NotUnderstood { .. }) => {
                        others.push(reading);
                    }
                    // What was is a question of its own.
                    Some(reading) if s.has(&["did", "was", "were", "had"]) => others.push(reading),
                    Some(_) => scene.assumed.push(format!(
                        "\"{}\" is not read as an outcome to ask for; what concerns the states involved is shown.",
                        bare(s)
                    )),
                    None => statements.extend(self.statement(s)),
                }
            }
            self.remember(s);
        }
        let mut readings = vec![scene];
        readings.extend(others);
        Some((readings, statements))
    }

    /// A question of what would follow, or one without a verb: "Consequences for the winter of 1939?"
    fn goes_on(s: &Sentence) -> bool {
        asks_what_follows(s)
            || s.is_question() && !s.has(&["did", "was", "were", "had", "who", "when", "why"])
    }

    /// What a sentence supposes, or tells in the present tense.
    fn premise(&self, s: &Sentence) -> Option<Reading> {
        if supposed(s, true).is_some() { self.question(s) } else { self.told(s) }
    }
}

fn whole(s: &Sentence) -> Range<usize> {
    s.opening()..s.folded.len()
}

fn bare(s: &Sentence) -> &str {
    s.text.trim_end_matches(['?', '.', '!', ' '])
}

/// Whether more of a premise belongs to it: it is read as a change, and of no other time.
fn fits(scene: &Reading, more: &Reading) -> bool {
    match (&scene.form, &more.form) {
        (Form::WhatIf { focus, .. }, Form::WhatIf { focus: also, .. }) => {
            focus.window.is_none() || also.window.is_none() || focus.window == also.window
        }
        _ => false,
    }
}

/// Adds the changes of one reading to those of another.
fn join(scene: &mut Reading, more: Reading) {
    let (Form::WhatIf { changes, asked, focus }, Form::WhatIf { changes: new, asked: also, focus: when }) =
        (&mut scene.form, more.form)
    else {
        return;
    };
    changes.extend(new.into_iter().filter(|c| !changes.contains(c)).collect::<Vec<_>>());
    asked.extend(also);
    focus.window = focus.window.or(when.window);
    for (all, new) in [(&mut scene.assumed, more.assumed), (&mut scene.not_understood, more.not_understood)] {
        all.extend(new.into_iter().filter(|note| !all.contains(note)).collect::<Vec<_>>());
    }
    scene.text.push(' ');
    scene.text.push_str(&more.text);
}

/// A question of what would follow, and not of what was: "Would Germany have stepped in?", "Do the Poles fight?"
fn asks_what_follows(s: &Sentence) -> bool {
    let first = s.folded.get(s.opening()).map_or("", String::as_str);
    const FOLLOWS: [&str; 13] =
        ["would", "could", "might", "do", "does", "will", "can", "is", "are", "so", "then", "what", "how"];
    s.is_question()
        && FOLLOWS.contains(&first)
        && (s.has(&["would", "could", "might"]) || is_present(s, &whole(s)))
}
