//! Expressions on rows: exact, total, and never a panic, whatever the tree.

use super::evaluate::{Gap, Place, evaluate};
use super::figures::Measured;
use super::value::Value;
use super::{Row, check_row, computed, figures};
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::register::expression::{
    Comparison, Datum, Expression, Operation, Period, Scope, Type, condition, parse,
};
use mingzhang_standard::register::{Register, register};
use proptest::prelude::*;

fn scope() -> Scope {
    let fields = [
        ("kind", Type::Choice(vec!["domestic".into(), "foreign".into()])),
        ("guests", Type::Number),
        ("amount", Type::Money),
        ("day", Type::Date),
        ("absent", Type::Number),
        ("listed", Type::YesNo),
    ];
    Scope {
        fields: fields.into_iter().map(|(name, of)| (name.to_string(), of)).collect(),
        period: Period::Asked,
        ..Scope::default()
    }
}

fn value(name: &str) -> Option<Datum> {
    Some(match name {
        "kind" => Datum::Choice("domestic".into()),
        "guests" => Datum::Number(Fraction::whole(3)),
        "amount" => Datum::Money(Fraction::whole(10_000)),
        "day" => Datum::Date(Date::new(2022, 12, 31).unwrap()),
        "listed" => Datum::YesNo(true),
        _ => return None,
    })
}

fn place() -> Place<'static> {
    Place { row: &value, year: 2022, cutoff: Date::new(2022, 12, 31).unwrap() }
}

fn holds(text: &str) -> Result<bool, Gap> {
    match evaluate(&condition(text, &scope()).unwrap(), place())? {
        Datum::YesNo(yes) => Ok(yes),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn conditions_are_exact() {
    for text in [
        "kind = domestic and listed",
        "amount = 100元 and amount = 0.01万元 and amount <= 100.00元",
        "amount / guests * 3 = 100元",
        "amount / guests > 33.33元 and amount / guests < 33.34元",
        "round(amount / guests, 2) = 33.33元",
        "round(guests / 8, 2) = 0.38",
        "day = cutoff and year_of(day) = year and day - 2022-01-01 = 364 and day + 1 = 2023-01-01",
        "guests in (1, 3) and kind in (foreign, domestic)",
        "min(guests, 2) = 2 and max(guests, 5) = 5 and -guests = 0 - 3",
        "if(guests > 2, guests, 1 / 0) = 3",
        "present(guests) and not present(absent)",
    ] {
        assert_eq!(holds(text), Ok(true), "{text}");
    }
    assert_eq!(holds("guests != 3 or kind != domestic"), Ok(false));
}

#[test]
fn what_is_missing_or_cannot_be_reckoned_is_a_gap() {
    let missing = Err(Gap::Missing("absent".into()));
    assert_eq!(holds("absent > 0"), missing);
    assert_eq!(holds("absent > 0 and guests = 3"), missing);
    assert_eq!(holds("absent > 0 and guests = 4"), Ok(false), "one no decides");
    assert_eq!(holds("guests = 3 or absent > 0"), Ok(true), "one yes decides");
    assert_eq!(holds("not (absent > 0)"), missing);
    assert_eq!(holds("guests / (guests - 3) > 1"), Err(Gap::DivisionByZero));
    assert_eq!(holds("guests = 3 or 1 / 0 = 1"), Ok(true));
    let large = format!("{0} * {0} * {0} > 1", "9".repeat(18));
    assert_eq!(holds(&large), Err(Gap::TooLarge));
    assert_eq!(holds("day + 99999999 > day"), Err(Gap::TooLarge));
    assert_eq!(holds("day + 1 / 2 > day"), Err(Gap::TooLarge));
}

fn with(register: &Register, changes: &[(&str, Value)]) -> Row {
    assert!(changes.iter().all(|(name, _)| register.field(name).is_some()));
    changes.iter().map(|(name, value)| (name.to_string(), value.clone())).collect()
}

#[test]
fn a_rate_of_twenty_of_twenty_four_is_rounded_as_declared() {
    let petitions = register("petitions").unwrap();
    let counts = [("received", 24), ("closed", 20), ("on_time", 20), ("resolved", 20)];
    let mut row: Row = counts.into_iter().map(|(name, count)| (name.to_string(), Value::Count(count))).collect();
    row.insert("period_end".into(), Value::Date(Date::new(2022, 12, 31).unwrap()));
    row.insert("category".into(), Value::Choice("assigned".into()));
    assert_eq!(check_row(petitions, &row), []);
    let found = figures(petitions, [(7, &row)], 2022, Date::new(2022, 12, 31).unwrap());
    let figure = |name: &str| found.iter().find(|figure| figure.name == name).unwrap();
    assert_eq!(figure("petition_resolution_rate").value, Measured::Percent { parts: 833, decimals: 1 });
    assert_eq!(figure("petition_resolution_rate_exact").value, Measured::Percent { parts: 8_333, decimals: 2 });
    assert_eq!(figure("petition_resolution_rate_exact").value.to_string(), "83.33");
    assert_eq!(figure("petition_resolution_rate").rows, [7]);
    assert_eq!(figure("petition_repeat_rate").value, Measured::Percent { parts: 0, decimals: 1 });
    let none = figures(petitions, Vec::<(u8, &Row)>::new(), 2022, Date::new(2022, 12, 31).unwrap());
    let rate = none.iter().find(|figure| figure.name == "petition_resolution_rate").unwrap();
    assert_eq!(rate.value, Measured::None, "a rate of nothing is none");
}

#[test]
fn a_row_that_cannot_be_counted_stands_beside_its_figure() {
    let meetings = register("meetings").unwrap();
    let row = with(meetings, &[("day", Value::Date(Date::new(2024, 3, 1).unwrap()))]);
    let found = figures(meetings, [("m", &row)], 2024, Date::new(2024, 12, 31).unwrap());
    let amount = found.iter().find(|figure| figure.name == "meetings").unwrap();
    assert_eq!((amount.value, amount.rows.len()), (Measured::Money(Amount(0)), 0));
    assert_eq!(amount.unclear, [("m", Gap::Missing("amount".into()))]);
}

#[test]
fn sums_that_do_not_fit_are_no_figures_and_no_panics() {
    let trips = register("trips").unwrap();
    let huge = Value::Money(Amount(i64::MAX));
    let day = Value::Date(Date::new(2024, 3, 1).unwrap());
    let row = with(trips, &[("departure", day.clone()), ("arrival", day), ("travel", huge.clone()), ("meals", huge)]);
    let found = figures(trips, [(1, &row)], 2024, Date::new(2024, 12, 31).unwrap());
    assert_eq!(found.iter().find(|figure| figure.name == "trip_cost").unwrap().value, Measured::None);
    assert!(!check_row(trips, &row).is_empty());
    let cost = computed(trips, &row).into_iter().find(|(name, ..)| *name == "cost").unwrap();
    assert_eq!(cost.2.as_deref(), Some("（数值过大）"));
}

#[test]
fn computed_values_are_told_in_words() {
    let evaluations = register("evaluations").unwrap();
    let money = |wan: i64| Value::Money(Amount(wan * 1_000_000));
    let row = with(
        evaluations,
        &[
            ("budget", money(200)),
            ("spent", money(175)),
            ("output_points", Value::Decimal(500_000)),
            ("benefit_points", Value::Decimal(250_000)),
            ("satisfaction_points", Value::Decimal(62_500)),
        ],
    );
    let told: Vec<(&str, Option<String>)> =
        computed(evaluations, &row).into_iter().map(|(name, _, words)| (name, words)).collect();
    let word = |text: &str| Some(text.to_string());
    assert_eq!(
        told,
        [
            ("execution_rate", word("87.5")),
            ("execution_points", word("8.75")),
            ("points", word("90")),
            ("mark", word("优"))
        ]
    );
}

fn number() -> impl Strategy<Value = Fraction> {
    prop_oneof![
        (any::<i128>(), any::<i128>()).prop_filter_map("no fraction", |(a, b)| Fraction::new(a, b)),
        (-3i64..4).prop_map(Fraction::whole),
    ]
}

fn datum() -> impl Strategy<Value = Datum> {
    prop_oneof![
        number().prop_map(Datum::Number),
        number().prop_map(Datum::Money),
        any::<i64>().prop_map(|days| Datum::Date(Date::after_epoch(days))),
        any::<bool>().prop_map(Datum::YesNo),
        Just(Datum::Choice("domestic".into())),
    ]
}

/// Any tree at all, well typed or not: a file could not hold most of them.
fn expression() -> impl Strategy<Value = Expression> {
    let names = prop_oneof![Just("guests"), Just("amount"), Just("day"), Just("absent"), Just("listed"), Just("kind")];
    let leaf = prop_oneof![
        datum().prop_map(Expression::Literal),
        names.clone().prop_map(|name| Expression::Field(name.to_string())),
        names.prop_map(|name| Expression::Present(name.to_string())),
        Just(Expression::Year),
        Just(Expression::Cutoff),
    ];
    leaf.prop_recursive(6, 64, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        let operations = prop_oneof![
            Just(Operation::Add),
            Just(Operation::Subtract),
            Just(Operation::Multiply),
            Just(Operation::Divide),
            Just(Operation::Least),
            Just(Operation::Greatest),
        ];
        prop_oneof![
            boxed().prop_map(Expression::Not),
            boxed().prop_map(Expression::YearOf),
            (boxed(), boxed()).prop_map(|(a, b)| Expression::And(a, b)),
            (boxed(), boxed()).prop_map(|(a, b)| Expression::Or(a, b)),
            (boxed(), boxed()).prop_map(|(a, b)| Expression::Compare(Comparison::AtMost, a, b)),
            (operations, boxed(), boxed()).prop_map(|(how, a, b)| Expression::Reckon(how, a, b)),
            (boxed(), 0u8..7).prop_map(|(a, decimals)| Expression::Round(a, decimals)),
            (boxed(), prop::collection::vec(datum(), 0..3)).prop_map(|(a, values)| Expression::OneOf(a, values)),
            (boxed(), boxed(), boxed()).prop_map(|(a, b, c)| Expression::If(a, b, c)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn working_out_never_panics(expression in expression()) {
        let _ = evaluate(&expression, place());
    }

    #[test]
    fn reading_an_expression_never_panics(
        text in concat!(
            "[a-z0-9_ .,()<>=!*/+'%\"-]{0,40}",
            "|(guests|amount|day|and|or|not|in|\\(|\\)|[<>=+*/-]|[0-9]{1,3}(元|万元)?| ){0,12}",
            "|\\PC{0,20}"
        )
    ) {
        if let Ok((expression, _)) = parse(&text, &scope()) {
            let _ = evaluate(&expression, place());
        }
    }

    #[test]
    fn well_typed_expressions_have_no_gap_of_kind(
        text in concat!(
            "(guests|\\(amount / 1元\\)|year|\\(day - cutoff\\)|absent) [+*/-] (guests|2|0|0\\.5) ",
            "(<|<=|=|!=) (year|3|guests / 7)"
        )
    ) {
        let that = condition(&text, &scope()).unwrap();
        prop_assert_ne!(evaluate(&that, place()), Err(Gap::WrongKind));
    }

    #[test]
    fn order_of_fractions_agrees_with_cross_multiplying(
        a in any::<i32>(), b in 1i32.., c in any::<i32>(), d in 1i32..
    ) {
        let (a, b, c, d) = (i128::from(a), i128::from(b), i128::from(c), i128::from(d));
        let order = Fraction::new(a, b).cmp(&Fraction::new(c, d));
        prop_assert_eq!(order, (a * d).cmp(&(c * b)));
    }
}
