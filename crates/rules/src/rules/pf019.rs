//! PF019: the other rates of evaluation are the ratios that they are named for.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::rates::{self, Rate};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;

const RATES: &[Rate] = &[
    Rate {
        names: &["预算执行率", "预算完成率", "资金执行率", "预算支出执行率"],
        part: (&["支出", "决算", "执行数", "支付", "使用", "完成"], &["预算数", "预算", "结余", "结转"]),
        whole: (&["预算", "安排", "到位"], &["支出决算", "实际", "执行数", "完成", "追加", "上年", "年初"]),
    },
    Rate {
        names: &["结转结余率"],
        part: (&["结转", "结余"], &["预算", "上年"]),
        whole: (&["预算", "支出"], &["结转", "结余"]),
    },
    Rate {
        names: &["公用经费控制率"],
        part: (&["实际", "支出", "决算"], &["预算"]),
        whole: (&["预算", "安排"], &["实际", "决算"]),
    },
    Rate {
        names: &["政府采购执行率"],
        part: (&["实际", "支出", "完成", "执行"], &["预算"]),
        whole: (&["预算", "计划"], &["实际", "完成"]),
    },
    Rate {
        names: &["固定资产利用率"],
        part: (&["在用"], &[]),
        whole: (&["固定资产总额", "固定资产原值", "全部固定资产", "固定资产总值", "所有固定资产"], &["在用"]),
    },
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF019");
    // What sentences claim as a completion of the budget is another rule's.
    let completions = prose.claims().iter().filter_map(|claim| match claim {
        Claim::Completion { percent, .. } => Some(*percent),
        _ => None,
    });
    let served: Vec<usize> = completions.collect();
    for rate in RATES {
        rates::hold(&prose, &mut verdicts, rate, &served);
    }
    verdicts.outcome("文中没有这些比率，或没有写出分子和分母")
}
