//! What went wrong with a server, told to the one who keeps the books.

use crate::address::Address;
use crate::layout::VERSION;
use mingzhang_books::store::Fault;
use postgres::Error;
use postgres::error::{DbError, SqlState};
use std::error::Error as _;

/// Why something did not work.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The server or the way to it says so.
    Server(Error),
    /// A fault that has its sentence already.
    Told(Fault),
    /// The connection of this turn is gone.
    Lost,
    /// Another program's tables.
    Strange,
    /// A newer version's books.
    Newer(i32),
    /// The tables or their guards are not as they were laid out.
    Altered,
    /// What was read is no record.
    Unsound(String),
    /// The server acknowledges what is not on disk.
    NotDurable,
    /// The database cannot keep every character.
    Encoding(String),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Server(error)
    }
}
impl From<Fault> for Failed {
    fn from(fault: Fault) -> Failed {
        Failed::Told(fault)
    }
}

/// What to do where the books cannot be relied on.
const STOP: &str = "请停止记账，保留现有数据库，用最近的备份核对后恢复。";

/// Whether the connection can be used no more.
pub(crate) fn is_lost(failed: &Failed) -> bool {
    match failed {
        Failed::Lost => true,
        Failed::Server(error) => match error.as_db_error() {
            Some(error) => ends_session(error.code()),
            None => error.is_closed() || is_io(error),
        },
        _ => false,
    }
}

fn is_io(error: &Error) -> bool {
    error.source().is_some_and(|cause| cause.is::<std::io::Error>())
}

/// The server was stopped, crashed, ended this session, or is just starting.
fn ends_session(code: &SqlState) -> bool {
    let ends = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        SqlState::from_code("57P05"),
    ];
    ends.contains(code) || code.code().starts_with("08")
}

/// The sentence for it.
pub(crate) fn told(failed: &Failed, address: &Address) -> Fault {
    let place = address.place();
    let lasting = |why: &str| Fault::Lasting(format!("{place}{why}"));
    let damaged = |why: &str| Fault::Damaged(format!("{place}{why}。{STOP}"));
    match failed {
        Failed::Server(error) => match error.as_db_error() {
            Some(error) => server(error, &place),
            None => way(error, &place),
        },
        Failed::Told(fault) => fault.clone(),
        Failed::Lost => lost(&place),
        Failed::Strange => lasting("中已有其他程序的表，未作任何改动。请在地址中换一个模式（schema）。"),
        Failed::Newer(version) => lasting(&format!(
            "中的账簿由更新版本的明账建立（格式 {version}，本程序只认识到格式 {VERSION}）。请升级本程序后再打开。"
        )),
        Failed::Altered => damaged("中账簿的表或防改触发器被改动过，不再是明账建立时的样子"),
        Failed::Unsound(what) => damaged(&format!("中的账簿已损坏（{what}）")),
        Failed::NotDurable => lasting(
            "的服务器关闭了落盘保证（fsync = off），断电会丢失已确认的账目，不能用来记账。请管理员设为 fsync = on。",
        ),
        Failed::Encoding(encoding) => {
            lasting(&format!("的编码是 {encoding}，不能保存全部汉字。请管理员建立编码为 UTF8 的数据库。"))
        }
    }
}

fn lost(place: &str) -> Fault {
    Fault::Passing(format!("与{place}的连接中断。请稍后重试；反复出现的，请管理员检查服务器和网络。"))
}

/// The server has answered, and said no.
fn server(error: &DbError, place: &str) -> Fault {
    let says = error.message();
    let lasting = |why: &str| Fault::Lasting(format!("{place}{why}"));
    let passing = |why: &str| Fault::Passing(format!("{place}{why}"));
    let damaged = |why: &str| Fault::Damaged(format!("{place}{why}。{STOP}"));
    let code = error.code();
    if *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT {
        return passing("因一次记账停顿过久，已由服务器中止，本次未保存。请重新办理。");
    }
    if ends_session(code) {
        return lost(place);
    }
    match code.code() {
        "55P03" => passing("正由他人写入，等候超时，本次未保存。请稍后重试。"),
        "57014" => passing("办理超时，已中止，本次未保存。请稍后重试。"),
        "40001" | "40P01" => passing("与他人的操作冲突，本次未保存。请重试。"),
        "53300" => passing("的连接数已满。请稍后重试；反复出现的，请管理员提高上限（max_connections）。"),
        "53100" => lasting("所在的磁盘已满，本次未保存，已有账目不受影响。请管理员清理磁盘空间后重试。"),
        "53200" => passing("的内存不足，本次未保存。请稍后重试；反复出现的，请管理员检查服务器。"),
        "28P01" | "28000" => lasting(&format!("拒绝登录（{says}）。请核对地址中的用户名和密码，或请管理员开放登录。")),
        "3D000" => lasting("不存在。请核对地址中的数据库名，或请管理员建立数据库。"),
        "42501" => lasting(&format!("没有给足权限（{says}）。请管理员授予此用户相应权限。")),
        "25006" => lasting("是只读的（可能是备用服务器），不能记账。请把地址改为主服务器。"),
        "25P02" => passing("中的本次记账已有一步失败，全部未保存。请排除前一个错误后重新办理。"),
        "3F000" | "42P01" | "42703" | "42883" => damaged(&format!("中账簿的表或防改触发器被删改（{says}）")),
        "XX001" | "XX002" => damaged(&format!("中的账簿已损坏（{says}）")),
        other if other.starts_with("23") => damaged(&format!("拒绝了这笔账目（{says}）")),
        other if other.starts_with("58") => {
            lasting(&format!("的服务器读写磁盘出错（{says}）。请管理员检查磁盘，核对最后几笔账目后再继续。"))
        }
        other => lasting(&format!("无法使用：{says}（{other}）。请把这句话告诉管理员。")),
    }
}

/// The server has not answered, or not in a way that is understood.
fn way(error: &Error, place: &str) -> Fault {
    let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    if error.is_closed() {
        return lost(place);
    }
    if is_io(error) {
        // One kind stands for no server there, none of this name, and a connection that broke off.
        return Fault::Passing(format!("连不上{place}（{cause}）。请核对地址，确认服务器已启动、网络畅通，稍后重试。"));
    }
    if error.to_string().contains("timeout") {
        return Fault::Passing(format!("连接{place}超时。请确认服务器已启动、网络畅通，稍后重试。"));
    }
    Fault::Lasting(format!("{place}无法使用：{error}（{cause}）。请核对地址，并把这句话告诉管理员。"))
}
