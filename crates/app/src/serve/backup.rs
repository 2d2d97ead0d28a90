//! Backup and restore: everything that a server keeps, in one folder.
//!
//! The journals first, then the files: what a journal names was there before it was named, so a copy made while
//! the server runs is whole. A database of PostgreSQL is not copied: its own tools do that.

use std::fs;
use std::path::{Path, PathBuf};

use mingzhang_sqlite::Sqlite;

use super::house::{Part, Settings};
use super::problem::Problem;
use crate::cli::Exit;
use crate::messages::Lang;
use crate::output::aside;
use crate::pipeline::sha256;

/// Copies everything to a new folder.
pub(super) fn backup(settings: &Settings, to: &Path, lang: Lang) -> Result<Exit, Problem> {
    if fs::read_dir(to).is_ok_and(|mut there| there.next().is_some()) {
        let shown = to.display();
        return Err(Problem::bad(
            format!("{shown} 不是空文件夹，请换一个"),
            format!("{shown} is not empty; choose another"),
        ));
    }
    fs::create_dir_all(to)?;
    if settings.database.is_none() {
        for part in Part::ALL {
            Sqlite::open_existing(settings.data.join(part.file()))?.backup(to.join(part.file()))?;
        }
    } else {
        aside(lang.of(
            "数据库请用 pg_dump 备份；这里只复制上传的文件。",
            "Please back the database up with pg_dump; only files are copied here.",
        ));
    }
    let many = copy_files(&settings.data.join("files"), &to.join("files"))?;
    aside(&format!("{}{many}{}", lang.of("已备份；文件 ", "Backed up; files: "), lang.of(" 个", "")));
    Ok(Exit::Clean)
}

/// Makes a folder of a server from a copy, after every file was compared with its hash.
pub(super) fn restore(settings: &Settings, from: &Path, lang: Lang) -> Result<Exit, Problem> {
    let taken = Part::ALL.iter().map(|part| settings.data.join(part.file())).find(|path| path.exists());
    if let Some(taken) = taken {
        let shown = taken.display();
        return Err(Problem::bad(
            format!("{shown} 已存在；请恢复到一个新文件夹（--data），核对后再替换"),
            format!("{shown} is there already; please restore to a new folder (--data)"),
        ));
    }
    if !from.join("files").is_dir() {
        let shown = from.display();
        return Err(Problem::bad(format!("{shown} 不是备份文件夹"), format!("{shown} is no folder of a backup")));
    }
    fs::create_dir_all(&settings.data)?;
    if settings.database.is_none() {
        for part in Part::ALL {
            Sqlite::open_existing(from.join(part.file()))?.backup(settings.data.join(part.file()))?;
        }
    }
    let many = copy_files(&from.join("files"), &settings.data.join("files"))?;
    aside(&format!("{}{many}{}", lang.of("已恢复；文件 ", "Restored; files: "), lang.of(" 个", "")));
    Ok(Exit::Clean)
}

/// Copies files by their hashes, each compared with its name. How many there are.
fn copy_files(from: &Path, to: &Path) -> Result<usize, Problem> {
    let mut many = 0;
    for folder in entries(from)?.into_iter().filter(|path| path.is_dir() && !path.ends_with("incoming")) {
        for file in entries(&folder)? {
            let (Some(name), Some(above)) = (file.file_name(), folder.file_name()) else { continue };
            let bytes = fs::read(&file)?;
            if sha256(&bytes) != name.to_string_lossy() {
                let shown = file.display();
                return Err(Problem::internal(format!("{shown} 的内容与其校验值不符，请换一个备份")));
            }
            let place = to.join(above);
            fs::create_dir_all(&place)?;
            fs::write(place.join(name), bytes)?;
            many += 1;
        }
    }
    Ok(many)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
