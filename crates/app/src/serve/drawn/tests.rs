use super::*;

#[test]
fn tmp_svgs() {
    let Ok(list) = std::env::var("DRAW") else { return };
    let out = std::env::var("OUT").unwrap();
    let mut sizes = Vec::new();
    for (i, item) in list.lines().enumerate() {
        let (path, pages) = item.rsplit_once('@').unwrap_or((item, ""));
        let bytes = std::fs::read(path).unwrap();
        let start = std::time::Instant::now();
        let drawings = mingzhang_read::drawings(&bytes).unwrap();
        let read = start.elapsed();
        let start = std::time::Instant::now();
        for d in &drawings {
            let s = svg(d, &[], &format!("第 {} 页", d.page));
            sizes.push((s.len(), format!("{path} {}", d.page)));
            if pages.split(',').any(|p| p.parse() == Ok(d.page)) {
                let html = format!("<!DOCTYPE html><meta charset=utf-8><style>body{{margin:0}}{STYLE}</style>{s}");
                std::fs::write(format!("{out}/{i}-{}.html", d.page), html).unwrap();
            }
        }
        eprintln!("{:?} read, {:?} svg, {} pages {path}", read, start.elapsed(), drawings.len());
    }
    sizes.sort();
    let n = sizes.len();
    eprintln!(
        "median {:?} p90 {:?} p99 {:?} top {:?}",
        sizes[n / 2].0,
        sizes[n * 9 / 10].0,
        sizes[n * 99 / 100],
        &sizes[n.saturating_sub(5)..]
    );
}
