//! What an organisation makes of license terms.
//!
//! A policy is a TOML file: facts about who we are, products and how they are used, and rules that
//! meet licenses by their tags. [`policy::Policy::parse`] reads the whole language into types that
//! keep where everything was written, so that a finding can quote the line that decided it.
//! Nothing here touches a disk, a clock, the environment or the network.
//!
//! Modules are listed in reading order: each uses only those above it.

pub mod vocabulary;
pub mod date;
pub mod glob;
pub mod verdict;
pub mod tag;
pub mod usage;
pub mod region;
pub mod field;
pub mod business;
pub mod package;
pub mod org;
pub mod wanted;
pub mod person;
pub mod mailmap;
pub mod commit;
pub mod named;
pub mod phrase;
pub mod exhibits;
pub mod duty;
pub mod dispute;
pub mod policy;
pub mod amend;
pub mod own;
pub mod clarify;
pub mod quoted;
pub mod schema;
pub mod template;
pub mod setting;
pub mod layers;
pub mod lines;
pub mod fix;
pub mod finding;
pub mod drift;
pub mod backlog;
pub mod task;
pub mod contributions;
pub mod travel;
pub mod brought_in;
pub mod ground;
pub mod state;
pub mod known;
pub mod asked;
pub mod ruling;
pub mod precedent;
pub mod travelling;
pub mod due;
pub mod home;
pub mod proof;
pub mod obligations;
pub mod needed;
pub mod case;
pub mod combination;
pub mod inheritance;
pub mod chain;
pub mod outbound;
pub mod openness;
pub mod rule;
pub mod rules;
pub mod show;
pub mod fixes;
pub mod basis;
pub mod extends;
pub mod judge;
pub mod shipped;
pub mod attribution;
pub mod products;
pub mod lint;
