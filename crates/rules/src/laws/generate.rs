//! Finding every identity that the keys of a document's facts imply.

use super::cover::covers;
use super::{Along, Identity, Law, Space};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::detail::{Aspect, Details};
use mingzhang_model::fact::Reading;
use mingzhang_model::key::{Economic, Function, Fund, Key, Measure, Stage};
use mingzhang_model::set::Set;
use std::collections::{BTreeMap, BTreeSet};

/// How many prints of one number are each compared with all the others.
const MOST_TWINS: usize = 6;

/// Every identity between the printed cells of a document.
pub(crate) fn identities(space: &Space<'_>) -> Vec<Identity> {
    let mut found = Vec::new();
    found.extend(nothing(space));
    found.extend(functional_sums(space));
    found.extend(economic_sums(space));
    found.extend(lined_up_sums(space));
    found.extend(turnovers(space));
    found.extend(flows(space));
    let split: HashSet<Key> =
        found.iter().filter(|i| i.along == Along::Funds).map(|i| space.keys[i.left[0]].clone()).collect();
    found.extend(roofs(space));
    found.extend(sums_over_tables(space, &split));
    found.extend(agreements(space));
    found.extend(bounds(space));
    found.extend(changes(space));
    confirmed(space, distinct(found)).into_iter().chain(layouts(space)).collect()
}

/// Each identity once, whichever way it was found.
fn distinct(found: Vec<Identity>) -> Vec<Identity> {
    let mut seen = HashSet::new();
    found
        .into_iter()
        .filter(|identity| {
            let sorted = |side: &[usize]| {
                let mut side = side.to_vec();
                side.sort_unstable();
                side
            };
            let sides = (sorted(&identity.left), sorted(&identity.right));
            seen.insert((identity.law == Law::Within, sides))
        })
        .collect()
}

fn sum(whole: usize, parts: Vec<usize>, along: Along) -> Identity {
    Identity { law: Law::Sum, along, left: vec![whole], right: parts }
}

/// Cells whose row and column exclude each other: a cell of 人员经费 in the row of 商品和服务支出.
fn nothing(space: &Space<'_>) -> Vec<Identity> {
    let empty = space.keys.iter().enumerate().filter(|(_, key)| key.is_empty());
    empty.map(|(i, _)| Identity { law: Law::Nothing, along: Along::None, left: vec![i], right: vec![] }).collect()
}

/// A fact with its functional code; no code for a total.
type Coded = (Option<FunctionalCode>, usize);

/// 合计 = Σ类, 类 = Σ款, 款 = Σ项, down each column of each table that lists every code in use.
fn functional_sums(space: &Space<'_>) -> Vec<Identity> {
    let mut columns: BTreeMap<(usize, usize, Key), Vec<Coded>> = BTreeMap::new();
    for (i, key) in space.keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let fact = space.fact(i);
        if !space.facts.statements[fact.statement].closed {
            continue;
        }
        let mut column = key.clone();
        column.function = Function::All;
        let code = match key.function {
            Function::All => None,
            Function::Code(code) => Some(code),
        };
        columns.entry((fact.statement, fact.column, column)).or_default().push((code, i));
    }
    columns.into_values().flat_map(|cells| hierarchy(&cells)).collect()
}

/// Parts under the nearest printed code above them; under the total where no code above is printed.
fn hierarchy(cells: &[Coded]) -> Vec<Identity> {
    let printed: HashMap<FunctionalCode, usize> = cells.iter().filter_map(|(code, i)| code.map(|c| (c, *i))).collect();
    let mut parts: BTreeMap<Option<FunctionalCode>, Vec<usize>> = BTreeMap::new();
    for (code, i) in cells {
        let Some(code) = code else { continue };
        let mut above = code.parent();
        while above.is_some_and(|a| !printed.contains_key(&a)) {
            above = above.and_then(FunctionalCode::parent);
        }
        parts.entry(above).or_default().push(*i);
    }
    let totals = || cells.iter().filter(|(code, _)| code.is_none()).map(|(_, i)| *i);
    let mut found = Vec::new();
    for (above, parts) in parts {
        let wholes: Vec<usize> = match above {
            Some(code) => vec![printed[&code]],
            None => totals().collect(),
        };
        found.extend(wholes.into_iter().map(|whole| sum(whole, parts.clone(), Along::Function)));
    }
    found
}

/// 301 = Σ301xx and 人员经费合计 = 301 + 303, over the columns of one name: a list that is printed in
/// several blocks side by side is one list.
fn economic_sums(space: &Space<'_>) -> Vec<Identity> {
    let mut lists: BTreeMap<(usize, String, &Details), Vec<usize>> = BTreeMap::new();
    for (i, key) in space.keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let fact = space.fact(i);
        let statement = &space.facts.statements[fact.statement];
        if statement.closed && is_economic_list(space, fact.statement) && key.function == Function::All {
            let list = (fact.statement, statement.columns[fact.column].name(), &key.details);
            lists.entry(list).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    for cells in lists.into_values() {
        for whole in &cells {
            let inside = |j: &&usize| {
                let (part, whole) = (&space.keys[**j], &space.keys[*whole]);
                part.economic != whole.economic && part.within(whole)
            };
            let candidates: Vec<usize> = cells.iter().filter(inside).copied().collect();
            let parts: Vec<usize> =
                candidates.iter().filter(|j| is_largest(space, **j, &candidates)).copied().collect();
            if !parts.is_empty() {
                found.push(sum(*whole, parts, Along::Economic));
            }
        }
    }
    found
}

fn is_largest(space: &Space<'_>, part: usize, candidates: &[usize]) -> bool {
    let key = &space.keys[part];
    !candidates.iter().any(|other| space.keys[*other] != *key && key.within(&space.keys[*other]))
}

/// True for a table whose rows are economic codes.
fn is_economic_list(space: &Space<'_>, statement: usize) -> bool {
    let rows = &space.facts.statements[statement].rows;
    rows.iter().any(|row| matches!(row.code, Some(mingzhang_model::fact::RowCode::Economic(_))))
}

/// Sums whose whole and parts stand in one row, or in one column of named rows.
fn lined_up_sums(space: &Space<'_>) -> Vec<Identity> {
    let mut lines: BTreeMap<(usize, bool, usize), Vec<usize>> = BTreeMap::new();
    for (i, key) in space.keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        let fact = space.fact(i);
        lines.entry((fact.statement, true, fact.row)).or_default().push(i);
        if key.function == Function::All && !is_economic_list(space, fact.statement) {
            lines.entry((fact.statement, false, fact.column)).or_default().push(i);
        }
    }
    let mut found = Vec::new();
    // What was carried over is no fund's money of this year: beside it the funds do not fill a total.
    let carries = |cells: &[usize]| {
        let opening = Set::only(Measure::Opening);
        let by_words = |i: &usize| space.facts.statements[space.fact(*i).statement].reading == Reading::Words;
        cells.iter().any(|i| by_words(i) && space.keys[*i].measures == opening)
    };
    for cells in lines.into_values().filter(|cells| cells.len() > 1 && !carries(cells)) {
        let candidates: Vec<(usize, &Key)> = cells.iter().map(|i| (*i, &space.keys[*i])).collect();
        for whole in &cells {
            let covers = covers(&space.keys[*whole], &space.domain(*whole), &candidates);
            found.extend(covers.into_iter().map(|cover| sum(*whole, cover.parts, cover.along)));
        }
    }
    found
}

/// 总计 = what comes in = what goes out, where the parts stand in another column than the total, as
/// the income of one fund does.
fn turnovers(space: &Space<'_>) -> Vec<Identity> {
    let mut found = Vec::new();
    for key in space.order.iter().filter(|key| key.measures == Set::all() && key.function == Function::All) {
        let prints = &space.nodes[key];
        for statement in 0..space.facts.statements.len() {
            let here: Vec<usize> = prints.iter().copied().filter(|i| space.fact(*i).statement == statement).collect();
            let Some(first) = here.first() else { continue };
            let domain = space.domain(*first);
            for (side, along) in [(domain.incoming, Along::Incoming), (domain.outgoing, Along::Outgoing)] {
                let parts: Option<Vec<usize>> = side
                    .iter()
                    .map(|measure| {
                        let mut part = key.clone();
                        part.measures = Set::only(measure);
                        space.nodes.get(&part)?.iter().copied().find(|i| space.fact(*i).statement == statement)
                    })
                    .collect();
                let Some(parts) = parts.filter(|parts| parts.len() > 1) else { continue };
                let column = space.fact(parts[0]).column;
                let whole = here.iter().copied().find(|i| space.fact(*i).column == column).unwrap_or(*first);
                found.push(sum(whole, parts, along));
            }
        }
    }
    found
}

/// 年初 + 收入 = 支出 + 年末, row by row, where no total is printed.
fn flows(space: &Space<'_>) -> Vec<Identity> {
    let mut rows: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for i in 0..space.keys.len() {
        rows.entry((space.fact(i).statement, space.fact(i).row)).or_default().push(i);
    }
    let mut found = Vec::new();
    for cells in rows.into_values() {
        let domain = space.domain(cells[0]);
        let side = |side: Set<Measure>| -> Option<Vec<usize>> {
            let cell = |measure| {
                cells.iter().copied().find(|i| {
                    let key = &space.keys[*i];
                    key.measures == Set::only(measure) && key.kinds == Set::all() && key.details.is_none()
                })
            };
            side.iter().map(cell).collect()
        };
        if let (Some(left), Some(right)) = (side(domain.incoming), side(domain.outgoing))
            && left.len() + right.len() > 2
        {
            found.push(Identity { law: Law::Flow, along: Along::None, left, right });
        }
    }
    found
}

/// A total that a list of economic codes does not print itself, but another table does:
/// 基本支出 of one table is 人员经费合计 and 公用经费合计 of another.
fn roofs(space: &Space<'_>) -> Vec<Identity> {
    let mut found = Vec::new();
    for statement in (0..space.facts.statements.len()).filter(|s| is_economic_list(space, *s)) {
        let cells: Vec<usize> = (0..space.keys.len())
            .filter(|i| space.fact(*i).statement == statement && !space.keys[*i].is_empty())
            .filter(|i| space.keys[*i].details.is_none())
            .collect();
        let Some(first) = cells.first() else { continue };
        let mut whole = space.keys[*first].clone();
        whole.economic = Economic::all();
        let printed_here = cells.iter().any(|i| space.keys[*i] == whole);
        let Some(print) = space.print(&whole).filter(|_| !printed_here) else { continue };
        let candidates: Vec<(usize, &Key)> = cells.iter().map(|i| (*i, &space.keys[*i])).collect();
        let covers = covers(&whole, &space.domain(*first), &candidates);
        found.extend(covers.into_iter().map(|cover| sum(print, cover.parts, cover.along)));
    }
    found
}

/// A number of several funds against the tables of the single funds: every total, and every number
/// whose own table does not print its funds (`split`). A table that lists every code in use says by
/// silence that a code has no money there.
fn sums_over_tables(space: &Space<'_>, split: &HashSet<Key>) -> Vec<Identity> {
    let mut found = Vec::new();
    let several = |key: &&Key| key.funds.len() > 1 && key.funds != Set::all();
    for key in space.order.iter().filter(several) {
        let is_total = key.function == Function::All && key.kinds == Set::all() && key.economic.is_all();
        if split.contains(key) && !is_total {
            continue;
        }
        let whole = space.nodes[key][0];
        let elsewhere =
            |prints: &[usize]| prints.iter().copied().find(|i| space.fact(*i).statement != space.fact(whole).statement);
        let part = |fund: Fund| {
            let mut part = key.clone();
            part.funds = Set::only(fund);
            match space.nodes.get(&part) {
                Some(prints) => elsewhere(prints).map(Some),
                None => space.is_listed_nowhere(&part).then_some(None),
            }
        };
        let parts: Option<Vec<Option<usize>>> = key.funds.iter().map(part).collect();
        let parts: Vec<usize> = parts.unwrap_or_default().into_iter().flatten().collect();
        if !parts.is_empty() {
            found.push(sum(whole, parts, Along::Funds));
        }
    }
    found
}

/// Every pair of prints of one number. A code that stands twice in one column is not such a pair.
fn agreements(space: &Space<'_>) -> Vec<Identity> {
    let mut found = Vec::new();
    for key in &space.order {
        let prints = once_a_column(space, &space.nodes[key]);
        for (n, left) in prints.iter().enumerate() {
            // A number that a document prints over and over is compared with its first few prints only:
            // pairs would grow with the square.
            for right in prints[n + 1..].iter().take_while(|_| n < MOST_TWINS) {
                let (a, b) = (space.fact(*left), space.fact(*right));
                if (a.statement, a.column) != (b.statement, b.column) {
                    let (left, right) = (vec![*left], vec![*right]);
                    found.push(Identity { law: Law::Agree, along: Along::None, left, right });
                }
            }
        }
    }
    found
}

/// The prints that stand alone in their column. Where a column prints a key in several rows, each is a part of
/// that money in a way that the key does not say.
fn once_a_column(space: &Space<'_>, prints: &[usize]) -> Vec<usize> {
    let column = |i: usize| (space.fact(i).statement, space.fact(i).column);
    let times = |i: usize| prints.iter().filter(|other| column(**other) == column(i)).count();
    prints.iter().copied().filter(|i| times(*i) == 1).collect()
}

/// A number does not exceed the next larger one that another table prints. Where the money of other
/// funds is nothing at all, the two are equal.
fn bounds(space: &Space<'_>) -> Vec<Identity> {
    let shelves = shelves(space);
    let mut found = Vec::new();
    for inner in &space.order {
        let is_part = inner.function == Function::All && !inner.economic.is_all();
        let wider = |economic: &Economic| is_part && inner.economic.within(economic) || *economic == inner.economic;
        let beside = inner.details.wider().into_iter().filter_map(|details| shelves.get(&shelf(inner, details)));
        let wider = beside.flatten().filter(|(economic, _)| wider(economic)).flat_map(|(_, places)| places);
        let mut outer: Vec<usize> = wider.copied().filter(|outer| is_inside(inner, &space.order[*outer])).collect();
        outer.sort_unstable();
        let outer: Vec<&Key> = outer.into_iter().map(|place| &space.order[place]).collect();
        let next = outer.iter().filter(|key| !outer.iter().any(|k| k != *key && is_inside(k, key)));
        for outer in next {
            found.extend(bound(space, inner, outer));
        }
    }
    found
}

/// What a number and a larger one have in common, but for the economic codes.
type Shelf = (u16, Stage, Set<Measure>, Function, Details);

fn shelf(key: &Key, details: Details) -> Shelf {
    (key.year, key.stage, key.measures, key.function, details)
}

/// The places of the nodes in their order, by what they have in common with larger ones and then by economic codes.
fn shelves<'s>(space: &'s Space<'_>) -> HashMap<Shelf, HashMap<&'s Economic, Vec<usize>>> {
    let mut shelves: HashMap<Shelf, HashMap<&Economic, Vec<usize>>> = HashMap::new();
    for (place, key) in space.order.iter().enumerate() {
        let shelf = shelves.entry(shelf(key, key.details.clone())).or_default();
        shelf.entry(&key.economic).or_default().push(place);
    }
    shelves
}

fn is_inside(inner: &Key, outer: &Key) -> bool {
    inner.measures == outer.measures && inner.within(outer) && inner != outer
}

fn bound(space: &Space<'_>, inner: &Key, outer: &Key) -> Option<Identity> {
    let (inners, outers) = (&space.nodes[inner], &space.nodes[outer]);
    let statements: HashSet<usize> = inners.iter().map(|i| space.fact(*i).statement).collect();
    if outers.iter().any(|i| statements.contains(&space.fact(*i).statement)) {
        return None;
    }
    let law = if nothing_between(space, inner, outer) { Law::Agree } else { Law::Within };
    Some(Identity { law, along: Along::None, left: vec![inners[0]], right: vec![outers[0]] })
}

/// True when the two differ in their funds alone and the document prints the same total for both.
fn nothing_between(space: &Space<'_>, inner: &Key, outer: &Key) -> bool {
    let mut widened = inner.clone();
    widened.funds = outer.funds;
    let total = |key: &Key| {
        let mut total = key.clone();
        total.function = Function::All;
        total.kinds = Set::all();
        total.economic = Economic::all();
        space.print(&total).map(|i| space.fact(i).printed.amount())
    };
    widened == *outer && total(inner).is_some() && total(inner) == total(outer) && inner.function != Function::All
}

/// What a table prints as a change over the year before is this year's number less that year's.
fn changes(space: &Space<'_>) -> Vec<Identity> {
    let mut found = Vec::new();
    for (i, key) in space.keys.iter().enumerate().filter(|(_, key)| key.details.along(Aspect::Change).is_some()) {
        let mut now = key.clone();
        now.details = now.details.without(Aspect::Change);
        let mut before = now.clone();
        before.year -= 1;
        let here = |key: &Key| {
            let prints = space.nodes.get(key)?;
            prints.iter().copied().find(|j| space.fact(*j).statement == space.fact(i).statement)
        };
        if let (Some(now), Some(before)) = (here(&now), here(&before)) {
            found.push(sum(now, vec![before, i], Along::Layout));
        }
    }
    found
}

/// What makes identities of one kind: the law, and the tables and columns that it stands between.
type Kind = (Law, Along, BTreeSet<(usize, usize)>, BTreeSet<(usize, usize)>);

/// The identities that may be held against a number. Between tables that were read by their words, those that
/// hold, and those of a kind nearly all of which hold: the words may mean something else there, and then many
/// of a kind fail together. That what comes in goes out is true everywhere.
fn confirmed(space: &Space<'_>, found: Vec<Identity>) -> Vec<Identity> {
    let by_words = |i: usize| space.facts.statements[space.fact(i).statement].reading == Reading::Words;
    let (open, mut kept): (Vec<Identity>, Vec<Identity>) =
        found.into_iter().partition(|identity| identity.law != Law::Within && identity.facts().any(by_words));
    let mut kinds: BTreeMap<Kind, Vec<Identity>> = BTreeMap::new();
    for identity in open {
        if balances(space, &identity) {
            kept.push(identity);
        } else {
            kinds.entry(kind(space, &identity)).or_default().push(identity);
        }
    }
    kept.extend(kinds.into_values().flat_map(|identities| trusted(space, identities)));
    kept.retain(|identity| identity.law != Law::Within || !identity.facts().any(by_words) || holds(space, identity));
    kept
}

fn kind(space: &Space<'_>, identity: &Identity) -> Kind {
    let columns = |side: &[usize]| side.iter().map(|i| (space.fact(*i).statement, space.fact(*i).column)).collect();
    (identity.law, identity.along, columns(&identity.left), columns(&identity.right))
}

fn holds(space: &Space<'_>, identity: &Identity) -> bool {
    identity.verdict(&space.facts.facts).holds()
}

/// 收入总计 and 支出总计 of one table.
fn balances(space: &Space<'_>, identity: &Identity) -> bool {
    let total = |i: usize| {
        let key = &space.keys[i];
        key.measures == Set::all() && key.function == Function::All && key.economic.is_all() && key.details.is_none()
    };
    let statements: BTreeSet<usize> = identity.facts().map(|i| space.fact(i).statement).collect();
    identity.law == Law::Agree && statements.len() == 1 && identity.facts().all(total)
}

/// Identities of one kind that may be held against a number: all where nearly all hold, else those that hold.
/// A column that is blank in every one that holds has not been seen to belong to the sum.
fn trusted(space: &Space<'_>, identities: Vec<Identity>) -> Vec<Identity> {
    const ENOUGH: usize = 5;
    let full = |i: &usize| !space.fact(*i).printed.amount().is_zero();
    let column = |i: usize| space.fact(i).column;
    let (held, failed): (Vec<Identity>, Vec<Identity>) = identities.into_iter().partition(|one| holds(space, one));
    let told = held.iter().filter(|identity| identity.facts().any(|i| full(&i))).count();
    let all = told + failed.len() >= ENOUGH && told >= 9 * failed.len();
    let seen: HashSet<usize> = held.iter().flat_map(Identity::facts).filter(full).map(column).collect();
    let usual = |identity: &Identity| identity.facts().filter(full).all(|i| seen.contains(&column(i)));
    let kept = failed.into_iter().filter(|identity| all && usual(identity));
    kept.chain(held).collect()
}

/// The sums that the layout of tables states. Where nearly all of one kind hold, one that does not is wrong;
/// where many do not, the layout means something else, and only those that hold say anything.
fn layouts(space: &Space<'_>) -> Vec<Identity> {
    let mut groups: BTreeMap<usize, Vec<Identity>> = BTreeMap::new();
    for stated in &space.facts.sums {
        let identity = sum(stated.whole, stated.parts.clone(), Along::Layout);
        groups.entry(stated.group).or_default().push(identity);
    }
    groups.into_values().flat_map(|identities| trusted(space, identities)).collect()
}
