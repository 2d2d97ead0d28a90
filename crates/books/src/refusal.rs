//! [`Refusal`]: why a command is not carried out, in the words of the one who sent it.
//!
//! It says what is wrong, on which line, how much is free there, and what would help. The reason is a
//! word for programs; the text is written where the decision is taken.

use crate::line::Line;
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::members;
use std::fmt;

members! {
    /// What kind of refusal it is.
    Reason {
        UnknownUnit = "unknown_unit", "没有这个单位";
        UnitExists = "unit_exists", "单位已经存在";
        UnitClosed = "unit_closed", "单位已经撤销";
        CyclicUnits = "cyclic_units", "单位隶属关系成环";
        BadUnit = "bad_unit", "单位信息有误";
        UnitInUse = "unit_in_use", "单位仍有业务";
        UnknownYear = "unknown_year", "年度没有开账";
        YearExists = "year_exists", "年度已经开账";
        YearClosed = "year_closed", "年度已经结账";
        YearOpen = "year_open", "年度尚未结账";
        NotInYear = "not_in_year", "日期不在年度内";
        NoRole = "no_role", "没有相应职责";
        SamePerson = "same_person", "不相容岗位由同一人办理";
        RolesClash = "roles_clash", "不相容职责不得兼任";
        BadLine = "bad_line", "预算科目有误";
        BadAmount = "bad_amount", "金额有误";
        Frozen = "frozen", "版本已经锁定";
        VersionOrder = "version_order", "版本次序有误";
        EmptyVersion = "empty_version", "版本没有预算";
        OverCeiling = "over_ceiling", "超过控制数";
        ThreePublicGrows = "three_public_grows", "“三公”经费比上年增加";
        NotApproved = "not_approved", "预算尚未批复";
        UnknownProject = "unknown_project", "项目没有入库";
        NoLine = "no_line", "没有这笔预算";
        Short = "short", "预算余额不足";
        NotAllotted = "not_allotted", "指标余额不足";
        OverPlan = "over_plan", "超过用款计划";
        UnknownReservation = "unknown_reservation", "没有这笔预留";
        ReservationShort = "reservation_short", "预留余额不足";
        RowNeeded = "row_needed", "没有对应的台账";
        UnknownRow = "unknown_row", "台账里没有这一行";
        ContractShort = "contract_short", "超过合同金额";
        IdTaken = "id_taken", "编号已经用过";
        UnknownId = "unknown_id", "没有这个编号";
        AlreadyReversed = "already_reversed", "已经冲销";
        Unbalanced = "unbalanced", "调剂两边不等";
        Mixes = "mixes", "不得串用";
        IntoThreePublic = "into_three_public", "不得调增“三公”经费";
        NeedsDocument = "needs_document", "缺少文号";
        NeedsReason = "needs_reason", "缺少原因";
        OpenReservations = "open_reservations", "还有未了的预留";
        PotShort = "pot_short", "收不抵支";
        NotFirstYear = "not_first_year", "年初数只能由上年结转";
        UnknownRegister = "unknown_register", "没有这种台账";
        BadRow = "bad_row", "台账内容有误";
        RowInUse = "row_in_use", "台账已有支付";
        StepOrder = "step_order", "公开流程次序有误";
        HasErrors = "has_errors", "机检仍有错误";
        OtherDocument = "other_document", "文件已经变动";
        BadName = "bad_name", "编号有误";
        BadFigure = "bad_figure", "上年数有误";
    }
}

/// Why a command is not carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// What kind it is.
    pub reason: Reason,
    /// What is wrong, with the names and amounts concerned.
    pub what: String,
    /// What would help; empty where only another command would.
    pub help: String,
    /// The line concerned.
    pub line: Option<Box<Line>>,
    /// How much is free on it.
    pub free: Option<Amount>,
}

impl Refusal {
    /// A refusal with its words.
    pub(crate) fn new(reason: Reason, what: impl Into<String>) -> Refusal {
        Refusal { reason, what: what.into(), help: String::new(), line: None, free: None }
    }

    /// The same, with what would help.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Refusal {
        self.help = help.into();
        self
    }

    /// The same, about a line.
    #[must_use]
    pub(crate) fn on(mut self, line: &Line) -> Refusal {
        self.line = Some(Box::new(line.clone()));
        self
    }

    /// The same, with what is free on the line.
    #[must_use]
    pub(crate) fn free(mut self, free: Amount) -> Refusal {
        self.free = Some(free);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if !self.help.is_empty() {
            write!(f, "；{}", self.help)?;
        }
        Ok(())
    }
}
impl std::error::Error for Refusal {}

/// An amount as refusals print it: 1,234.50元.
pub(crate) fn yuan(amount: Amount) -> String {
    render(amount, Unit::Yuan, 2, true) + "元"
}
