//! The what-if as a file.

use super::*;

/// The what-if as a file that `jonbar run` reads, so that a run card repeats it exactly.
pub(super) fn whatif_toml(study: &Study, whatif: &WhatIf) -> String {
    let record = study.record;
    let quote = |s: &str| toml::Value::from(s).to_string();
    let mut out = format!(
        "format = 1\nid = {}\ntitle = {}\nquestion = {}\nnote = {}\ndate = \"{}\"\n",
        quote(&whatif.id),
        quote(&whatif.title),
        quote(&whatif.question),
        quote(&whatif.note),
        whatif.day
    );
    let assumptions = &whatif.assumptions;
    if *assumptions != Assumptions::default() {
        let kinds: Vec<String> = assumptions.held.iter().map(|k| quote(k.name())).collect();
        out.push_str(&format!(
            "\n[assume]\npact_effect = {}\nhold = [{}]\n",
            quote(assumptions.pact_effect.name()),
            kinds.join(", ")
        ));
    }
    for action in &whatif.actions {
        out.push_str("\n[[change]]\n");
        let code = |a: usize| record.actors[a].code.clone();
        let text = match action {
            Action::Add { kind: Kind::TerritorialDemand, a, claim, mark, day, .. } => {
                let land = claim.map(|c| study.world.territories[study.world.claims[c].territory].clone());
                format!(
                    "add = \"territorial_demand\"\nby = \"{}\"\non = \"{}\"\nmark = \"{}\"\ndate = \"{day}\"\n",
                    code(*a),
                    land.unwrap_or_default(),
                    mark.map_or("resisted", |m| m.name())
                )
            }
            Action::Add { kind, a, b, day, .. } => {
                format!(
                    "add = \"{}\"\nby = \"{}\"\non = \"{}\"\ndate = \"{day}\"\n",
                    kind.name(),
                    code(*a),
                    code(*b)
                )
            }
            Action::Prevent { event } => format!("prevent = \"{}\"\n", record.events[event.0].id),
            Action::Move { event, day } => {
                format!("move = \"{}\"\nto = \"{day}\"\n", record.events[event.0].id)
            }
            Action::Answer { event, mark } => {
                format!("answer = \"{}\"\nmark = \"{}\"\n", record.events[event.0].id, mark.name())
            }
            Action::Keep { person, actor, office, from, until } => format!(
                "keep = \"{}\"\noffice = \"{}\"\nof = \"{}\"\ndate = \"{from}\"\nuntil = \"{until}\"\n",
                record.people[person.0].id,
                office.name(),
                code(*actor)
            ),
            Action::Leave { person, actor, office, day } => format!(
                "leave = \"{}\"\noffice = \"{}\"\nof = \"{}\"\ndate = \"{day}\"\n",
                record.people[person.0].id,
                office.name(),
                code(*actor)
            ),
            Action::Set { change, day, .. } => match change {
                StateChange::Relations { a, b, on } => format!(
                    "set = \"{}\"\nby = \"{}\"\non = \"{}\"\ndate = \"{day}\"\n",
                    if *on { "relations" } else { "no_relations" },
                    code(*a),
                    code(*b)
                ),
                StateChange::Sphere { to, over } => {
                    format!(
                        "set = \"sphere_conceded\"\nof = \"{}\"\nover = \"{}\"\ndate = \"{day}\"\n",
                        code(*to),
                        code(*over)
                    )
                }
                StateChange::Holder { territory, to: Some(to), .. } => format!(
                    "set = \"holder\"\nof = \"{}\"\non = \"{}\"\ndate = \"{day}\"\n",
                    code(*to),
                    study.world.territories[*territory]
                ),
                // Nothing else can be set.
                _ => String::new(),
            },
        };
        out.push_str(&text);
    }
    for o in &whatif.outcomes {
        out.push_str(&format!("\n[[outcome]]\nask = {}\nlabel = {}\n", quote(&o.ask), quote(&o.label)));
    }
    out
}
