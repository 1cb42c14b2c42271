//! Reading a header forwards, through a buffer, trusting no size that it claims.

use crate::reading::{HeaderError, Ranges};

/// How many bytes are asked for at a time.
const CHUNK: usize = 64 * 1024;

/// How many bytes are asked for at a time where reading jumps back and forth.
const PIECE: usize = 4 * 1024;

/// How many bytes of one file are asked for at most: real headers need a tenth of it.
const BUDGET: u64 = 160 * 1024 * 1024;

/// A place in a file that moves forwards.
pub(super) struct Bytes<'a> {
    ranges: &'a mut dyn Ranges,
    len: u64,
    position: u64,
    /// How many bytes are asked for at a time.
    piece: usize,
    buffer: Vec<u8>,
    buffer_at: u64,
    filled: usize,
    budget: u64,
}

impl<'a> Bytes<'a> {
    /// The beginning of `ranges`.
    pub(super) fn new(ranges: &'a mut dyn Ranges) -> Self {
        let len = ranges.len();
        let (buffer, budget) = (Vec::new(), BUDGET);
        Self { ranges, len, position: 0, piece: CHUNK, buffer, buffer_at: 0, filled: 0, budget }
    }

    /// The beginning of `ranges`, of which small pieces here and there will be read.
    pub(super) fn sparse(ranges: &'a mut dyn Ranges) -> Self {
        Self { piece: PIECE, ..Self::new(ranges) }
    }

    /// The offset of the next byte.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// How many bytes lie ahead.
    pub(super) fn left(&self) -> u64 {
        self.len - self.position
    }

    /// A complaint about the next byte.
    pub(super) fn error(&self, what: impl Into<String>) -> HeaderError {
        HeaderError { what: what.into(), offset: self.position }
    }

    /// Passes over `count` bytes without asking for them.
    pub(super) fn skip(&mut self, count: u64) -> Result<(), HeaderError> {
        if count > self.left() {
            return Err(self.short(count));
        }
        self.position += count;
        Ok(())
    }

    /// Moves to the byte at `offset`, which may lie behind.
    pub(super) fn go_to(&mut self, offset: u64) -> Result<(), HeaderError> {
        if offset > self.len {
            let what = format!("byte {offset} is wanted, and the file has {}", self.len);
            return Err(self.error(what));
        }
        self.position = offset;
        Ok(())
    }

    /// How many bytes the file has.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The next `N` bytes.
    pub(super) fn take<const N: usize>(&mut self) -> Result<[u8; N], HeaderError> {
        let mut taken = [0; N];
        self.fill(&mut taken)?;
        Ok(taken)
    }

    /// The next `count` bytes. Space is made as bytes arrive, not as they are claimed.
    pub(super) fn take_many(&mut self, count: u64) -> Result<Vec<u8>, HeaderError> {
        if count > self.left() {
            return Err(self.short(count));
        }
        let mut taken = Vec::new();
        let mut missing = count;
        while missing > 0 {
            let now = usize::try_from(missing).unwrap_or(CHUNK).min(CHUNK);
            let start = taken.len();
            taken.resize(start + now, 0);
            self.fill(&mut taken[start..])?;
            missing -= now as u64;
        }
        Ok(taken)
    }

    /// A string of `len` bytes, cut at `limit`, and how many of its bytes were left out.
    pub(super) fn string(&mut self, len: u64, limit: usize) -> Result<(String, u64), HeaderError> {
        if len > self.left() {
            return Err(
                self.error(format!("a string claims {len} bytes, {} are left", self.left()))
            );
        }
        let taken = len.min(limit as u64);
        let bytes = self.take_many(taken)?;
        self.skip(len - taken)?;
        let value = String::from_utf8_lossy(&bytes);
        let value = if taken < len { value.trim_end_matches('\u{fffd}') } else { &value };
        Ok((value.to_owned(), len - taken))
    }

    fn fill(&mut self, target: &mut [u8]) -> Result<(), HeaderError> {
        let mut done = 0;
        while done < target.len() {
            let ready = self.ready()?;
            let now = ready.len().min(target.len() - done);
            target[done..done + now].copy_from_slice(&ready[..now]);
            done += now;
            self.position += now as u64;
        }
        Ok(())
    }

    /// The bytes from the position on that are in the buffer; at least one.
    fn ready(&mut self) -> Result<&[u8], HeaderError> {
        let inside = |it: &Self| {
            it.position.checked_sub(it.buffer_at).filter(|within| *within < it.filled as u64)
        };
        if inside(self).is_none() {
            self.refill()?;
        }
        let within = inside(self).and_then(|it| usize::try_from(it).ok());
        let within = within.ok_or_else(|| self.short(1))?;
        Ok(&self.buffer[within..self.filled])
    }

    fn refill(&mut self) -> Result<(), HeaderError> {
        if self.buffer.is_empty() {
            self.buffer = vec![0; usize::try_from(self.len).unwrap_or(self.piece).min(self.piece)];
        }
        self.buffer_at = self.position;
        self.filled = 0;
        let Some(budget) = self.budget.checked_sub(self.buffer.len() as u64) else {
            return Err(self.error(format!("the header is larger than {BUDGET} bytes")));
        };
        self.budget = budget;
        match self.ranges.at(self.position, &mut self.buffer) {
            Ok(count) => self.filled = count.min(self.buffer.len()),
            Err(error) => return Err(self.error(format!("the file cannot be read: {error}"))),
        }
        Ok(())
    }

    fn short(&self, wanted: u64) -> HeaderError {
        if self.len == 0 {
            return self.error("the file is empty");
        }
        let left = self.left();
        self.error(format!("the file ends inside its header: {wanted} bytes wanted, {left} left"))
    }
}
