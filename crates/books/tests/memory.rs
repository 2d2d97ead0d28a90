//! The store in memory keeps the promises of every store.

use mingzhang_books::store::{Memory, Store};
use mingzhang_testkit::stores::{Place, conforms};

#[test]
fn memory_does_what_every_store_does() {
    conforms(&|| -> Box<dyn Place> {
        let memory = Memory::default();
        Box::new(move || Box::new(memory.clone()) as Box<dyn Store>)
    });
}
