use mingzhang_model::document::Block;
use mingzhang_model::prose::Claim;
use mingzhang_model::set::Member;
fn main() {
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(doc) = mingzhang_read::read(&bytes) else { continue };
        let facts = mingzhang_extract::extract(&doc);
        let name = path.rsplit('/').next().unwrap();
        let p = &facts.prose;
        for c in &p.claims {
            let (m, word) = match c {
                Claim::Stated { mention, statistic } => (*mention, statistic.word().to_string()),
                Claim::Named { mention, table, key } if table.ends_with("07") || table.ends_with("09") => {
                    (*mention, format!("NAMED {table} {key}"))
                }
                _ => continue,
            };
            let s = &p.mentions[m].span;
            let Block::Paragraph(par) = &doc.blocks[s.block] else { continue };
            let from = par.text[..s.bytes.start].char_indices().rev().take(28).last().map_or(0, |x| x.0);
            println!(
                "{name}\t{word}\t{}【{}】",
                par.text[from..s.bytes.start].replace('\n', " "),
                &par.text[s.bytes.clone()]
            );
        }
    }
}
