//! Every chart on one page, for looking at: `cargo run -p mingzhang-charts --example charts_gallery > gallery.html`.

use mingzhang_charts::{
    Bar, Bars, Caption, Datum, Group, Leaf, Series, Shares, Treemap, Whole, Years, bars, columns, lines, responsive,
    stacked, stylesheet, treemap,
};
use mingzhang_model::amount::Amount;

fn caption(id: &str, title: &str) -> Caption {
    Caption { id: id.into(), title: title.into(), description: format!("{title}，示例数据") }
}

/// Hundredths of a 万元, with a link.
fn wan(hundredths: i64) -> Datum {
    let note = Some("第 12 页，《收入支出决算总表》".to_owned());
    Datum { value: Amount(hundredths * 10_000), href: Some("#source".into()), note }
}

fn functions() -> Treemap {
    let leaf = |(label, amount): &(&str, i64)| Leaf { label: (*label).into(), datum: wan(*amount) };
    let group = |label: &str, amount: i64, parts: &[(&str, i64)]| Group {
        label: label.into(),
        datum: wan(amount),
        parts: parts.iter().map(leaf).collect(),
    };
    Treemap {
        caption: caption("functions", "2025 年支出预算（按功能分类）"),
        groups: vec![
            group(
                "一般公共服务支出",
                765_000,
                &[("行政运行", 600_000), ("一般行政管理事务", 40_000), ("档案馆", 125_000)],
            ),
            group(
                "社会保障和就业支出",
                126_000,
                &[
                    ("行政单位离退休", 30_000),
                    ("机关事业单位基本养老保险缴费支出", 64_000),
                    ("机关事业单位职业年金缴费支出", 32_000),
                ],
            ),
            group("卫生健康支出", 42_000, &[("行政事业单位医疗", 42_000)]),
            group("住房保障支出", 104_000, &[("住房公积金", 56_000), ("购房补贴", 48_000)]),
            group("节能环保支出", 1_500, &[]),
            group("其他支出", -300, &[]),
        ],
    }
}

fn years(id: &str, title: &str) -> Years {
    let some = |values: &[i64]| values.iter().map(|value| Some(wan(*value))).collect();
    let mut accounts: Vec<Option<Datum>> = some(&[91_020, 98_040, 110_220, 101_950]);
    accounts.push(None);
    Years {
        caption: caption(id, title),
        years: ["2021", "2022", "2023", "2024", "2025"].map(String::from).to_vec(),
        series: vec![
            Series { name: "年初预算".into(), values: some(&[95_000, 99_000, 112_050, 98_025, 103_700]) },
            Series { name: "调整预算".into(), values: some(&[96_000, 99_500, 111_000, 103_000]) },
            Series { name: "决算".into(), values: accounts },
        ],
    }
}

fn with_less_than_nothing() -> Years {
    let values = vec![Some(wan(820)), Some(wan(-310)), Some(wan(0)), Some(wan(45))];
    Years {
        caption: caption("balance", "年末结转和结余"),
        years: ["2021", "2022", "2023", "2024"].map(String::from).to_vec(),
        series: vec![Series { name: "结转和结余".into(), values }],
    }
}

fn execution() -> Bars {
    let bar = |label: &str, budget: Option<i64>, accounts: i64, rate: Option<&str>| Bar {
        label: label.into(),
        budget: budget.map(wan),
        accounts: Some(wan(accounts)),
        rate: rate.map(str::to_owned),
    };
    Bars {
        caption: caption("execution", "2024 年预算执行"),
        bars: vec![
            bar("本年支出合计", Some(98_025), 101_950, Some("104.00%")),
            bar("基本支出", Some(72_000), 71_200, Some("98.89%")),
            bar("项目支出", Some(26_025), 30_750, Some("118.16%")),
            bar("机关事业单位基本养老保险缴费支出", Some(6_400), 6_400, Some("100.00%")),
            bar("其他支出", None, 1_200, None),
            bar("冲回", Some(0), -2_000, None),
        ],
    }
}

fn sources() -> Shares {
    let whole = |label: &str, parts: &[Option<i64>]| Whole {
        label: label.into(),
        parts: parts.iter().map(|part| part.map(wan)).collect(),
    };
    let parts = ["一般公共预算", "政府性基金预算", "事业收入", "事业单位经营收入", "其他收入"];
    Shares {
        caption: caption("sources", "收入来源"),
        parts: parts.map(String::from).to_vec(),
        wholes: vec![
            whole("2023 决算", &[Some(88_000), Some(5_000), Some(6_000), Some(3_000), Some(1_000)]),
            whole("2024 决算", &[Some(60_000), Some(20_000), Some(9_000), None, Some(-500)]),
        ],
    }
}

fn main() {
    let charts = [
        responsive(|frame| treemap(&functions(), frame)),
        responsive(|frame| columns(&years("columns", "支出预算与决算"), frame)),
        responsive(|frame| lines(&years("lines", "支出预算与决算"), frame)),
        responsive(|frame| columns(&with_less_than_nothing(), frame)),
        responsive(|frame| bars(&execution(), frame)),
        responsive(|frame| stacked(&sources(), frame)),
        responsive(|frame| lines(&Years { caption: caption("none", "没有数据"), ..Years::default() }, frame)),
    ];
    let page = ":root{color-scheme:light dark}body{margin:1rem;font-family:sans-serif;max-width:60rem}\
        @media(prefers-color-scheme:dark){body{background:#1e242a;color:#e8eaed}}";
    println!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><style>{page}{}</style>{}",
        stylesheet(),
        charts.join("<hr>\n")
    );
}
