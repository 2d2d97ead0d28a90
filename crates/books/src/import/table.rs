//! The tables that can be imported and are exported: their names, their columns, what to write in them.
//!
//! This list is the format. The template shows it, the reader recognises sheets by it, and the export
//! fills it, so the three cannot differ. The order of the list is the order in which rows without 序号
//! are carried out.

use super::column::Holds::{Code, Count, Day, Money, Words, Year};
use super::column::{Column, Is, Need, list, terms};
use super::registers;
use crate::decide::Hand;
use crate::entry::{Authority, Change, Group, Movement, Publication, Step};
use crate::unit::{Nature, Role};
use mingzhang_model::key::{Fund, Kind, Measure, Stage};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::words;
use std::sync::LazyLock;

/// A table: one sheet of a workbook, or one csv file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its English name.
    pub id: &'static str,
    /// Its name on the tab.
    pub title: String,
    /// What one row is.
    pub row: String,
    /// Its columns, in the order of the template.
    pub columns: Vec<Column>,
}

impl Table {
    /// True for the table of a register.
    pub fn is_register(&self) -> bool {
        self.columns.iter().any(|column| matches!(column.is, Is::Field(_)))
    }

    /// The columns in which persons sign, in the order of their hands; none where the sender alone answers.
    pub fn hands(&self) -> impl Iterator<Item = (Hand, &Column)> {
        self.columns.iter().filter_map(|column| Some((column.hand()?, column)))
    }

    /// A column.
    pub fn column(&self, is: Is) -> Option<&Column> {
        self.columns.iter().find(|column| column.is == is)
    }

    /// The columns that the template has: those that only stand beside another are left out.
    pub fn shown(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.need != Need::Beside)
    }

    /// True when a name, folded, is that of this table.
    pub(super) fn is_named(&self, folded: &str) -> bool {
        folded.eq_ignore_ascii_case(self.id) || words::fold(&self.title) == folded
    }
}

/// Every table, in the order in which they are carried out.
pub fn tables() -> &'static [Table] {
    static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
        let mut tables = foundations();
        tables.extend(registers::tables());
        tables.extend(budget());
        tables.extend(year());
        tables.extend(ends());
        tables
    });
    &TABLES
}

/// The table of a title or an English name; a number in brackets at the end is passed over: 支付(2).
pub fn table(name: &str) -> Option<&'static Table> {
    let folded = words::fold(name);
    let plain = folded
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .filter(|(_, number)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    let plain = plain.map_or(folded.as_str(), |(name, _)| name);
    tables().iter().find(|table| table.is_named(&folded) || table.is_named(plain))
}

fn new(id: &'static str, title: &str, row: &str, columns: Vec<Column>) -> Table {
    let mut columns = columns;
    // Where the rows of an export stood in the history; people need not write it.
    columns.push(Column::new(Is::Order, "order", "序号", Count, "导出时的分录号；手工填写时留空").optional());
    Table { id, title: title.to_owned(), row: row.to_owned(), columns }
}

/// A table of a register.
pub(super) fn of_register(id: &'static str, title: &str, row: &str, fields: Vec<Column>) -> Table {
    // One register has a field of its own by the name of 编号.
    let title_of_row = if fields.iter().any(|field| field.title == "编号") { "台账编号" } else { "编号" };
    let mut columns = vec![unit(), id_column("row", title_of_row, "本单位该台账内不重复的编号，登记后不能更改")];
    columns.extend(fields);
    columns.push(
        Column::new(Is::Reason, "correction", "更正原因", Words, "修改已登记的行时填写；留空记为“导入更正”").optional(),
    );
    new(id, title, row, columns)
}

fn unit() -> Column {
    Column::new(Is::Unit, "unit", "单位编码", Code, "已登记的单位编码，如 101001").also(&["单位代码", "预算单位编码"])
}

fn unit_name() -> Column {
    Column::new(Is::UnitName, "unit_name", "单位名称", Words, "").beside()
}

fn year_column() -> Column {
    Column::new(Is::Year, "year", "年度", Year, "四位年份，如 2024").also(&["预算年度", "会计年度"])
}

fn id_column(word: &str, title: &str, help: &str) -> Column {
    Column::new(Is::Id, word, title, Code, help)
}

fn amount(help: &str) -> Column {
    Column::new(Is::Amount, "amount", "金额", Money, help)
}

fn on() -> Column {
    Column::new(Is::On, "on", "日期", Day, "如 2024-03-05")
}

fn document() -> Column {
    Column::new(Is::Document, "document", "文号", Words, "文件的完整文号")
}

fn voucher() -> Column {
    Column::new(Is::Voucher, "voucher", "凭证号", Words, "记账凭证号").optional()
}

fn reason() -> Column {
    Column::new(Is::Reason, "reason", "原因", Words, "为什么")
}

fn approval() -> [Column; 2] {
    [
        Column::new(Is::Prepared, "prepared", "经办人", Code, "经办的人员").also(&["经办"]),
        Column::new(Is::Approved, "approved", "审批人", Code, "审批的人员，不得与经办人相同").also(&["审批"]),
    ]
}

/// The columns of a pot: what the money is and what it is for, without what it buys.
fn pot() -> Vec<Column> {
    let code = "7 位项级编码，如 2010301；也可填科目名称，重名时须填编码";
    vec![
        unit(),
        unit_name(),
        year_column(),
        Column::new(Is::Fund, "fund", "资金", terms::<Fund>(), "从列表选择").also(&["资金性质"]),
        Column::new(Is::FundCode, "fund_code", "资金性质代码", Code, "").beside(),
        Column::new(Is::Function, "function", "功能科目", Code, code).also(&["功能分类科目", "功能科目编码"]),
        Column::new(Is::FunctionName, "function_name", "功能科目名称", Words, "").beside().also(&["功能分类科目名称"]),
        Column::new(Is::Kind, "kind", "支出类别", terms::<Kind>(), "从列表选择"),
        Column::new(Is::Project, "project", "项目编码", Code, "支出类别为项目支出时填写，须已在项目台账").optional(),
        Column::new(Is::Counterparty, "counterparty", "对方单位", Code, "上缴上级、补助附属单位时填对方的单位编码")
            .optional(),
    ]
}

/// The columns of a line of the budget.
fn line() -> Vec<Column> {
    let mut columns = pot();
    let source =
        Column::new(Is::Source, "source", "资金来源", Words, "留空为当年；或填上年结转、非财政拨款结余、内部:单位编码");
    columns.insert(5, source.optional());
    let code = "5 位款级编码，如 30201；也可填科目名称，重名时须填编码";
    let at = columns.iter().position(|column| column.is == Is::Kind).unwrap_or(columns.len());
    let economic = Column::new(Is::Economic, "economic", "经济科目", Code, code);
    columns.insert(at, economic.also(&["部门经济科目", "经济分类科目", "经济科目编码", "部门经济分类科目"]));
    let name = Column::new(Is::EconomicName, "economic_name", "经济科目名称", Words, "").beside();
    columns.insert(at + 1, name.also(&["部门经济分类科目名称"]));
    columns
}

fn with(first: impl IntoIterator<Item = Column>, then: impl IntoIterator<Item = Column>) -> Vec<Column> {
    first.into_iter().chain(then).collect()
}

fn foundations() -> Vec<Table> {
    let person = || Column::new(Is::Person, "person", "人员", Code, "登录用的账号或工号");
    let role = || Column::new(Is::Role, "role", "职责", terms::<Role>(), "从列表选择；一人多职责时分行填写");
    let known = vec![
        unit(),
        year_column(),
        Column::new(Is::Stage, "stage", "阶段", terms::<Stage>(), "从列表选择"),
        Column::new(Is::Measure, "measure", "收支", terms::<Measure>(), "从列表选择"),
        Column::new(Is::Funds, "funds", "资金", Words, "留空为全部；财政拨款或某种资金，多种用 + 连接").optional(),
        Column::new(Is::Kind, "kind", "支出类别", terms::<Kind>(), "留空为全部").optional(),
        Column::new(Is::Function, "function", "功能科目", Code, "留空为全部；类、款、项编码都可以").optional(),
        Column::new(
            Is::Economic,
            "economic",
            "经济科目",
            Words,
            "留空为全部；编码，或“三公”经费、人员经费、公用经费等",
        )
        .optional(),
        amount("上年公开文件中的数，单位元"),
        Column::new(Is::Citation, "source", "出处", Words, "写明公开文件及表号"),
    ];
    vec![
        new(
            "units",
            "单位",
            "一个单位一行，先上级后下级",
            vec![
                Column::new(Is::Unit, "code", "单位编码", Code, "登记后不能更改").also(&["单位代码", "预算单位编码"]),
                Column::new(Is::UnitName, "name", "单位名称", Words, "公开时使用的规范全称"),
                Column::new(Is::Parent, "parent", "上级单位", Code, "上级单位的编码；部门本级留空").optional(),
                Column::new(Is::Nature, "nature", "单位性质", terms::<Nature>(), "从列表选择"),
            ],
        ),
        new("persons", "人员职责", "一人一单位一项职责一行", vec![person(), unit(), role()]),
        new("dismissals", "免去职责", "一人一单位一项职责一行", vec![person(), unit(), role()]),
        new("years", "年度", "一个单位一个年度一行", vec![unit(), year_column()]),
        new("known", "上年数", "账簿以外年度的一个数一行", known),
        new(
            "counts",
            "上年数量",
            "账簿以外年度的一个数量一行",
            vec![
                unit(),
                year_column(),
                Column::new(Is::Statistic, "statistic", "指标", terms::<Statistic>(), "从列表选择"),
                Column::new(Is::Count, "count", "数量", Count, "不小于 0 的整数"),
                Column::new(Is::Citation, "source", "出处", Words, "写明公开文件及位置"),
            ],
        ),
    ]
}

fn budget() -> Vec<Table> {
    let version = |words| Column::new(Is::Version, "version", "版本", words, "从列表选择");
    vec![
        new(
            "explanations",
            "说明",
            "一处说明一行",
            vec![
                unit(),
                year_column(),
                Column::new(Is::Spot, "place", "位置", Words, "说明所在的位置"),
                Column::new(Is::Content, "words", "内容", Words, "说明文字；留空为清除").optional(),
            ],
        ),
        new(
            "ceilings",
            "控制数",
            "一个单位一类一行",
            vec![
                unit(),
                year_column(),
                Column::new(Is::Group, "group", "类别", terms::<Group>(), "从列表选择"),
                amount("单位元，最多两位小数"),
            ],
        ),
        new("budget", "预算", "一个版本一笔预算一行", {
            let first = [version(list(&["一上", "二上", "批复"]))];
            with(first, with(line(), [amount("单位元，最多两位小数；0 为删去这笔预算")]))
        }),
        new("versions", "版本锁定", "一个版本一行", {
            let first = [unit(), year_column(), version(list(&["一上", "一下", "二上", "批复"])), document(), on()];
            with(first, approval())
        }),
        new("allotments", "指标", "下达或收回一次一行", {
            with(line(), [amount("下达为正，收回为负"), on(), document()])
        }),
        new("plans", "用款计划", "一笔预算一个月一行", {
            let month = Column::new(Is::Month, "month", "月份", Count, "1 至 12");
            with(line(), [month, amount("该月计划，单位元")])
        }),
    ]
}

fn year() -> Vec<Table> {
    let since = Column::new(Is::Since, "since", "形成年度", Year, "最早一笔资金下达的年度");
    let from = Column::new(Is::From, "from", "付款单位", Code, "来自本部门其他单位时填其单位编码").optional();
    let adjusting = || {
        let change = Column::new(Is::Change, "change", "调整类型", terms::<Change>(), "从列表选择");
        let id = id_column("id", "调整编号", "同一次调整的各行填同一编号，并连在一起");
        let authority = Column::new(Is::Authority, "authority", "决定机关", terms::<Authority>(), "从列表选择");
        let three =
            Column::new(Is::ThreePublic, "three_public_approval", "三公批准文号", Words, "调增“三公”经费时填写");
        let rest = [amount("增为正，减为负"), on(), document(), authority, reason(), three.optional()];
        with([id, change], with(line(), with(rest, approval())))
    };
    vec![
        new("openings", "年初结转结余", "一处资金一行，只用于建账的第一年", with(pot(), [amount("单位元"), since])),
        new("receipts", "收入", "一笔收入一行", {
            let id = id_column("id", "收入编号", "本单位本年度内不重复");
            with([id], with(pot(), [amount("单位元"), on(), from, voucher()]))
        }),
        new("adjustments", "预算调整", "一笔预算一行，一次调整可以多行", adjusting()),
        new("reservations", "预留", "一张批准的申请一行", {
            let id = id_column("id", "预留编号", "本单位本年度内不重复");
            let purpose = Column::new(Is::Purpose, "purpose", "事由", Words, "申请用途");
            with([id], with(line(), with([amount("单位元"), on(), purpose], approval())))
        }),
        payments(),
        new("releases", "释放预留", "一笔预留一行", {
            vec![id_column("id", "预留编号", "剩余部分全部释放"), unit(), year_column()]
        }),
        new("reversals", "冲销", "一笔冲销一行", {
            let what = Column::new(Is::Reversed, "what", "冲销对象", list(&REVERSED), "支付或收入");
            vec![what, id_column("id", "编号", "要冲销的支付或收入的编号"), unit(), year_column(), reason()]
        }),
        new("removals", "台账删除", "台账的一行一行", {
            let register = Column::new(Is::Register, "register", "台账", Words, "台账的名称");
            vec![unit(), register, id_column("row", "编号", "要删除的行的编号"), reason()]
        }),
        new("movements", "结余收支", "一次一行", {
            let movement = Column::new(Is::Movement, "movement", "类型", terms::<Movement>(), "从列表选择");
            with([movement], with(pot(), with([amount("单位元"), on(), document()], approval())))
        }),
    ]
}

/// What can be taken back.
pub(crate) const REVERSED: [&str; 2] = ["支付", "收入"];

fn payments() -> Table {
    let optional = |is, word, title, help| Column::new(is, word, title, Code, help).optional();
    let person = |is, word, title, help| Column::new(is, word, title, Code, help);
    new("payments", "支付", "一笔支付一行", {
        let rest = [
            amount("单位元，大于 0；退回请用冲销"),
            on(),
            optional(Is::Reservation, "reservation", "预留编号", "使用预留时填写"),
            optional(Is::Register, "register", "台账", "台账的名称，如公务接待；有台账要求的科目必填"),
            optional(Is::RegisterRow, "row", "台账编号", "该台账中的编号"),
            optional(Is::Contract, "contract", "合同编号", "采购合同台账中的编号"),
            Column::new(Is::Payee, "payee", "收款人", Words, "收款人全称").optional(),
            voucher(),
            person(Is::Prepared, "handled", "经办人", "经办的人员"),
            person(Is::Reviewed, "reviewed", "审核人", "财务审核的人员"),
            person(Is::Paid, "paid", "支付人", "出纳；三人不得相同"),
        ];
        with([id_column("id", "支付编号", "本单位本年度内不重复")], with(line(), rest))
    })
}

fn ends() -> Vec<Table> {
    vec![
        new("closings", "结账", "一个单位一个年度一行", {
            with([unit(), year_column(), on(), document().optional()], approval())
        }),
        new("approvals", "决算批复", "一个单位一个年度一行", {
            with([unit(), year_column(), on(), document()], approval())
        }),
        new(
            "disclosures",
            "公开",
            "一版公开的一个步骤一行，由本人导入",
            vec![
                unit(),
                year_column(),
                Column::new(Is::Publication, "publication", "类型", terms::<Publication>(), "从列表选择"),
                Column::new(Is::Edition, "edition", "版次", Count, "从 1 起"),
                Column::new(Is::Step, "step", "步骤", terms::<Step>(), "从列表选择"),
                Column::new(Is::Person, "by", "人员", Code, "办理这一步的人，应与导入人相同"),
                on(),
                Column::new(Is::Hash, "hash", "文件校验值", Code, "文件的 SHA-256"),
                Column::new(Is::Remark, "remark", "备注", Words, "网址、保密审查编号、退回或更正的原因").optional(),
                Column::new(Is::Errors, "errors", "错误数", Count, "机检发现的错误数").optional(),
            ],
        ),
        new("closed_units", "单位撤销", "一个单位一行", vec![unit()]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_tables_and_no_two_columns_of_a_table_have_one_name() {
        let mut names = BTreeSet::new();
        for table in tables() {
            assert!(names.insert(table.id.to_owned()) && names.insert(table.title.clone()), "{}", table.id);
            let mut headers = BTreeSet::new();
            let aliases =
                table.columns.iter().flat_map(|column| column.aliases.iter().map(|alias| (*alias).to_owned()));
            let own = table.columns.iter().flat_map(|column| [column.word.clone(), column.title.clone()]);
            for header in own.chain(aliases) {
                assert!(headers.insert(words::label_key(&header)), "{}: {header}", table.id);
            }
        }
    }

    #[test]
    fn a_table_is_found_by_its_title_its_id_and_the_number_of_a_second_sheet() {
        for name in ["支付", " 支 付 ", "payments", "Payments", "支付(2)", "支付（2）"] {
            assert_eq!(table(name).map(|table| table.id), Some("payments"), "{name}");
        }
        assert_eq!(table("支付了"), None);
    }
}
