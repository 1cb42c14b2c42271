//! From files to a graph: whose statements they are, what follows for the license, who is made
//! from whom.

#![expect(clippy::disallowed_methods, reason = "a test reads real files and bounds its time")]
#![expect(clippy::unwrap_used, reason = "a test stops and says where")]

mod bills;
mod tree;

mod conclude;
mod corpora;
mod identify;
mod recall;
mod relate;
mod reuse;
