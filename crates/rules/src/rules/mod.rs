//! The rules: a page each, and beside it a function for those that are more than a name for
//! identities. A function sees the document and its facts, and nothing else.

pub(crate) mod cd001;
pub(crate) mod cd002;
pub(crate) mod cd003;
pub(crate) mod cd004;
pub(crate) mod cd005;
pub(crate) mod cd006;
pub(crate) mod cd007;
pub(crate) mod cd008;
pub(crate) mod cd009;
pub(crate) mod cd010;
pub(crate) mod cd011;
pub(crate) mod cd012;
pub(crate) mod cm001;
pub(crate) mod cm002;
pub(crate) mod cm003;
pub(crate) mod cm004;
pub(crate) mod cm005;
pub(crate) mod cm006;
pub(crate) mod cm007;
pub(crate) mod cm008;
pub(crate) mod cm010;
pub(crate) mod cm011;
pub(crate) mod cm012;
pub(crate) mod cm013;
pub(crate) mod cm014;
pub(crate) mod cm015;
pub(crate) mod cm016;
pub(crate) mod cm021;
pub(crate) mod cm022;
pub(crate) mod cm024;
pub(crate) mod cm025;
pub(crate) mod cm026;
pub(crate) mod cm027;
pub(crate) mod cm028;
pub(crate) mod ct001;
pub(crate) mod ct002;
pub(crate) mod ct003;
pub(crate) mod ct004;
pub(crate) mod ct005;
pub(crate) mod ct006;
pub(crate) mod ct007;
pub(crate) mod ct008;
pub(crate) mod ct009;
pub(crate) mod ct010;
pub(crate) mod ct011;
pub(crate) mod ct012;
pub(crate) mod ct013;
pub(crate) mod ct014;
pub(crate) mod ct015;
pub(crate) mod ct016;
pub(crate) mod ct017;
pub(crate) mod du001;
pub(crate) mod du002;
pub(crate) mod du003;
pub(crate) mod du004;
pub(crate) mod du005;
pub(crate) mod du006;
pub(crate) mod du007;
pub(crate) mod du008;
pub(crate) mod du009;
pub(crate) mod du010;
pub(crate) mod du011;
pub(crate) mod du012;
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
pub(crate) mod ht001;
pub(crate) mod ht002;
pub(crate) mod ht003;
pub(crate) mod ht004;
pub(crate) mod ht005;
pub(crate) mod ht006;
pub(crate) mod ht007;
pub(crate) mod ht009;
pub(crate) mod ht010;
pub(crate) mod ht011;
pub(crate) mod ht012;
pub(crate) mod ht013;
pub(crate) mod ht014;
pub(crate) mod ht015;
pub(crate) mod ht019;
pub(crate) mod ht020;
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
pub(crate) mod op003;
pub(crate) mod op004;
pub(crate) mod op005;
pub(crate) mod op006;
pub(crate) mod op007;
pub(crate) mod op008;
pub(crate) mod op009;
pub(crate) mod op010;
pub(crate) mod op011;
pub(crate) mod op012;
pub(crate) mod op013;
pub(crate) mod op014;
pub(crate) mod op015;
pub(crate) mod op016;
pub(crate) mod op018;
pub(crate) mod op019;
pub(crate) mod op020;
pub(crate) mod op021;
pub(crate) mod op022;
pub(crate) mod op023;
pub(crate) mod pf001;
pub(crate) mod pf002;
pub(crate) mod pf003;
pub(crate) mod pf004;
pub(crate) mod pf005;
pub(crate) mod pf006;
pub(crate) mod pf007;
pub(crate) mod pf008;
pub(crate) mod pf009;
pub(crate) mod pf010;
pub(crate) mod pf011;
pub(crate) mod pf012;
pub(crate) mod pf013;
pub(crate) mod pf014;
pub(crate) mod pf015;
pub(crate) mod pf016;
pub(crate) mod pf017;
pub(crate) mod pf018;
pub(crate) mod pf019;
pub(crate) mod pf020;
pub(crate) mod pf021;
pub(crate) mod pf022;
pub(crate) mod pf023;
pub(crate) mod pf024;
pub(crate) mod pf025;
pub(crate) mod pf026;
pub(crate) mod required;
pub(crate) mod sg001;
pub(crate) mod sg003;
pub(crate) mod sg004;
pub(crate) mod sg005;
pub(crate) mod sg006;
pub(crate) mod sg007;
pub(crate) mod sg008;
pub(crate) mod sg009;
pub(crate) mod sg010;
pub(crate) mod sg011;
pub(crate) mod sg012;
pub(crate) mod sg013;
pub(crate) mod sg014;
pub(crate) mod sg015;
pub(crate) mod sg016;
pub(crate) mod sg019;
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
pub(crate) mod tx010;
pub(crate) mod tx011;
pub(crate) mod tx012;
pub(crate) mod tx013;
pub(crate) mod tx014;
pub(crate) mod tx015;
pub(crate) mod tx016;
pub(crate) mod tx017;
pub(crate) mod tx018;
pub(crate) mod tx019;
pub(crate) mod tx020;
pub(crate) mod tx021;
pub(crate) mod tx022;
pub(crate) mod tx023;
pub(crate) mod tx024;
pub(crate) mod tx025;
pub(crate) mod tx027;
pub(crate) mod tx028;
pub(crate) mod tx029;
pub(crate) mod tx030;
pub(crate) mod tx031;
pub(crate) mod tx032;
pub(crate) mod tx033;
pub(crate) mod tx034;
pub(crate) mod tx035;
pub(crate) mod tx037;
pub(crate) mod tx038;
pub(crate) mod tx039;
pub(crate) mod tx040;
pub(crate) mod tx041;
pub(crate) mod um001;
pub(crate) mod um002;
pub(crate) mod um003;
pub(crate) mod um004;
pub(crate) mod um005;
pub(crate) mod um008;
pub(crate) mod um009;
pub(crate) mod um010;
pub(crate) mod um011;
pub(crate) mod um012;
pub(crate) mod um013;
pub(crate) mod um014;
pub(crate) mod um015;

use crate::bundle;
use crate::reading::Reading;
use crate::registry;
use crate::trial::Trial;
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
    ("CD002", cd002::check),
    ("CD003", cd003::check),
    ("CD004", cd004::check),
    ("CD005", cd005::check),
    ("CD006", cd006::check),
    ("CD007", cd007::check),
    ("CD008", cd008::check),
    ("CD009", cd009::check),
    ("CD010", cd010::check),
    ("CD011", cd011::check),
    ("CD012", cd012::check),
    ("CM001", cm001::check),
    ("CM004", cm004::check),
    ("CM005", cm005::check),
    ("CM006", cm006::check),
    ("CM014", cm014::check),
    ("CM015", cm015::check),
    ("CM016", cm016::check),
    ("CM021", cm021::check),
    ("CM022", cm022::check),
    ("CM026", cm026::check),
    ("CM027", cm027::check),
    ("CT001", ct001::check),
    ("CT002", ct002::check),
    ("CT003", ct003::check),
    ("CT007", ct007::check),
    ("CT008", ct008::check),
    ("CT009", ct009::check),
    ("CT010", ct010::check),
    ("CT011", ct011::check),
    ("CT012", ct012::check),
    ("CT015", ct015::check),
    ("DU004", du004::check),
    ("DU005", du005::check),
    ("DU007", du007::check),
    ("DU008", du008::check),
    ("DU012", du012::check),
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
    ("HT001", ht001::check),
    ("HT002", ht002::check),
    ("HT003", ht003::check),
    ("HT004", ht004::check),
    ("HT005", ht005::check),
    ("HT006", ht006::check),
    ("HT007", ht007::check),
    ("HT009", ht009::check),
    ("HT010", ht010::check),
    ("HT011", ht011::check),
    ("HT012", ht012::check),
    ("HT013", ht013::check),
    ("HT014", ht014::check),
    ("HT015", ht015::check),
    ("HT019", ht019::check),
    ("HT020", ht020::check),
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
    ("OP003", op003::check),
    ("OP004", op004::check),
    ("OP005", op005::check),
    ("OP006", op006::check),
    ("OP007", op007::check),
    ("OP008", op008::check),
    ("OP009", op009::check),
    ("OP010", op010::check),
    ("OP011", op011::check),
    ("OP012", op012::check),
    ("OP014", op014::check),
    ("OP015", op015::check),
    ("OP016", op016::check),
    ("OP018", op018::check),
    ("OP019", op019::check),
    ("OP020", op020::check),
    ("OP021", op021::check),
    ("OP022", op022::check),
    ("OP023", op023::check),
    ("PF001", pf001::check),
    ("PF002", pf002::check),
    ("PF008", pf008::check),
    ("PF009", pf009::check),
    ("PF010", pf010::check),
    ("PF011", pf011::check),
    ("PF012", pf012::check),
    ("PF013", pf013::check),
    ("PF014", pf014::check),
    ("PF015", pf015::check),
    ("PF016", pf016::check),
    ("PF017", pf017::check),
    ("PF018", pf018::check),
    ("PF019", pf019::check),
    ("PF022", pf022::check),
    ("PF023", pf023::check),
    ("PF024", pf024::check),
    ("PF025", pf025::check),
    ("PF026", pf026::check),
    ("SG001", sg001::check),
    ("SG003", sg003::check),
    ("SG004", sg004::check),
    ("SG005", sg005::check),
    ("SG006", sg006::check),
    ("SG007", sg007::check),
    ("SG008", sg008::check),
    ("SG009", sg009::check),
    ("SG010", sg010::check),
    ("SG011", sg011::check),
    ("SG013", sg013::check),
    ("SG014", sg014::check),
    ("SG015", sg015::check),
    ("SG016", sg016::check),
    ("SG019", sg019::check),
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
    ("TX010", tx010::check),
    ("TX011", tx011::check),
    ("TX012", tx012::check),
    ("TX013", tx013::check),
    ("TX014", tx014::check),
    ("TX015", tx015::check),
    ("TX016", tx016::check),
    ("TX017", tx017::check),
    ("TX018", tx018::check),
    ("TX019", tx019::check),
    ("TX020", tx020::check),
    ("TX021", tx021::check),
    ("TX022", tx022::check),
    ("TX023", tx023::check),
    ("TX024", tx024::check),
    ("TX025", tx025::check),
    ("TX027", tx027::check),
    ("TX028", tx028::check),
    ("TX029", tx029::check),
    ("TX030", tx030::check),
    ("TX031", tx031::check),
    ("TX032", tx032::check),
    ("TX033", tx033::check),
    ("TX034", tx034::check),
    ("TX035", tx035::check),
    ("TX037", tx037::check),
    ("TX038", tx038::check),
    ("TX039", tx039::check),
    ("TX040", tx040::check),
    ("TX041", tx041::check),
    ("UM001", um001::check),
    ("UM002", um002::check),
    ("UM003", um003::check),
    ("UM004", um004::check),
    ("UM008", um008::check),
    ("UM009", um009::check),
    ("UM010", um010::check),
    ("UM011", um011::check),
    ("UM012", um012::check),
    ("UM013", um013::check),
    ("UM014", um014::check),
    ("UM015", um015::check),
];

/// A rule in code that looks at what several read of a document.
pub(crate) type Shared = fn(&Reading<'_>, &Facts) -> Outcome;

/// The rules that do, by the code of their page.
pub(crate) const SHARED: &[(&str, Shared)] = &[
    ("CM002", cm002::check),
    ("CM003", cm003::check),
    ("CM007", cm007::check),
    ("CM008", cm008::check),
    ("CM010", cm010::check),
    ("CM011", cm011::check),
    ("CM012", cm012::check),
    ("CM013", cm013::check),
    ("CM024", cm024::check),
    ("CM025", cm025::check),
    ("CM028", cm028::check),
    ("PF003", pf003::check),
    ("PF004", pf004::check),
    ("PF005", pf005::check),
    ("PF006", pf006::check),
    ("PF007", pf007::check),
    ("PF020", pf020::check),
    ("PF021", pf021::check),
];

/// A rule in code that also looks at the places and relations of the document as they were tried.
pub(crate) type Tried = fn(&Document, &Trial<'_>) -> Outcome;

/// The rules that do, by the code of their page.
pub(crate) const TRIED: &[(&str, Tried)] = &[
    ("NA006", na006::check),
    ("NA007", na007::check),
    ("OP013", op013::check),
    ("SG012", sg012::check),
    ("UM005", um005::check),
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

/// The rules over several documents that belong together, by the code of their page.
pub(crate) const BUNDLED: &[(&str, bundle::Check)] = &[
    ("CT004", ct004::check),
    ("CT005", ct005::check),
    ("CT006", ct006::check),
    ("CT013", ct013::check),
    ("CT014", ct014::check),
    ("CT015", ct015::versions),
    ("CT016", ct016::check),
    ("CT017", ct017::check),
    ("DU001", du001::check),
    ("DU002", du002::check),
    ("DU003", du003::check),
    ("DU006", du006::check),
    ("DU009", du009::check),
    ("DU010", du010::check),
    ("DU011", du011::check),
];

/// True for a rule that says something of one document alone.
pub(crate) fn is_of_one_document(code: &str) -> bool {
    let bundled = BUNDLED.iter().any(|(own, _)| *own == code);
    !bundled || CHECKS.iter().any(|(own, _)| *own == code)
}

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

    /// True while nothing has been compared.
    pub(crate) fn is_untouched(&self) -> bool {
        self.passed == 0 && self.findings.is_empty()
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

    /// The finding made last.
    pub(crate) fn last(&mut self) -> Option<&mut Finding> {
        self.findings.last_mut()
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
