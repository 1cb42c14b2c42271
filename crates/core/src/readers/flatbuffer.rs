//! Tables of a FlatBuffer, found one offset at a time.

use crate::readers::bytes::Bytes;
use crate::readers::header::VALUE_LIMIT;
use crate::reading::HeaderError;

/// How many offsets of one file are followed: the metadata of real models needs some dozens.
const STEP_LIMIT: u32 = 16_384;

/// A FlatBuffer, which may lie inside another.
pub(super) struct Buffer<'a> {
    /// The file.
    pub(super) bytes: Bytes<'a>,
    left: u32,
}

/// Where a table begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table(u64);

/// The elements of a vector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vector {
    /// Where the first one begins.
    pub(super) at: u64,
    /// How many there are said to be.
    pub(super) count: u64,
}

impl<'a> Buffer<'a> {
    /// A buffer of which nothing was read.
    pub(super) fn new(bytes: Bytes<'a>) -> Self {
        Self { bytes, left: STEP_LIMIT }
    }

    /// The root of the buffer that begins at `start`, if it is of the kind `identifier`.
    pub(super) fn root(
        &mut self,
        start: u64,
        identifier: [u8; 4],
    ) -> Result<Option<Table>, HeaderError> {
        let root = self.offset(start)?;
        self.bytes.go_to(start.saturating_add(4))?;
        let is_kind = self.bytes.take::<4>()? == identifier;
        Ok(is_kind.then_some(Table(root)))
    }

    /// Where field number `field` of `table` begins, if the table has it.
    pub(super) fn field(&mut self, table: Table, field: u16) -> Result<Option<u64>, HeaderError> {
        self.step(table.0)?;
        let back = i64::from(i32::from_le_bytes(self.bytes.take()?));
        let Some(places) = table.0.checked_add_signed(-back) else {
            return Err(self.bytes.error("a table lies before the file"));
        };
        self.bytes.go_to(places)?;
        let size = u16::from_le_bytes(self.bytes.take()?);
        let within = 4 + 2 * field;
        if within + 2 > size {
            return Ok(None);
        }
        self.bytes.go_to(places.saturating_add(within.into()))?;
        let offset = u16::from_le_bytes(self.bytes.take()?);
        Ok((offset > 0).then_some(table.0.saturating_add(offset.into())))
    }

    /// The vector or string that field number `field` of `table` holds.
    pub(super) fn vector(
        &mut self,
        table: Table,
        field: u16,
    ) -> Result<Option<Vector>, HeaderError> {
        let Some(at) = self.field(table, field)? else { return Ok(None) };
        let at = self.offset(at)?;
        self.bytes.go_to(at)?;
        let count = u64::from(u32::from_le_bytes(self.bytes.take()?));
        let at = self.bytes.position();
        if count > self.bytes.left() {
            let left = self.bytes.left();
            return Err(self.bytes.error(format!("a vector claims {count} elements, {left} left")));
        }
        Ok(Some(Vector { at, count }))
    }

    /// The string in field number `field` of `table`, where it begins, and how much is left out.
    pub(super) fn string(
        &mut self,
        table: Table,
        field: u16,
    ) -> Result<Option<(String, u64, u64)>, HeaderError> {
        let Some(Vector { at, count }) = self.vector(table, field)? else { return Ok(None) };
        let (value, left_out) = self.bytes.string(count, VALUE_LIMIT)?;
        Ok(Some((value, at, left_out)))
    }

    /// Element number `index` of a vector of tables.
    pub(super) fn element(&mut self, vector: Vector, index: u64) -> Result<Table, HeaderError> {
        if index >= vector.count {
            return Err(self.bytes.error(format!("element {index} of {} is wanted", vector.count)));
        }
        self.offset(vector.at.saturating_add(4 * index)).map(Table)
    }

    /// The number in field number `field` of `table`; 0, the default, if the table lacks it.
    pub(super) fn number(&mut self, table: Table, field: u16) -> Result<u32, HeaderError> {
        let Some(at) = self.field(table, field)? else { return Ok(0) };
        self.bytes.go_to(at)?;
        Ok(u32::from_le_bytes(self.bytes.take()?))
    }

    /// What the offset at `at` leads to.
    fn offset(&mut self, at: u64) -> Result<u64, HeaderError> {
        self.step(at)?;
        Ok(at.saturating_add(u32::from_le_bytes(self.bytes.take()?).into()))
    }

    fn step(&mut self, to: u64) -> Result<(), HeaderError> {
        self.left = self.left.checked_sub(1).ok_or_else(|| {
            self.bytes.error(format!("more than {STEP_LIMIT} offsets are to be followed"))
        })?;
        self.bytes.go_to(to)
    }
}
