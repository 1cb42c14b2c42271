//! Words that tell a copyright statement from a sentence about copyright.

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// After the word "copyright": it speaks of copyright, and states none.
static ABOUT: List = List::of(
    "\
    above act after agent all also and and/or any appear appears applies apply are as assigned \
    assignment assignments at attribution attributions banner be because before belong belongs \
    below block but can check checker claim claims clearance comment comments conditions \
    contained content contents covers data date dates declaration declarations dedication der \
    des details detection detector disclaimer disclaimers do document documentation documents \
    does entries entry exception exceptions exists expression false field file files footer for \
    format from grant grants has have he header headers her here his holder holder's holders how \
    however i if in included includes indicated industry info information infringement \
    infringements infringing interest interests is issue issues ist it its key label law laws \
    license licence licenced licensed licenses licensing line lines management mark marks \
    material materials may mentions message must name names no none not notice notices null of \
    office on only option options or other our owner owner's owners ownership page part parts \
    patent patents permission permissions policy properties property protected protection reform \
    registration related remain remains reserved restriction restrictions right rights rules \
    scan scanner section sections shall she should so specified statement statements status \
    status: string string: strings symbol tag tags template templates term terms test testing \
    tests text texts that their there these they this those to trade trademark trademarks \
    transfer treaties treaty tribunal true undefined under unless update updates value via \
    violation violations waiver was we were what when where which who why will with within \
    without work works year years years: you your",
);

/// What ends a name: a sentence goes on about something else.
static ENDS: List = List::of(
    "\
    about abstract according adapted added adding all also any are as author(s): author: \
    authors: available based be because built but can changes click code comments conditions \
    confidential contact containing contains contents copied copyright: covered created date \
    derived description description: disclaimer distributed do dual e-mail either email email: \
    everyone except ff. file file: fixed freely from furnished generated governed granted grants \
    group: has have here hereby homepage: http https i if included includes including is it last \
    license licence licenced license: licensed licensed: licenses made mail maintainer: may \
    modifications modified module: must name: no not note: notice notices original originally \
    packager: per permission permissions please ported portions powered privacy proprietary \
    protected provided published purpose: rcs read redistributed redistribution redistributions \
    refer released report reproduced reserve reserved reserves revised revision rewritten see \
    send shall should so some source: spdx-license-identifier spdx-license-identifier: subject \
    such summary: support terms than that then there these they this title: to trademark \
    trademarks translated under unless unpublished updated url url: usage use used using vendor: \
    verbatim version version: via warning warning: was we web website: were when where whether \
    which who whose will with work written you your",
);

/// Words at which a sentence turns to something else, even with a capital.
static TURNS: List = List::of(
    "\
    contact contributed distributed everyone file http https license licence licenced license: licensed note \
    parts permission permissions please portions published redistribution redistributions \
    released reprinted rights see these this under unless use verbatim version warning warranty \
    you",
);

/// A word that cannot begin a name in a statement without years.
static NO_FIRST: List = List::of(
    "\
    a accompany all allow an and any are as at be by copyright date derivative disclose \
    distribute each either every except for from give i if in include includes is it license \
    licensee licenses licensor making may modifying must name neither no not notwithstanding of \
    on or other our per permit prevent provide provided redistribution redistributions retain \
    section see subject such that these this those to unless upon use was we when where with \
    without year you your yyyy",
);

/// Points after these end no sentence.
static SHORT: List = List::of(
    "\
    a.s ag al assoc b.v bros co corp dept dipl dr e.v eng gmbh gov inc ing inst int'l intl jr \
    k.k kg l.l.c l.p lab labs llc ltd mfg mr mrs n.v nat natl no ph ph.d phil prof pte pty pvt \
    res s.a s.l s.p.a s.r.l sci sr st sys tech technol u.s u.s.a univ vols",
);

/// Words of a line that leave a blank for a name or a year.
const BLANKS: &str = "\
    <year | <name | <owner | <holder | <copyright | <author | <date | [yyyy | [year | [name | \
    [fullname | [owner | [holder | [copyright | [author | [date | {yyyy | {year | {name | {owner \
    | {{ | ${ | <% | yyyy | xxxx | 19yy | 20yy | 19xx | 20xx | 200x | %s | %d | \
    name of copyright owner | name of author | (year) | <insert | [insert | your name | \
    your company | <your | [your | {your | name of the author | << | {0} | {author | {fullname | \
    {copyright | @year@ | %year | $year | __year | <organization | [organization | {organization \
    | <fullname | <dates | [dates | [various] | <company | {company | [company | (name of";

/// Words of lower case that are parts of names.
static IN_NAMES: List = List::of(
    "\
    & + - / a affiliates affiliates. al al. and and/or at authors authors. by community \
    contributors contributors. da de del den der developers di dos du e.v. et for in individual \
    its la le licensors maintainers of or other others others. project respective subsidiaries \
    team the und van various von y",
);

/// Words in the order in which they are looked for.
struct List {
    written: &'static str,
    ordered: OnceLock<BTreeSet<&'static str>>,
}

impl List {
    const fn of(written: &'static str) -> Self {
        Self { written, ordered: OnceLock::new() }
    }

    fn has(&self, word: &str) -> bool {
        self.ordered.get_or_init(|| self.written.split(' ').collect()).contains(word)
    }
}

fn holds(list: &List, word: &str) -> bool {
    list.has(&word.to_lowercase())
}

static BLANKS_FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .build(BLANKS.split(" | "))
        .expect("a few dozen short words fit into an automaton")
});

/// The letters of a word, without the points around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|it: char| ",.;:()[]{}\"'*!?“”‘’«»".contains(it))
}

/// Whether what follows "copyright" makes a sentence about copyright.
pub(super) fn is_about(word: &str) -> bool {
    holds(&ABOUT, bare(word)) || holds(&ABOUT, word)
}

/// Whether a word is not of a name any more.
pub(super) fn ends_name(word: &str) -> bool {
    holds(&ENDS, bare(word)) || holds(&ENDS, word)
}

/// Whether a word can begin a name where no year vouches for it.
pub(super) fn begins_name(word: &str) -> bool {
    let first = bare(word).chars().next();
    let is_name =
        first.is_some_and(|it| it.is_uppercase() || it.is_ascii_digit() || !it.is_ascii());
    (is_name || word.eq_ignore_ascii_case("the"))
        && !holds(&NO_FIRST, bare(word))
        && !is_about(word)
}

/// Whether a word of lower case may stand in a name.
pub(super) fn is_in_names(word: &str) -> bool {
    IN_NAMES.has(word.trim_end_matches([',', ';']))
}

/// Whether the point after a word ends no sentence: an abbreviation, an initial.
pub(super) fn is_short(word: &str) -> bool {
    let body = word.trim_end_matches('.').trim_start_matches(['(', '"']);
    let initial = body.chars().count() == 1
        || body.rsplit(['.', '-']).next().is_some_and(|it| it.chars().count() == 1);
    initial || holds(&SHORT, body)
}

/// Whether a line leaves blanks to be filled in.
pub(super) fn has_blanks(line: &str) -> bool {
    BLANKS_FINDER.is_match(line)
}

/// Whether a word begins another sentence, even with a capital.
pub(super) fn is_turn(word: &str) -> bool {
    holds(&TURNS, bare(word))
}
