//! What a link asks: the question, the settings, and what is moved by hand.
//!
//! Fields may come in any number and order: an emptied field is as good as none, of two the last counts, and what cannot be read is
//! left at its usual value, so that no link leads to a bare error.

use jonbar_counterfactual::{Moved, PactEffect};
use jonbar_model::Kind;
use jonbar_record::{Day, Window};

use super::work;
use crate::ask::Setup;

/// A link taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads the part of a link after `?`, or a form that was sent.
    pub(super) fn parse(text: &str) -> Query {
        let pairs = form_urlencoded::parse(text.as_bytes());
        Query { pairs: pairs.map(|(k, v)| (k.into_owned(), v.into_owned())).collect() }
    }

    /// The last value of a field that is not empty.
    pub(super) fn get(&self, field: &str) -> Option<&str> {
        self.all(field).last()
    }

    /// All values of a field that are not empty.
    fn all<'s, 'f>(&'s self, field: &'f str) -> impl Iterator<Item = &'s str> + use<'s, 'f> {
        let own = move |(k, v): &&'s (String, String)| k == field && !v.trim().is_empty();
        self.pairs.iter().filter(own).map(|(_, v)| v.trim())
    }

    /// A day, written like 1932-01-20.
    pub(super) fn day(&self, field: &str) -> Option<Day> {
        let window = Window::parse(self.get(field)?).ok()?;
        (window.from == window.to).then_some(window.from)
    }

    /// How to compute.
    pub(super) fn setup(&self) -> Setup {
        let mut held: Vec<String> = Vec::new();
        for kind in Kind::ALL {
            if self.all("hold").any(|k| k == kind.name()) {
                held.push(kind.name().to_owned());
            }
        }
        let mut left_out: Vec<usize> = self.all("without").filter_map(|n| n.parse().ok()).collect();
        left_out.sort_unstable();
        left_out.dedup();
        let moved = Moved {
            pact_effect: self.get("pact").and_then(PactEffect::parse).filter(|e| *e != PactEffect::Fitted),
            held,
            day: self.day("on").map(|d| d.0),
            left_out,
        };
        work::setup(
            self.get("runs").and_then(|r| r.parse().ok()),
            self.get("seed").and_then(|s| s.parse().ok()),
            self.get("fresh").is_some(),
            (self.get("models").is_some(), self.get("dates").is_some()),
            moved,
        )
    }
}

/// The link of a page with its settings.
pub(super) fn link(path: &str, question: Option<&str>, setup: &Setup) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(question) = question {
        query.append_pair("q", question);
    }
    query.append_pair("runs", &setup.runs.to_string()).append_pair("seed", &setup.seed.to_string());
    if setup.fresh_noise {
        query.append_pair("fresh", "1");
    }
    if setup.models {
        query.append_pair("models", "1");
    }
    if setup.dates {
        query.append_pair("dates", "1");
    }
    let moved = &setup.moved;
    if let Some(effect) = moved.pact_effect {
        query.append_pair("pact", effect.name());
    }
    for kind in &moved.held {
        query.append_pair("hold", kind);
    }
    if let Some(day) = moved.day {
        query.append_pair("on", &Day(day).to_string());
    }
    for n in &moved.left_out {
        query.append_pair("without", &n.to_string());
    }
    format!("{path}?{}", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every setting stands in the link of its page, and is read from it again.
    #[test]
    fn a_link_carries_every_setting() {
        let asked = Query::parse(
            "q=a%26b&runs=300&runs=&seed=7&seed=8&fresh=1&models=1&dates=1&pact=none&hold=war_begun&hold=nothing&hold=armed_dispute&on=1933-07-03\
             &without=2&without=2&without=x",
        );
        let setup = asked.setup();
        assert_eq!((setup.runs, setup.seed, setup.fresh_noise), (300, 8, true));
        assert!(setup.models && setup.dates);
        assert_eq!(setup.moved.held, ["armed_dispute", "war_begun"]);
        assert_eq!(setup.moved.left_out, [2]);
        let link = link("/ask", asked.get("q"), &setup);
        let again = Query::parse(link.split_once('?').unwrap().1);
        assert_eq!(again.get("q"), Some("a&b"));
        assert_eq!(again.setup(), setup);
        assert_eq!(
            Query::parse("runs=many&seed=-1&on=yesterday&pact=magic").setup(),
            Query::default().setup()
        );
    }
}
