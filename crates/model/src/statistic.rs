//! [`Statistic`]: what a disclosure states beside its tables, each from a register that an office keeps.
//!
//! Law and notices ask for counts as well as money: groups and persons of trips abroad, vehicles bought
//! and kept, batches and guests of receptions, procurement by kind, projects with performance goals.
//! They stand in sentences only, so this list is their table. The 三公 amounts are here too: many places
//! print their table in a form that is not known, and the counts are held against the amounts. Without
//! “budget” such an amount is the document's own: the budget of a budget, the outturn of accounts; with
//! it, the budget that accounts measure an outturn by.

use crate::members;

members! {
    /// A number that the narrative states.
    Statistic {
        ThreePublic = "three_public", "“三公”经费";
        OverseasTrips = "overseas_trips", "因公出国（境）费";
        VehicleCosts = "vehicle_costs", "公务用车购置及运行费";
        VehiclePurchase = "vehicle_purchase", "公务用车购置费";
        VehicleRunning = "vehicle_running", "公务用车运行费";
        Receptions = "receptions", "公务接待费";
        ThreePublicBudget = "three_public_budget", "“三公”经费预算";
        OverseasTripsBudget = "overseas_trips_budget", "因公出国（境）费预算";
        VehicleCostsBudget = "vehicle_costs_budget", "公务用车购置及运行费预算";
        VehiclePurchaseBudget = "vehicle_purchase_budget", "公务用车购置费预算";
        VehicleRunningBudget = "vehicle_running_budget", "公务用车运行费预算";
        ReceptionsBudget = "receptions_budget", "公务接待费预算";
        TripGroups = "trip_groups", "因公出国（境）团组数";
        TripPersons = "trip_persons", "因公出国（境）人次";
        VehiclesPurchased = "vehicles_purchased", "公务用车购置数";
        VehiclesKept = "vehicles_kept", "公务用车保有量";
        ReceptionBatches = "reception_batches", "国内公务接待批次";
        ReceptionGuests = "reception_guests", "国内公务接待人次";
        DomesticReception = "domestic_reception", "国内公务接待支出";
        ForeignReception = "foreign_reception", "外宾接待支出";
        ForeignBatches = "foreign_batches", "外宾接待批次";
        ForeignGuests = "foreign_guests", "外宾接待人次";
        OperatingFunds = "operating_funds", "机关运行经费";
        Procurement = "procurement", "政府采购总额";
        ProcurementGoods = "procurement_goods", "政府采购货物";
        ProcurementWorks = "procurement_works", "政府采购工程";
        ProcurementServices = "procurement_services", "政府采购服务";
        ReservedForSmall = "reserved_for_small", "面向中小企业预留";
        ReservedForMicro = "reserved_for_micro", "预留给小型和微型企业";
        WonInReserved = "won_in_reserved", "中小企业在预留项目中标";
        WonByMicro = "won_by_micro", "小微企业在预留项目中标";
        WonInOthers = "won_in_others", "中小企业在其他项目中标";
        AwardedToSmall = "awarded_to_small", "授予中小企业合同";
        AwardedToMicro = "awarded_to_micro", "授予小微企业合同";
        VehiclesHeld = "vehicles_held", "占有使用车辆";
        VehiclesPlanned = "vehicles_planned", "安排购置车辆";
        EquipmentHeld = "equipment_held", "占有使用大型设备";
        EquipmentPlanned = "equipment_planned", "安排购置大型设备";
        Meetings = "meetings", "会议费";
        Trainings = "trainings", "培训费";
        Events = "events", "节庆、晚会、论坛、赛事";
        GoalProjects = "goal_projects", "编报绩效目标的项目数";
        GoalAmount = "goal_amount", "编报绩效目标的项目金额";
        WholeGoalAmount = "whole_goal_amount", "整体支出绩效目标的金额";
        MonitoredProjects = "monitored_projects", "绩效跟踪的项目数";
        MonitoredAmount = "monitored_amount", "绩效跟踪的项目金额";
        EvaluatedProjects = "evaluated_projects", "绩效自评的项目数";
        EvaluatedAmount = "evaluated_amount", "绩效自评的项目金额";
        GradedExcellent = "graded_excellent", "评为优的项目数";
        GradedGood = "graded_good", "评为良的项目数";
        GradedFair = "graded_fair", "评为中（合格）的项目数";
        GradedPoor = "graded_poor", "评为差（不合格）的项目数";
        IssuesFound = "issues_found", "绩效自评发现的问题数";
        IssuesMended = "issues_mended", "已经整改的问题数";
        IssuesOpen = "issues_open", "正在整改的问题数";
        StaffQuota = "staff_quota", "编制数";
        StaffActual = "staff_actual", "实有人数";
        StaffPresent = "staff_present", "在职人数";
        StaffRetired = "staff_retired", "离退休人数";
        SubordinateUnits = "subordinate_units", "所属单位家数";
    }
}

impl Statistic {
    /// The budget that accounts measure a 三公 amount by; none for anything else.
    pub fn budget(self) -> Option<Statistic> {
        Some(match self {
            Statistic::ThreePublic => Statistic::ThreePublicBudget,
            Statistic::OverseasTrips => Statistic::OverseasTripsBudget,
            Statistic::VehicleCosts => Statistic::VehicleCostsBudget,
            Statistic::VehiclePurchase => Statistic::VehiclePurchaseBudget,
            Statistic::VehicleRunning => Statistic::VehicleRunningBudget,
            Statistic::Receptions => Statistic::ReceptionsBudget,
            _ => return None,
        })
    }
}
