//! What went wrong with a file, told to the one who keeps the books.

use mingzhang_books::store::Fault;
use rusqlite::{Error, ErrorCode};
use std::io::ErrorKind;
use std::path::Path;

/// Why something did not work.
#[derive(Debug)]
pub(crate) enum Failed {
    /// SQLite says so.
    Sqlite(Error),
    /// The system says so, of a copy.
    File(std::io::Error),
    /// A fault that has its sentence already.
    Told(Fault),
    /// Another program's file.
    Strange,
    /// A newer version's file.
    Newer(i32),
    /// The table or its guards are not as they were laid out.
    Altered,
    /// An empty file, where books were looked for.
    Empty,
    /// No file, where books were looked for.
    Missing,
    /// The log is there and the file is not.
    LogAlone,
    /// What a look through the file has found.
    Unsound(String),
    /// No write-ahead log is to be had here.
    NoLog,
    /// The file can be read and not written.
    NotWritable,
    /// A turn on books that were opened to be read.
    OpenedToRead,
    /// The path leads to another file by now, or to none.
    Replaced,
    /// The copy's name is taken.
    Exists,
    /// The copy has no name.
    NoPlace,
    /// Others did not let go of the file for too long.
    Held,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Sqlite(error)
    }
}
impl From<Fault> for Failed {
    fn from(fault: Fault) -> Failed {
        Failed::Told(fault)
    }
}

/// What to do where the books cannot be relied on.
const STOP: &str = "请停止记账，把此文件（连同同名的 -wal 文件）原样留存，用最近的备份核对后恢复。";

/// The sentence for it.
pub(crate) fn told(failed: &Failed, path: &Path) -> Fault {
    let file = path.display();
    let lasting = |why: &str| Fault::Lasting(format!("账簿文件“{file}”{why}"));
    let damaged = |why: &str| Fault::Damaged(format!("账簿文件“{file}”{why}。{STOP}"));
    match failed {
        Failed::Sqlite(error) => sqlite(error, path),
        Failed::File(error) => system(error, path),
        Failed::Told(fault) => fault.clone(),
        Failed::Strange => lasting("不是明账的账簿，是其他程序的数据文件，未作任何改动。请核对路径，或换一个文件名。"),
        Failed::Newer(version) => lasting(&format!(
            "由更新版本的明账建立（格式 {version}，本程序只认识到格式 {}）。请升级本程序后再打开。",
            crate::layout::VERSION
        )),
        Failed::Altered => damaged("的表结构被改动过，不再是明账建立时的样子"),
        Failed::Empty => lasting("是空文件，里面没有账簿。请核对路径；要建立新账簿，请用建账功能。"),
        Failed::Missing => lasting("不存在。请核对路径；要建立新账簿，请用建账功能。"),
        Failed::LogAlone => damaged("不在原处或是空的，却还有它的日志（同名的 -wal 文件），最后几笔账目可能在日志里"),
        Failed::Unsound(what) => damaged(&format!("已损坏（{what}）")),
        Failed::NoLog => lasting("所在的磁盘不支持多人同时使用账簿（可能是网络文件夹）。请把账簿放在本机磁盘上。"),
        Failed::NotWritable => lasting("只能读，不能写。请管理员开放此文件及所在文件夹的写入权限。"),
        Failed::OpenedToRead => lasting("是以只读方式打开的，不能记账。"),
        Failed::Replaced => lasting("在使用中被移走、删除或替换，本次未保存。请确认账簿文件在原处后重新启动程序。"),
        Failed::Exists => Fault::Lasting(format!(
            "备份文件“{file}”（或同名的 -wal、-journal 文件）已经存在，没有覆盖。请换一个文件名。"
        )),
        Failed::NoPlace => Fault::Lasting("没有给出备份文件的路径。请写明文件名。".to_owned()),
        Failed::Held => held(path),
    }
}

fn held(path: &Path) -> Fault {
    Fault::Passing(format!("账簿文件“{}”正由他人写入，等候超时，本次未保存。请稍后重试。", path.display()))
}

fn sqlite(error: &Error, path: &Path) -> Fault {
    let file = path.display();
    let lasting = |why: &str| Fault::Lasting(format!("账簿文件“{file}”{why}"));
    let damaged = |why: &str| Fault::Damaged(format!("账簿文件“{file}”{why}。{STOP}"));
    let code = match error {
        Error::SqliteFailure(error, _) => error.code,
        // A column holds what a record cannot have.
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => return damaged(&format!("中有不是账目的内容（{error}）")),
        other => return lasting(&format!("无法使用：{other}。请把这句话告诉管理员。")),
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => held(path),
        ErrorCode::NotADatabase => Fault::Damaged(format!(
            "“{file}”不是明账的账簿，或者开头已损坏，未作任何改动。请先核对路径；路径无误的，{STOP}"
        )),
        ErrorCode::DatabaseCorrupt => damaged(&format!("已损坏（{error}）")),
        ErrorCode::ConstraintViolation => damaged(&format!("拒绝了这笔账目（{error}）")),
        ErrorCode::DiskFull => lasting("所在的磁盘已满，本次未保存，已有账目不受影响。请清理磁盘空间后重试。"),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => told(&Failed::NotWritable, path),
        ErrorCode::CannotOpen => cannot_open(path),
        ErrorCode::SystemIoFailure => {
            lasting(&format!("读写时磁盘出错（{error}）。请检查磁盘，用备份核对最后几笔账目后再继续。"))
        }
        _ => lasting(&format!("无法使用：{error}。请把这句话告诉管理员。")),
    }
}

/// SQLite says only that it cannot open a file; why, the file system knows. It is asked for names only:
/// to open the file here and close it again would undo the locks that this process holds on it.
fn cannot_open(path: &Path) -> Fault {
    let file = path.display();
    let folder = path.parent().unwrap_or(path);
    let place = folder.display();
    Fault::Lasting(match (folder.metadata(), path.metadata()) {
        (Err(error), _) if error.kind() == ErrorKind::PermissionDenied => {
            format!("没有权限进入文件夹“{place}”，打不开账簿“{file}”。请管理员开放权限。")
        }
        (Err(_), _) => format!("文件夹“{place}”不存在，账簿“{file}”无处存放。请先建立文件夹，或核对路径。"),
        (Ok(folder), _) if !folder.is_dir() => {
            format!("“{place}”不是文件夹，账簿“{file}”无处存放。请核对路径。")
        }
        (_, Ok(found)) if found.is_dir() => {
            format!("“{file}”是文件夹，不是账簿文件。请写明文件夹里的账簿文件名。")
        }
        (_, Err(error)) if error.kind() == ErrorKind::NotFound => {
            format!("账簿文件“{file}”不存在，或者没有权限在“{place}”里建立文件。请核对路径，或请管理员开放写入权限。")
        }
        _ => format!("没有权限打开账簿文件“{file}”。请管理员开放此文件及所在文件夹的读写权限。"),
    })
}

/// What the system says of a copy.
fn system(error: &std::io::Error, path: &Path) -> Fault {
    let file = path.display();
    Fault::Lasting(match error.kind() {
        ErrorKind::PermissionDenied => format!("没有权限写入“{file}”。请管理员开放写入权限，或换一个文件夹。"),
        ErrorKind::StorageFull => format!("磁盘已满，“{file}”没有写成。请清理磁盘空间后重试。"),
        _ => format!("“{file}”没有写成：{error}。请换一个文件夹重试。"),
    })
}
