//! Fields: what a program works out, with the code that says how and the result that it shows.

/// A field that has begun and not ended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Field {
    /// The code, as far as it was read.
    pub(crate) code: String,
    pub(crate) part: Part,
}

/// Which part of a field is being read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Part {
    #[default]
    Code,
    Result,
}

impl Field {
    fn name(&self) -> &str {
        self.code.split_whitespace().next().unwrap_or_default()
    }

    /// Whether it counts pages: what it shows is another thing on each of them.
    pub(crate) fn counts_pages(&self) -> bool {
        ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|name| self.name().eq_ignore_ascii_case(name))
    }

    /// What a field without a result shows: a character in a circle, `EQ \o\ac(○,1)`, or what it puts one over
    /// another.
    pub(crate) fn overstruck(&self) -> Option<String> {
        if self.part == Part::Result || !self.name().eq_ignore_ascii_case("EQ") {
            return None;
        }
        let code = &self.code;
        let (open, close) = (code.find('(')?, code.rfind(')')?);
        let inner: Vec<&str> = code.get(open + 1..close)?.split([',', ';', '，']).map(str::trim).collect();
        let circle = |part: &&str| matches!(*part, "○" | "〇" | "◯" | "●");
        let rest: String = inner.iter().filter(|part| !circle(part)).copied().collect();
        let circled = inner.iter().any(circle).then(|| rest.parse().ok().filter(|n| (1..=20).contains(n)));
        Some(circled.flatten().map_or(rest, |n| super::numeral::Numeral::Circled.print(n)))
    }
}

/// Whether what stands within these fields is shown.
pub(crate) fn shows(fields: &[Field]) -> bool {
    fields.iter().all(|field| field.part == Part::Result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_in_circles_come_from_the_code() {
        let field = |code: &str| Field { code: code.into(), part: Part::Code };
        assert_eq!(field(r" eq \o\ac(○,3)").overstruck().as_deref(), Some("③"));
        assert_eq!(field(r"EQ \o(甲,乙)").overstruck().as_deref(), Some("甲乙"));
        assert_eq!(field("PAGE").overstruck(), None);
        assert!(field(" page \\* MERGEFORMAT").counts_pages() && !field("PAGEREF _Toc1").counts_pages());
    }
}
