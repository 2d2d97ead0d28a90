//! The room for checking: batches of disclosures, what was found in them, and what reviewers say of it.
//!
//! A batch is opened with files, which are checked by and by ([`work`](super::work)). What is kept of a check is
//! short; the page of a document reads the file anew ([`examined`]) and shows it as it is printed, with both sides of
//! each contradiction marked.

mod batches;
mod compare;
mod document;
mod examined;
mod export;
mod finding;
mod marks;
mod share;
mod together;
mod unpack;

use super::access::Access;
use super::route::{Route, XLSX};

pub(crate) use examined::{Documents, KEPT as DOCUMENTS, examined};
pub(crate) use together::{Held, KEPT as BATCHES};

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/checks", Access::Signed, batches::list, "The batches that the account sees")
        .gives::<batches::Batches>(),
    Route::post("/checks", Access::Signed, batches::open, "Bring files, or zip archives of them, to be checked")
        .takes::<batches::NewBatch>()
        .takes_files(),
    Route::get("/checks/{batch}", Access::Batch, batches::show, "A batch: its files by body, and how far it is")
        .asks::<batches::Shown>()
        .gives::<batches::BatchPage>(),
    Route::post("/checks/{batch}/files", Access::Batch, batches::extend, "Bring more files for a batch")
        .takes::<batches::More>()
        .takes_files(),
    Route::get("/checks/{batch}/checklist.xlsx", Access::Batch, export::batch, "The 检查表 of all files of a batch")
        .gives_file(XLSX),
    Route::get("/checks/{batch}/together", Access::Batch, together::show, "Files of one body held against each other")
        .gives::<together::TogetherPage>(),
    Route::post(
        "/checks/{batch}/share",
        Access::Batch,
        share::share,
        "Make a link that shows the batch; it is told once",
    )
    .gives::<share::SharePage>(),
    Route::post("/checks/{batch}/unshare", Access::Batch, share::unshare, "Let the link lead nowhere any more"),
    Route::get("/checks/{batch}/files/{file}", Access::Batch, document::show, "A document beside what was found in it")
        .asks::<document::Shown>()
        .gives::<document::DocumentPage>(),
    Route::post(
        "/checks/{batch}/files/{file}/marks",
        Access::Batch,
        marks::mark,
        "Say of a finding that it holds, does not, or is put right",
    )
    .takes::<marks::NewMark>(),
    Route::post(
        "/checks/{batch}/files/{file}/corrected",
        Access::Batch,
        batches::correct,
        "Bring the corrected version of a file",
    )
    .takes::<batches::More>()
    .takes_files(),
    Route::get(
        "/checks/{batch}/files/{file}/compare",
        Access::Batch,
        compare::show,
        "A corrected version beside the one before it: fixed, new, remaining",
    )
    .gives::<compare::Comparison>(),
    Route::get("/checks/{batch}/files/{file}/checklist.xlsx", Access::Batch, export::file, "The 检查表 of a file")
        .gives_file(XLSX),
    Route::get("/checks/{batch}/files/{file}/original", Access::Batch, export::original, "The file as it was brought")
        .gives_file("application/octet-stream"),
    Route::post(
        "/checks/{batch}/files/{file}/release",
        Access::Batch,
        marks::release,
        "Lay a document open to readers; for inspectors",
    )
    .takes::<marks::Release>(),
    Route::post("/checks/{batch}/files/{file}/recall", Access::Batch, marks::recall, "Take it back; for inspectors"),
    Route::get("/shared/{link}", Access::Public, share::batch, "A batch, for whoever has its link")
        .gives::<batches::BatchPage>(),
    Route::get("/shared/{link}/together", Access::Public, share::together, "Its files held against each other")
        .gives::<together::TogetherPage>(),
    Route::get("/shared/{link}/files/{file}", Access::Public, share::document, "A document of such a batch")
        .asks::<document::Shown>()
        .gives::<document::DocumentPage>(),
    Route::get("/shared/{link}/checklist.xlsx", Access::Public, share::checklist, "The 检查表 of such a batch")
        .gives_file(XLSX),
];
