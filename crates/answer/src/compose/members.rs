//! Who belongs to a group of states, by the casebook.

use jonbar_question::Reading;
use jonbar_record::GroupId;

use super::cite::Citer;
use super::study::Study;
use super::{blank, finish, words};
use crate::answer::{Answer, RecordList, Section};

/// The members of a group, with the pacts that bind all of them and nobody else.
pub(crate) fn answer(study: &Study, reading: &Reading, group: GroupId) -> Answer {
    let record = study.record;
    let group = &record.groups[group.0];
    let mut citer = Citer::new(record);
    let mut answer =
        blank(reading, "fact", format!("Which states does the casebook count among the {}?", group.name));
    answer.summary.push(format!("{}.", words::capital(&words::names(study, &group.members))));
    let own = |e: &&jonbar_record::Event| {
        e.kind == jonbar_record::EventKind::PactSigned
            && e.pact.is_some_and(|p| {
                let parties = &record.pacts[p.0].parties;
                parties.len() == group.members.len() && group.members.iter().all(|m| parties.contains(m))
            })
    };
    let signed: Vec<_> = record.events.iter().filter(own).collect();
    if !signed.is_empty() {
        answer.sections.push(Section::Record(RecordList {
            title: "The record".to_owned(),
            intro: "Pacts of all of them and nobody else.".to_owned(),
            entries: signed.into_iter().map(|e| citer.entry(e)).collect(),
        }));
    }
    finish(answer, citer)
}
