//! Archives that are brought: each file in them is one of the batch.
//!
//! What is in an archive, [`crate::archive`] says. Sizes are counted as bytes come out, whatever the archive says of
//! itself, and nothing is kept before all has come out.

use mingzhang_desk::decide::MOST_FILES;
use mingzhang_desk::entry::Upload;

use crate::archive::{Archive, Trouble};
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
    let opened = Archive::open(files.reader(&brought.sha256)?);
    let refused = |trouble: Trouble| match trouble {
        Trouble::TooMuch | Trouble::Bomb(_) => too_much(&brought.name),
        Trouble::Broken(why) => strange(&why),
        Trouble::Encrypted(_) => strange(&trouble),
    };
    let Some(mut archive) = opened.map_err(refused)? else {
        return Err(strange(&"这是办公软件的文件，请用它原来的扩展名 a file of an office program"));
    };
    if archive.members.len() > MOST_FILES {
        return Err(too_much(&brought.name));
    }
    let mut out = Vec::new();
    for member in std::mem::take(&mut archive.members) {
        let entry = archive.entry(member.index).map_err(|why| strange(&why))?;
        let mut incoming = files.begin()?;
        let left = settings.largest_request.saturating_sub(*total).min(settings.largest_file);
        if !incoming.write_all(entry, left).map_err(|why| strange(&why))? {
            return Err(too_much(&brought.name));
        }
        incoming.complete()?;
        *total += incoming.size();
        out.push((plain_name(&member.name), incoming));
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
