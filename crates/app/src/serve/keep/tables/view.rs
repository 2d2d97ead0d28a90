//! How a table's page looks: the form or the grid, what is wrong in it, the rows that stand, and what may be done
//! with each.

use maud::{Markup, html};
use mingzhang_books::import::{Holds, Is, Table, table};

use super::{GRID, PAGE, RowThere, TablePage};
use crate::serve::call::Call;
use crate::serve::keep::fields::{Filling, lists};
use crate::serve::keep::trial::Trial;
use crate::serve::keep::typed::{Typed, is_titled};
use crate::serve::keep::{money_cell, versions};
use crate::serve::layout::{moment, token};
use crate::serve::reply::View;

impl View for TablePage {
    fn title(&self, _: &Call<'_>) -> String {
        format!("{} {} {}", self.title, self.place.name, self.year)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let tables = format!("{}/tables", self.place.path());
        html! {
            (self.place.crumbs(lang, &[(&tables, lang.of("账表与台账", "Tables")), ("", &self.title)]))
            h1 { (self.title) }
            p.lead { (self.row) }
            (self.entering(call))
            (self.there(call))
            @if !self.figures.is_empty() { (self.counts(call)) }
        }
    }
}

impl TablePage {
    fn entering(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let Some(table) = table(self.table) else { return html! {} };
        let faults = self.trial.as_ref().map_or(&[][..], |trial| &trial.complaints);
        let filling = Filling { lang, table, typed: &self.typed, faults };
        let own = self.place.table_path(self.table);
        let is_ready = self.trial.as_ref().is_some_and(Trial::changes_something);
        html! {
            section #enter {
                h2 { (lang.of("录入", "Enter")) }
                @if self.typed.rows.len() == 1 {
                    p { a href=(format!("{own}?rows={GRID}#enter")) { (lang.of("多行表格录入", "Several rows in a grid")) } }
                } @else {
                    p { a href=(format!("{own}#enter")) { (lang.of("逐行表单录入", "One row as a form")) } }
                }
                @if !self.signers.is_empty() {
                    p.muted { (lang.of(
                        &format!("这些行须由不同的人依次签字：{}。您提交即在第一栏签字，其余各栏由他人登录后签字。", self.signers.join("、")),
                        &format!("Persons sign in turn: {}. Handing in is the first.", self.signers.join(", ")),
                    )) }
                }
                (self.outcome(call, &filling))
                form.entry method="post" action=(own) data-guard {
                    (token(call))
                    (filling.html())
                    div.actions {
                        button.primary[is_ready] name="step" value="post" {
                            @if self.signers.is_empty() { (lang.of("记账", "Enter in the books")) }
                            @else { (lang.of("提交签字", "Hand in for signing")) }
                        }
                        button.primary[!is_ready] name="step" value="preview" { (lang.of("先看结果", "Preview")) }
                        @if self.typed.rows.len() > 1 {
                            button name="step" value="more" { (lang.of("增加行", "More rows")) }
                        }
                    }
                }
                (lists(&self.suggested))
                @if self.table == "budget" { (versions::form(call, &self.place)) }
                details {
                    summary { (lang.of("从电子表格粘贴", "Paste from a spreadsheet")) }
                    form.stack.wide method="post" action=(own) {
                        (token(call))
                        div.field {
                            label for="paste" {
                                (lang.of("在电子表格中选中若干行（可带表头）复制，粘贴到这里", "Copied rows, with or without their header"))
                            }
                            textarea #paste name="paste" rows="6" spellcheck="false" {}
                            small {
                                (lang.of("没有表头时按这些列的顺序：", "Without a header the columns are: "))
                                (Typed::blank(table, 0).header.join("、"))
                            }
                        }
                        div.actions {
                            button name="step" value="preview" { (lang.of("放入表格并检查", "Put into the grid and check")) }
                        }
                    }
                }
            }
        }
    }

    fn outcome(&self, call: &Call<'_>, filling: &Filling<'_>) -> Markup {
        let lang = call.lang;
        let Some(trial) = &self.trial else { return html! {} };
        html! {
            @for fault in filling.elsewhere() {
                p.complaint role="alert" {
                    @if !fault.column.is_empty() { "“" (fault.column) "” " }
                    (fault.message)
                }
            }
            @if !trial.is_sound() {
                p.complaint role="alert" {
                    (lang.of("没有保存任何内容：", "Nothing was kept: "))
                    (trial.complaints.len() + trial.further)
                    (lang.of(" 处需要改正，已标在所填之处。", " things are to be put right, told where they stand."))
                }
            } @else if trial.commands.is_empty() {
                p.said role="status" { (lang.of("账上已有同样的内容，没有新的可记。", "The books say all of this already.")) }
            } @else {
                div.card role="status" { (summary(call, trial)) }
            }
            @for note in &trial.notes { p.muted { (note) } }
        }
    }

    fn there(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let Some(table) = table(self.table) else { return html! {} };
        let columns: Vec<_> = table.shown().enumerate().filter(|(_, column)| column.is != Is::Order).collect();
        let is_used = |at: &usize| self.rows.iter().any(|row| row.cells.get(*at).is_some_and(|cell| !cell.is_empty()));
        let columns: Vec<_> = columns
            .into_iter()
            .filter(|(at, column)| !matches!(column.is, Is::Unit | Is::Year) && is_used(at))
            .collect();
        let computed: Vec<&str> = self
            .rows
            .first()
            .map(|row| row.computed.iter().map(|(title, _)| title.as_str()).collect())
            .unwrap_or_default();
        let own = self.place.table_path(self.table);
        html! {
            h2 { (lang.of("账上已有", "In the books")) " " span.muted { (self.count) (lang.of(" 行", " rows")) } }
            @if self.rows.is_empty() {
                p.muted { (lang.of("还没有。", "Nothing yet.")) }
            } @else {
                div.scroll tabindex="0" role="region" aria-label=(self.title) { table.dense {
                    thead { tr {
                        @for (_, column) in &columns { th scope="col" { (column.title) } }
                        @for title in computed { th scope="col" { (title) } }
                        th scope="col" { (lang.of("录入", "Entered")) }
                        th scope="col" { (lang.of("办理", "Do")) }
                    } }
                    tbody { @for row in &self.rows { tr.gone[row.reversed] {
                        @for (at, column) in &columns {
                            @let words = row.cells.get(*at).map(String::as_str).unwrap_or_default();
                            @let is_money = column.holds == Holds::Money;
                            td.n[is_money].long[column.holds == Holds::Words] {
                                @if is_money { (money_cell(words)) } @else { (words) }
                            }
                        }
                        @for (_, value) in &row.computed { td { (value) } }
                        td.muted { (row.by) " " (moment(row.at)) }
                        td { (self.deeds(call, table, row, &own)) }
                    } } }
                } }
                p.actions {
                    @if self.skip > 0 {
                        a href=(format!("{own}?skip={}", self.skip.saturating_sub(PAGE))) { (lang.of("较新的", "Newer")) }
                    }
                    @if self.skip + self.rows.len() < self.count {
                        a href=(format!("{own}?skip={}", self.skip + PAGE)) { (lang.of("较早的", "Older")) }
                    }
                }
            }
        }
    }

    /// What may be done with a row: put right, struck out, taken back, released.
    fn deeds(&self, call: &Call<'_>, table: &Table, row: &RowThere, own: &str) -> Markup {
        let lang = call.lang;
        let id = table.shown().position(|column| column.is == Is::Id).and_then(|at| row.cells.get(at));
        let id = id.map(String::as_str).unwrap_or_default();
        let is_replaced = table.is_register()
            || matches!(table.id, "budget" | "explanations" | "ceilings" | "plans" | "known" | "counts" | "openings");
        html! {
            @if row.reversed { span.chip { (lang.of("已冲销", "taken back")) } }
            @if is_replaced {
                a href=(format!("{own}?from={}#enter", row.number)) { (lang.of("更正", "Put right")) } " "
            }
            @if table.is_register() {
                (self.with_reason(call, "removals", &[("台账", &self.title), ("编号", id)], lang.of("删除", "Strike out")))
            }
            @if matches!(table.id, "payments" | "receipts") && !row.reversed {
                @let what = if table.id == "payments" { "支付" } else { "收入" };
                (self.with_reason(call, "reversals", &[("冲销对象", what), ("编号", id)], lang.of("冲销", "Take back")))
            }
            @if table.id == "reservations" && self.is_open(id) {
                form.inline method="post" action=(self.place.table_path("releases")) {
                    (token(call))
                    input type="hidden" name="step" value="post";
                    input type="hidden" name="header" value="预留编号";
                    input type="hidden" name="cell" value=(id);
                    button.quiet { (lang.of("释放", "Release")) }
                }
            }
        }
    }

    /// True for a reservation of which something is left.
    fn is_open(&self, reservation: &str) -> bool {
        self.open.iter().any(|own| own == reservation)
    }

    /// A deed that needs a reason is a row of another table.
    fn with_reason(&self, call: &Call<'_>, table: &str, cells: &[(&str, &str)], words: &str) -> Markup {
        let lang = call.lang;
        let label = lang.of("原因", "Reason");
        html! {
            details.reason {
                summary { (words) }
                form method="post" action=(self.place.table_path(table)) {
                    (token(call))
                    input type="hidden" name="step" value="post";
                    @for (title, _) in cells { input type="hidden" name="header" value=(title); }
                    input type="hidden" name="header" value="原因";
                    @for (_, cell) in cells { input type="hidden" name="cell" value=(cell); }
                    input name="cell" aria-label=(label) placeholder=(label) required maxlength="500";
                    button.danger { (words) }
                }
            }
        }
    }

    fn counts(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h2 { (lang.of("由台账得出的数", "Counted from this register")) }
            @for remark in &self.remarks { p.chip.warning { (remark) } }
            div.scroll tabindex="0" role="region" aria-label=(lang.of("由台账得出的数", "Counted")) { table.dense {
                thead {
                    tr {
                        th scope="col" { (lang.of("数", "Figure")) }
                        th scope="col" { (lang.of("值", "Value")) } th scope="col" { (lang.of("单位", "Unit")) }
                    }
                }
                tbody {
                    @for figure in &self.figures {
                        tr { th scope="row" { (figure.title) } td.n { (figure.value) } td { (figure.unit) } }
                    }
                }
            } }
        }
    }
}

/// What rows would do, in words.
pub(in crate::serve::keep) fn summary(call: &Call<'_>, trial: &Trial) -> Markup {
    let lang = call.lang;
    html! {
        p { strong { (lang.of("没有问题。记账后：", "Nothing is wrong. In the books:")) } }
        ul {
            @for change in &trial.changes {
                li {
                    (change.title) ": "
                    (lang.of("新增 ", "new ")) (change.new) (lang.of("，变更 ", ", changed ")) (change.changed)
                    (lang.of("，已有 ", ", there already ")) (change.unchanged)
                }
            }
            @for budget in &trial.budgets { li { (budget) } }
        }
    }
}

/// The rows typed, under titles that the table has; for what waits to be signed.
pub(in crate::serve::keep) fn rows_table(typed: &Typed, table: &Table, label: &str) -> Markup {
    let is_used = |at: &usize| typed.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()));
    let columns: Vec<usize> = (0..typed.header.len()).filter(is_used).collect();
    let is_money = |at: usize| {
        let column = table.columns.iter().find(|column| is_titled(column, &typed.header[at]));
        column.is_some_and(|column| column.holds == Holds::Money)
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) { table.dense {
            thead { tr { @for at in &columns { th scope="col" { (typed.header[*at]) } } } }
            tbody { @for row in &typed.rows { tr {
                @for at in &columns {
                    @let words = row.get(*at).map(String::as_str).unwrap_or_default();
                    td.n[is_money(*at)] { @if is_money(*at) { (money_cell(words)) } @else { (words) } }
                }
            } } }
        } }
    }
}
