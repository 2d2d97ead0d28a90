//! What a disclosure lacks, supplied: a person's words, numbers of the year before, the word that there was nothing.

use super::{CODE, Made, post};
use crate::office::unit;
use mingzhang_books::command::Command;
use mingzhang_books::entry::Known;
use mingzhang_books::pivot::Scope;
use mingzhang_books::registers::NONE;
use mingzhang_model::key::{Measure, Stage};
use mingzhang_model::set::{Member, Set};
use mingzhang_standard::filter::{funds, members};
use mingzhang_standard::form::Form;
use mingzhang_standard::register::registers;
use mingzhang_write::compose::{Lack, Missing};

/// Words for places that are not reasons.
const PLACES: [(&str, &str); 5] = [
    ("place", "普陀区"),
    ("overview", "本部门承担全市有关公共服务和管理工作"),
    ("goal/", "年度任务按期完成，支出控制在预算以内"),
    ("use/", "人员经费、日常公用经费和专项工作支出"),
    ("performance/", "各项工作按计划推进，资金管理规范"),
];

/// Words for reasons; they name no number and no direction.
const REASONS: [&str; 4] = ["按批准的任务安排", "人员变动和任务调整", "专项工作安排有变化", "按财政部门批复执行"];

impl Made {
    /// Supplies what is lacking.
    pub fn supply(&mut self, scope: &Scope, form: &Form, lacks: &[Lack]) {
        let commands: Vec<Command> = lacks.iter().flat_map(|lack| self.commands(scope, form, lack)).collect();
        self.sent += 1;
        post::post(&mut self.ledger, "审核", &format!("supply-{}", self.sent), commands);
    }

    fn commands(&mut self, scope: &Scope, form: &Form, lack: &Lack) -> Vec<Command> {
        let year = self.year;
        let explain = |place: String, words: &str| vec![Command::Explain(unit(CODE), year, place, words.to_owned())];
        match &lack.what {
            Missing::Words(place) => {
                let fixed = PLACES.iter().find(|(begin, _)| place.starts_with(begin)).map(|(_, words)| *words);
                let words = fixed.unwrap_or_else(|| self.random.word(&REASONS));
                explain(place.clone(), words)
            }
            Missing::Amount(what, year) => self.known(scope, form, what, *year),
            // A self-evaluation wants to know of the year before too.
            Missing::Figure(name) if name.starts_with("evaluation_") => {
                self.known(scope, form, "initial fiscal three_public", year - 1)
            }
            Missing::Figure(name) => match registers().iter().find(|own| own.figure(name).is_some()) {
                Some(register) => explain(format!("{NONE}{}", register.id), "本年没有"),
                None => panic!("no register has the figure {name}"),
            },
            Missing::Field(name) => panic!("{}: the field {name} is not filled", lack.section),
        }
    }

    /// Every movement of a sum of the year before, from the books of that year.
    fn known(&self, scope: &Scope, form: &Form, what: &str, year: u16) -> Vec<Command> {
        let domain = form.tables[0].domain;
        let (mut measures, mut stage) = (Set::only(Measure::Expenditure), form.stage);
        let (mut own_funds, mut others) = (String::new(), Vec::new());
        for word in what.split_whitespace() {
            if let Some(named) = Stage::ALL.iter().find(|stage| stage.word() == word) {
                stage = *named;
            } else if let Some(named) = members::<Measure>(word) {
                measures = named;
            } else if word == "incoming" {
                measures = domain.incoming;
            } else if word == "outgoing" {
                measures = domain.outgoing;
            } else if funds(word).is_some() {
                own_funds = word.to_owned();
            } else {
                others.push(word);
            }
        }
        let pivot = self.last_year(scope);
        let known = |measure| {
            let known = Known {
                unit: unit(CODE),
                year,
                stage,
                measure,
                funds: own_funds.clone(),
                kind: None,
                function: String::new(),
                economic: others.join(" "),
            };
            let amount = pivot.amount(&known.key().unwrap());
            Command::RecordAmount(known, amount, "上年公开的数".to_owned())
        };
        measures.iter().map(known).collect()
    }
}
