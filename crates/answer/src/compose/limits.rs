//! What every computed answer cannot know.

use jonbar_model::Kind;

use super::study::Study;
use crate::answer::{Notes, Section};

/// The limits of a what-if answer, with the warnings of the fit for the kinds it rests on.
pub(crate) fn section(study: &Study, kinds: &[Kind]) -> Section {
    let mut text = vec![
        format!(
            "History had no other run. These are the odds of a model fitted to the recorded events of {} to {}, not a prediction; \
             within the model everything that the change does not touch stays as it was.",
            study.record.span.from.year(),
            study.record.span.to.year()
        ),
        "The model sees pacts, claims, force, wars, relations, spheres of influence, office-holders' recorded stances, \
         and population and output. It does not see armies' plans, public opinion, trade or ideas."
            .to_owned(),
        "A pact's effect is estimated from few cases, and states signed with those they had reason to fear; read the \
         sign of that effect with the base-rate question beside it."
            .to_owned(),
        "Multilateral instruments, offices, elections, deaths and guarantees stay as recorded unless the change says \
         otherwise. A new pact is taken to stay in force until it is broken."
            .to_owned(),
    ];
    for &kind in kinds {
        for warning in &study.fit.of(kind).warnings {
            if warning.contains("events for") || warning.contains("converge") {
                text.push(format!("Fit of {}: {warning}.", kind.label()));
            }
        }
    }
    Section::Notes(Notes { title: "How far to trust this".to_owned(), points: true, text })
}
