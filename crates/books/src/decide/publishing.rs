//! The way of a disclosure from draft to publication, and its clock.

use super::{Decision, not_too_long, signing, worded};
use crate::entry::{Disclosed, Event, Publication, Step, Version};
use crate::names::{Person, UnitCode};
use crate::refusal::{Reason, Refusal};
use crate::state::{Books, Status, Year};
use mingzhang_model::date::Date;
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::set::Member;

/// 预算法第十四条: to be published within so many days after approval.
pub const DAYS_TO_PUBLISH: i64 = 20;

/// The days of a publication that the law counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    /// The day of approval: day 0. None while nothing is approved; then nothing can be said.
    pub approved: Option<Date>,
    /// The last day on which publishing is in time.
    pub due: Option<Date>,
    /// The day of publication.
    pub published: Option<Date>,
}

impl Clock {
    /// How many days late it is on a day, or was published; nothing while the approval is not known.
    pub fn late(&self, today: Date) -> Option<i64> {
        let until = self.published.unwrap_or(today);
        self.due.map(|due| (until.since_epoch() - due.since_epoch()).max(0))
    }
}

impl Books {
    /// The clock of a publication's first edition: later ones correct it.
    pub fn clock(&self, unit: &UnitCode, year: u16, publication: Publication) -> Clock {
        let kept = self.year(unit, year);
        let approved = match publication.kind() {
            DisclosureKind::Budget => {
                kept.and_then(|kept| kept.frozen(Version::Approved)).map(|frozen| frozen.freeze.on)
            }
            DisclosureKind::Accounts => kept.and_then(|kept| match &kept.status {
                Status::Approved(_, approval) => Some(approval.on),
                Status::Open | Status::Closed(_) => None,
            }),
        };
        let steps = kept.map_or(&[][..], |kept| kept.disclosure(publication, 1));
        let published = steps.iter().find(|step| step.step == Step::Published).map(|step| step.on);
        Clock { approved, due: approved.map(|day| day.plus(DAYS_TO_PUBLISH)), published }
    }

    pub(super) fn disclose(&self, by: &Person, disclosed: &Disclosed) -> Decision {
        let Disclosed { unit, year, publication, edition, step, .. } = disclosed;
        let kept = self.kept_year(unit, *year)?;
        if by != &disclosed.by {
            return Err(Refusal::new(Reason::SamePerson, format!("{by} 不能代 {} 签署", disclosed.by)));
        }
        self.has_role(by, unit, signing::steppers(*step))?;
        worded("文件校验值", &disclosed.hash, Reason::OtherDocument)?;
        not_too_long("备注", &disclosed.remark)?;
        let steps = kept.disclosure(*publication, *edition);
        let last = steps.last().map(|last| last.step);
        if *step == Step::Drafted {
            self.may_draft(disclosed, last)?;
            return Ok(vec![Event::Disclosed(disclosed.clone())]);
        }
        let due = last.and_then(next_step);
        let returns = *step == Step::Returned && due.is_some();
        if due != Some(*step) && !returns {
            let (last, due) = (last.map_or("未起草", |step| step.term()), due.map_or("无", |step| step.term()));
            let what =
                format!("{year} 年{}第 {edition} 版现为“{last}”，不能直接到“{}”", publication.term(), step.term());
            return Err(Refusal::new(Reason::StepOrder, what).help(format!("下一步应为：{due}")));
        }
        if steps.last().is_some_and(|last| last.hash != disclosed.hash) {
            let what = format!("文件与“{}”时的不同", last.map_or("", |step| step.term()));
            return Err(Refusal::new(Reason::OtherDocument, what).help("文件改动后须退回重新起草、检查"));
        }
        if *step == Step::Checked {
            settled(kept, *publication, *year)?;
        }
        if *step == Step::Checked && disclosed.errors > 0 {
            let what = format!("机检还有 {} 个错误", disclosed.errors);
            return Err(Refusal::new(Reason::HasErrors, what).help("请改正全部错误后再送审"));
        }
        if matches!(step, Step::Published | Step::SecrecyReviewed | Step::Returned) {
            let what = match step {
                Step::Published => "公开网址",
                Step::SecrecyReviewed => "保密审查编号",
                _ => "退回原因",
            };
            worded(what, &disclosed.remark, Reason::NeedsDocument)?;
        }
        self.other_hands(steps, disclosed)?;
        if *step == Step::Published {
            if let Some(signed) = steps.last().filter(|signed| disclosed.on < signed.on) {
                let what = format!("公开日期 {} 早于签发日期 {}", disclosed.on, signed.on);
                return Err(Refusal::new(Reason::NotInYear, what).help("请填写实际公开的日期"));
            }
            self.may_publish(disclosed)?;
        }
        Ok(vec![Event::Disclosed(disclosed.clone())])
    }

    /// A draft begins a publication, follows a return, or corrects what is published.
    fn may_draft(&self, disclosed: &Disclosed, last: Option<Step>) -> Result<(), Refusal> {
        let Disclosed { unit, year, publication, edition, .. } = disclosed;
        let newest = self.year(unit, *year).map_or(0, |kept| kept.last_edition(*publication));
        match last {
            Some(Step::Returned | Step::Drafted) => Ok(()),
            Some(step) => {
                let what = format!("第 {edition} 版已到“{}”，不能再改", step.term());
                Err(Refusal::new(Reason::StepOrder, what).help("已发布的请起草新的更正版，未发布的请先退回"))
            }
            None if *edition != newest.saturating_add(1) => {
                Err(Refusal::new(Reason::StepOrder, format!("下一版应为第 {} 版", newest.saturating_add(1))))
            }
            None if newest > 0 => {
                let steps = self.year(unit, *year).map_or(&[][..], |kept| kept.disclosure(*publication, newest));
                if steps.last().map(|last| last.step) != Some(Step::Published) {
                    return Err(Refusal::new(Reason::StepOrder, format!("第 {newest} 版还没有发布"))
                        .help("请先发布或退回上一版"));
                }
                worded("更正说明", &disclosed.remark, Reason::NeedsReason)
            }
            None => Ok(()),
        }
    }

    /// Who reviews did not draft, and who signs did not review.
    fn other_hands(&self, steps: &[Disclosed], disclosed: &Disclosed) -> Result<(), Refusal> {
        let apart: &[Step] = match disclosed.step {
            Step::Reviewed => &[Step::Drafted],
            Step::SecrecyReviewed => &[Step::Drafted],
            Step::Signed => &[Step::Drafted, Step::Reviewed],
            _ => &[],
        };
        let since_draft = steps.iter().rposition(|step| step.step == Step::Drafted).unwrap_or(0);
        let same = steps[since_draft..].iter().find(|step| apart.contains(&step.step) && step.by == disclosed.by);
        match same {
            None => Ok(()),
            Some(same) => Err(Refusal::new(
                Reason::SamePerson,
                format!("“{}”和“{}”都是 {}", same.step.term(), disclosed.step.term(), disclosed.by),
            )
            .help("不相容岗位应当分离，请换一个人办理")),
        }
    }

    /// Only what is approved is published; late is allowed, and told.
    fn may_publish(&self, disclosed: &Disclosed) -> Result<(), Refusal> {
        let clock = self.clock(&disclosed.unit, disclosed.year, disclosed.publication);
        match clock.approved {
            None => Err(Refusal::new(
                Reason::NotApproved,
                format!("{} 年{}尚未批复，不能公开", disclosed.year, disclosed.publication.term()),
            )
            .help("请先录入财政批复")),
            Some(approved) if disclosed.on < approved => {
                Err(Refusal::new(Reason::NotInYear, format!("公开日期 {} 早于批复日期 {approved}", disclosed.on)))
            }
            Some(_) => Ok(()),
        }
    }
}

/// What is checked, and then signed, are numbers that no longer change: those of the approved budget, or
/// of a closed year.
fn settled(year: &Year, publication: Publication, number: u16) -> Result<(), Refusal> {
    match publication.kind() {
        DisclosureKind::Budget if year.frozen(Version::Approved).is_none() => {
            Err(Refusal::new(Reason::NotApproved, format!("{number} 年预算尚未批复，数字还会变动，不能送检"))
                .help("请先录入批复数并锁定批复版本，再检查公开稿"))
        }
        DisclosureKind::Accounts if year.is_open() => {
            Err(Refusal::new(Reason::YearOpen, format!("{number} 年还没有结账，数字还会变动，不能送检"))
                .help("请先结账，再检查公开稿"))
        }
        DisclosureKind::Budget | DisclosureKind::Accounts => Ok(()),
    }
}

/// The step after this one; none after publication or a return.
pub fn next_step(step: Step) -> Option<Step> {
    match step {
        Step::Drafted => Some(Step::Checked),
        Step::Checked => Some(Step::Reviewed),
        Step::Reviewed => Some(Step::SecrecyReviewed),
        Step::SecrecyReviewed => Some(Step::Signed),
        Step::Signed => Some(Step::Published),
        Step::Published | Step::Returned => None,
    }
}
