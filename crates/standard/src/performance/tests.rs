//! The files are what they must be, and a fault in one is named.

use super::*;
use mingzhang_model::set::Member;
use std::collections::BTreeSet;

#[test]
fn every_file_in_the_folder_is_compiled_in() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/performance");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = names.map(|name| name.replace(".toml", "")).collect();
    let mut known: Vec<&str> = FILES.iter().map(|(id, _)| *id).chain(["scales"]).collect();
    files.sort();
    known.sort_unstable();
    assert_eq!(files, known);
}

#[test]
fn the_weights_of_every_system_with_scores_add_up_to_100() {
    let mut scored = 0;
    for system in systems().iter().filter(|system| system.weighting != Weighting::None) {
        let fixed: i64 = system.indicators.iter().map(|each| each.weight.unwrap().0).sum();
        let open: i64 = system.open.iter().map(|part| part.weight.0).sum();
        assert_eq!(fixed + open, 10_000, "{}", system.id);
        scored += 1;
    }
    assert_eq!(scored, 4);
}

#[test]
fn the_hunan_table_has_the_weights_of_its_three_parts() {
    let system = system("hunan_whole_unit").unwrap();
    let part = |name: &str| -> i64 {
        system.indicators.iter().filter(|each| each.level1 == name).map(|each| each.weight.unwrap().0).sum()
    };
    assert_eq!((part("投入"), part("过程"), part("产出及效率")), (1_000, 6_000, 3_000));
    assert_eq!(system.indicators.len(), 16);
}

#[test]
fn the_framework_of_2013_gives_rates_and_no_weights() {
    let system = system("ministry_2013").unwrap();
    assert!(system.indicators.iter().all(|each| each.weight.is_none() && each.scoring.is_none()));
    assert_eq!(system.indicators.len(), 28);
    assert_eq!(system.indicators.iter().filter(|each| each.rate.is_some()).count(), 17);
}

#[test]
fn every_input_is_needed_by_some_system_and_its_word_leads_back_to_it() {
    let rates = systems().iter().flat_map(|system| &system.indicators).filter_map(|each| each.rate.as_ref());
    let used: BTreeSet<Input> = rates.flat_map(Rate::inputs).collect();
    assert_eq!(used.into_iter().collect::<Vec<_>>(), Input::ALL);
    assert!(Input::ALL.iter().all(|input| Input::from_word(input.word()) == Some(*input)));
}

#[test]
fn a_part_and_its_whole_count_the_same_thing() {
    let parts: Vec<Input> = Input::ALL.iter().copied().filter(|input| input.part_of().is_some()).collect();
    assert_eq!(parts.len(), 5);
    assert!(parts.iter().all(|input| input.part_of().unwrap().quantity() == input.quantity()));
}

#[test]
fn grades_change_exactly_at_90_80_and_60() {
    let (ministry, shanghai) = (scale("ministry").unwrap(), scale("shanghai").unwrap());
    let words = |text: &str| {
        let points = Points::parse(text).unwrap();
        (ministry.grade(points), shanghai.grade(points))
    };
    assert_eq!((words("100"), words("90"), words("89.99")), (("优", "优"), ("优", "优"), ("良", "良")));
    assert_eq!((words("80"), words("79.99")), (("良", "良"), ("中", "合格")));
    assert_eq!((words("60"), words("59.99"), words("0")), (("中", "合格"), ("差", "不合格"), ("差", "不合格")));
    let earlier = scale("shanghai_earlier").unwrap();
    assert_eq!((earlier.grade(Points(7_500)), earlier.grade(Points(7_499))), ("良", "合格"));
    assert_eq!((ministry.band(0), ministry.band(1)), ("90分（含）以上".into(), "80分（含）至90分".into()));
    assert_eq!(ministry.band(3), "60分以下");
}

#[test]
fn points_are_written_with_at_most_two_decimals_and_not_below_nothing() {
    assert_eq!((Points::parse("98.5"), Points::parse("5")), (Some(Points(9_850)), Some(Points(500))));
    for text in ["-1", "1.005", "5%", "优", "", "10000000"] {
        assert_eq!(Points::parse(text), None, "{text}");
    }
    assert_eq!((Points(9_850).to_string(), Points(0).to_string(), Points(905).to_string()).0, "98.5");
    let third = Fraction::new(10, 3).unwrap();
    assert_eq!((Points::rounded(third, 2), Points::rounded(third, 0)), (Some(Points(333)), Some(Points(300))));
    assert_eq!(Points::rounded(Fraction::parse("0.125").unwrap(), 2), Some(Points(13)));
}

#[test]
fn levels_hold_their_lower_end_and_only_the_best_its_upper() {
    let levels = &system("project").unwrap().levels;
    let allowed = |text: &str| {
        let share = Fraction::parse(text).unwrap();
        levels.iter().map(|level| level.allows(share)).collect::<Vec<_>>()
    };
    assert_eq!((allowed("100%"), allowed("80%")), (vec![true, false, false], vec![true, false, false]));
    assert_eq!((allowed("79.9%"), allowed("60%")), (vec![false, true, false], vec![false, true, false]));
    assert_eq!((allowed("59.9%"), allowed("0%")), (vec![false, false, true], vec![false, false, true]));
    assert_eq!((allowed("100.1%"), allowed("-1%")), (vec![false; 3], vec![false; 3]));
}

#[track_caller]
fn fails(head: &str, body: &str, part: &str) {
    let text = format!("name='x'\nbasis='x'\ndecimals=2\nscale='ministry'\n{head}\n{body}");
    let fault = file::system("x", &text, scales()).unwrap_err();
    assert!(fault.contains(part), "{fault}");
}

fn indicator(more: &str) -> String {
    format!("[[indicator]]\ncode='c'\nlevel1='l'\nname='n'\n{more}\n")
}

#[test]
fn faults_of_a_system_are_named() {
    fails("weighting='some'", "", "unknown weighting “some”");
    fails("weighting='none'\ncolour='red'", "", "colour");
    fails("weighting='none'\nsteps='half'", "", "unknown steps “half”");
    let awarded = |weight: &str| indicator(&format!("weight='{weight}'\nscoring={{kind='awarded'}}"));
    fails("weighting='fixed'", &awarded("99"), "add up to 99, not to 100");
    fails("weighting='fixed'", &format!("{}{}", awarded("50"), awarded("50")), "the code “c”");
    fails("weighting='none'", &awarded("100"), "without weights");
    fails("weighting='fixed'", &indicator("weight='100'"), "no weight or no scoring");
    fails("weighting='fixed'", &awarded("1e2"), "not a number of points");
    let open = "[[open]]\nlevel1='p'\nlevel2=[]\nweight='100'\n";
    fails("weighting='fixed'", open, "need levels");
    fails("weighting='fixed'\nlevels=[['a','50%','100%'],['b','0%','40%']]", open, "the level “b”");
    fails("weighting='fixed'\nlevels=[['a','50%','100%']]", open, "down to 0%");
}

#[test]
fn faults_of_a_rate_are_named() {
    let rate = |part: &str, whole: &str| indicator(&format!("part='{part}'\nwhole='{whole}'"));
    fails("weighting='none'", &rate("payed", "paid"), "c: unknown input “payed”");
    fails("weighting='none'", &rate("paid +", "paid"), "breaks off");
    fails("weighting='none'", &rate("paid / opening", "paid"), "“/” in");
    fails("weighting='none'", &rate("paid + staff_quota", "paid"), "adds unlike things");
    fails("weighting='none'", &rate("paid", "staff_quota"), "Money is divided by Persons");
    fails("weighting='none'", &rate("paid", "paid * opening"), "more than a share");
    fails("weighting='none'", &indicator("part='paid'"), "a part without a whole");
}

#[test]
fn faults_of_a_scoring_are_named() {
    let scored =
        |scoring: &str| indicator(&format!("weight='100'\npart='paid'\nwhole='opening'\nscoring={{kind={scoring}}}"));
    fails("weighting='fixed'", &scored("'guess'"), "guess");
    fails("weighting='fixed'", &scored("'at_most',full_at='100%',step='0%',minus='1'"), "not above zero");
    fails("weighting='fixed'", &scored("'up_to',bands=[['10%','100'],['5%','4']]"), "do not rise");
    fails("weighting='fixed'", &scored("'from',bands=[['5%','100'],['10%','4']]"), "do not fall");
    fails("weighting='fixed'", &scored("'up_to',bands=[['0%','101'],['5%','4']]"), "from the weight 100");
    fails("weighting='fixed'", &scored("'up_to',bands=[['0%','100'],['5%','100']]"), "from the weight 100");
    let rateless = "weight='100'\nscoring={kind='ratio_capped',full_at='100%'}";
    fails("weighting='fixed'", &indicator(rateless), "scored by a rate and has none");
}

#[test]
fn faults_of_a_scale_are_named() {
    let scale = |grades: &str| file::scales(&format!("[[scale]]\nid='s'\nname='n'\ngrades={grades}")).unwrap_err();
    assert!(scale("[['90','优'],['95','良'],['0','差']]").contains("s: the grades do not fall"));
    assert!(scale("[['90','优'],['60','差']]").contains("s: the grades do not fall to zero"));
    assert!(file::scales("scale=[]").unwrap_err().contains("no scale"));
}
