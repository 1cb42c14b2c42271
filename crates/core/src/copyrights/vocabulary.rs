//! Words that tell a copyright statement from a sentence about copyright.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::words::Word;

/// A list of words.
struct Words {
    list: &'static str,
    split: OnceLock<BTreeSet<&'static str>>,
}

impl Words {
    const fn new(list: &'static str) -> Self {
        Self { list, split: OnceLock::new() }
    }

    fn split(&self) -> &BTreeSet<&'static str> {
        self.split.get_or_init(|| self.list.split(' ').collect())
    }

    /// Whether a word is in the list, in any case.
    fn hold(&self, word: &str) -> bool {
        self.split().contains(word.to_lowercase().as_str())
    }
}

/// After the word "copyright": it speaks of copyright, and states none.
static ABOUT: Words = Words::new(
    "notice notices holder holders holder's owner owners owner's ownership law laws license \
     licenses licence licensed licenced licensing statement statements information protection \
     protected infringement infringements act year years date dates and in to of is are or as \
     interest interests claim claims treaty treaties material materials line lines header headers \
     attribution attributions disclaimer disclaimers management agent office policy terms term \
     tribunal file files clearance check checker assignment assignments assigned grant grants \
     permission permissions registration symbol string strings text texts marks mark format \
     status remains remain belongs belong on for from with that which this these those applies \
     apply may must shall should can will be was were has have if it its not no does message \
     field block banner comment comments page section sections rights right issues issue \
     violation violations exception exceptions related under where when but any all your you \
     their our his her above below at before after other restrictions restriction reform industry \
     infringing works work label info details data template templates declaration declarations \
     mentions update updates however only includes included within entry entries conditions \
     detection detector scan scanner rules expression property properties tag tags key value none \
     null true false undefined footer reserved transfer status: years: patent patents trademark \
     trademarks trade waiver dedication covers exists specified appears appear indicated unless \
     without because so also content contents contained there here via part parts who what how \
     why do we i they he she test tests testing option options string: name names document \
     documents documentation and/or ist der des",
);

/// What ends a name: a sentence goes on about something else.
static ENDS: Words = Words::new(
    "licensed licenced license licence released distributed permission permissions redistribution \
     redistributions this these see under use used using unless please you your is are has have \
     was were reserved reserve reserves contact available with except which where subject \
     published provided derived modified modifications may can must shall should will it if that \
     refer read report send from based everyone verbatim freely do not be all some no usage web \
     email e-mail mail http https url version last file created description date abstract author: \
     authors: author(s): maintainer: written originally ported rewritten adapted changes because \
     here per via spdx-license-identifier spdx-license-identifier: license: licensed: \
     description: name: version: homepage: website: url: email: about made generated powered \
     built click terms privacy disclaimer confidential proprietary portions copyright: warning: \
     warning note: original source: file: title: summary: packager: vendor: group: redistributed \
     copied reproduced hereby furnished granted grants any such there then than so but also we i \
     to as when who whose they whether either purpose: module: contents according comments rcs \
     revised revision updated translated fixed added adding ff. support trademarks trademark \
     unpublished dual covered governed protected included contains containing includes including \
     licenses conditions work code notice notices",
);

/// Words at which a sentence turns to something else, even with a capital.
static TURNS: Words = Words::new(
    "distributed licensed licenced released permission permissions redistribution redistributions \
     these please unless parts portions rights contributed http https warranty everyone verbatim \
     reprinted published see this use under you contact file license: version note warning",
);

/// A word that cannot begin a name in a statement without years.
static NO_FIRST: Words = Words::new(
    "you if any all in to for each licensee licensor copyright except neither either where when \
     such no not on as it this that these those every use provide provided a an and or of unless \
     is are was be must may with without by from at per see notwithstanding subject upon your our \
     we i derivative redistributions redistribution modifying making name date year yyyy section \
     include includes retain give accompany allow other distribute prevent disclose permit \
     license licenses",
);

/// Points after these end no sentence.
static SHORT: Words = Words::new(
    "inc ltd co corp llc pty gmbh s.a e.v b.v n.v st dr jr sr univ dept intl al bros ing mr mrs \
     prof inst no assoc ag s.p.a s.r.l l.l.c l.p a.s s.l u.s u.s.a k.k int'l pvt pte kg dipl phil \
     tech lab labs natl nat sci eng gov vols ph.d ph mfg sys technol res",
);

/// What leaves a blank for a name or a year.
static BLANKS: Words = Words::new(
    "<year <name <owner <holder <copyright <author <date [yyyy [year [name [fullname [owner \
     [holder [copyright [author [date {yyyy {year {name {owner {{ ${ <% yyyy xxxx 19yy 20yy 19xx \
     20xx 200x %s %d (year) <insert [insert <your [your {your << {0} {author {fullname {copyright \
     @year@ %year $year __year <organization [organization {organization <fullname <dates [dates \
     [various] <company {company [company",
);

/// Such blanks of several words.
const LONG_BLANKS: [&str; 6] = [
    "name of copyright owner",
    "name of author",
    "your name",
    "your company",
    "name of the author",
    "(name of",
];

/// Words of lower case that are parts of names.
static IN_NAMES: Words = Words::new(
    "of for the and de von van der den la le du di da dos del y et al al. und others contributors \
     contributors. authors authors. team project its affiliates affiliates. licensors \
     subsidiaries or and/or individual community developers maintainers by in other others. \
     various respective e.v. & - / + a at",
);

/// The letters of a word, without the points around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|it: char| ",.;:()[]{}\"'*!?“”‘’«»".contains(it))
}

/// Whether what follows "copyright" makes a sentence about copyright.
pub(super) fn is_about(word: &str) -> bool {
    ABOUT.hold(bare(word)) || ABOUT.hold(word)
}

/// Whether a word is not of a name any more.
pub(super) fn ends_name(word: &str) -> bool {
    ENDS.hold(bare(word)) || ENDS.hold(word)
}

/// Whether a word can begin a name where no year vouches for it.
pub(super) fn begins_name(word: &str) -> bool {
    let first = bare(word).chars().next();
    let is_name =
        first.is_some_and(|it| it.is_uppercase() || it.is_ascii_digit() || !it.is_ascii());
    (is_name || word.eq_ignore_ascii_case("the")) && !NO_FIRST.hold(bare(word)) && !is_about(word)
}

/// Whether a word of lower case may stand in a name.
pub(super) fn is_in_names(word: &str) -> bool {
    IN_NAMES.split().contains(word.trim_end_matches([',', ';']))
}

/// Whether the point after a word ends no sentence: an abbreviation, an initial.
pub(super) fn is_short(word: &str) -> bool {
    let body = word.trim_end_matches('.').trim_start_matches(['(', '"']);
    let initial = body.chars().count() == 1
        || body.rsplit(['.', '-']).next().is_some_and(|it| it.chars().count() == 1);
    initial || SHORT.hold(body)
}

/// Whether a line leaves blanks to be filled in.
pub(super) fn has_blanks(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    BLANKS.split().iter().chain(&LONG_BLANKS).any(|it| line.contains(it))
}

/// Whether a word begins another sentence, even with a capital.
pub(super) fn is_turn(word: &str) -> bool {
    TURNS.hold(bare(word))
}

/// A word that ends the name of a company, alone in its line.
pub(super) fn is_form(word: &str) -> bool {
    ["Inc.", "Inc", "Ltd", "Ltd.", "LLC", "LLC.", "GmbH", "Corporation", "Corp."].contains(&word)
}

/// Whether a word is a mark of copyright.
pub(super) fn is_marked(word: &str) -> bool {
    let body = bare(word).to_lowercase();
    matches!(body.as_str(), "©" | "copyright" | "copyrights" | "copyrighted" | "(c" | "copyright(c")
        || word.eq_ignore_ascii_case("(c)")
        || word.starts_with('©')
}

/// Whether words reserve rights: "All rights reserved".
pub(super) fn all_rights(words: &[Word<'_>]) -> bool {
    let is = |at: usize, wanted: &[&str]| {
        words
            .get(at)
            .is_some_and(|it: &Word<'_>| wanted.contains(&bare(it.text).to_lowercase().as_str()))
    };
    is(0, &["all", "some", "no", "alle", "todos"])
        && is(1, &["rights", "right", "rechte", "los", "other"])
}
