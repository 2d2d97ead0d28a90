//! OP011: what small and medium firms won, in reserved and in other projects, is within procurement in all, and what
//! they won in reserved projects is within what was reserved.

use super::{Verdicts, op009};
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let prose = &stated.prose;
    let mut verdicts = Verdicts::of("OP011");
    let won = (Statistic::WonInReserved, "中小企业在预留项目中标的");
    if let (Some(total), Some(reserved), Some(other)) = (
        stated.amount(Statistic::Procurement),
        stated.amount(Statistic::WonInReserved),
        stated.amount(Statistic::WonInOthers),
    ) && let (Some(whole), Some(a), Some(b)) =
        (prose.interval(total), prose.interval(reserved), prose.interval(other))
    {
        if (a + b).exceeds(whole) {
            let message = format!(
                "中小企业在预留项目中标 {}，在其他项目中标 {}，合计超过政府采购总额 {}",
                prose.words(reserved),
                prose.words(other),
                prose.words(total)
            );
            stated.fail_at(&mut verdicts, Severity::Error, other, &[reserved, total], message);
        } else {
            verdicts.pass();
        }
    }
    op009::hold(&stated, &mut verdicts, won, (Statistic::ReservedForSmall, "面向中小企业预留的"));
    let micro = (Statistic::WonByMicro, "小微企业在预留项目中标的");
    op009::hold(&stated, &mut verdicts, micro, (Statistic::ReservedForMicro, "面向小微企业预留的"));
    verdicts.outcome("文中没有中小企业中标的金额")
}
