//! How the file of a register is written, and what is wrong with one that is written wrongly.

use super::expression::{self, Expression, FUNCTIONS, Period, RESERVED, Scope, Type};
use super::{Check, Computed, Counted, Field, FieldKind, FigureForm, GroupCheck, Message, Moment, Piece, Register};
use mingzhang_model::code::EconomicCode;
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisterFile {
    title: String,
    row: String,
    requirements: Vec<u8>,
    #[serde(default)]
    totals_only: bool,
    #[serde(default)]
    pays: Vec<String>,
    #[serde(default)]
    unique: Vec<String>,
    key: Option<String>,
    /// The field with the day or year of a row.
    date: Option<String>,
    /// The fields with the days between which a row counts.
    held: Option<Vec<String>>,
    fields: Vec<FieldFile>,
    #[serde(default)]
    computed: Vec<(String, String, String)>,
    #[serde(rename = "check", default)]
    checks: Vec<CheckFile>,
    #[serde(rename = "remark", default)]
    remarks: Vec<CheckFile>,
    #[serde(rename = "group", default)]
    groups: Vec<GroupFile>,
    #[serde(rename = "agreement", default)]
    agreements: Vec<CheckFile>,
    #[serde(rename = "figure", default)]
    figures: Vec<FigureFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    name: String,
    title: String,
    kind: String,
    #[serde(default)]
    choices: Vec<(String, String)>,
    of: Option<String>,
    #[serde(default)]
    required: bool,
    default: Option<String>,
    #[serde(default)]
    secret: bool,
    #[serde(default)]
    help: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckFile {
    that: String,
    message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    by: Vec<String>,
    sum: String,
    that: String,
    message: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureFile {
    statistic: Option<String>,
    name: Option<String>,
    title: Option<String>,
    unit: Option<String>,
    count: Option<String>,
    sum: Option<String>,
    distinct: Option<String>,
    mean: Option<String>,
    ratio: Option<(String, String)>,
    #[serde(rename = "where")]
    filter: Option<String>,
    at: Option<String>,
    date: Option<String>,
    by: Option<String>,
    suppress_below: Option<u64>,
    decimals: Option<u8>,
}

/// Reads the file of a register.
pub(super) fn parse(id: &'static str, text: &str) -> Result<Register, String> {
    let file: RegisterFile = toml::from_str(text).map_err(|fault| fault.to_string())?;
    let fields: Vec<Field> = file.fields.iter().map(field).collect::<Result<_, _>>()?;
    let mut scope = scope(&fields)?;
    let mut computed = Vec::new();
    for (name, title, text) in &file.computed {
        let (value, of) = expression::parse(text, &scope).map_err(|fault| format!("computed “{name}”: {fault}"))?;
        if scope.fields.contains_key(name) || scope.computed.insert(name.clone(), (value.clone(), of)).is_some() {
            return Err(format!("“{name}” stands twice"));
        }
        computed.push(Computed { name: name.clone(), title: title.clone(), value });
    }
    let secrets: Vec<&str> = fields.iter().filter(|field| field.secret).map(|field| field.name.as_str()).collect();
    let named = |names: &[String]| match names.iter().find(|name| !scope.fields.contains_key(*name)) {
        Some(name) => Err(format!("“{name}” is no field")),
        None => Ok(()),
    };
    named(&file.unique)?;
    named(file.key.as_slice())?;
    if let Some(key) = &file.key
        && !fields.iter().any(|field| field.name == *key && field.required)
    {
        return Err(format!("the key “{key}” is not required"));
    }
    if file.totals_only
        && let Some(field) = fields.iter().find(|field| field.kind.of() == Type::Text)
    {
        return Err(format!("“{}” could name somebody, but the register holds totals only", field.name));
    }
    let checked = |files: &[CheckFile]| -> Result<Vec<Check>, String> {
        files.iter().map(|file| check(file, &scope, &secrets)).collect()
    };
    let mut groups = Vec::new();
    for group in &file.groups {
        named(&group.by)?;
        groups.push(group_check(group, &scope, &secrets)?);
    }
    let figures = figures(&file, &fields, &scope)?;
    let agreed = figure_scope(&figures);
    let agreements = file.agreements.iter().map(|file| check(file, &agreed, &[])).collect::<Result<_, _>>()?;
    let code = |text: &String| EconomicCode::parse(text).ok_or_else(|| format!("“{text}” is no economic code"));
    Ok(Register {
        id,
        checks: checked(&file.checks)?,
        remarks: checked(&file.remarks)?,
        groups,
        agreements,
        pays: file.pays.iter().map(code).collect::<Result<_, _>>()?,
        title: file.title,
        row: file.row,
        requirements: file.requirements,
        totals_only: file.totals_only,
        fields,
        computed,
        unique: file.unique,
        key: file.key,
        figures,
    })
}

fn field(file: &FieldFile) -> Result<Field, String> {
    let fault = |what: &str| format!("field “{}” {what}", file.name);
    let kind = match file.kind.as_str() {
        "text" => FieldKind::Text,
        "code" => FieldKind::Code,
        "date" => FieldKind::Date,
        "money" => FieldKind::Money,
        "count" => FieldKind::Count,
        "decimal" => FieldKind::Decimal,
        "yes_no" => FieldKind::YesNo,
        "year" => FieldKind::Year,
        "choice" if file.choices.len() < 2 => return Err(fault("is a choice without choices")),
        "choice" => FieldKind::Choice(file.choices.clone()),
        "reference" => FieldKind::Reference(file.of.clone().ok_or_else(|| fault("does not say of which register"))?),
        other => return Err(fault(&format!("is of the unknown kind “{other}”"))),
    };
    if !file.choices.is_empty() && file.kind != "choice" || file.of.is_some() && file.kind != "reference" {
        return Err(fault("has choices or a register that its kind does not have"));
    }
    Ok(Field {
        name: file.name.clone(),
        title: file.title.clone(),
        kind,
        required: file.required,
        default: file.default.clone(),
        secret: file.secret,
        help: file.help.clone(),
    })
}

/// The names of the fields, each once and none that means something else.
fn scope(fields: &[Field]) -> Result<Scope, String> {
    let mut scope = Scope::default();
    let mut titles: Vec<&str> = Vec::new();
    for field in fields {
        let name = field.name.as_str();
        let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !is_plain || RESERVED.contains(&name) || FUNCTIONS.contains(&name) {
            return Err(format!("“{name}” cannot be the name of a field"));
        }
        if titles.contains(&field.title.as_str()) || scope.fields.insert(name.to_string(), field.kind.of()).is_some() {
            return Err(format!("“{name}” or its title stands twice"));
        }
        titles.push(&field.title);
    }
    for field in fields {
        let FieldKind::Choice(choices) = &field.kind else { continue };
        for (i, (word, title)) in choices.iter().enumerate() {
            if scope.fields.contains_key(word) || RESERVED.contains(&word.as_str()) {
                return Err(format!("the choice “{word}” of “{}” is the name of something else", field.name));
            }
            if choices[..i].iter().any(|(other, name)| other == word || name == title) {
                return Err(format!("the choice “{word}” of “{}” stands twice", field.name));
            }
        }
    }
    Ok(scope)
}

fn check(file: &CheckFile, scope: &Scope, secrets: &[&str]) -> Result<Check, String> {
    let that = expression::condition(&file.that, scope)?;
    Ok(Check { that, message: message(&file.message, scope, secrets)? })
}

fn group_check(file: &GroupFile, scope: &Scope, secrets: &[&str]) -> Result<GroupCheck, String> {
    let (sum, of) = expression::parse(&file.sum, scope)?;
    if !matches!(of, Type::Number | Type::Money) {
        return Err(format!("“{}” cannot be added up", file.sum));
    }
    let shared = scope.fields.iter().filter(|(name, _)| file.by.contains(name));
    let mut fields: BTreeMap<String, Type> = shared.map(|(name, of)| (name.clone(), of.clone())).collect();
    fields.insert("total".to_string(), of);
    let scope = Scope { fields, ..Scope::default() };
    let check = check(&CheckFile { that: file.that.clone(), message: file.message.clone() }, &scope, secrets)?;
    Ok(GroupCheck { by: file.by.clone(), sum, check })
}

fn message(text: &str, scope: &Scope, secrets: &[&str]) -> Result<Message, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| format!("“{text}”: a slot does not end"))?;
        if !scope.fields.contains_key(name) && !scope.computed.contains_key(name) {
            return Err(format!("“{text}”: “{name}” is no field"));
        }
        if secrets.contains(&name) {
            return Err(format!("“{text}” would tell the secret “{name}”"));
        }
        pieces.extend([Piece::Words(words.to_string()), Piece::Slot(name.to_string())]);
        rest = after;
    }
    pieces.push(Piece::Words(rest.to_string()));
    pieces.retain(|piece| *piece != Piece::Words(String::new()));
    if pieces.is_empty() {
        return Err("a check without a message".into());
    }
    Ok(Message(pieces))
}

fn figures(file: &RegisterFile, fields: &[Field], scope: &Scope) -> Result<Vec<FigureForm>, String> {
    let scope = Scope { period: Period::Asked, ..scope.clone() };
    let mut forms: Vec<FigureForm> = Vec::new();
    for figure in &file.figures {
        let name = figure.statistic.as_ref().or(figure.name.as_ref()).ok_or("a figure without a name")?;
        let built = build(figure, name, file, fields, &scope).map_err(|fault| format!("figure “{name}”: {fault}"))?;
        for form in built {
            if forms.iter().any(|other| other.name == form.name) {
                return Err(format!("figure “{}” stands twice", form.name));
            }
            forms.push(form);
        }
    }
    for form in &forms {
        let Counted::Ratio(part, whole) = &form.counted else { continue };
        let money = |name: &str| {
            let of = forms.iter().find(|other| other.name == name && !matches!(other.counted, Counted::Ratio(..)));
            let of = of.ok_or_else(|| format!("figure “{}”: “{name}” is no figure to take a ratio of", form.name))?;
            Ok::<bool, String>(matches!(of.counted, Counted::Money(_)))
        };
        if money(part)? != money(whole)? {
            return Err(format!("figure “{}”: a ratio of money and a count", form.name));
        }
    }
    Ok(forms)
}

/// The figure, or where it is by kinds one figure for each choice.
fn build(
    figure: &FigureFile,
    name: &str,
    file: &RegisterFile,
    fields: &[Field],
    scope: &Scope,
) -> Result<Vec<FigureForm>, String> {
    let statistic = match (&figure.statistic, &figure.name) {
        (Some(word), None) => {
            let found = Statistic::ALL.iter().find(|statistic| statistic.word() == word).copied();
            Some(found.ok_or("no statistic is called so")?)
        }
        (None, Some(_)) => None,
        _ => return Err("either a statistic or a name".into()),
    };
    let title = figure.title.clone().or(statistic.map(|statistic| statistic.term().to_string())).ok_or("no title")?;
    let counted = counted(figure, fields, scope)?;
    let unit = match (&counted, &figure.unit) {
        (Counted::Money(_), None) => "元",
        (Counted::Ratio(..), None) => "%",
        (Counted::Money(_) | Counted::Ratio(..), Some(_)) => return Err("money and ratios have their own units".into()),
        (_, Some(unit)) => unit,
        (_, None) => return Err("no unit".into()),
    };
    let is_ratio = matches!(counted, Counted::Ratio(..));
    if is_ratio && (figure.at.is_some() || figure.filter.is_some() || figure.by.is_some()) {
        return Err("a ratio has the rows of its figures".into());
    }
    let moment = if is_ratio { Moment::Any } else { moment(figure, file, fields)? };
    let filter = figure.filter.as_ref().map(|text| expression::condition(text, scope)).transpose()?;
    let form = FigureForm {
        name: name.to_string(),
        statistic,
        title,
        unit: unit.to_string(),
        counted,
        filter,
        moment,
        suppress_below: figure.suppress_below,
        family: None,
        decimals: figure.decimals.unwrap_or(2),
    };
    if form.decimals > 6 {
        return Err("more than 6 decimals".into());
    }
    let Some(by) = &figure.by else { return Ok(vec![form]) };
    let Some(FieldKind::Choice(choices)) = fields.iter().find(|field| field.name == *by).map(|field| &field.kind)
    else {
        return Err(format!("“{by}” is no choice"));
    };
    if statistic.is_some() || !form.title.contains("{}") {
        return Err("a figure by kinds has a name of its own, and {} in its title".into());
    }
    let of_kind = |(word, title): &(String, String)| {
        let is_kind = expression::condition(&format!("{by} = '{word}'"), scope)?;
        Ok(FigureForm {
            name: format!("{name}_{word}"),
            title: form.title.replace("{}", title),
            filter: Some(match form.filter.clone() {
                Some(filter) => Expression::And(Box::new(filter), Box::new(is_kind)),
                None => is_kind,
            }),
            family: Some(name.to_string()),
            ..form.clone()
        })
    };
    choices.iter().map(of_kind).collect()
}

fn counted(figure: &FigureFile, fields: &[Field], scope: &Scope) -> Result<Counted, String> {
    match (&figure.count, &figure.sum, &figure.distinct, &figure.mean, &figure.ratio) {
        (Some(what), None, None, None, None) if what == "rows" => Ok(Counted::Rows),
        (None, Some(text), None, None, None) => match expression::parse(text, scope)? {
            (sum, Type::Number) => Ok(Counted::Sum(sum)),
            (sum, Type::Money) => Ok(Counted::Money(sum)),
            (_, other) => Err(format!("{} cannot be added up", other.name())),
        },
        (None, None, Some(name), None, None) => {
            let is_field = fields.iter().any(|field| field.name == *name);
            if is_field { Ok(Counted::Distinct(name.clone())) } else { Err(format!("“{name}” is no field")) }
        }
        (None, None, None, Some(text), None) => match expression::parse(text, scope)? {
            (mean, Type::Number) => Ok(Counted::Mean(mean)),
            (_, other) => Err(format!("no mean of {}", other.name())),
        },
        (None, None, None, None, Some((part, whole))) => Ok(Counted::Ratio(part.clone(), whole.clone())),
        _ => Err("one of count = \"rows\", sum, distinct, mean, ratio".into()),
    }
}

fn moment(figure: &FigureFile, file: &RegisterFile, fields: &[Field]) -> Result<Moment, String> {
    let dated = |name: &str, may_be_year: Period| {
        let kind = fields.iter().find(|field| field.name == name).map(|field| &field.kind);
        let fits = match kind {
            Some(FieldKind::Date) => true,
            Some(FieldKind::Year) => may_be_year == Period::Asked,
            _ => false,
        };
        if fits { Ok(name.to_string()) } else { Err(format!("“{name}” does not hold the time of a row")) }
    };
    let date = || figure.date.as_ref().or(file.date.as_ref()).ok_or("no date says when a row counts");
    match figure.at.as_deref() {
        Some("year") => Ok(Moment::Year(dated(date()?, Period::Asked)?)),
        Some("latest") => Ok(Moment::Latest(dated(date()?, Period::None)?)),
        Some("cutoff") => match file.held.as_deref() {
            Some([from]) => Ok(Moment::Cutoff { from: dated(from, Period::None)?, until: None }),
            Some([from, until]) => {
                Ok(Moment::Cutoff { from: dated(from, Period::None)?, until: Some(dated(until, Period::None)?) })
            }
            _ => Err("no held = [from, until] says how long a row counts".into()),
        },
        Some("any") => Ok(Moment::Any),
        Some(other) => Err(format!("at “{other}”")),
        None => Err("at = year, cutoff, latest or any is missing".into()),
    }
}

/// The names of the figures, for what is said about several of them.
fn figure_scope(figures: &[FigureForm]) -> Scope {
    let of = |form: &FigureForm| match form.counted {
        Counted::Money(_) => Type::Money,
        _ => Type::Number,
    };
    let fields = figures.iter().map(|form| (form.name.clone(), of(form))).collect();
    Scope { fields, ..Scope::default() }
}
