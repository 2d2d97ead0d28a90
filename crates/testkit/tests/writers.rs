//! Many writers on a store in memory. Those on real stores are tried beside them.

use mingzhang_books::store::{Memory, Store};
use mingzhang_testkit::stores::writers_do_not_overspend;

#[test]
fn sixty_four_writers_do_not_overspend_a_line() {
    let memory = Memory::default();
    writers_do_not_overspend(64, &|| -> Box<dyn Store> { Box::new(memory.clone()) });
}
