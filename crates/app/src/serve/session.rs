//! How long sessions, links and tokens last.

/// A session ends after a working day, in seconds.
pub(crate) const LONGEST_SESSION: u64 = 12 * 3600;
/// A link that sets a password is good for so long, in seconds.
pub(crate) const INVITATION: u64 = 3 * 24 * 3600;
/// A link that shows a batch is good for so long, in seconds.
pub(crate) const SHARE: u64 = 30 * 24 * 3600;
/// A token for programs is good for so long, in seconds.
pub(crate) const TOKEN: u64 = 365 * 24 * 3600;
