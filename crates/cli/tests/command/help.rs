//! Help shows how each command is used, and what it shows can be typed.

use caveat::args::Arguments;
use clap::{CommandFactory, Parser};

/// Words as a shell takes them apart, up to where its own signs begin.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for it in line.chars() {
        match it {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            '|' | '>' | '#' if !quoted => break,
            _ => words.last_mut().expect("there is one").push(it),
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

#[test]
fn every_command_shows_examples_that_can_be_typed() {
    let mut command = Arguments::command();
    command.build();
    let commands: Vec<_> = command.get_subcommands().filter(|it| it.get_name() != "help").collect();
    assert!(commands.len() > 8);
    for it in commands {
        let name = it.get_name();
        assert!(it.get_about().is_some(), "{name} says what it does");
        let help = it.get_after_help().map(ToString::to_string).unwrap_or_default();
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_default();
        let examples = examples.replace(" \\\n", " ");
        let examples: Vec<_> = examples.lines().filter(|it| it.starts_with("  caveat ")).collect();
        // What is left out there, another example shows.
        let typed = examples.iter().filter(|it| !it.ends_with('…'));
        let of_it = |it: &&&str| words(it.trim()).get(1).is_some_and(|it| it == name);
        assert!(examples.iter().filter(of_it).count() > 0, "{name} has no examples");
        for line in typed {
            let words = words(line.trim());
            if let Err(problem) = Arguments::try_parse_from(&words) {
                panic!("{line}\n{problem}");
            }
        }
        for argument in it.get_arguments() {
            assert!(argument.get_help().is_some(), "{name} says what {} is for", argument.get_id());
        }
    }
}
