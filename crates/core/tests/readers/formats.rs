//! The smallest files of formats that pack their metadata away from the start of the file.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "the files are small"
)]

/// A field of a protobuf message that holds bytes.
pub(crate) fn field(number: u64, content: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(content.len() as u64), content.to_vec()].concat()
}

/// A field of a protobuf message that holds a number.
pub(crate) fn number(number: u64, value: u64) -> Vec<u8> {
    [varint(number << 3), varint(value)].concat()
}

/// A number in groups of seven bits.
pub(crate) fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// One entry of a map from strings to strings.
pub(crate) fn pair(key: &str, value: &str) -> Vec<u8> {
    [field(1, key.as_bytes()), field(2, value.as_bytes())].concat()
}

/// An ONNX file with a graph of so many bytes before its properties.
pub(crate) fn onnx(graph: usize, properties: &[(&str, &str)]) -> Vec<u8> {
    let properties: Vec<u8> =
        properties.iter().flat_map(|(key, value)| field(14, &pair(key, value))).collect();
    let head = [number(1, 8), field(2, b"tiny")].concat();
    [head, field(7, &vec![0; graph]), properties].concat()
}

/// A Core ML model with these fields of metadata and properties of its author.
pub(crate) fn coreml(fields: &[(u64, &str)], properties: &[(&str, &str)]) -> Vec<u8> {
    let mut metadata: Vec<u8> =
        fields.iter().flat_map(|(number, it)| field(*number, it.as_bytes())).collect();
    metadata.extend(properties.iter().flat_map(|(key, it)| field(100, &pair(key, it))));
    let layers = field(500, &[0; 100]);
    [number(1, 5), layers, field(2, &field(100, &metadata))].concat()
}

/// Writes tables of a FlatBuffer one after the other; offsets are filled in as they are known.
#[derive(Default)]
pub(crate) struct Flat(Vec<u8>);

impl Flat {
    fn align(&mut self) {
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }

    /// A table with `fields` slots of four bytes: where each slot lies.
    fn table(&mut self, fields: u16) -> (u32, Vec<usize>) {
        self.align();
        let places = self.0.len();
        self.0.extend((4 + 2 * fields).to_le_bytes());
        self.0.extend((4 + 4 * fields).to_le_bytes());
        (0..fields).for_each(|it| self.0.extend((4 + 4 * it).to_le_bytes()));
        self.align();
        let table = self.0.len();
        self.0.extend(((table - places) as i32).to_le_bytes());
        let slots = (0..fields).map(|it| table + 4 + 4 * usize::from(it)).collect();
        self.0.extend(vec![0; 4 * usize::from(fields)]);
        (table as u32, slots)
    }

    /// Lets the slot lead to `target`.
    fn lead(&mut self, slot: usize, target: u32) {
        let offset = target - slot as u32;
        self.0[slot..slot + 4].copy_from_slice(&offset.to_le_bytes());
    }

    fn vector(&mut self, content: &[u8], count: u32) -> u32 {
        self.align();
        let at = self.0.len() as u32;
        self.0.extend(count.to_le_bytes());
        self.0.extend(content);
        at
    }

    /// Lets the slot lead to bytes or a string.
    fn bytes(&mut self, slot: usize, content: &[u8]) {
        let at = self.vector(content, content.len() as u32);
        self.lead(slot, at);
    }

    /// Lets the slot lead to a vector of so many tables: where the slot of each lies.
    fn tables(&mut self, slot: usize, count: u32) -> Vec<usize> {
        let at = self.vector(&vec![0; 4 * count as usize], count);
        self.lead(slot, at);
        (0..count as usize).map(|it| at as usize + 4 + 4 * it).collect()
    }

    fn begin(identifier: &[u8; 4]) -> Self {
        Self([&[0; 4], &identifier[..]].concat())
    }
}

/// A TFLite file whose metadata has these fields, behind a buffer of so many bytes.
pub(crate) fn tflite(weights: usize, fields: &[(u16, &str)]) -> Vec<u8> {
    let mut inner = Flat::begin(b"M001");
    let (table, slots) = inner.table(8);
    inner.lead(0, table);
    for (field, value) in fields {
        inner.bytes(slots[usize::from(*field)], value.as_bytes());
    }
    let mut flat = Flat::begin(b"TFL3");
    let (model, slots) = flat.table(8);
    flat.lead(0, model);
    flat.bytes(slots[3], b"by hand");
    let buffers = flat.tables(slots[4], 2);
    let entries = flat.tables(slots[6], 1);
    let (entry, fields) = flat.table(2);
    flat.lead(entries[0], entry);
    flat.bytes(fields[0], b"TFLITE_METADATA");
    flat.0[fields[1]..fields[1] + 4].copy_from_slice(&1_u32.to_le_bytes());
    for (slot, content) in buffers.into_iter().zip([vec![0; weights], inner.0]) {
        let (buffer, fields) = flat.table(1);
        flat.lead(slot, buffer);
        flat.bytes(fields[0], &content);
    }
    flat.0
}

/// A ZIP archive: each member with its name, how it is packed, and its packed bytes.
pub(crate) fn zip(members: &[(&str, u16, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, method, packed) in members {
        let at = bytes.len() as u32;
        let len = (packed.len() as u32).to_le_bytes();
        let name_len = (name.len() as u16).to_le_bytes();
        let shared =
            [&[20, 0, 0, 0][..], &method.to_le_bytes(), &[0; 8], &len, &len, &name_len].concat();
        bytes.extend([b"PK\x03\x04", &shared[..], &[0; 2], name.as_bytes(), packed].concat());
        directory.extend(
            [b"PK\x01\x02\x14\0", &shared[..], &[0; 12], &at.to_le_bytes(), name.as_bytes()]
                .concat(),
        );
    }
    let (count, at) = ((members.len() as u16).to_le_bytes(), bytes.len() as u32);
    let size = (directory.len() as u32).to_le_bytes();
    bytes.extend(&directory);
    bytes.extend(
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &at.to_le_bytes(), &[0; 2]].concat(),
    );
    bytes
}
