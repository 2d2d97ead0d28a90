//! Units, the persons who sign for them, and their years.

use super::changing::describe;
use super::{Decision, worded};
use crate::entry::Event;
use crate::names::{Person, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::state::Books;
use crate::unit::{Role, Unit};
use mingzhang_model::set::Member;

/// The deepest that a department goes.
const DEEPEST: usize = 8;

impl Books {
    /// The first unit may be opened by anyone, for then nobody has a role yet.
    pub(super) fn open_unit(&self, by: &Person, unit: &Unit) -> Decision {
        if self.unit(&unit.code).is_some() {
            return Err(Refusal::new(Reason::UnitExists, format!("单位编码 {} 已经有单位使用", unit.code))
                .help("请换一个编码，或用变更修改原单位"));
        }
        if self.appointments().next().is_some() {
            self.administrator(by, unit.parent.as_ref())?;
        }
        self.fits(unit)?;
        Ok(vec![Event::UnitOpened(unit.clone())])
    }

    pub(super) fn change_unit(&self, by: &Person, unit: &Unit) -> Decision {
        let before = self.living(&unit.code)?;
        self.administrator(by, Some(&unit.code))?;
        self.fits(unit)?;
        if before.parent != unit.parent {
            self.may_go(by, before.parent.as_ref(), unit)?;
        }
        Ok(vec![Event::UnitChanged(unit.clone())])
    }

    /// A unit leaves a department and joins another only by who administers both, and not where its
    /// persons would then do what nobody may do alone.
    fn may_go(&self, by: &Person, from: Option<&UnitCode>, unit: &Unit) -> Result<(), Refusal> {
        for other in [from, unit.parent.as_ref()].into_iter().flatten() {
            self.administrator(by, Some(other))?;
        }
        let Some(to) = &unit.parent else { return Ok(()) };
        let above: Vec<&UnitCode> = self.ancestors(to).collect();
        let theirs = self.appointments().filter(|(at, ..)| self.ancestors(at).any(|above| *above == unit.code));
        for (at, person, roles) in theirs {
            for (over, role) in
                above.iter().flat_map(|over| self.roles(person, over).into_iter().map(move |r| (over, r)))
            {
                if let Some(own) = roles.iter().find(|own| role.excludes().contains(own)) {
                    return Err(clash(person, over, role, at, *own));
                }
            }
        }
        Ok(())
    }

    pub(super) fn close_unit(&self, by: &Person, unit: &UnitCode) -> Decision {
        self.living(unit)?;
        self.administrator(by, Some(unit))?;
        let below = self.units().find(|other| other.parent.as_ref() == Some(unit));
        if let Some(below) = below {
            return Err(Refusal::new(Reason::UnitInUse, format!("单位 {unit} 还有下属单位 {}", below.code))
                .help("请先撤销或划转下属单位"));
        }
        if let Some((year, _)) = self.years_of(unit).find(|(_, kept)| kept.is_open() && !kept.accounts().is_empty()) {
            return Err(Refusal::new(Reason::UnitInUse, format!("单位 {unit} 的 {year} 年还没有结账"))
                .help("请先结账，再撤销单位"));
        }
        let mut pots = self.years_of(unit).filter(|(_, kept)| kept.is_open()).flat_map(|(_, kept)| kept.pots());
        if let Some((pot, pile)) = pots.find(|(_, pile)| !pile.closing().is_zero()) {
            let what = format!("单位 {unit} 还有资金 {}：{}", yuan(pile.closing()), describe(pot));
            return Err(Refusal::new(Reason::UnitInUse, what).help("请先上缴、分配或由财政收回，余额为零后再撤销单位"));
        }
        Ok(vec![Event::UnitClosed(unit.clone())])
    }

    /// The administrator of a unit, at it or above it. Where it has none yet, as a department that is new,
    /// the administrator of any other; anyone at all only in books without one.
    fn administrator(&self, by: &Person, unit: Option<&UnitCode>) -> Result<(), Refusal> {
        let administers = |unit: &UnitCode, person: &Person| self.roles(person, unit).contains(&Role::Administrator);
        let has_one = unit.filter(|unit| {
            let above: Vec<&UnitCode> = self.ancestors(unit).collect();
            self.appointments().any(|(at, _, roles)| above.contains(&at) && roles.contains(&Role::Administrator))
        });
        if let Some(unit) = has_one {
            return self.has_role(by, unit, &[Role::Administrator]);
        }
        let mut anywhere = self.appointments().filter(|(unit, person, _)| administers(unit, person)).peekable();
        if anywhere.peek().is_none() || anywhere.any(|(_, person, _)| person == by) {
            return Ok(());
        }
        Err(Refusal::new(Reason::NoRole, format!("{by} 没有“系统管理”职责")).help("请由系统管理员办理"))
    }

    /// The name is there, the parent is there, and no unit is above itself.
    fn fits(&self, unit: &Unit) -> Result<(), Refusal> {
        worded("单位名称", &unit.name, Reason::BadUnit)?;
        if unit.name.chars().count() > 200 {
            return Err(Refusal::new(Reason::BadUnit, "单位名称超过 200 个字").help("请填写规范全称"));
        }
        let Some(parent) = &unit.parent else { return Ok(()) };
        if *parent != unit.code {
            self.living(parent)?;
        }
        let above: Vec<&UnitCode> = self.ancestors(parent).take(DEEPEST + 1).collect();
        if *parent == unit.code || above.contains(&&unit.code) {
            let path: Vec<String> = above.iter().map(ToString::to_string).collect();
            return Err(Refusal::new(
                Reason::CyclicUnits,
                format!("单位 {} 不能隶属于自己的下级：{} → {}", unit.code, unit.code, path.join(" → ")),
            )
            .help("请核对上级单位编码"));
        }
        if above.len() > DEEPEST {
            return Err(Refusal::new(Reason::BadUnit, format!("单位 {} 的隶属层次超过 {DEEPEST} 级", unit.code)));
        }
        Ok(())
    }

    pub(super) fn appoint(&self, by: &Person, person: &Person, unit: &UnitCode, role: Role) -> Decision {
        self.living(unit)?;
        self.administrator(by, Some(unit))?;
        if self.roles(person, unit).contains(&role) {
            return Ok(Vec::new());
        }
        // A role reaches down to every unit below, so roles clash wherever one stands above the other.
        let above: Vec<&UnitCode> = self.ancestors(unit).collect();
        let reaches = |at: &UnitCode| above.contains(&at) || self.ancestors(at).any(|above| above == unit);
        let theirs = self.appointments().filter(|(at, other, _)| *other == person && reaches(at));
        for (at, _, held) in theirs {
            if let Some(other) = held.into_iter().find(|other| role.excludes().contains(other)) {
                return Err(clash(person, at, other, unit, role));
            }
        }
        Ok(vec![Event::Appointed(person.clone(), unit.clone(), role)])
    }

    pub(super) fn dismiss(&self, by: &Person, person: &Person, unit: &UnitCode, role: Role) -> Decision {
        self.living(unit)?;
        self.administrator(by, Some(unit))?;
        if !self.roles(person, unit).contains(&role) {
            return Err(Refusal::new(Reason::NoRole, format!("{person} 在 {unit} 本来没有“{}”职责", role.term())));
        }
        let above: Vec<&UnitCode> = self.ancestors(unit).collect();
        let administers = |(at, other, roles): (&UnitCode, &Person, Vec<Role>)| {
            above.contains(&at) && (at, other) != (unit, person) && roles.contains(&Role::Administrator)
        };
        if role == Role::Administrator && !self.appointments().any(administers) {
            return Err(Refusal::new(
                Reason::NoRole,
                format!("这是 {unit} 最后一个系统管理员，免去后无人能管理该单位"),
            )
            .help("请先授予另一个人系统管理职责"));
        }
        Ok(vec![Event::Dismissed(person.clone(), unit.clone(), role)])
    }

    pub(super) fn open_year(&self, by: &Person, unit: &UnitCode, year: u16) -> Decision {
        self.living(unit)?;
        self.sender(by, unit)?;
        if !(1950..=2200).contains(&year) {
            return Err(Refusal::new(Reason::UnknownYear, format!("{year} 不是预算年度")).help("请填写四位年份"));
        }
        if self.year(unit, year).is_some() {
            return Err(Refusal::new(Reason::YearExists, format!("{unit} 的 {year} 年已经开账")));
        }
        if let Some((last, _)) = self.years_of(unit).last()
            && (year < last || year > last + 1)
        {
            let what = format!("{unit} 已经记到 {last} 年，不能跳到 {year} 年");
            return Err(Refusal::new(Reason::UnknownYear, what).help("年度应当一年接一年"));
        }
        Ok(vec![Event::YearOpened(unit.clone(), year)])
    }
}

fn clash(person: &Person, at: &UnitCode, held: Role, unit: &UnitCode, wanted: Role) -> Refusal {
    let what = format!("{person} 在 {at} 已是“{}”，在 {unit} 不得兼任“{}”", held.term(), wanted.term());
    Refusal::new(Reason::RolesClash, what)
        .help("会计法要求记账、审批、经办、保管相互分离；上级单位的职责及于下级单位，请另派人员")
}
