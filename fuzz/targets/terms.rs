//! The small parsers of the standard that take words from documents and tables.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_model::set::Set;
use mingzhang_standard::filter::Filter;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::Points;
use mingzhang_standard::{codes, vocabulary, words};

fuzz_target!(init: mingzhang_fuzz::panics(), |text: &str| {
    let folded = words::fold(text);
    assert_eq!(words::fold(&folded), folded, "what is folded stays folded");
    let _ = (words::header_key(text), words::title_key(text), words::label_key(text));
    let _ = (words::year_in(text), words::without_bookmarks(text));
    let _ = (vocabulary::titled(text), vocabulary::column(&folded), vocabulary::row(&folded));
    let _ = (codes::functional_named(text), codes::economic_named(text), codes::class_named(text));
    if let Err(why) = Filter::parse(text, Set::all(), Set::all()) {
        assert!(!why.is_empty());
    }
    let _ = (Fraction::parse(text), Points::parse(text));
});
