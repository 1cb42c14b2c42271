//! A commit whose author has not signed what the policy asks contributors to sign.

mod agreement;

use caveat_core::component::ComponentId;
use caveat_core::source::{Span, Spanned};

use crate::case::Case;
use crate::commit::{Commit, short};
use crate::contributions::{Contributions, among};
use crate::finding::{Because, Finding, Link, Step};
use crate::person::Person;
use crate::policy::{Inbound, Product, SignOff};
use crate::rule::Rule;
use crate::verdict::Level;

const NAME: &str = "unsigned-contribution";

/// How many lines of others are told.
const MOST: usize = 3;

pub(super) const RULE: Rule = Rule {
    name: NAME,
    summary: "a commit is not signed by its author as the policy asks",
    page: include_str!("unsigned_contribution.md"),
    usual: Level::Deny,
    check: |case| {
        let Some(all) = case.contributions else { return Vec::new() };
        let commits = all.commits.iter().enumerate().filter(|(_, it)| !it.is_merge());
        let certified = commits.flat_map(|(number, commit)| {
            let asked = asked(case, commit, SignOff::Dco).into_iter();
            asked.flat_map(move |asked| {
                signed_off(&Look { all, asked, commit, is_last: number == 0 })
            })
        });
        certified.chain(agreement::findings(case, all)).collect()
    },
};

/// Who asks for a signature, and in which line.
#[derive(Clone, Copy)]
struct Asked<'a> {
    product: &'a Product,
    inbound: &'a Inbound,
    at: Span,
    /// The file of the product that the commit changes.
    path: Option<&'a str>,
}

/// One commit that is asked about.
struct Look<'a> {
    all: &'a Contributions,
    asked: Asked<'a>,
    commit: &'a Commit,
    is_last: bool,
}

/// The products that a commit changes and that ask for a signature of that sort, one of those that
/// ask the same of the same people. What changes nothing at all stands for the whole.
fn asked<'a>(case: &'a Case<'_>, commit: &'a Commit, sort: SignOff) -> Vec<Asked<'a>> {
    let asking = case.policy.products.iter().filter_map(|product| {
        let inbound = product.inbound.as_ref()?;
        let at = inbound.sign_off.as_ref().filter(|it| it.value == sort)?.at;
        let path = commit.paths.iter().find(|it| product.holds(&case.path(it)));
        let asked = Asked { product, inbound, at, path: path.map(String::as_str) };
        (path.is_some() || commit.is_empty).then_some(asked)
    });
    let mut distinct: Vec<Asked<'a>> = Vec::new();
    for it in asking {
        if !distinct.iter().any(|known| asks_alike(known.inbound, it.inbound)) {
            distinct.push(it);
        }
    }
    distinct
}

/// Whether two products excuse the same people and go by the same list.
fn asks_alike(one: &Inbound, other: &Inbound) -> bool {
    let exempt = |it: &Inbound| it.exempt.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    let list = |it: &Inbound| it.signatories.as_ref().map(|it| it.value.clone());
    exempt(one) == exempt(other) && list(one) == list(other)
}

impl<'a> Look<'a> {
    fn proper(&self, person: &Person) -> Person {
        self.all.mailmap.proper(person)
    }

    /// The line by which somebody signs with this address.
    fn line_of(&self, person: &Person) -> Option<&'a Spanned<Person>> {
        let proper = self.proper(person);
        let mut lines = self.commit.signed.iter();
        lines.find(|it| it.value.same_mail(person) || self.proper(&it.value).same_mail(&proper))
    }
}

/// What is wrong with one person's signature.
struct Fault<'a> {
    person: &'a Spanned<Person>,
    level: Level,
    message: String,
    label: &'static str,
    found: Vec<Step>,
    help: Vec<String>,
    cause: &'static str,
}

fn signed_off(look: &Look<'_>) -> Vec<Finding> {
    let commit = look.commit;
    let author = fault_of_author(look);
    let others = commit.co_authors.iter().filter(|it| !it.value.same_mail(&commit.author.value));
    let others = others.filter(|it| look.line_of(&it.value).is_none()).map(|it| Fault {
        person: it,
        level: Level::Warn,
        message: format!(
            "commit {} names {} as a co-author, who has not signed it off",
            commit.short(),
            it.value
        ),
        label: "made a part of it",
        found: lines(commit),
        help: vec![format!("let {} agree to this line in the message: {}", it.value, line(it))],
        cause: "co-author",
    });
    author.into_iter().chain(others).filter_map(|it| finding(look, it)).collect()
}

fn fault_of_author<'a>(look: &Look<'a>) -> Option<Fault<'a>> {
    let commit = look.commit;
    let person = &commit.author;
    let author = &person.value;
    if let Some(line) = look.line_of(author) {
        let proper = look.proper(author);
        let same = line.value.same_name(author) || look.proper(&line.value).same_name(&proper);
        return (!same).then(|| other_name(commit, line));
    }
    let fault = |level, message, label, cause| Fault {
        person,
        level,
        message,
        label,
        found: lines(commit),
        help: help(look),
        cause,
    };
    let id = commit.short();
    if author.is_program() {
        let message = format!("commit {id} was made by a program, {author}, which cannot sign");
        let help = vec![
            "see that whoever merges it knows what is in it".to_owned(),
            format!("to have it set aside: exempt = [\"{}\"]", author.mail),
        ];
        return Some(Fault {
            help,
            ..fault(Level::Note, message, "the account of a program", "program")
        });
    }
    if look.line_of(&commit.committer.value).is_some() {
        let message = format!(
            "commit {id} is signed off by {}, who committed it, and not by its author {author}",
            commit.committer.value
        );
        return Some(fault(Level::Warn, message, "wrote it", "committer"));
    }
    let message = match commit.signed.first() {
        Some(it) => {
            format!("commit {id} is signed off by {}, not by its author {author}", it.value)
        }
        None => format!("commit {id} of {author} is not signed off"),
    };
    Some(fault(Level::Deny, message, "has not signed it off", "author"))
}

fn other_name<'a>(commit: &'a Commit, line: &'a Spanned<Person>) -> Fault<'a> {
    let author = &commit.author.value;
    Fault {
        person: &commit.author,
        level: Level::Warn,
        message: format!(
            "commit {} of {author} is signed off under another name, `{}`",
            commit.short(),
            line.value.name
        ),
        label: "the same address",
        found: vec![Step::new(Link::Claim, format!("signed off by {}", line.value), line.at)],
        help: vec![
            "sign with the name that the author goes by".to_owned(),
            format!("or say in .mailmap that both are one: {author}"),
        ],
        cause: "name",
    }
}

/// Who did sign.
fn lines(commit: &Commit) -> Vec<Step> {
    let told =
        |it: &Spanned<Person>| Step::new(Link::Claim, format!("signed off by {}", it.value), it.at);
    let lines: Vec<_> = commit.signed.iter().take(MOST).map(told).collect();
    if lines.is_empty() {
        let says = "no line of the message begins with `Signed-off-by:`";
        return vec![Step::new(Link::Claim, says, None)];
    }
    lines
}

fn help(look: &Look<'_>) -> Vec<String> {
    let author = &look.commit.author;
    let mut help = Vec::new();
    let mut lines = look.commit.signed.iter();
    if let Some(it) = lines.find(|it| it.value.same_name(&author.value)) {
        help.push(format!(
            "if both addresses are one person's, say so in .mailmap: {} <{}>",
            author.value, it.value.mail
        ));
    }
    let rest = "for all commits of the range: git rebase --signoff";
    if look.is_last {
        help.push("if you wrote it: git commit --amend --no-edit --signoff".to_owned());
    }
    help.push(match &look.all.base {
        Some(base) => format!("{rest} {base}"),
        None => format!("{rest} --root"),
    });
    help.push(format!(
        "only {} can certify this change: who signs for somebody else certifies other things",
        author.value
    ));
    help
}

fn line(it: &Spanned<Person>) -> String {
    format!("`Signed-off-by: {}`", it.value)
}

fn finding(look: &Look<'_>, fault: Fault<'_>) -> Option<Finding> {
    let Look { commit, asked, .. } = look;
    let mut steps = changes(commit, *asked);
    steps.extend(fault.found);
    steps.push(Step {
        cite: Some("DCO 1.1 (a)-(d)".to_owned()),
        ..Step::new(
            Link::Term,
            "by signing off, whoever contributes certifies the right to do so",
            None,
        )
    });
    steps.push(line_of_policy(*asked, SignOff::Dco));
    Some(Finding {
        rule: NAME,
        level: fault.level,
        component: ComponentId::path(""),
        license: None,
        message: fault.message,
        at: fault.person.at,
        label: fault.label.to_owned(),
        because: Because::new(steps)?,
        help: fault.help,
        cause: format!("{} {} {}", commit.id, fault.cause, fault.person.value.mail),
        excepted: exempt(look.all, *asked, &fault.person.value),
    })
}

/// Which file of the product is changed.
fn changes(commit: &Commit, asked: Asked<'_>) -> Vec<Step> {
    let says = |path| format!("commit {} changes {path}", short(&commit.id));
    asked.path.map(|it| Step::new(Link::Relation, says(it), None)).into_iter().collect()
}

fn line_of_policy(asked: Asked<'_>, sort: SignOff) -> Step {
    let says = format!("product `{}` has sign-off = \"{sort}\"", asked.product.name.value);
    Step::new(Link::Policy, says, asked.at)
}

/// The line that says that somebody need not sign.
fn exempt(all: &Contributions, asked: Asked<'_>, person: &Person) -> Option<Spanned<String>> {
    let proper = all.mailmap.proper(person);
    let listed =
        asked.inbound.exempt.iter().find(|it| {
            among([&it.value], person).or_else(|| among([&it.value], &proper)).is_some()
        })?;
    Some(Spanned::new(format!("exempt = \"{}\"", listed.value), listed.at))
}
