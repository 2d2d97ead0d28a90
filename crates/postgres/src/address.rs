//! The address of books: PostgreSQL's, and the schema, which PostgreSQL's does not have.

use mingzhang_books::store::Fault;
use postgres::Config;
use postgres::config::{Host, SslMode};
use std::time::Duration;

/// The schema where the address names none.
const SCHEMA: &str = "mingzhang";

/// Where books are.
pub(crate) struct Address {
    config: Config,
    /// Lower-case letters, digits and underscores.
    schema: String,
}

impl Address {
    /// Understands an address. Its faults never repeat it: it may have a password in it.
    pub(crate) fn parse(address: &str) -> Result<Address, Fault> {
        const SCHEMES: [&str; 2] = ["postgresql://", "postgres://"];
        if !SCHEMES.iter().any(|scheme| address.starts_with(scheme)) {
            return Err(wrong("应以 postgresql:// 开头"));
        }
        // A password may have a question mark in it.
        let credentials = address.find('@').unwrap_or(0);
        let question = address[credentials..].find('?').map(|at| credentials + at);
        let (base, query) = question.map_or((address, ""), |at| (&address[..at], &address[at + 1..]));
        let mut schema = SCHEMA;
        let mut others = Vec::new();
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("schema", name)) => schema = name,
                Some(("sslmode", mode)) if !["disable", "allow", "prefer"].contains(&mode) => return Err(demands_tls()),
                // `allow` is what happens without TLS; the library has no word for it.
                Some(("sslmode", _)) => {}
                _ => others.push(parameter),
            }
        }
        if !is_schema(schema) {
            return Err(bad_schema());
        }
        let mut config: Config = format!("{base}?{}", others.join("&")).parse().map_err(|error: postgres::Error| {
            let cause = std::error::Error::source(&error).map_or_else(String::new, ToString::to_string);
            wrong(&format!("不能识别（{cause}）"))
        })?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(demands_tls());
        }
        config.ssl_mode(SslMode::Disable);
        let is_given = |name: &str| others.iter().any(|parameter| parameter.starts_with(name));
        if !is_given("connect_timeout") {
            config.connect_timeout(Duration::from_secs(10));
        }
        // A network that is gone without a word is noticed in about a minute.
        if !is_given("keepalives") {
            config.keepalives_idle(Duration::from_secs(30));
            config.keepalives_interval(Duration::from_secs(10));
            config.keepalives_retries(3);
        }
        if !is_given("tcp_user_timeout") {
            config.tcp_user_timeout(Duration::from_secs(60));
        }
        if !is_given("application_name") {
            config.application_name("mingzhang");
        }
        Ok(Address { config, schema: schema.to_owned() })
    }

    /// The same address with a schema whose name has an ending more.
    pub(crate) fn beside(mut self, ending: &str) -> Result<Address, Fault> {
        self.schema.push_str(ending);
        if is_schema(&self.schema) { Ok(self) } else { Err(bad_schema()) }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// The schema, as SQL writes it. In quotes, because `user` is a name too.
    pub(crate) fn schema(&self) -> String {
        format!("\"{}\"", self.schema)
    }

    /// Where it is, for a person, without user and password.
    pub(crate) fn place(&self) -> String {
        let hosts = self.config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(folder) => folder.display().to_string(),
        });
        let (hosts, database) = (hosts.collect::<Vec<_>>().join(","), self.config.get_dbname().unwrap_or("（未写明）"));
        format!("数据库 {database}（服务器 {hosts}，模式 {}）", self.schema)
    }
}

/// PostgreSQL keeps `pg_` for itself.
fn is_schema(name: &str) -> bool {
    let is_first = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    let is_letter = |byte: u8| is_first(byte) || byte.is_ascii_digit();
    let is_name = name.bytes().next().is_some_and(is_first) && name.bytes().all(is_letter);
    is_name && name.len() <= 63 && !name.starts_with("pg_")
}

fn wrong(why: &str) -> Fault {
    Fault::Lasting(format!("数据库地址有误：{why}。请按“postgresql://用户:密码@服务器/数据库?schema=模式”的形式书写。"))
}

fn bad_schema() -> Fault {
    wrong("schema 只能用小写字母、数字和下划线，以字母或下划线开头，不超过 63 个字符")
}

fn demands_tls() -> Fault {
    Fault::Lasting(
        "数据库地址要求加密连接（sslmode），本程序不支持加密连接。请改用本机套接字，或在可信内网中去掉 sslmode。"
            .to_owned(),
    )
}
