//! Text that is too long in every direction.

use crate::{Hostile, stands};

const HEADER: &str = "2024年部门预算\n收支总表\n单位：万元\n";

fn text(name: &'static str, text: String, says: &'static [&'static str]) -> Hostile {
    Hostile { name, bytes: text.into_bytes(), says }
}

fn files() -> impl Iterator<Item = Hostile> {
    let makers: [fn() -> Hostile; 7] = [
        || text("a-line-of-200-megabytes.txt", "甲".repeat(200 * 1024 * 1024 / 3 + 1), &["MB"]),
        || text("a-line-of-15-megabytes.txt", "收入12.30万元，".repeat(15 * 1024 * 1024 / 24), &["\"notes\""]),
        || {
            let row = "1.00\t".repeat(999) + "2.00\n";
            text("a-million-cells.txt", HEADER.to_owned() + &row.repeat(1_000), &["\"notes\""])
        },
        || text("four-million-empty-lines.txt", HEADER.to_owned() + &"\n".repeat(4_000_000), &["\"notes\""]),
        || text("half-a-million-short-lines.txt", HEADER.to_owned() + &"一、收入\n".repeat(500_000), &["\"notes\""]),
        || text("a-line-of-a-million-tabs.txt", HEADER.to_owned() + &"\t".repeat(1_000_000), &["\"notes\""]),
        || text("brackets.txt", "（".repeat(300_000) + &"《".repeat(300_000), &["\"notes\""]),
    ];
    makers.into_iter().map(|make| make())
}

#[test]
fn text_without_end_is_answered() {
    stands("text", files());
}
