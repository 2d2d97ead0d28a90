//! [`Column`]: one column of a table, what it holds, and the words that a person may choose from.

use crate::decide::Hand;
use mingzhang_model::set::Member;

/// Which column it is. Tables that share a column read it in the same way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Is {
    /// 序号: the place of a row in the history of the books; where it is given, rows are carried out by it.
    Order,
    /// 单位编码
    Unit,
    /// The name of a unit: its own in the table of units, beside the code elsewhere.
    UnitName,
    /// 上级单位
    Parent,
    /// 单位性质
    Nature,
    /// 人员
    Person,
    /// 职责
    Role,
    /// 年度
    Year,
    /// 阶段
    Stage,
    /// 收支
    Measure,
    /// 资金, one or several.
    Funds,
    /// 指标, a count that a disclosure states.
    Statistic,
    /// 数量
    Count,
    /// 出处
    Citation,
    /// 位置
    Spot,
    /// 内容
    Content,
    /// 类别 of a ceiling.
    Group,
    /// 版本
    Version,
    /// 资金
    Fund,
    /// The platform's code of a fund, which is not enough.
    FundCode,
    /// 资金来源
    Source,
    /// 功能科目
    Function,
    /// 功能科目名称
    FunctionName,
    /// 经济科目
    Economic,
    /// 经济科目名称
    EconomicName,
    /// 支出类别
    Kind,
    /// 项目编码
    Project,
    /// 对方单位
    Counterparty,
    /// 金额
    Amount,
    /// 日期
    On,
    /// 文号
    Document,
    /// 经办人
    Prepared,
    /// 审批人
    Approved,
    /// 月份
    Month,
    /// 形成年度
    Since,
    /// The number of what the row is: of a payment, a receipt, a row of a register.
    Id,
    /// 付款单位
    From,
    /// 凭证号
    Voucher,
    /// 调整类型
    Change,
    /// 决定机关
    Authority,
    /// 原因
    Reason,
    /// 三公批准文号
    ThreePublic,
    /// 事由
    Purpose,
    /// 预留编号 of a payment.
    Reservation,
    /// 台账
    Register,
    /// 台账编号
    RegisterRow,
    /// 合同编号
    Contract,
    /// 收款人
    Payee,
    /// 审核人
    Reviewed,
    /// 支付人
    Paid,
    /// 类型 of a movement.
    Movement,
    /// 冲销对象
    Reversed,
    /// 类型 of a publication.
    Publication,
    /// 版次
    Edition,
    /// 步骤
    Step,
    /// 文件校验值
    Hash,
    /// 备注
    Remark,
    /// 错误数
    Errors,
    /// A field of a register, by its position.
    Field(u16),
}

/// What a column holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holds {
    /// A code or number that is not reckoned with.
    Code,
    /// Words.
    Words,
    /// Money.
    Money,
    /// A day.
    Day,
    /// A year.
    Year,
    /// A whole number.
    Count,
    /// One of some words.
    List(Vec<String>),
}

/// Whether a row must have it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// Every row.
    Always,
    /// It may be left out or empty.
    Optional,
    /// It may stand beside another column, as in files of other systems; templates do not have it.
    Beside,
}

/// One column of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Which it is.
    pub is: Is,
    /// The English word that may stand for its title.
    pub word: String,
    /// Its title.
    pub title: String,
    /// Other titles that mean the same.
    pub aliases: Vec<&'static str>,
    /// What it holds.
    pub holds: Holds,
    /// Whether a row must have it.
    pub need: Need,
    /// What to write, for the template.
    pub help: String,
}

impl Column {
    pub(super) fn new(is: Is, word: &str, title: &str, holds: Holds, help: &str) -> Column {
        let (word, title, help) = (word.to_owned(), title.to_owned(), help.to_owned());
        Column { is, word, title, aliases: Vec::new(), holds, need: Need::Always, help }
    }

    pub(super) fn optional(mut self) -> Column {
        self.need = Need::Optional;
        self
    }

    pub(super) fn beside(mut self) -> Column {
        self.need = Need::Beside;
        self
    }

    pub(super) fn also(mut self, aliases: &[&'static str]) -> Column {
        self.aliases.extend(aliases);
        self
    }

    /// The hand that signs in it, where it holds the person of one.
    pub fn hand(&self) -> Option<Hand> {
        match self.is {
            Is::Prepared => Some(Hand::Prepared),
            Is::Approved => Some(Hand::Approved),
            Is::Reviewed => Some(Hand::Reviewed),
            Is::Paid => Some(Hand::Paid),
            _ => None,
        }
    }

    /// The words that a person may choose from; none where anything may be written.
    pub fn choices(&self) -> &[String] {
        match &self.holds {
            Holds::List(words) => words,
            _ => &[],
        }
    }
}

/// The terms of a dimension, as a list to choose from.
pub(super) fn terms<M: Member>() -> Holds {
    Holds::List(M::ALL.iter().map(|member| member.term().to_owned()).collect())
}

/// Some words to choose from.
pub(super) fn list(words: &[&str]) -> Holds {
    Holds::List(words.iter().map(|word| (*word).to_owned()).collect())
}
