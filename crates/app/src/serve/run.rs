//! From the arguments to a server that answers, and to its end: what was begun is finished, what waits stays.

use std::collections::BTreeSet;
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use mingzhang_books::names::Person;
use mingzhang_desk::entry::Grant;
use mingzhang_desk::journal::Hand;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::account::entrance;
use super::args::{LogFormat, ServeAction, ServeArgs};
use super::house::{House, Settings};
use super::problem::Problem;
use super::{backup, demo, readers, secret, server, session, work};
use crate::cli::{Exit, Stop};
use crate::date;
use crate::messages::Lang;
use crate::output::aside;

/// The folder where nothing is said.
const USUAL: &str = "mingzhang-data";

/// The name of the first administrator.
const FIRST: &str = "admin";

/// How often what other programs wrote is looked for.
const LOOK: Duration = Duration::from_secs(3);

/// How long open connections are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs the command.
pub(crate) fn run(args: &ServeArgs, lang: Lang) -> Result<Exit, Stop> {
    let told = |problem: Problem| Stop::Said(problem.words(lang).to_owned());
    let (settings, _temporary) = settings(args).map_err(told)?;
    match &args.action {
        Some(ServeAction::Backup(to)) => backup::backup(&settings, &to.to, lang).map_err(told),
        Some(ServeAction::Restore(from)) => backup::restore(&settings, &from.from, lang).map_err(told),
        Some(ServeAction::Invite(whom)) => invite(settings, args, &whom.account, lang).map_err(told),
        None => serve(settings, args, lang).map_err(told),
    }
}

/// A folder that is gone when the demonstration ends.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears its folder for such files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn settings(args: &ServeArgs) -> Result<(Settings, Option<Temporary>), Problem> {
    let temporary = match (&args.data, args.demo) {
        (None, true) => {
            let name = secret::random().map_err(Problem::internal)?;
            Some(Temporary(std::env::temp_dir().join(format!("mingzhang-demo-{}", &name[..12]))))
        }
        _ => None,
    };
    let data = match (&args.data, &temporary) {
        (Some(data), _) => data.clone(),
        (None, Some(Temporary(folder))) => folder.clone(),
        (None, None) => PathBuf::from(USUAL),
    };
    let settings = Settings {
        data,
        database: args.database.clone(),
        public_url: args.public_url.as_ref().map(|url| url.trim_end_matches('/').to_owned()),
        behind_proxy: args.behind_proxy,
        demo: args.demo,
        time_limit: Duration::from_secs(args.time_limit),
        largest_file: args.largest_file << 20,
        largest_request: args.largest_upload << 20,
        rate: args.rate,
    };
    Ok((settings, temporary))
}

fn serve(settings: Settings, args: &ServeArgs, lang: Lang) -> Result<Exit, Problem> {
    log(args.log_format);
    let _alone = alone(&settings.data, lang)?;
    let house = Arc::new(House::open(settings)?);
    house.files.sweep()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(32).build()?;
    let listener = runtime.block_on(TcpListener::bind(args.listen)).map_err(|why| cannot_listen(args.listen, &why))?;
    let at = listener.local_addr()?;
    let base = house.settings.public_url.clone().unwrap_or_else(|| format!("http://{at}"));
    if house.settings.demo {
        demo::set_up(&house)?;
    } else if !house.desk().accounts().any(|(_, account)| account.grants.contains(&Grant::Administrator)) {
        let link = link(&house, FIRST)?;
        aside(lang.of(
            "第一次运行：请用这个一次性链接设置管理员密码（3 天内有效）：",
            "First run: set the administrator's password with this one-time link (good for 3 days):",
        ));
        aside(&entrance(&base, &link));
    }
    // One thread stays free for those who read.
    let threads = args.jobs.map_or_else(|| crate::cli::usual_jobs().get().saturating_sub(1).max(1), |jobs| jobs.get());
    let workers = work::begin(&house, threads);
    let (watcher, reader) = (watch(&house), readers::begin(&house));
    aside(&format!("{}{base}/", lang.of("明账已就绪：", "Mingzhang is ready: ")));
    let app = server::router(Arc::clone(&house)).into_make_service_with_connect_info::<SocketAddr>();
    let served = runtime.block_on(async {
        let (end, mut ended) = tokio::sync::watch::channel(());
        let server = axum::serve(listener, app).with_graceful_shutdown(async move {
            // The channel closes with its other end, which is the end too.
            let _ = ended.changed().await;
        });
        let mut server = tokio::spawn(server.into_future());
        tokio::select! {
            served = &mut server => return served,
            () = asked_to_end() => {}
        }
        drop(end);
        // Requests under way are waited for, though not for ever.
        tokio::time::timeout(PATIENCE, server).await.unwrap_or(Ok(Ok(())))
    });
    house.queue.close();
    house.readers.call();
    runtime.shutdown_timeout(PATIENCE);
    for worker in workers.into_iter().chain(watcher).chain(reader) {
        // A worker that panicked has said so in the log.
        let _ = worker.join();
    }
    served.map_err(|why| Problem::internal(why.to_string()))??;
    aside(lang.of(
        "已停止；等待检查的文件在下次启动时继续。",
        "Stopped; files that wait are taken up again at the next start.",
    ));
    Ok(Exit::Clean)
}

/// The folder belongs to one server at a time: each numbers what comes in. The system lets go of the lock when the
/// program ends, however it ends.
fn alone(data: &Path, lang: Lang) -> Result<File, Problem> {
    std::fs::create_dir_all(data)?;
    let lock = File::create(data.join("server.lock"))?;
    if lock.try_lock().is_err() {
        let shown = data.display();
        let zh = format!("另一个服务器正在使用数据文件夹 {shown}。请先停止它，或用 --data 换一个文件夹。");
        let en = format!("Another server uses the folder {shown}. Please stop it, or choose another with --data.");
        return Err(Problem::bad(lang.of(&zh, &en), lang.of(&zh, &en)));
    }
    Ok(lock)
}

fn cannot_listen(at: SocketAddr, why: &std::io::Error) -> Problem {
    Problem::bad(
        format!("不能在 {at} 上监听（{why}）。请用 --listen 换一个端口，或停止占用它的程序。"),
        format!("Cannot listen at {at} ({why}). Please choose another port with --listen."),
    )
}

fn log(format: LogFormat) {
    let filter = EnvFilter::try_from_env("MINGZHANG_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
}

/// Ends when the system or a person asks for it.
async fn asked_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Where no signal can be had, the server ends with its process.
    let _ = interrupted.await;
}

/// Looks for what other programs wrote, as `mingzhang books` does beside a server.
fn watch(house: &Arc<House>) -> Option<std::thread::JoinHandle<()>> {
    let house = Arc::clone(house);
    let look = move || {
        while house.queue.rest(LOOK) {
            if let Err(problem) = house.refresh() {
                tracing::warn!(problem = problem.words(Lang::Zh), "could not look for what others wrote");
            }
        }
    };
    std::thread::Builder::new().name("watch".to_owned()).spawn(look).ok()
}

fn invite(settings: Settings, args: &ServeArgs, account: &str, lang: Lang) -> Result<Exit, Problem> {
    let base = settings.public_url.clone().unwrap_or_else(|| format!("http://{}", args.listen));
    let house = House::open(settings)?;
    let link = link(&house, account)?;
    aside(lang.of("一次性链接（3 天内有效）：", "A one-time link (good for 3 days):"));
    aside(&entrance(&base, &link));
    Ok(Exit::Clean)
}

/// The secret of a link for an administrator.
fn link(house: &House, account: &str) -> Result<String, Problem> {
    let login = Person::new(account).map_err(|why| Problem::bad(why.to_string(), why.to_string()))?;
    let secret = secret::random().map_err(Problem::internal)?;
    let (hash, now) = (secret::known_by(&secret), date::now());
    let hand = Hand { by: None, at: now, from: String::new() };
    let grants = BTreeSet::from([Grant::Administrator]);
    house.record(&hand, |desk| desk.invite(hash, login, grants, now + session::INVITATION))?;
    Ok(secret)
}
