//! The making of a budget: lines of the four versions, ceilings, and the freezing of a version.

use super::{Decision, bounded, signing, summed, worded};
use crate::entry::{Budgeted, Ceiling, Event, Freeze, Group, Known, Version};
use crate::line::{Line, Purpose};
use crate::names::{Person, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::register::Value;
use crate::seal;
use crate::state::{Books, Year};
use crate::unit::Role;
use mingzhang_model::amount::Amount;
use mingzhang_model::key::{Measure, Stage};
use mingzhang_model::set::Member;

/// The place for a person's words why 三公 grow, without which a budget with more of them is not frozen.
pub const THREE_PUBLIC_REASON: &str = "three_public_increase";

impl Books {
    pub(super) fn set_ceiling(&self, by: &Person, ceiling: &Ceiling) -> Decision {
        let year = self.open_year_of(&ceiling.unit, ceiling.year)?;
        self.has_role(by, &ceiling.unit, &[Role::Finance, Role::Department, Role::Reviewer])?;
        not_frozen(year, &ceiling.unit, ceiling.year, Version::Ceiling)?;
        if ceiling.amount.0 < 0 {
            return Err(Refusal::new(Reason::BadAmount, format!("控制数不能为负：{}", yuan(ceiling.amount))));
        }
        bounded("控制数", ceiling.amount)?;
        Ok(vec![Event::CeilingSet(ceiling.clone())])
    }

    pub(super) fn budget(&self, by: &Person, budgeted: &Budgeted) -> Decision {
        let line = &budgeted.line;
        let year = self.open_year_of(&line.unit, line.year)?;
        self.accountant(by, &line.unit)?;
        if budgeted.version == Version::Ceiling {
            return Err(Refusal::new(Reason::VersionOrder, "一下只下达控制数，不编预算明细")
                .help("控制数请按人员经费、公用经费、项目支出、“三公”经费录入"));
        }
        not_frozen(year, &line.unit, line.year, budgeted.version)?;
        if budgeted.amount.0 < 0 {
            let what = format!("预算金额不能为负：{line} {}", yuan(budgeted.amount));
            return Err(Refusal::new(Reason::BadAmount, what).help("减少预算请用追减或调剂").on(line));
        }
        bounded("预算金额", budgeted.amount)?;
        let before = year.versions.get(budgeted.version.word()).and_then(|lines| lines.get(line)).copied();
        let others = year.drafted(budgeted.version).0 - before.unwrap_or_default().0;
        summed("预算合计", i128::from(others) + i128::from(budgeted.amount.0))?;
        self.well_formed(line)?;
        Ok(vec![Event::LineBudgeted(budgeted.clone())])
    }

    /// The codes are codes, the project is in the library, the other unit is one of ours.
    pub(super) fn well_formed(&self, line: &Line) -> Result<(), Refusal> {
        if let Some(fault) = line.fault() {
            return Err(Refusal::new(Reason::BadLine, fault).on(line));
        }
        if let Purpose::Project(code) = &line.purpose
            && !self.has_project(&line.unit, line.year, code.as_str())
        {
            return Err(Refusal::new(
                Reason::UnknownProject,
                format!("项目 {code} 没有在 {} 的 {} 年项目库中", line.unit, line.year),
            )
            .help("请先在项目台账登记：依据、方案、周期、测算和绩效目标齐全后才能编列预算")
            .on(line));
        }
        let others = line.purpose.counterparty().into_iter().chain(match &line.source {
            crate::line::Source::Internal(unit) => Some(unit),
            _ => None,
        });
        for other in others {
            self.living(other)?;
            if *other == line.unit {
                return Err(Refusal::new(Reason::BadLine, format!("{other} 不能与自己往来")).on(line));
            }
        }
        Ok(())
    }

    pub(super) fn copy_version(&self, by: &Person, unit: &UnitCode, year: u16, from: Version, to: Version) -> Decision {
        let kept = self.open_year_of(unit, year)?;
        self.accountant(by, unit)?;
        not_frozen(kept, unit, year, to)?;
        if from.index() >= to.index() || to == Version::Ceiling {
            return Err(Refusal::new(Reason::VersionOrder, format!("不能从{}复制到{}", from.term(), to.term())));
        }
        if kept.version(from).next().is_none() {
            return Err(Refusal::new(Reason::EmptyVersion, format!("{}还没有预算", from.term())));
        }
        if kept.version(to).next().is_some() {
            return Err(
                Refusal::new(Reason::VersionOrder, format!("{}已有预算，不能再整体复制", to.term())).help("请逐行修改")
            );
        }
        let lines = kept.version(from);
        Ok(lines
            .map(|(line, amount)| Event::LineBudgeted(Budgeted { version: to, line: line.clone(), amount }))
            .collect())
    }

    pub(super) fn freeze(&self, by: &Person, freeze: &Freeze) -> Decision {
        let Freeze { unit, year, version, .. } = freeze;
        let kept = self.open_year_of(unit, *year)?;
        self.accountant(by, unit)?;
        not_frozen(kept, unit, *year, *version)?;
        worded("文号", &freeze.document, Reason::NeedsDocument)?;
        if freeze.on.year() != *year && freeze.on.year() != *year - 1 {
            let what = format!("{year} 年预算的文件日期不会是 {}", freeze.on);
            return Err(Refusal::new(Reason::NotInYear, what).help("请核对日期：公开时限从批复日起算"));
        }
        self.approval(&freeze.approval, unit, signing::freezers(freeze))?;
        if *version == Version::Ceiling {
            if kept.ceilings.is_empty() {
                return Err(Refusal::new(Reason::EmptyVersion, "还没有下达控制数"));
            }
        } else if kept.version(*version).next().is_none() {
            return Err(Refusal::new(Reason::EmptyVersion, format!("{}没有一行预算", version.term()))
                .help("请先录入或导入预算明细"));
        }
        if *version == Version::SecondSubmission {
            if kept.frozen(Version::Ceiling).is_none() {
                return Err(Refusal::new(Reason::VersionOrder, "还没有一下控制数，不能报送二上")
                    .help("请先录入财政下达的控制数，并锁定一下版本"));
            }
            self.projects_have_goals(kept, unit, *year)?;
            // The ceilings bind who submits; what the treasury approves in the end is its own decision.
            under_ceilings(kept, *version)?;
        }
        if matches!(version, Version::SecondSubmission | Version::Approved) {
            self.three_public_do_not_grow(kept, unit, *year, *version)?;
        }
        let lines = kept
            .version(*version)
            .map(|(line, amount)| format!("{}\t{}", serde_json::to_string(line).unwrap_or_default(), amount.0));
        let ceilings = kept.ceilings.values().filter(|_| *version == Version::Ceiling);
        let ceilings = ceilings.map(|ceiling| format!("{}\t{}", ceiling.group.word(), ceiling.amount.0));
        let hash = seal::fingerprint(lines.chain(ceilings));
        Ok(vec![Event::VersionFrozen(freeze.clone(), hash)])
    }

    /// No project goes into 二上 without its goals.
    fn projects_have_goals(&self, kept: &Year, unit: &UnitCode, year: u16) -> Result<(), Refusal> {
        for (line, _) in kept.version(Version::SecondSubmission) {
            let Purpose::Project(code) = &line.purpose else { continue };
            let row = self.project(unit, year, code.as_str());
            if row.and_then(|row| row.get("goals_reported")) == Some(&Value::YesNo(false)) {
                let what = format!("项目 {code} 没有编报绩效目标，不能报送二上");
                return Err(Refusal::new(Reason::UnknownProject, what)
                    .help("请在项目台账补报绩效目标后再锁定")
                    .on(line));
            }
        }
        Ok(())
    }

    /// 只减不增: a notice's demand, not a statute's, so growth needs a reason and no more.
    fn three_public_do_not_grow(
        &self,
        kept: &Year,
        unit: &UnitCode,
        year: u16,
        version: Version,
    ) -> Result<(), Refusal> {
        let now = three_public(kept, version);
        let Some(last) = self.three_public_of(unit, year - 1) else { return Ok(()) };
        if now <= last || kept.explanation(THREE_PUBLIC_REASON).is_some_and(|words| !words.trim().is_empty()) {
            return Ok(());
        }
        let more = yuan(Amount(now.0 - last.0));
        Err(Refusal::new(
            Reason::ThreePublicGrows,
            format!("“三公”经费预算 {}，比上年预算 {} 增加 {more}", yuan(now), yuan(last)),
        )
        .help(format!("“三公”经费只减不增；确需增加，请在“{THREE_PUBLIC_REASON}”说明原因后再锁定")))
    }

    /// The 三公 budget of a year: from its approved version, or as it is known from elsewhere.
    fn three_public_of(&self, unit: &UnitCode, year: u16) -> Option<Amount> {
        if let Some(kept) = self.year(unit, year).filter(|kept| kept.frozen(Version::Approved).is_some()) {
            return Some(three_public(kept, Version::Approved));
        }
        // The number of the form, or that of the one fund that mostly pays for it.
        ["fiscal", "general_public"].iter().find_map(|funds| {
            let known = Known {
                unit: unit.clone(),
                year,
                stage: Stage::Initial,
                measure: Measure::Expenditure,
                funds: (*funds).to_owned(),
                kind: None,
                function: String::new(),
                economic: "three_public".to_owned(),
            };
            self.known.get(&known).copied()
        })
    }
}

fn three_public(year: &Year, version: Version) -> Amount {
    let lines = year.version(version).filter(|(line, _)| line.is_three_public() && line.is_appropriation());
    Amount(lines.map(|(_, amount)| amount.0).sum())
}

/// Neither the version itself nor a later one is closed.
fn not_frozen(year: &Year, unit: &UnitCode, number: u16, version: Version) -> Result<(), Refusal> {
    let later = Version::ALL.iter().filter(|other| other.index() >= version.index());
    match later.copied().find_map(|other| year.frozen(other)) {
        None => Ok(()),
        Some(frozen) => {
            let (freeze, words) = (&frozen.freeze, frozen.freeze.version.term());
            let what = format!("{unit} 的 {number} 年{words}已于 {} 锁定（{}），不能再改", freeze.on, freeze.document);
            Err(Refusal::new(Reason::Frozen, what).help("批复后的变动请办理追加、追减或调剂"))
        }
    }
}

/// No group is above what 一下 allows.
fn under_ceilings(year: &Year, version: Version) -> Result<(), Refusal> {
    for ceiling in year.ceilings.values() {
        let belongs = |line: &Line| match ceiling.group {
            Group::Personnel => line.purpose == Purpose::Basic && line.is_personnel(),
            Group::Operating => line.purpose == Purpose::Basic && !line.is_personnel(),
            Group::Project => matches!(line.purpose, Purpose::Project(_)),
            Group::ThreePublic => line.is_three_public(),
        };
        let lines = year.version(version).filter(|(line, _)| line.is_appropriation() && belongs(line));
        let wanted = Amount(lines.map(|(_, amount)| amount.0).sum());
        if wanted > ceiling.amount {
            let over = yuan(Amount(wanted.0 - ceiling.amount.0));
            let what = format!(
                "{}编列 {}，超过控制数 {}，多 {over}",
                ceiling.group.term(),
                yuan(wanted),
                yuan(ceiling.amount)
            );
            return Err(Refusal::new(Reason::OverCeiling, what).help("请压减到控制数以内，或请财政部门调整控制数"));
        }
    }
    Ok(())
}
