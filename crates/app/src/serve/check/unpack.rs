//! Archives that are brought: each file in them is one of the batch.
//!
//! Names in an archive are for people and never become paths. Sizes are counted as bytes come out, whatever the
//! archive says of itself, and nothing is kept before all has come out.

use mingzhang_desk::decide::MOST_FILES;
use mingzhang_desk::entry::Upload;
use zip::ZipArchive;

use crate::serve::call::{Brought, Call};
use crate::serve::incoming::plain_name;
use crate::serve::problem::Problem;

/// The files that were brought, archives taken apart.
pub(super) fn uploads(call: &Call<'_>) -> Result<Vec<Upload>, Problem> {
    let mut uploads = Vec::new();
    // All archives of a request together have the measure of one.
    let mut total = 0;
    for brought in call.files() {
        if brought.name.to_lowercase().ends_with(".zip") {
            uploads.extend(unpacked(call, brought, &mut total)?);
            if uploads.len() > MOST_FILES {
                return Err(too_much(&brought.name));
            }
        } else {
            let Brought { name, sha256, size, .. } = brought.clone();
            uploads.push(Upload { name, sha256, size, corrects: None });
        }
    }
    Ok(uploads)
}

fn unpacked(call: &Call<'_>, brought: &Brought, total: &mut u64) -> Result<Vec<Upload>, Problem> {
    let files = &call.house.files;
    let settings = &call.house.settings;
    let strange = |why: &dyn std::fmt::Display| {
        let name = &brought.name;
        Problem::bad(format!("压缩包“{name}”不能打开（{why}）"), format!("The archive {name} cannot be opened ({why})"))
    };
    let mut archive = ZipArchive::new(files.reader(&brought.sha256)?).map_err(|why| strange(&why))?;
    if archive.len() > MOST_FILES {
        return Err(too_much(&brought.name));
    }
    let mut out = Vec::new();
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|why| strange(&why))?;
        let path = words(entry.name_raw());
        let is_hidden = path.split('/').any(is_hidden_part);
        if entry.is_dir() || is_hidden {
            continue;
        }
        let mut incoming = files.begin()?;
        let left = settings.largest_request.saturating_sub(*total).min(settings.largest_file);
        if !incoming.write_all(entry, left).map_err(|why| strange(&why))? {
            return Err(too_much(&brought.name));
        }
        incoming.complete()?;
        *total += incoming.size();
        out.push((plain_name(&path), incoming));
    }
    if out.is_empty() {
        return Err(strange(&"其中没有文件 no file in it"));
    }
    let mut uploads = Vec::new();
    for (name, incoming) in out {
        let (sha256, size) = files.finish(incoming)?;
        uploads.push(Upload { name, sha256, size, corrects: None });
    }
    Ok(uploads)
}

fn too_much(name: &str) -> Problem {
    Problem::too_large(
        format!("压缩包“{name}”解开后过大或文件过多（最多 {MOST_FILES} 个），没有保存任何内容。请分成几个压缩包上传。"),
        format!("The archive {name} is too large when unpacked; nothing was kept. Please bring it in parts."),
    )
}

/// What systems put into archives for themselves. Two dots are no hidden name, they only lead up.
fn is_hidden_part(part: &str) -> bool {
    part == "__MACOSX" || (part.starts_with('.') && part != "." && part != "..")
}

/// Names in archives are UTF-8, or what Chinese systems wrote before.
fn words(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_older_systems_are_read() {
        assert_eq!(words("预算/公开.pdf".as_bytes()), "预算/公开.pdf");
        let (gbk, ..) = encoding_rs::GB18030.encode("决算公开.pdf");
        assert_eq!(words(&gbk), "决算公开.pdf");
    }
}
