//! [`Plan`]: what a department is to have, before anything is entered: units, projects, lines and what becomes of
//! them.

use super::codes::{economics, items};
use super::{CODE, Shape};
use crate::office::unit;
use crate::simulation::Random;
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::{ProjectCode, UnitCode};
use mingzhang_books::unit::{Nature, Unit};
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::key::Fund;
use mingzhang_model::set::Member;
use std::collections::BTreeMap;

/// A department's year.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) year: u16,
    pub(super) shape: Shape,
    pub(super) units: Vec<Unit>,
    pub(super) projects: Vec<Project>,
    pub(super) lines: BTreeMap<Line, Course>,
    /// Chance for what is beside the money.
    pub(super) random: Random,
}

/// A project of a unit.
#[derive(Clone, Debug)]
pub(super) struct Project {
    pub(super) unit: UnitCode,
    pub(super) code: String,
    pub(super) words: String,
}

/// What becomes of a line, in fen.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Course {
    pub(super) approved: i64,
    pub(super) added: i64,
    pub(super) paid: i64,
}

const NAMES: [&str; 6] = ["档案馆", "发展研究中心", "人民防空办公室", "水务局", "医疗保障局", "机关事务服务中心"];
const AFFILIATES: [&str; 4] = ["信息中心", "服务站", "执法大队", "培训基地"];
const PROJECTS: [&str; 8] = [
    "信息系统运行维护",
    "档案数字化",
    "公益宣传",
    "政策研究",
    "办公用房修缮",
    "专业设备更新",
    "公共服务保障",
    "安全防护",
];
const COUNTED: [&str; 6] = ["30212", "30215", "30216", "30217", "30231", "31013"];

impl Plan {
    pub(super) fn new(random: &mut Random, shape: Shape, year: u16) -> Plan {
        let units = units(random);
        let mut plan = Plan {
            year,
            shape,
            projects: Vec::new(),
            lines: BTreeMap::new(),
            random: random.clone(),
            units: Vec::new(),
        };
        for (at, unit) in units.iter().enumerate() {
            plan.unit(random, unit, at);
        }
        plan.units = units;
        if shape == Shape::Accounts {
            plan.lines.iter_mut().for_each(|(line, course)| course.run(random, line));
        }
        plan.random = Random::new(random.below(u64::MAX));
        plan
    }

    /// The same department a year earlier, with other amounts; some lines are new since.
    pub(super) fn year_before(&self, random: &mut Random, year: u16) -> Plan {
        let mut last = self.clone();
        let mut lines = BTreeMap::new();
        for (at, (line, course)) in self.lines.iter().enumerate() {
            let course = Course {
                approved: if random.percent(40) { course.approved } else { amount(random).max(least(line)) },
                ..Course::default()
            };
            if at == 0 || random.percent(85) {
                lines.insert(Line { year, ..line.clone() }, course);
            }
        }
        // Every unit keeps a budget.
        for unit in &self.units {
            if !lines.keys().any(|line| line.unit == unit.code) {
                lines.extend(self.lines.iter().filter(|(line, _)| line.unit == unit.code).take(1).map(
                    |(line, own)| {
                        (Line { year, ..line.clone() }, Course { approved: own.approved, ..Course::default() })
                    },
                ));
            }
        }
        if self.shape == Shape::Accounts {
            lines.iter_mut().for_each(|(line, course)| course.run(random, line));
        }
        (last.year, last.lines) = (year, lines);
        last
    }

    fn unit(&mut self, random: &mut Random, unit: &Unit, at: usize) {
        for _ in 0..1 + random.below(3) {
            let function = *random.pick(items(Fund::GeneralPublic));
            self.basic(random, unit, Fund::GeneralPublic, function);
        }
        for _ in 0..random.below(4) {
            self.project(random, unit, Fund::GeneralPublic);
        }
        let others: &[(Fund, u64)] = match self.shape {
            Shape::Plain => &[(Fund::Service, 30), (Fund::Business, 20), (Fund::Other, 30)],
            Shape::Whole => &[
                (Fund::Service, 30),
                (Fund::Business, 20),
                (Fund::Other, 30),
                (Fund::SpecialAccount, 30),
                (Fund::SuperiorSubsidy, 20),
                (Fund::AffiliateRemittance, 20),
            ],
            Shape::Accounts => &[
                (Fund::Service, 30),
                (Fund::Business, 20),
                (Fund::Other, 30),
                (Fund::SuperiorSubsidy, 20),
                (Fund::AffiliateRemittance, 20),
            ],
        };
        for (fund, share) in others {
            if random.percent(*share) {
                let function = *random.pick(items(*fund));
                self.basic(random, unit, *fund, function);
                if random.once_in(2) {
                    self.project(random, unit, *fund);
                }
            }
        }
        for (fund, share) in [(Fund::GovernmentManaged, 25), (Fund::StateCapital, 10)] {
            if random.percent(share) {
                self.project(random, unit, fund);
            }
        }
        if at > 0 && self.shape != Shape::Plain && random.once_in(3) {
            self.subsidy(random, unit);
        }
    }

    /// Basic expenditure for a function.
    fn basic(&mut self, random: &mut Random, unit: &Unit, fund: Fund, function: FunctionalCode) {
        // Interest, equity and what is left over are seldom basic expenditure, and no form lists them all.
        let (usual, seldom) = (economics(&["301", "302", "303", "310"]), economics(&["307", "399"]));
        let purpose = match fund {
            Fund::Business if self.shape != Shape::Plain && random.once_in(2) => Purpose::Business,
            _ => Purpose::Basic,
        };
        for _ in 0..2 + random.below(7) {
            let codes = if random.once_in(40) { &seldom } else { &usual };
            let economic = *random.pick(codes);
            self.line(random, unit, fund, function, economic, purpose.clone());
        }
        if random.once_in(2) && purpose == Purpose::Basic && fund == Fund::GeneralPublic {
            let economic = EconomicCode::parse(random.word(&COUNTED)).unwrap();
            self.line(random, unit, fund, function, economic, purpose);
        }
    }

    fn project(&mut self, random: &mut Random, unit: &Unit, fund: Fund) {
        let code = format!("P{}-{:02}", unit.code, self.projects.len() + 1);
        let words = format!("{}{}", unit.name.chars().skip(3).collect::<String>(), random.word(&PROJECTS));
        let words =
            if self.projects.iter().any(|one| one.words == words) { format!("{words}（续）") } else { words };
        if self.projects.iter().any(|one| one.words == words) {
            return;
        }
        let purpose = Purpose::Project(ProjectCode::new(&code).unwrap());
        self.projects.push(Project { unit: unit.code.clone(), code, words });
        let function = *random.pick(items(fund));
        let codes = [economics(&["302", "310"]), economics(&["303", "309", "399"])];
        for _ in 0..1 + random.below(3) {
            let codes = if random.percent(85) { &codes[0] } else { &codes[1] };
            let economic = *random.pick(codes);
            self.line(random, unit, fund, function, economic, purpose.clone());
        }
        if fund == Fund::GeneralPublic && random.once_in(4) {
            let economic = EconomicCode::parse(random.word(&COUNTED)).unwrap();
            self.line(random, unit, fund, function, economic, purpose);
        }
    }

    /// What the department's first unit gives another, and that other spends.
    fn subsidy(&mut self, random: &mut Random, unit: &Unit) {
        let function = *random.pick(items(Fund::Other));
        let approved = amount(random);
        let economic = EconomicCode::parse("39999").unwrap();
        let giver = Line {
            unit: self::unit(CODE),
            year: self.year,
            fund: Fund::Other,
            source: Source::Current,
            function,
            economic,
            purpose: Purpose::SubsidyToAffiliates(unit.code.clone()),
        };
        let taker = Line {
            unit: unit.code.clone(),
            fund: Fund::SuperiorSubsidy,
            source: Source::Internal(self::unit(CODE)),
            economic: EconomicCode::parse("30299").unwrap(),
            purpose: Purpose::Basic,
            ..giver.clone()
        };
        for line in [giver, taker] {
            self.lines.insert(line, Course { approved, ..Course::default() });
        }
    }

    fn line(
        &mut self,
        random: &mut Random,
        unit: &Unit,
        fund: Fund,
        function: FunctionalCode,
        economic: EconomicCode,
        purpose: Purpose,
    ) {
        let is_fiscal = mingzhang_model::key::fiscal_appropriation().has(fund);
        let source = match random.below(12) {
            0 if self.shape != Shape::Plain => Source::CarriedOver,
            1 if self.shape != Shape::Plain && !is_fiscal => Source::Surplus,
            _ => Source::Current,
        };
        let line = Line { unit: unit.code.clone(), year: self.year, fund, source, function, economic, purpose };
        if line.fault().is_none() {
            let approved = amount(random).max(least(&line));
            self.lines.insert(line, Course { approved, ..Course::default() });
        }
    }
}

impl Course {
    /// The year: something is added or taken, and most is paid.
    fn run(&mut self, random: &mut Random, line: &Line) {
        self.added = match random.below(6) {
            0 => amount(random),
            1 => -random.from(0, self.approved / 2),
            _ => 0,
        };
        let adjusted = self.approved + self.added;
        self.paid = match random.below(6) {
            0 => 0,
            1 | 2 => random.from(least(line) / 2, adjusted),
            _ => adjusted,
        };
    }
}

/// The least that a line is made for: nobody travels or meets, and no fund is set up, for nothing.
fn least(line: &Line) -> i64 {
    let is_fund = matches!(line.fund, Fund::GovernmentManaged | Fund::StateCapital);
    let is_counted = COUNTED.contains(&line.economic.to_string().as_str());
    if is_counted || is_fund { 1_000_000 } else { 1 }
}

/// An amount of any size, in fen.
fn amount(random: &mut Random) -> i64 {
    match random.below(12) {
        0 => random.from(1, 9_999),
        1..=3 => random.from(10_000, 99_999_999),
        4 => random.from(100, 999_999) * 1_000_000,
        5..=8 => random.from(1, 9_999) * 1_000_000,
        9 => random.from(1, 9_999) * 10_000,
        _ => random.from(1, 99_999_999) * 100,
    }
}

fn units(random: &mut Random) -> Vec<Unit> {
    let name = format!("云麓市{}", random.word(&NAMES));
    let mut units = vec![Unit { code: unit(CODE), name: name.clone(), parent: None, nature: nature(random) }];
    for (at, below) in AFFILIATES.iter().enumerate().take(random.below(4) as usize) {
        let (code, name) = (unit(&format!("{CODE}00{}", at + 1)), format!("{name}{below}"));
        units.push(Unit { code, name, parent: Some(unit(CODE)), nature: nature(random) });
    }
    units
}

fn nature(random: &mut Random) -> Nature {
    *random.pick(Nature::ALL)
}
