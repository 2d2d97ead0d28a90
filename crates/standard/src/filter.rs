//! [`Filter`]: the words by which forms say which money a table, row or column shows.
//!
//! A filter is a list of words, such as `expenditure general_public basic`. Each word belongs to one
//! dimension of the fact space; `+` joins words of one dimension. What a filter does not mention it
//! leaves open. Table, block, row and column each narrow the key: along measure and stage the last
//! word wins, since a row may say that it shows something else than its block; along every other
//! dimension the filters intersect.
//!
//! Some words say what no code says: `last` is the year before, `change` what it is more than that year,
//! `procurement` what is bought, `part:NAME` a part with that name, `government:501` a class of the
//! government's own economic classification.

use mingzhang_model::code::EconomicCode;
use mingzhang_model::detail::{Aspect, Details};
use mingzhang_model::key::{Economic, Fund, Key, Kind, Measure, Stage, UnitKind, fiscal_appropriation};
use mingzhang_model::set::{Member, Set};

/// Which money something shows. `None` leaves a dimension open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Which movements.
    pub measures: Option<Set<Measure>>,
    /// At which stage.
    pub stage: Option<Stage>,
    /// Whose money.
    pub funds: Option<Set<Fund>>,
    /// Spent as what.
    pub kinds: Option<Set<Kind>>,
    /// By which kinds of unit.
    pub units: Option<Set<UnitKind>>,
    /// On which economic codes.
    pub economic: Option<Economic>,
    /// How many years before the document's own.
    pub years_back: u16,
    /// What no code says.
    pub details: Details,
}

/// Sets of economic codes that forms speak of by name. The categories of 三公 follow the economic
/// classification: purchase of vehicles is 31013, and 30913 where it is capital construction.
const ECONOMIC_WORDS: [(&str, &str); 8] = [
    ("personnel", "301+303"),
    ("operating", "302+307+309+310+311+312+313+399"),
    ("three_public", "30212+30217+30231+31013+30913"),
    ("overseas_trips", "30212"),
    ("receptions", "30217"),
    ("vehicles", "30231+31013+30913"),
    ("vehicle_purchase", "31013+30913"),
    ("vehicle_running", "30231"),
];

impl Filter {
    /// Parses the words. `incoming` and `outgoing` stand for the form's own totals of either side.
    pub fn parse(text: &str, incoming: Set<Measure>, outgoing: Set<Measure>) -> Result<Filter, String> {
        let mut filter = Filter::default();
        for group in text.split_whitespace() {
            match group {
                "incoming" => filter.measures = Some(incoming),
                "outgoing" => filter.measures = Some(outgoing),
                _ => filter.add(group)?,
            }
        }
        Ok(filter)
    }

    fn add(&mut self, group: &str) -> Result<(), String> {
        if let Some((aspect, path)) = detail(group) {
            self.details = self.details.with(aspect, path);
        } else if group == "last" {
            self.years_back = 1;
        } else if let Some(stage) = Stage::ALL.iter().find(|stage| stage.word() == group) {
            self.stage = Some(*stage);
        } else if let Some(funds) = funds(group) {
            self.funds = Some(funds);
        } else if let Some(set) = members::<Measure>(group) {
            self.measures = Some(set);
        } else if let Some(set) = members::<Kind>(group) {
            self.kinds = Some(set);
        } else if let Some(set) = members::<UnitKind>(group) {
            self.units = Some(set);
        } else if let Some(economic) = economic(group) {
            self.economic = Some(economic);
        } else {
            return Err(format!("“{group}” is no fund, measure, kind, unit kind, stage or economic code"));
        }
        Ok(())
    }

    /// Narrows a key by this filter.
    pub fn narrow(&self, key: &mut Key) {
        if let Some(measures) = self.measures {
            key.measures = measures;
        }
        if let Some(stage) = self.stage {
            key.stage = stage;
        }
        if let Some(funds) = self.funds {
            key.funds = key.funds.intersection(funds);
        }
        if let Some(kinds) = self.kinds {
            key.kinds = key.kinds.intersection(kinds);
        }
        if let Some(units) = self.units {
            key.units = key.units.intersection(units);
        }
        if let Some(economic) = &self.economic {
            key.economic = key.economic.intersection(economic);
        }
        key.year = key.year.saturating_sub(self.years_back);
        key.details = key.details.and(&self.details);
    }
}

/// `change`, `procurement`, `part:NAME`, `government:CODE`.
fn detail(group: &str) -> Option<(Aspect, &str)> {
    match group {
        "change" => Some((Aspect::Change, "")),
        "procurement" => Some((Aspect::Procurement, "")),
        _ => match group.split_once(':')? {
            ("part", name) => Some((Aspect::Part, name)),
            ("government", code) => Some((Aspect::Government, code)),
            _ => None,
        },
    }
}

/// A set of funds, `fiscal` standing for the three of the appropriation.
pub fn funds(group: &str) -> Option<Set<Fund>> {
    group.split('+').try_fold(Set::EMPTY, |set, word| {
        let more = if word == "fiscal" { fiscal_appropriation() } else { members::<Fund>(word)? };
        Some(set.union(more))
    })
}

/// The members of one dimension that the words name; none if one word is not of it.
pub fn members<M: Member>(group: &str) -> Option<Set<M>> {
    group.split('+').map(|word| M::ALL.iter().copied().find(|m| m.word() == word)).collect()
}

fn economic(group: &str) -> Option<Economic> {
    let codes = ECONOMIC_WORDS.iter().find(|(word, _)| *word == group).map_or(group, |(_, codes)| codes);
    let codes: Option<Vec<EconomicCode>> = codes.split('+').map(EconomicCode::parse).collect();
    codes.map(Economic::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Filter, String> {
        Filter::parse(text, Set::only(Measure::Income), Set::only(Measure::Expenditure))
    }

    #[test]
    fn words_narrow_a_key() {
        let mut key = Key::everything(2024, Stage::Initial, Set::all());
        parse("expenditure fiscal").unwrap().narrow(&mut key);
        parse("general_public basic personnel").unwrap().narrow(&mut key);
        assert_eq!(key.to_string(), "2024/initial/expenditure funds=general_public kinds=basic economic=301+303");
    }

    #[test]
    fn the_last_word_on_measure_and_stage_wins() {
        let mut key = Key::everything(2024, Stage::FinalAccounts, Set::all());
        parse("expenditure").unwrap().narrow(&mut key);
        parse("closing initial").unwrap().narrow(&mut key);
        assert_eq!((key.measures, key.stage), (Set::only(Measure::Closing), Stage::Initial));
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(parse("expenditure genral_public").unwrap_err().contains("genral_public"));
    }

    #[test]
    fn personnel_and_operating_make_up_every_class() {
        let codes = ECONOMIC_WORDS[..2].iter().flat_map(|(_, codes)| codes.split('+'));
        assert!(Economic::of(codes.filter_map(EconomicCode::parse)).is_all());
    }
}
