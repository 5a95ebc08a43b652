//! Places where a test stops the process to kill it there. A release has none: the code below is compiled
//! only with debug assertions, and even then does nothing unless `SAMHANDLA_HALT` names a place.

/// The places, in the order a weekly mail passes them.
pub const PLACES: [&str; 20] = [
    "digest.worded",
    "digest.row_written",
    "digest.links_written",
    "digest.message_written",
    "digest.committed",
    "deliver.recovered",
    "claim.written",
    "claim.committed",
    "smtp.connected",
    "mail_rcpt.committed",
    "smtp.recipient_taken",
    "data_open.committed",
    "smtp.data_open",
    "dot_sent.written",
    "dot_sent.committed",
    "smtp.before_text",
    "smtp.before_dot",
    "smtp.receipt_read",
    "finish.written",
    "finish.committed",
];

/// Stops here for good when a test asked for it.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn place(_name: &str) {}

/// Stops here for good when a test asked for it: `SAMHANDLA_HALT=NAME:N:FILE` stops at the N-th time NAME is
/// passed, makes FILE to say so, and goes on only when FILE is gone.
#[cfg(debug_assertions)]
pub fn place(name: &str) {
    debug_assert!(PLACES.contains(&name), "{name} is no place of the list");
    if let Some(halt) = halt::asked().filter(|halt| halt.name == name) {
        halt.pass();
    }
}

#[cfg(debug_assertions)]
mod halt {
    use std::{
        path::PathBuf,
        sync::{
            OnceLock,
            atomic::{AtomicU32, Ordering},
        },
        time::Duration,
    };

    pub(super) struct Halt {
        pub(super) name: String,
        at: u32,
        passed: AtomicU32,
        file: PathBuf,
    }

    #[expect(clippy::disallowed_methods, reason = "no setting of the product")]
    pub(super) fn asked() -> Option<&'static Halt> {
        static HALT: OnceLock<Option<Halt>> = OnceLock::new();
        let read = || {
            let text = std::env::var("SAMHANDLA_HALT").ok()?;
            let mut parts = text.splitn(3, ':');
            let name = parts.next()?.to_owned();
            let at = parts.next()?.parse().ok()?;
            Some(Halt { name, at, passed: AtomicU32::new(0), file: PathBuf::from(parts.next()?) })
        };
        HALT.get_or_init(read).as_ref()
    }

    impl Halt {
        /// Blocks the thread, as a process does that is about to die: nothing is cleaned up.
        pub(super) fn pass(&self) {
            if self.passed.fetch_add(1, Ordering::SeqCst) + 1 != self.at || std::fs::write(&self.file, b"").is_err() {
                return;
            }
            while self.file.exists() {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }
}
