//! One JSON object to a line, each with its `type`: the findings of a document, then the document; what a run
//! was asked for besides comes last. For programs that read while the run goes on.

use std::io::{self, Write};

use serde::Serialize;

use super::{Closing, Extent, Reporter, in_order_of_place};
use crate::messages::Lang;
use crate::pipeline::{Checked, Detail};
use crate::shapes::bundle::BundleShape;
use crate::shapes::{AsideShape, BaselineShape, DocumentShape, FindingShape, SuppressionShape};
use crate::statistics::Statistics;
use crate::tally::Standing;
use crate::together::Together;

/// Prints one JSON object to a line.
pub(crate) struct JsonLines {
    pub(crate) lang: Lang,
    pub(crate) extent: Extent,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Finding(FindingShape<'a>),
    SetAside(AsideShape<'a>),
    Document(DocumentShape),
    Bundle(BundleShape<'a>),
    Suppression(SuppressionShape<'a>),
    Baseline(BaselineShape),
    Statistics(&'a Statistics),
}

impl Reporter for JsonLines {
    fn detail(&self) -> Detail {
        Detail::Everything
    }

    fn begin(&mut self, _out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        if let Ok(checkup) = &checked.result {
            for finding in in_order_of_place(checkup) {
                line(out, &Line::Finding(FindingShape::new(&checked.path, checkup, finding)))?;
            }
            for aside in checkup.set_aside.iter().filter(|_| self.extent == Extent::All) {
                line(out, &Line::SetAside(AsideShape::new(&checked.path, checkup, aside)))?;
            }
        }
        line(out, &Line::Document(DocumentShape::new(checked, self.lang)))
    }

    fn bundle(&mut self, out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        match BundleShape::new(together, self.extent) {
            Some(shape) => line(out, &Line::Bundle(shape)),
            None => Ok(()),
        }
    }

    fn end(&mut self, out: &mut dyn Write, closing: &Closing<'_>) -> io::Result<()> {
        for used in closing.suppressions {
            line(out, &Line::Suppression(used.into()))?;
        }
        if let Some(against) = closing.against {
            line(out, &Line::Baseline(against.into()))?;
        }
        match closing.statistics {
            Some(statistics) => line(out, &Line::Statistics(statistics)),
            None => Ok(()),
        }
    }
}

fn line(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}
