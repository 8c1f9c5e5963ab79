//! From a row of each file to what it stands for.

use super::cells::{RowReader, advice};
use crate::date::Window;
use crate::entities::*;
use crate::event::{Event, EventKind, Office};
use crate::names::nearest;
use crate::table::Cell;
use crate::wars::War;

impl RowReader<'_, '_> {
    pub(super) fn actor(&mut self, record: &mut Record) -> Option<()> {
        let code = self.id(|id| record.actors.iter().any(|a| a.code == id))?;
        let cells: Vec<Cell> = self.cell("exists").parts().collect();
        let exists: Option<Vec<Window>> = cells.into_iter().map(|c| self.window(c)).collect();
        record.actors.push(Actor {
            code,
            name: self.text("name"),
            exists: exists?,
            great_power: self.cell("great_power").text == "yes",
            aliases: self.list("names"),
            demonyms: self.list("demonyms"),
            metonyms: self.list("metonyms"),
            capital: self.text("capital"),
            position: self.position()?,
        });
        Some(())
    }

    pub(super) fn person(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.people.iter().any(|p| p.id == id))?;
        let actor =
            if self.cell("actor").text.is_empty() { None } else { Some(self.actor_in(record, "actor")?) };
        record.people.push(Person { id, name: self.text("name"), aliases: self.list("aliases"), actor });
        Some(())
    }

    pub(super) fn territory(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.territories.iter().any(|t| t.id == id))?;
        let holder =
            if self.cell("holder").text.is_empty() { None } else { Some(self.actor_in(record, "holder")?) };
        record.territories.push(Territory {
            id,
            name: self.text("name"),
            aliases: self.list("aliases"),
            holder,
            position: self.position()?,
            note: self.text("note"),
        });
        Some(())
    }

    pub(super) fn landmark(&mut self, record: &mut Record) -> Option<()> {
        let cells: Vec<Cell> = self.cell("territories").parts().collect();
        let territories: Option<Vec<TerritoryId>> =
            cells.into_iter().map(|c| self.territory_named(record, c)).collect();
        record.places.push(Place {
            name: self.text("name"),
            aliases: self.list("aliases"),
            kind: self.text("kind"),
            territories: territories?,
        });
        Some(())
    }

    pub(super) fn claim(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.claims.iter().any(|c| c.id == id))?;
        let cells: Vec<Cell> = self.cell("asserted").parts().collect();
        let asserted: Option<Vec<Window>> = cells.into_iter().map(|c| self.window(c)).collect();
        let settled =
            if self.cell("settled").text.is_empty() { None } else { Some(self.when(self.cell("settled"))?) };
        let salience = match self.cell("salience").text {
            "low" => 1,
            "medium" => 2,
            "high" => 3,
            other => {
                let cell = self.cell("salience");
                self.problems.push(
                    cell.problem(format!("`{other}` is not a salience")).help("write low, medium or high"),
                );
                return None;
            }
        };
        record.claims.push(Claim {
            id,
            territory: self.territory_named(record, self.cell("territory"))?,
            claimant: self.actor_in(record, "claimant")?,
            live: self.window_between("start", "end")?,
            asserted: asserted?,
            settled,
            settled_by: self.text("settled_by"),
            salience,
            basis: self.text("basis"),
            note: self.text("note"),
            citations: self.citations(record, "sources")?,
            place: self.place(),
        });
        Some(())
    }

    pub(super) fn border(&mut self, record: &mut Record) -> Option<()> {
        record.borders.push(Border {
            a: self.actor_in(record, "a")?,
            b: self.actor_in(record, "b")?,
            window: self.window_between("from", "to")?,
            land: self.cell("kind").text == "land",
        });
        Some(())
    }

    pub(super) fn pact(&mut self, record: &mut Record) -> Option<()> {
        let id = self.id(|id| record.pacts.iter().any(|p| p.id == id))?;
        let cells: Vec<Cell> = self.cell("types").parts().collect();
        let types: Option<Vec<PactType>> =
            cells.into_iter().map(|c| self.word(c, &PactType::ALL, PactType::name)).collect();
        let end_cell = self.cell("end");
        let end = match end_cell.text {
            "" | ".." => None,
            _ => Some(self.when(end_cell)?),
        };
        let term_years =
            if self.cell("term_years").text.is_empty() { None } else { Some(self.number("term_years")?) };
        record.pacts.push(Pact {
            id,
            name: self.text("name"),
            types: types?,
            parties: self.actors_in(record, "parties")?,
            signed: self.when(self.cell("signed"))?,
            term_years,
            aliases: self.list("aliases"),
            conditions: self.text("conditions"),
            end,
            end_kind: self.word(self.cell("end_kind"), &PactEnd::ALL, PactEnd::name)?,
            ended_by: self.actors_in(record, "ended_by")?,
            atop: self.text("atop"),
            notes: self.text("notes"),
            citations: self.citations(record, "sources")?,
            place: self.place(),
        });
        Some(())
    }

    pub(super) fn stance(&mut self, record: &mut Record) -> Option<()> {
        record.stances.push(Stance {
            person: self.person_named(record, self.cell("person"))?,
            actor: self.actor_in(record, "actor")?,
            towards: self.actor_in(record, "towards")?,
            kind: self.word(self.cell("stance"), &StanceKind::ALL, StanceKind::name)?,
            window: self.window_between("from", "to")?,
            summary: self.text("summary"),
            citations: self.citations(record, "sources")?,
            confidence: self.confidence()?,
        });
        Some(())
    }

    pub(super) fn capability(&mut self, record: &mut Record) -> Option<()> {
        let (actor, year) = (self.actor_in(record, "actor")?, self.number("year")? as i32);
        let index = if self.table.has("index") {
            self.positive("index")?
        } else {
            (self.positive("population_thousands")? * self.positive("output_millions_1990_dollars")?).sqrt()
        };
        record.capabilities.push(Capability { actor, year, index });
        Some(())
    }

    pub(super) fn regime(&mut self, record: &mut Record) -> Option<()> {
        let democracy = match self.cell("regime").text {
            "democracy" => true,
            "other" => false,
            text => {
                let problem = self.cell("regime").problem(format!("`{text}` is not a sort of regime"));
                self.problems.push(problem.help("write democracy or other"));
                return None;
            }
        };
        record.regimes.push(Regime {
            actor: self.actor_in(record, "actor")?,
            window: self.window_between("from", "to")?,
            democracy,
        });
        Some(())
    }

    pub(super) fn war(&mut self, record: &mut Record) -> Option<()> {
        let cell = self.cell("begun");
        let found = record.event(cell.text);
        let begins = |id: &EventId| record.events[id.0].kind == EventKind::WarBegun;
        let Some(begun) = found.filter(begins) else {
            let known = record.events.iter().filter(|e| e.kind == EventKind::WarBegun).map(|e| e.id.as_str());
            let near = nearest(cell.text, known, 3).join(", ");
            let message = match found {
                Some(_) => format!("`{}` is no war_begun", cell.text),
                None => format!("unknown event `{}`", cell.text),
            };
            let help = if near.is_empty() {
                "name the war_begun event by its id".to_owned()
            } else {
                format!("nearest: {near}")
            };
            self.problems.push(cell.problem(message).help(help));
            return None;
        };
        record.wars.push(War { name: self.text("name"), aliases: self.list("aliases"), begun });
        Some(())
    }

    /// Everything of an event but `follows`, which may point forward.
    pub(super) fn event(&mut self, record: &Record) -> Option<Event> {
        let when = self.when(self.cell("date"));
        let kind = self.word(self.cell("kind"), EventKind::ALL, EventKind::name);
        let actors = self.actors_in(record, "actors");
        let targets = self.actors_in(record, "targets");
        let (mut territories, mut about) = (Vec::new(), Vec::new());
        let about_cells: Vec<Cell> = self.cell("about").parts().collect();
        for cell in about_cells {
            match record.actor(cell.text) {
                Some(actor) => about.push(actor),
                None => territories.push(self.territory_named(record, cell)?),
            }
        }
        let pact_cell = self.cell("pact");
        let pact = record.pact(pact_cell.text);
        if pact.is_none() && !pact_cell.text.is_empty() {
            let near = nearest(pact_cell.text, record.pacts.iter().map(|p| p.id.as_str()), 3);
            self.problems.push(
                pact_cell
                    .problem(format!("unknown pact `{}`", pact_cell.text))
                    .help(advice(&near, "pacts.csv")),
            );
        }
        let person_cells: Vec<Cell> = self.cell("person").parts().collect();
        let people: Option<Vec<PersonId>> =
            person_cells.into_iter().map(|c| self.person_named(record, c)).collect();
        let office_cell = self.cell("office");
        let office = if office_cell.text.is_empty() {
            None
        } else {
            Some(self.word(office_cell, &Office::ALL, Office::name)?)
        };
        let also_dated = self.also_dated(record)?;
        let citations = self.citations(record, "sources");
        let confidence = self.confidence();
        Some(Event {
            id: self.text("id"),
            when: when?,
            kind: kind?,
            actors: actors?,
            targets: targets?,
            territories,
            about,
            pact,
            people: people?,
            office,
            mark: self.text("mark"),
            follows: None,
            also_dated,
            summary: self.text("summary"),
            citations: citations?,
            confidence: confidence?,
            place: self.place(),
        })
    }
}
