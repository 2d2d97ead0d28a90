//! The rules: a page each, and beside it a function for those that are more than a name for
//! identities. A function sees the document and its facts, and nothing else.

pub(crate) mod cd001;
pub(crate) mod cd004;
pub(crate) mod cm001;
pub(crate) mod cm004;
pub(crate) mod cm005;
pub(crate) mod cm021;
pub(crate) mod cm026;
pub(crate) mod cm027;
pub(crate) mod ct002;
pub(crate) mod ct003;
pub(crate) mod ct007;
pub(crate) mod ct009;
pub(crate) mod ct010;
pub(crate) mod ct011;
pub(crate) mod dw001;
pub(crate) mod dw002;
pub(crate) mod dw003;
pub(crate) mod dw004;
pub(crate) mod dw005;
pub(crate) mod dw006;
pub(crate) mod dw007;
pub(crate) mod dw008;
pub(crate) mod dw009;
pub(crate) mod dw010;
pub(crate) mod dw011;
pub(crate) mod dw012;
pub(crate) mod hi005;
pub(crate) mod hi007;
pub(crate) mod hi008;
pub(crate) mod hi010;
pub(crate) mod hi012;
pub(crate) mod hi013;
pub(crate) mod na006;
pub(crate) mod na007;
pub(crate) mod na008;
pub(crate) mod na009;
pub(crate) mod na010;
pub(crate) mod na013;
pub(crate) mod na014;
pub(crate) mod na015;
pub(crate) mod na016;
pub(crate) mod na017;
pub(crate) mod na018;
pub(crate) mod na019;
pub(crate) mod na021;
pub(crate) mod nt001;
pub(crate) mod nt002;
pub(crate) mod nt003;
pub(crate) mod nt004;
pub(crate) mod nt005;
pub(crate) mod nt006;
pub(crate) mod nt007;
pub(crate) mod nt008;
pub(crate) mod nt009;
pub(crate) mod nt010;
pub(crate) mod nt011;
pub(crate) mod nt012;
pub(crate) mod nt013;
pub(crate) mod nt014;
pub(crate) mod nt015;
pub(crate) mod nt016;
pub(crate) mod nt017;
pub(crate) mod nt021;
pub(crate) mod nt022;
pub(crate) mod nt023;
pub(crate) mod nt024;
pub(crate) mod op001;
pub(crate) mod op008;
pub(crate) mod op009;
pub(crate) mod op011;
pub(crate) mod op015;
pub(crate) mod op016;
pub(crate) mod sg001;
pub(crate) mod sg014;
pub(crate) mod ta028;
pub(crate) mod ta029;
pub(crate) mod ta030;
pub(crate) mod tx001;
pub(crate) mod tx002;
pub(crate) mod tx003;
pub(crate) mod tx004;
pub(crate) mod tx005;
pub(crate) mod tx006;
pub(crate) mod tx007;
pub(crate) mod tx008;
pub(crate) mod tx009;
pub(crate) mod tx011;
pub(crate) mod tx012;
pub(crate) mod tx013;
pub(crate) mod tx014;
pub(crate) mod tx015;
pub(crate) mod tx017;
pub(crate) mod tx019;
pub(crate) mod tx021;
pub(crate) mod um001;
pub(crate) mod um003;
pub(crate) mod um009;
pub(crate) mod um010;

use crate::registry;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts, Row, Statement, Text};
use mingzhang_model::finding::Finding;
use mingzhang_model::key::Key;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::form::{self, TableForm};

/// A rule in code.
pub(crate) type Check = fn(&Document, &Facts) -> Outcome;

/// The rules in code, by the code of their page.
pub(crate) const CHECKS: &[(&str, Check)] = &[
    ("CD001", cd001::check),
    ("CD004", cd004::check),
    ("CM001", cm001::check),
    ("CM004", cm004::check),
    ("CM005", cm005::check),
    ("CM021", cm021::check),
    ("CM026", cm026::check),
    ("CM027", cm027::check),
    ("CT002", ct002::check),
    ("CT003", ct003::check),
    ("CT007", ct007::check),
    ("CT009", ct009::check),
    ("CT010", ct010::check),
    ("CT011", ct011::check),
    ("DW001", dw001::check),
    ("DW002", dw002::check),
    ("DW003", dw003::check),
    ("DW004", dw004::check),
    ("DW005", dw005::check),
    ("DW006", dw006::check),
    ("DW007", dw007::check),
    ("DW008", dw008::check),
    ("DW009", dw009::check),
    ("DW010", dw010::check),
    ("DW011", dw011::check),
    ("DW012", dw012::check),
    ("HI005", hi005::check),
    ("HI007", hi007::check),
    ("HI008", hi008::check),
    ("HI010", hi010::check),
    ("HI012", hi012::check),
    ("HI013", hi013::check),
    ("NA006", na006::check),
    ("NA007", na007::check),
    ("NA008", na008::check),
    ("NA009", na009::check),
    ("NA010", na010::check),
    ("NA013", na013::check),
    ("NA014", na014::check),
    ("NA015", na015::check),
    ("NA016", na016::check),
    ("NA017", na017::check),
    ("NA018", na018::check),
    ("NA019", na019::check),
    ("NA021", na021::check),
    ("NT006", nt006::check),
    ("NT007", nt007::check),
    ("NT016", nt016::check),
    ("NT017", nt017::check),
    ("NT021", nt021::check),
    ("NT022", nt022::check),
    ("NT023", nt023::check),
    ("NT024", nt024::check),
    ("OP008", op008::check),
    ("OP009", op009::check),
    ("OP011", op011::check),
    ("OP015", op015::check),
    ("OP016", op016::check),
    ("SG014", sg014::check),
    ("TA028", ta028::check),
    ("TA029", ta029::check),
    ("TA030", ta030::check),
    ("TX001", tx001::check),
    ("TX002", tx002::check),
    ("TX003", tx003::check),
    ("TX004", tx004::check),
    ("TX005", tx005::check),
    ("TX006", tx006::check),
    ("TX007", tx007::check),
    ("TX008", tx008::check),
    ("TX009", tx009::check),
    ("TX011", tx011::check),
    ("TX012", tx012::check),
    ("TX013", tx013::check),
    ("TX014", tx014::check),
    ("TX015", tx015::check),
    ("TX017", tx017::check),
    ("TX019", tx019::check),
    ("TX021", tx021::check),
    ("UM001", um001::check),
    ("UM003", um003::check),
    ("UM009", um009::check),
    ("UM010", um010::check),
];

/// Which named amounts of the narrative a rule holds against the tables: by table and key.
pub(crate) type Wanted = fn(&str, &Key) -> bool;

/// The rules that hold the narrative against the tables, by the code of their page.
pub(crate) const NAMED: &[(&str, Wanted)] = &[
    ("NT001", nt001::wanted),
    ("NT002", nt002::wanted),
    ("NT003", nt003::wanted),
    ("NT004", nt004::wanted),
    ("NT005", nt005::wanted),
    ("NT008", nt008::wanted),
    ("NT009", nt009::wanted),
    ("NT010", nt010::wanted),
    ("NT011", nt011::wanted),
    ("NT012", nt012::wanted),
    ("NT013", nt013::wanted),
    ("NT014", nt014::wanted),
    ("NT015", nt015::wanted),
    ("OP001", op001::wanted),
    ("SG001", sg001::wanted),
];

/// Collects what a rule finds as it goes over a document.
pub(crate) struct Verdicts {
    code: &'static str,
    findings: Vec<Finding>,
    passed: usize,
}

impl Verdicts {
    pub(crate) fn of(code: &'static str) -> Verdicts {
        Verdicts { code, findings: Vec::new(), passed: 0 }
    }

    /// One comparison that held.
    pub(crate) fn pass(&mut self) {
        self.passed += 1;
    }

    /// One that did not, with the severity of the page. `what` tells findings of one rule apart.
    pub(crate) fn fail(&mut self, location: Locator, what: &str, message: String) -> &mut Finding {
        let severity = registry::rule(self.code).severity;
        self.fail_as(severity, location, what, message)
    }

    /// One that did not, with a severity of its own.
    pub(crate) fn fail_as(
        &mut self,
        severity: Severity,
        location: Locator,
        what: &str,
        message: String,
    ) -> &mut Finding {
        let rule = registry::rule(self.code);
        self.findings.push(Finding {
            rule: rule.code.clone(),
            name: rule.name.clone(),
            severity,
            message,
            found: location.quote.clone().filter(|quote| !quote.is_empty()),
            location,
            related: Vec::new(),
            expected: None,
            difference: None,
            basis: rule.basis.clone(),
            culprit: None,
            also: Vec::new(),
            fingerprint: format!("{}:{what}", rule.code),
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// The outcome together with another of the same rule.
    pub(crate) fn join(mut self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Failed { findings, passed } => {
                self.findings.splice(0..0, findings);
                self.passed += passed;
            }
            Outcome::Passed(passed) => self.passed += passed,
            Outcome::NotApplicable(why) | Outcome::Undecided(why) => return self.outcome(&why),
        }
        self.outcome("")
    }

    /// The outcome; `otherwise` says why when nothing was there to compare.
    pub(crate) fn outcome(self, otherwise: &str) -> Outcome {
        match (self.findings.is_empty(), self.passed) {
            (false, passed) => Outcome::Failed { findings: self.findings, passed },
            (true, 0) => Outcome::NotApplicable(otherwise.into()),
            (true, passed) => Outcome::Passed(passed),
        }
    }
}

/// The form's own description of a statement.
pub(crate) fn form_of(facts: &Facts, statement: &Statement) -> Option<&'static TableForm> {
    form::form(facts.disclosure.form?)?.tables.iter().find(|table| table.code == statement.code)
}

/// The facts of one statement.
pub(crate) fn facts_of(facts: &Facts, statement: usize) -> impl Iterator<Item = &Fact> {
    facts.facts.iter().filter(move |fact| fact.statement == statement)
}

/// True when no cell of the statement holds money.
pub(crate) fn is_empty(facts: &Facts, statement: usize) -> bool {
    facts_of(facts, statement).all(|fact| fact.printed.amount().is_zero())
        && facts.unkeyed.iter().all(|cell| cell.statement != statement)
}

/// Where words of a statement stand.
pub(crate) fn words_of(statement: &Statement, text: &Text) -> Locator {
    Locator {
        place: text.place,
        table: Some(statement.title.text.clone()),
        quote: Some(text.text.clone()),
        ..Locator::default()
    }
}

/// Where a statement begins.
pub(crate) fn title_of(statement: &Statement) -> Locator {
    words_of(statement, &statement.title)
}

/// Where the head of a row stands.
pub(crate) fn row_of(statement: &Statement, row: &Row, quote: &str) -> Locator {
    Locator {
        place: row.place,
        table: Some(statement.title.text.clone()),
        row: Some(row.name.clone()),
        quote: Some(quote.to_string()),
        ..Locator::default()
    }
}
