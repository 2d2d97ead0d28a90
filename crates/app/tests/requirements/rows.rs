//! The list of the rows: each has a test, or a line that says where its text is kept.

use mingzhang_testkit::shared;
use std::collections::BTreeMap;

/// The rows that the books answer for; what comes after them is a matter of documents.
const LAST: u8 = 44;

const LIST: &str = include_str!("rows.tsv");

macro_rules! tests {
    ($($group:ident::$name:ident)*) => { [$((stringify!($name), crate::$group::$name as fn())),*] };
}

/// The tests that there are, by their names: one that is missing does not compile.
fn tests() -> BTreeMap<&'static str, fn()> {
    let listed = tests! {
        group_a::r01_duties_are_numbered_and_counted
        group_a::r02_offices_are_as_many_as_their_list_is_long
        group_a::r03_units_have_a_nature_and_their_place_in_the_department
        group_a::r04_staff_are_counted_by_kind_and_the_rate_is_present_over_quota
        group_a::r05_a_department_is_its_units_less_what_goes_between_them
        group_b::r06_income_is_told_by_its_sources_and_is_their_sum
        group_b::r07_changes_on_the_year_before_have_amount_rate_and_direction
        group_b::r08_shares_of_the_sources_make_up_the_whole
        group_c::r09_functions_add_up_level_by_level_and_have_names
        group_c::r10_basic_and_project_expenditure_make_up_the_whole
        group_c::r11_basic_expenditure_is_told_by_economic_items_that_fit_the_functions
        group_c::r12_projects_are_a_list_whose_sum_is_the_project_expenditure
        group_c::r13_empty_funds_are_declared_and_others_are_listed
        group_d::r14_the_nine_tables_of_accounts_come_out_and_hold_together
        group_d::r15_every_item_of_the_accounts_is_measured_by_its_budget
        group_d::r16_what_was_there_and_came_in_is_what_went_out_and_is_left
        group_d::r17_the_rate_of_adjustment_has_two_definitions_and_both_are_computed
        group_e::r18_three_public_is_the_sum_of_its_parts_in_budget_and_accounts
        group_e::r19_business_receptions_are_told_apart_within_receptions
        group_e::r20_guests_trips_and_vehicles_are_counted_from_their_rows
        group_e::r21_three_public_grows_only_with_a_reason
        group_f::r22_operating_funds_are_those_of_administrative_units
        group_f::r23_meetings_trainings_and_events_are_planned_and_held
        group_g::r24_procurement_is_the_sum_of_its_kinds_and_small_enterprises_are_counted
        group_g::r25_vehicles_are_counted_by_purpose_on_a_day
        group_g::r26_large_equipment_is_counted_by_kind_and_price
        group_g::r27_assets_net_is_original_less_depreciation_to_the_fen
        group_h::r28_the_goal_of_the_whole_is_all_expenditure_and_its_table_comes_out
        group_h::r29_projects_with_goals_are_counted_with_their_units_and_money
        group_h::r30_the_score_is_computed_and_a_stated_one_is_held_against_it
        group_h::r31_a_project_has_the_seven_parts_of_its_card
        group_i::r32_investment_goes_stage_by_stage_and_never_grows
        group_i::r33_a_chamber_has_its_initiators_and_how_far_it_is
        group_i::r34_information_and_research_are_counted_by_the_year
        group_i::r35_services_to_visitors_are_not_receptions
        group_i::r36_petitions_are_totals_and_no_person_can_be_entered
        group_i::r37_documents_meetings_and_matters_are_handled_and_reported
        group_i::r38_proposals_and_opinions_are_answered_in_time
        group_i::r39_the_hotline_its_training_duty_and_emergencies
        group_i::r40_finance_risks_rewards_and_the_platform
        group_i::r41_assistance_has_a_plan_a_review_an_assessment_and_its_people
        group_i::r42_agencies_are_recorded_guided_and_served
        group_i::r43_the_income_of_a_village_is_its_investment_times_the_rate
        group_i::r44_party_work_is_counted_by_the_month
    };
    BTreeMap::from(listed)
}

/// Number, group, title, and the test or the place of the text.
fn rows() -> Vec<(u8, &'static str, &'static str, &'static str)> {
    let row = |line: &'static str| {
        let [number, group, title, shown] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        (number.parse().unwrap(), group, title, shown)
    };
    LIST.lines().skip(1).map(row).collect()
}

/// What is wrong with a row: no test of its number, and no text either.
fn fault(number: u8, shown: &str, tests: &BTreeMap<&str, fn()>) -> Option<String> {
    if let Some(place) = shown.strip_prefix("text:") {
        return place.trim().is_empty().then(|| format!("{number}: the place of its text is not said"));
    }
    let is_its_own = shown.starts_with(&format!("r{number:02}_")) && tests.contains_key(shown);
    (!is_its_own).then(|| format!("{number}: no test {shown}"))
}

#[test]
fn every_row_has_a_test_of_its_number_or_says_where_its_text_is_kept() {
    let (rows, tests) = (rows(), tests());
    let numbers: Vec<u8> = rows.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=LAST).collect::<Vec<_>>());
    let faults: Vec<String> = rows.iter().filter_map(|(number, .., shown)| fault(*number, shown, &tests)).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert!(rows.iter().all(|(_, group, title, _)| group.len() == 1 && !title.is_empty()));
    // And no test stands beside the list.
    assert!(tests.keys().all(|name| rows.iter().any(|(.., shown)| shown == name)));
}

#[test]
fn a_row_without_a_test_of_its_number_is_found() {
    let tests = tests();
    let of = |number: u8, shown: &str| fault(number, shown, &tests);
    assert!(of(2, "r01_duties_are_numbered_and_counted").is_some());
    assert!(of(1, "r01_no_such_test").is_some() && of(1, "").is_some() && of(1, "text: ").is_some());
    assert!(of(1, "r01_duties_are_numbered_and_counted").is_none() && of(1, "text: the foreword").is_none());
}

#[test]
fn the_rows_are_those_of_the_requirements() {
    for path in shared::files("", "REQUIREMENTS.md") {
        let text = std::fs::read_to_string(path).unwrap();
        let mut group = "";
        let mut found = Vec::new();
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                group = heading.split(' ').next().unwrap_or_default();
            }
            let number = line.strip_prefix("| ").and_then(|line| line.split(' ').next()?.parse::<u8>().ok());
            found.extend(number.filter(|number| *number <= LAST).map(|number| (number, group.to_owned())));
        }
        let listed: Vec<(u8, String)> =
            rows().into_iter().map(|(number, group, ..)| (number, group.to_owned())).collect();
        assert_eq!(listed, found);
    }
}
