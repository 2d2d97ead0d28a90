//! [`Input`]: the quantities that rates of performance are made of. This list is the contract between the
//! indicator systems, which name what they need, and the ledger and the registers, which supply it.
//!
//! Every quantity is a size and never below nothing: what was taken back is `reductions`, not negative additions.

use mingzhang_model::members;
use mingzhang_model::set::Member;

members! {
    /// A quantity that a rate is made of.
    Input {
        StaffPresent = "staff_present", "在职人员数";
        StaffQuota = "staff_quota", "编制数";
        ThreePublicBudget = "three_public_budget", "本年度“三公经费”预算数";
        ThreePublicBudgetLastYear = "three_public_budget_last_year", "上年度“三公经费”预算数";
        ThreePublicPaid = "three_public_paid", "“三公经费”实际支出数";
        KeyProjectPaid = "key_project_paid", "重点项目支出";
        ProjectPaid = "project_paid", "项目总支出";
        InitialBudget = "initial_budget", "年初预算数";
        Additions = "additions", "本年追加预算数";
        Reductions = "reductions", "本年追减预算数";
        Reallocations = "reallocations", "本年结构调剂数";
        ExcusedAdjustments = "excused_adjustments", "因政策、不可抗力、上级临时交办调整数";
        AdjustedBudget = "adjusted_budget", "全年预算数";
        Paid = "paid", "全年执行数";
        Opening = "opening", "上年结转";
        Closing = "closing", "年末结转结余";
        ClosingLastYear = "closing_last_year", "上年末结转结余";
        OperatingBudget = "operating_budget", "公用经费预算数";
        OperatingPaid = "operating_paid", "公用经费实际支出数";
        ProcurementBudget = "procurement_budget", "政府采购预算数";
        ProcurementPaid = "procurement_paid", "实际政府采购金额";
        AssetsInUse = "assets_in_use", "在用固定资产总额";
        AssetsTotal = "assets_total", "全部固定资产总额";
        PlannedPaymentProgress = "planned_payment_progress", "既定支付进度";
        WorkPlanned = "work_planned", "计划工作数";
        WorkDone = "work_done", "实际完成工作数";
        WorkInTime = "work_in_time", "及时完成工作数";
        WorkUpToStandard = "work_up_to_standard", "质量达标工作数";
        KeyWorkPlanned = "key_work_planned", "交办的重点工作数";
        KeyWorkDone = "key_work_done", "办结的重点工作数";
        BuildingsAreaPlanned = "buildings_area_planned", "楼堂馆所批准建设面积";
        BuildingsAreaActual = "buildings_area_actual", "楼堂馆所实际建设面积";
        BuildingsCostPlanned = "buildings_cost_planned", "楼堂馆所批准投资概算";
        BuildingsCostActual = "buildings_cost_actual", "楼堂馆所实际投资金额";
        Satisfied = "satisfied", "满意人数";
        Surveyed = "surveyed", "受访人数";
    }
}

/// What an input counts, and so in what its number is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Quantity {
    /// Money, in fen.
    Money,
    /// Persons.
    Persons,
    /// Pieces of work.
    Pieces,
    /// Floor space, in square metres.
    Area,
    /// A share of a whole: 75% is 0.75.
    Share,
}

impl Input {
    /// The input of a word.
    pub fn from_word(word: &str) -> Option<Input> {
        Input::ALL.iter().copied().find(|input| input.word() == word)
    }

    /// The whole of which it is a part, and which it therefore cannot exceed. Only where both are counted in one
    /// scope by definition: 三公 payments of all funds may exceed what was paid of one fund.
    pub fn part_of(self) -> Option<Input> {
        use Input::*;
        Some(match self {
            KeyProjectPaid => ProjectPaid,
            AssetsInUse => AssetsTotal,
            WorkInTime | WorkUpToStandard => WorkDone,
            Satisfied => Surveyed,
            _ => return None,
        })
    }

    /// What it counts.
    pub fn quantity(self) -> Quantity {
        use Input::*;
        match self {
            StaffPresent | StaffQuota | Satisfied | Surveyed => Quantity::Persons,
            WorkPlanned | WorkDone | WorkInTime | WorkUpToStandard | KeyWorkPlanned | KeyWorkDone => Quantity::Pieces,
            BuildingsAreaPlanned | BuildingsAreaActual => Quantity::Area,
            PlannedPaymentProgress => Quantity::Share,
            _ => Quantity::Money,
        }
    }
}
