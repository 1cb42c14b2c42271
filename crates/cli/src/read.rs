//! Reading every file of a tree, on all cores, without losing one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use caveat_core::notices;
use caveat_core::readers::{ANY_TEXT, READERS};
use caveat_core::reading::Reader;
use caveat_core::source::SourceId;

use crate::aids::Aids;
use crate::cache::Cache;
use crate::discover::{Found, Tree};
use crate::open::{Opened, open};

/// A file and who reads it.
pub(crate) type Work<'a> = (&'a Found, &'static Reader);

/// What the threads that read are called: a panic on one of them is caught and reported as a
/// problem of the file, so that a program may keep silent about it.
pub const THREAD: &str = "caveat-reader";

const DEFECT: Opened = Opened::Strange {
    what: "not read because of a defect in Caveat",
    help: "please report it, with the file if you may",
};

/// Which reader reads which file: the first that wants it. A file that the user named and no
/// reader wants is read as a license text.
pub(crate) fn plan(tree: &Tree) -> Vec<Work<'_>> {
    let program = |it: &Found| notices::is_program(&it.name).then_some(&notices::READER);
    let reader = |it: &Found| {
        let any = || it.asked_for.then_some(&ANY_TEXT);
        reader(&it.name).or_else(|| program(it)).or_else(any)
    };
    let planned =
        |files: &[Found]| -> Vec<Option<&'static Reader>> { files.iter().map(reader).collect() };
    let half = tree.files.len() / 2;
    if half < WORTH_A_THREAD {
        return tree.files.iter().filter_map(|it| Some((it, reader(it)?))).collect();
    }
    let (first, second) = tree.files.split_at(half);
    let readers = thread::scope(|scope| {
        let own = thread::Builder::new().spawn_scoped(scope, || planned(first)).ok();
        let second = planned(second);
        let first = own.and_then(|it| it.join().ok()).unwrap_or_else(|| planned(first));
        first.into_iter().chain(second).collect::<Vec<_>>()
    });
    tree.files.iter().zip(readers).filter_map(|(it, reader)| Some((it, reader?))).collect()
}

/// So many names are looked through before a thread could be started for them.
const WORTH_A_THREAD: usize = 1_000;

/// The first reader that wants a file of that name.
pub(crate) fn reader(name: &str) -> Option<&'static Reader> {
    READERS.iter().find(|it| (it.wants)(name))
}

/// Whether a file of that name promises to speak of licenses or lineage. Code may, and most of it
/// does not: a video that ends in `.ts` has nothing to hide.
pub(crate) fn is_promising(name: &str) -> bool {
    reader(name).is_some_and(|it| it.name != "named-in-code")
}

/// Reads all files; there is one answer for each, in their order, whatever the order of reading.
/// Sources are numbered from `first`.
pub(crate) fn read_all(work: &[Work<'_>], first: u32, aids: &Aids) -> Vec<Opened> {
    let next = AtomicUsize::new(0);
    let batch = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(it) = work.get(index) else { return done };
            done.push((index, read(*it, number(first, index), &aids.cache)));
            aids.progress.step();
        }
    };
    aids.progress.expect(work.len());
    let threads = thread::available_parallelism().map_or(1, usize::from).min(work.len());
    let mut all: Vec<Option<Opened>> = work.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let named = || thread::Builder::new().name(THREAD.to_owned());
        let started: Vec<_> =
            (0..threads).filter_map(|_| named().spawn_scoped(scope, batch).ok()).collect();
        // Where no thread can be had, this one does it all.
        let own = if started.is_empty() { batch() } else { Vec::new() };
        let others = started.into_iter().filter_map(|it| it.join().ok()).flatten();
        for (index, opened) in own.into_iter().chain(others) {
            all[index] = Some(opened);
        }
    });
    all.into_iter().map(|it| it.unwrap_or(DEFECT)).collect()
}

/// The number of the source that is read as the `index`th.
pub(crate) fn number(first: u32, index: usize) -> SourceId {
    SourceId(first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)))
}

/// Reads one file. A defect in a reader costs that file and no other.
pub(crate) fn read((found, reader): Work<'_>, id: SourceId, cache: &Cache) -> Opened {
    catch_unwind(AssertUnwindSafe(|| open(found, reader, id, cache))).unwrap_or(DEFECT)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use caveat_core::reading::{Read, Reader};

    use super::{Opened, read_all};
    use crate::aids::Aids;
    use crate::discover::Found;

    #[test]
    fn a_defect_in_a_reader_costs_one_file_and_no_other() {
        const SOUND: &Reader = &super::ANY_TEXT;
        const BROKEN: &Reader = &Reader {
            name: "broken",
            reads: "nothing",
            wants: |_| true,
            read: Read::Text(|_| unreachable!("a defect")),
        };
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let found = Found { name: "it".to_owned(), path, asked_for: false, held: None, stat: None };
        let work = [(&found, SOUND), (&found, BROKEN), (&found, SOUND)];
        let read = |it: &Opened| matches!(it, Opened::Read(..));
        let all = read_all(&work, 7, &Aids::none());
        assert_eq!(all.iter().map(read).collect::<Vec<_>>(), [true, false, true]);
    }
}
