//! [`Problem`]: why a request is not answered as it was asked, with what to do, in both languages.

use axum::http::StatusCode;
use mingzhang_books::ledger;
use mingzhang_books::store::Fault;
use mingzhang_desk::Refused;
use mingzhang_desk::journal;

use crate::messages::Lang;

/// Why a request is not answered as it was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    zh: String,
    en: String,
    /// True where somebody tried what is not theirs: it is written down.
    pub(crate) denied: bool,
    /// True where signing in may help.
    pub(crate) sign_in: bool,
}

impl Problem {
    /// A problem with a status of HTTP.
    pub(crate) fn new(status: StatusCode, zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { status, zh: zh.into(), en: en.into(), denied: false, sign_in: false }
    }

    /// What was sent cannot be understood.
    pub(crate) fn bad(zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, zh, en)
    }

    /// There is no such page, or it is not for this person: which of the two is not told.
    pub(crate) fn missing() -> Problem {
        let zh = "没有这个页面，或者您无权查看。请核对网址，或换有权限的账号登录。";
        Problem::new(StatusCode::NOT_FOUND, zh, "There is no such page, or it is not open to you.")
    }

    /// Somebody asks for what is another's.
    pub(crate) fn not_theirs() -> Problem {
        Problem { denied: true, ..Problem::missing() }
    }

    /// Somebody who has not signed in asks for what needs that.
    pub(crate) fn sign_in() -> Problem {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "请先登录。", "Please sign in first.");
        Problem { denied: true, sign_in: true, ..problem }
    }

    /// Who has signed in may not do this.
    pub(crate) fn not_allowed() -> Problem {
        let zh = "您的账号没有办理此事的职责。请由有相应职责的人员办理，或请管理员授予职责。";
        let problem = Problem::new(StatusCode::FORBIDDEN, zh, "Your account has no role that may do this.");
        Problem { denied: true, ..problem }
    }

    /// The form was not one of ours, or is too old.
    pub(crate) fn strange_form() -> Problem {
        let zh = "表单已过期或不是从本站提交的。请返回上一页，刷新后重新提交。";
        let en = "The form is over, or was not sent from this site. Please go back, reload and send it again.";
        Problem { denied: true, ..Problem::new(StatusCode::FORBIDDEN, zh, en) }
    }

    /// More was sent than may be.
    pub(crate) fn too_large(zh: impl Into<String>, en: impl Into<String>) -> Problem {
        Problem { denied: true, ..Problem::new(StatusCode::PAYLOAD_TOO_LARGE, zh, en) }
    }

    /// Too much came from one place in too short a time.
    pub(crate) fn too_often(seconds: u64) -> Problem {
        let problem = Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            format!("请求过于频繁，请 {seconds} 秒后再试。"),
            format!("Too many requests; please try again in {seconds} seconds."),
        );
        Problem { denied: true, ..problem }
    }

    /// This program or its machine failed.
    pub(crate) fn internal(why: impl Into<String>) -> Problem {
        let why = why.into();
        let zh = format!("服务器出错，没有保存任何改动：{why}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, zh, format!("The server failed; nothing was kept: {why}"))
    }

    /// The same, written down as something that should not have been tried.
    pub(crate) fn logged(self) -> Problem {
        Problem { denied: true, ..self }
    }

    /// The words.
    pub(crate) fn words(&self, lang: Lang) -> &str {
        lang.of(&self.zh, &self.en)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, refused.zh, refused.en)
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        let words = fault.to_string();
        match fault {
            Fault::Passing(_) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, words.clone(), words),
            _ => Problem::internal(words),
        }
    }
}

impl From<journal::Failure> for Problem {
    fn from(failure: journal::Failure) -> Problem {
        match failure {
            journal::Failure::Refused(refused) => refused.into(),
            journal::Failure::Store(fault) => fault.into(),
            journal::Failure::Broken(broken) => Problem::internal(broken.to_string()),
        }
    }
}

impl From<ledger::Failure> for Problem {
    fn from(failure: ledger::Failure) -> Problem {
        match failure {
            ledger::Failure::Refused { refusal, .. } => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, refusal.to_string(), refusal.to_string())
            }
            ledger::Failure::Store(fault) => fault.into(),
            ledger::Failure::Broken(broken) => Problem::internal(broken.to_string()),
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Problem {
        Problem::internal(error.to_string())
    }
}
