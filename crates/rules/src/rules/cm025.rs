//! CM025: see `required`.

use super::required;
use crate::reading::Reading;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    required::check("CM025", reading, facts)
}
