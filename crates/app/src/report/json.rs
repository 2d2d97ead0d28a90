//! One JSON object: `findings`, one to a line so that two runs can be compared line by line, then
//! `documents`, then `bundles` where documents belong together, each with the findings that are about several of
//! them, then what a run was asked for besides: `set_aside` with `--show-all`, `suppressions` where the
//! settings have any, `baseline`, `statistics`. Findings are written as they come; of a document only its short
//! summary is kept.

use std::io::{self, Write};

use super::{Closing, Extent, Reporter, in_order_of_place};
use crate::messages::Lang;
use crate::pipeline::{Checked, Detail};
use crate::shapes::bundle::BundleShape;
use crate::shapes::{AsideShape, BaselineShape, DocumentShape, FindingShape, SuppressionShape};
use crate::tally::Standing;
use crate::together::Together;

/// Prints one JSON object.
pub(crate) struct Json {
    lang: Lang,
    extent: Extent,
    set_aside: Vec<String>,
    bundles: Vec<String>,
    documents: Vec<DocumentShape>,
    findings: usize,
}

impl Json {
    /// A reporter that has printed nothing yet.
    pub(crate) fn new(lang: Lang, extent: Extent) -> Json {
        Json { lang, extent, set_aside: Vec::new(), bundles: Vec::new(), documents: Vec::new(), findings: 0 }
    }
}

impl Reporter for Json {
    fn detail(&self) -> Detail {
        Detail::Everything
    }

    fn begin(&mut self, out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        out.write_all(b"{\"findings\": [")
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        if let Ok(checkup) = &checked.result {
            for finding in in_order_of_place(checkup) {
                out.write_all(separator(self.findings))?;
                serde_json::to_writer(&mut *out, &FindingShape::new(&checked.path, checkup, finding))?;
                self.findings += 1;
            }
            for aside in checkup.set_aside.iter().filter(|_| self.extent == Extent::All) {
                self.set_aside.push(serde_json::to_string(&AsideShape::new(&checked.path, checkup, aside))?);
            }
        }
        self.documents.push(DocumentShape::new(checked, self.lang));
        Ok(())
    }

    fn bundle(&mut self, _out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        if let Some(shape) = BundleShape::new(together, self.extent) {
            self.bundles.push(serde_json::to_string(&shape)?);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, closing: &Closing<'_>) -> io::Result<()> {
        out.write_all(b"\n],\n\"documents\": [")?;
        for (i, document) in self.documents.iter().enumerate() {
            out.write_all(separator(i))?;
            serde_json::to_writer(&mut *out, document)?;
        }
        out.write_all(b"\n]")?;
        if !self.bundles.is_empty() {
            write!(out, ",\n\"bundles\": [\n{}\n]", self.bundles.join(",\n"))?;
        }
        if self.extent == Extent::All {
            write!(out, ",\n\"set_aside\": [{}]", self.set_aside.join(",\n"))?;
        }
        if !closing.suppressions.is_empty() {
            let uses: Vec<SuppressionShape<'_>> = closing.suppressions.iter().map(Into::into).collect();
            write!(out, ",\n\"suppressions\": {}", serde_json::to_string(&uses)?)?;
        }
        if let Some(against) = closing.against {
            let shape = BaselineShape::from(against);
            write!(out, ",\n\"baseline\": {}", serde_json::to_string(&shape)?)?;
        }
        if let Some(statistics) = closing.statistics {
            write!(out, ",\n\"statistics\": {}", serde_json::to_string(statistics)?)?;
        }
        out.write_all(b"}\n")
    }
}

fn separator(already: usize) -> &'static [u8] {
    if already == 0 { b"\n" } else { b",\n" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use serde_json::{Value, json};

    #[test]
    fn findings_have_the_stable_shape() {
        let text = sample::printed(&mut Json::new(Lang::Zh, Extent::Grave), &[sample::faulty()]);
        let value: Value = serde_json::from_str(&text).unwrap();
        let error = &value["findings"][1];
        assert_eq!(error["rule"], "TA007");
        let location = json!({"page": 5, "bbox": [70.13, 100.0, 120.0, 112.0], "section": null,
            "table": "2025年部门支出预算总表", "row": "档案馆", "column": "合计", "quote": "1,243", "line": null});
        assert_eq!(error["location"], location);
        let document = json!({"path": "a.pdf", "sha256": "ab".repeat(32), "body": "云麓区档案馆",
            "year": 2025, "stage": "initial"});
        assert_eq!(error["document"], document);
        assert_eq!(error["culprit"], json!({"quote": "1,243", "suggested": "1,234"}));
        assert_eq!(error["basis"], json!([{"title": "中华人民共和国预算法", "article": "第十四条"}]));
        let names =
            ["\"rule\"", "\"name\"", "\"severity\"", "\"message\"", "\"document\"", "\"location\"", "\"related\""];
        let first = text.lines().nth(1).unwrap();
        assert!(names.map(|name| first.find(name).unwrap()).is_sorted(), "{first}");
    }

    #[test]
    fn an_unreadable_file_is_there_too() {
        let text = sample::printed(&mut Json::new(Lang::Zh, Extent::Grave), &[sample::unreadable(), sample::clean()]);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["findings"], json!([]));
        assert_eq!(value["documents"][0]["error"], "无法读取，因为文件已加密");
        let clean = &value["documents"][1];
        assert_eq!(clean["error"], Value::Null);
        assert_eq!(clean["tables"][0]["code"], "B03");
        assert_eq!(clean["proofs"], json!({"proven": 20, "unproven": 6, "contradicted": 1}));
        let outcomes = json!({"passed": 1, "failed": 0, "not_applicable": 0, "undecided": 0, "comparisons_held": 12});
        assert_eq!(clean["outcomes"], outcomes);
    }
}
