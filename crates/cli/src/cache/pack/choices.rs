//! What is one of several things, each with its own parts.

use caveat_core::reading::{Meant, Subject};

use super::{Packed, Packer, Unpacker};

/// Ecosystems whose packages are packed; the others are read again.
const ECOSYSTEMS: &[&str] = &[
    "cargo",
    "npm",
    "pypi",
    "golang",
    "maven",
    "nuget",
    "gem",
    "composer",
    "cran",
    "swift",
    "pub",
    "conan",
    "vcpkg",
    "deb",
    "conda",
    "github",
    "huggingface",
    "generic",
    "docker",
    "rpm",
    "apk",
];

/// The name of an ecosystem, which lives as long as the program.
struct Ecosystem(&'static str);

impl Packed for Ecosystem {
    fn pack(&self, to: &mut Packer) {
        let number = ECOSYSTEMS.iter().position(|it| *it == self.0);
        let number = number.and_then(|it| u8::try_from(it).ok());
        to.fits &= number.is_some();
        to.byte(number.unwrap_or(0));
    }
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        ECOSYSTEMS.get(usize::from(from.byte()?)).map(|it| Self(it))
    }
}

impl Packed for Subject {
    fn pack(&self, to: &mut Packer) {
        match self {
            Self::Directory => to.byte(0),
            Self::File => to.byte(1),
            Self::Program => to.byte(2),
            Self::Package { ecosystem, name, version } => {
                to.byte(3);
                Ecosystem(ecosystem).pack(to);
                name.pack(to);
                version.pack(to);
            }
            Self::Workspace { ecosystem, version } => {
                to.byte(4);
                Ecosystem(ecosystem).pack(to);
                version.pack(to);
            }
            Self::Files { pattern, precedence } => {
                to.byte(5);
                pattern.pack(to);
                precedence.pack(to);
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(match from.byte()? {
            0 => Self::Directory,
            1 => Self::File,
            2 => Self::Program,
            3 => Self::Package {
                ecosystem: Ecosystem::unpack(from)?.0,
                name: Packed::unpack(from)?,
                version: Packed::unpack(from)?,
            },
            4 => Self::Workspace {
                ecosystem: Ecosystem::unpack(from)?.0,
                version: Packed::unpack(from)?,
            },
            5 => Self::Files { pattern: Packed::unpack(from)?, precedence: Packed::unpack(from)? },
            _ => return None,
        })
    }
}

impl Packed for Meant {
    fn pack(&self, to: &mut Packer) {
        match self {
            Self::Expression => to.byte(0),
            Self::HubId { name, link } => {
                to.byte(1);
                name.pack(to);
                link.pack(to);
            }
            Self::Name => to.byte(2),
            Self::Grant(it) => {
                to.byte(3);
                it.pack(to);
            }
            Self::Text { license, score, modified } => {
                to.byte(4);
                license.pack(to);
                score.pack(to);
                modified.pack(to);
            }
            Self::UnknownText => to.byte(5),
            Self::File => to.byte(6),
            Self::Inherited => to.byte(7),
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(match from.byte()? {
            0 => Self::Expression,
            1 => Self::HubId { name: Packed::unpack(from)?, link: Packed::unpack(from)? },
            2 => Self::Name,
            3 => Self::Grant(Packed::unpack(from)?),
            4 => Self::Text {
                license: Packed::unpack(from)?,
                score: Packed::unpack(from)?,
                modified: Packed::unpack(from)?,
            },
            5 => Self::UnknownText,
            6 => Self::File,
            7 => Self::Inherited,
            _ => return None,
        })
    }
}
