//! Reads the documents of a command in a thread of their own, so that reading and storing go on side
//! by side and no more than a few records wait between them.

use std::{
    fs::File,
    io::{BufRead, BufReader, Cursor, Read},
    ops::ControlFlow,
    path::Path,
};

use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::intake::{
    self, Header, MAX_FILE_BYTES, Reading, Record, Refusal,
    archive::Document,
    input::Input,
    keeping::{Kept, keeping},
};

/// Records that wait at most.
const WAITING: usize = 256;

/// What the reader met.
pub(super) enum Step<T> {
    /// Another path of the command line is begun.
    Path,
    /// A document is begun.
    Document(String),
    /// A table has these headings.
    Header(Header),
    /// A record.
    Record(Record<T>),
    /// A file that is not of a kind that is read.
    Skipped(&'static str),
    /// A file that cannot be read.
    Refused(String, Refusal),
}

/// Reads one document and sends its records; `Break` when nobody takes them any more.
pub(super) type ReadDocument<T> =
    fn(&str, &mut dyn BufRead, &intake::csv::header::Mappings, Sending<'_, T>) -> ControlFlow<()>;

/// Sends one step.
pub(super) type Sending<'a, T> = &'a mut dyn FnMut(Step<T>) -> ControlFlow<()>;

/// Reads every input with `read`.
pub(super) fn read<T: Send + 'static>(
    inputs: Vec<Input>,
    mappings: intake::csv::header::Mappings,
    read: ReadDocument<T>,
) -> Receiver<Step<T>> {
    let (sender, receiver) = channel(WAITING);
    std::thread::spawn(move || {
        for input in inputs {
            if read_input(input, &mappings, read, &sender).is_break() {
                break;
            }
        }
    });
    receiver
}

fn read_input<T>(
    input: Input,
    mappings: &intake::csv::header::Mappings,
    read: ReadDocument<T>,
    sender: &Sender<Step<T>>,
) -> ControlFlow<()> {
    let mut is_over = false;
    let mut send = |step| {
        is_over = sender.blocking_send(step).is_err();
        if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    send(Step::Path)?;
    let mut visit = |source: &str, document: Document<'_>| match document {
        Document::Content(bytes) => {
            send(Step::Document(source.to_owned()))?;
            let (mut bytes, kept) = keeping(bytes);
            read(source, &mut bytes, mappings, &mut |step| send(with_raw(step, &kept)))
        }
        Document::Skipped(reason) => send(Step::Skipped(reason)),
        Document::Refused(refusal) => send(Step::Refused(source.to_owned(), refusal)),
    };
    match input {
        Input::Stdin => {
            if let Err(error) = read_stdin(&mut visit) {
                let _ = visit("-", Document::Refused(Refusal::new("rejected-unreadable", error.to_string())));
            }
        }
        Input::File(path) => open(&path, &mut visit),
        Input::Skipped { reason, .. } => drop(visit("", Document::Skipped(reason))),
        Input::Refused { path, refusal } => drop(visit(&path.display().to_string(), Document::Refused(refusal))),
    }
    if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// A refusal with the beginning of its file, where it has nothing nearer.
fn with_raw<T>(mut step: Step<T>, kept: &Kept) -> Step<T> {
    if let Step::Record(Record { reading: Reading::Rejected(refusal), .. }) = &mut step {
        refusal.raw = refusal.raw.take().or_else(|| kept.raw());
    }
    step
}

fn open(path: &Path, visit: intake::archive::Visit<'_>) {
    let source = path.display().to_string();
    match File::open(path) {
        Ok(file) => intake::visit_documents(&source, file, visit),
        Err(error) => drop(visit(&source, Document::Refused(Refusal::new("rejected-file", error.to_string())))),
    }
}

/// A document is read as it comes; an archive needs its end first and is kept in memory.
fn read_stdin(visit: intake::archive::Visit<'_>) -> std::io::Result<()> {
    let mut stdin = BufReader::new(std::io::stdin());
    if intake::is_archive(stdin.fill_buf()?) {
        let mut whole = Vec::new();
        stdin.take(MAX_FILE_BYTES).read_to_end(&mut whole)?;
        intake::visit_documents("-", Cursor::new(whole), visit);
    } else {
        let _ = visit("-", Document::Content(&mut stdin));
    }
    Ok(())
}
