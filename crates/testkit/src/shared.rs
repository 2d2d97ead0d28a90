//! The real documents that tests read where they lie, beside the repository. A user of the project
//! does not have them: a test that needs them is skipped, and says so in one line.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The folder of shared documents; none, with a line on standard error, where it is absent.
pub fn folder(what: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(what);
    if path.exists() {
        return path.canonicalize().ok();
    }
    eprintln!("skipped: the shared documents ({what}) are not beside this repository");
    None
}

/// The files of a folder whose names contain a word, in the order of their names.
pub fn files(what: &str, word: &str) -> Vec<PathBuf> {
    let Some(folder) = folder(what) else { return Vec::new() };
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.is_file() && name(path).contains(word));
    files.sort();
    files
}

/// The name of a file.
pub fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Goes over files on two threads and adds up what each gives.
pub fn on_each<T: Default + Send>(
    files: Vec<PathBuf>,
    of: impl Fn(&Path) -> T + Sync,
    add: impl Fn(&mut T, T) + Sync,
) -> T {
    let (queue, sum) = (Mutex::new(files), Mutex::new(T::default()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(path) = queue.lock().unwrap().pop() else { break };
                    let own = of(&path);
                    add(&mut sum.lock().unwrap(), own);
                }
            });
        }
    });
    sum.into_inner().unwrap()
}
