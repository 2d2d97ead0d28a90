//! The sample itself: its tables are tiled.

#[path = "sample/mod.rs"]
mod sample;

use mingzhang_write::manuscript::Piece;

#[test]
fn every_table_of_the_sample_is_tiled() {
    for piece in sample::manuscript().pieces {
        let Piece::Grid(grid) = piece else { continue };
        let mut covered = vec![0; (grid.rows * grid.columns) as usize];
        for cell in &grid.cells {
            for row in cell.row..cell.row + cell.row_span {
                for column in cell.column..cell.column + cell.column_span {
                    covered[(row * grid.columns + column) as usize] += 1;
                }
            }
        }
        assert!(covered.iter().all(|times| *times == 1), "{}", grid.title);
    }
}
