//! Files that somebody damaged, and files that count what is asked of them.

use caveat_core::reading::Ranges;

/// A small generator of numbers that look random and are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % below.max(1)
    }
}

/// Counts what is asked for of a file that is `size` long, and nothing but zeros after `bytes`.
pub(crate) struct Counting<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) size: u64,
    pub(crate) asked: u64,
}

impl Ranges for Counting<'_> {
    fn len(&self) -> u64 {
        self.size
    }

    fn at(&mut self, offset: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.asked += buffer.len() as u64;
        buffer.fill(0);
        let wanted = self.size.saturating_sub(offset).min(buffer.len() as u64);
        self.bytes.at(offset, buffer)?;
        Ok(usize::try_from(wanted).expect("no more than the buffer holds"))
    }
}

/// `valid` with a few bytes lost, doubled or changed.
pub(crate) fn damaged(valid: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = valid.to_vec();
    for _ in 0..=numbers.next(3) {
        let at = numbers.next(bytes.len());
        match numbers.next(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + numbers.next(9)).min(bytes.len()))),
            2 => bytes
                .splice(at..at, valid[..numbers.next(valid.len())].iter().copied())
                .for_each(drop),
            3 => bytes[at..].iter_mut().take(8).for_each(|it| *it = 0xff),
            _ => {
                if let Some(it) = bytes.get_mut(at) {
                    *it = numbers.next(256).to_le_bytes()[0];
                }
            }
        }
    }
    bytes
}
