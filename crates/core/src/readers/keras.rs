//! Keras models: a ZIP archive, or HDF5. Neither has a field for a license.

use crate::component::Kind;
use crate::readers::bytes::Bytes;
use crate::readers::header;
use crate::readers::weights;
use crate::readers::zip;
use crate::reading::{Header, HeaderError, Ranges, Read, Reader, Reading, Sighting, Subject};
use crate::source::Source;

/// The reader of Keras archives.
pub(super) const ARCHIVE: Reader = Reader {
    name: "keras",
    reads: "that a Keras archive is a model, and the license texts it packs",
    wants: |path| path.to_ascii_lowercase().ends_with(".keras"),
    read: Read::Header { render: render_archive, read: read_archive },
};

/// The reader of HDF5 files, of which those that hold weights are models.
pub(super) const HDF5: Reader = Reader {
    name: "hdf5",
    reads: "that an HDF5 file holds the weights of a Keras model",
    wants: |path| {
        let path = path.to_ascii_lowercase();
        [".h5", ".hdf5"].iter().any(|it| path.ends_with(it))
    },
    read: Read::Header { render: render_hdf5, read: read_hdf5 },
};

/// Begins every HDF5 file.
const MAGIC: &[u8] = b"\x89HDF\r\n\x1a\n";

/// How much of an HDF5 file is searched for the attributes that Keras writes.
const SEARCHED: u64 = 64 * 1024;

/// Names of attributes that Keras writes.
const ATTRIBUTES: [&str; 3] = ["keras_version", "model_config", "layer_names"];

/// Holds version and date in a Keras archive.
const METADATA: &str = "metadata.json";

fn render_archive(ranges: &mut dyn Ranges) -> Header {
    header::rendered(ranges, archive)
}

fn archive(mut bytes: Bytes<'_>, rendered: &mut Header) -> Result<(), HeaderError> {
    let Some(members) = zip::members(&mut bytes)? else {
        let what = "not a Keras archive: it does not end as a ZIP archive does".into();
        return Err(HeaderError { what, offset: 0 });
    };
    rendered.string("format", 0, "Keras archive", 0);
    zip::contents(&mut bytes, &members, rendered);
    if let Some(metadata) = members.iter().find(|it| it.name == METADATA) {
        zip::rendered(&mut bytes, metadata, METADATA, rendered);
    }
    Ok(())
}

fn read_archive(source: &Source) -> Reading {
    let lines = header::lines(source);
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), weights::place(source));
    weights::free(source, &lines, &mut seen);
    Reading { sightings: vec![seen], problems: lines.problems }
}

fn render_hdf5(ranges: &mut dyn Ranges) -> Header {
    header::rendered(ranges, |mut bytes, rendered| {
        let searched = bytes.take_many(SEARCHED.min(bytes.len()))?;
        if !searched.starts_with(MAGIC) {
            return Ok(());
        }
        rendered.string("format", 0, "HDF5", 0);
        for name in ATTRIBUTES {
            let found = searched.windows(name.len()).position(|it| it == name.as_bytes());
            if let Some(at) = found {
                rendered.string("keras.attribute", at as u64, name, at as u64);
                break;
            }
        }
        Ok(())
    })
}

/// HDF5 holds data as often as weights: only what Keras wrote, or a name says, is a model.
fn read_hdf5(source: &Source) -> Reading {
    let lines = header::lines(source);
    let is_hdf5 = lines.first("format").is_some();
    let is_pointer = lines.first("git-lfs.oid").is_some();
    let is_keras = lines.first("keras.attribute").is_some();
    if !is_keras && !((is_hdf5 || is_pointer) && weights::is_named_so(&source.name)) {
        return Reading::default();
    }
    let mut seen = Sighting::new(Subject::Directory, Some(Kind::Model), weights::place(source));
    seen.traits.extend(lines.first("format").cloned());
    Reading { sightings: vec![seen], problems: lines.problems }
}
