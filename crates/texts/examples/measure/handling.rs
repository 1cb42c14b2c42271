//! What happens to license texts on their way into files, done to them with dice that fall the same each time.

/// One way to handle texts.
pub(crate) struct Handling {
    pub(crate) name: &'static str,
    /// Around the whole, and before each line.
    pub(crate) comment: [&'static str; 3],
    pub(crate) width: usize,
    /// How many words in a thousand are left out.
    pub(crate) dropped: u64,
    pub(crate) seed: u64,
    pub(crate) is_hyphenated: bool,
}

/// All ways that are measured.
pub(crate) fn handlings() -> Vec<Handling> {
    let plain = |name, comment, width| Handling {
        name,
        comment,
        width,
        dropped: 0,
        seed: 1,
        is_hyphenated: false,
    };
    let torn =
        |name, comment, width, seed| Handling { dropped: 50, seed, ..plain(name, comment, width) };
    vec![
        plain("// 60", ["", "// ", ""], 60),
        plain("* 72", ["/*\n", " * ", " */\n"], 72),
        plain("rem 100", ["", "REM ", ""], 100),
        plain("dnl 45", ["", "dnl ", ""], 45),
        plain("html", ["<html><body><p>\n", "", "</p></body></html>\n"], 80),
        plain("html lines", ["<pre>\n", "<br/>", "</pre>\n"], 80),
        plain(
            "rtf",
            ["{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 Times;}}\\f0\\fs24 ", "\\par ", "}"],
            80,
        ),
        plain("tex", ["", "%% ", ""], 66),
        plain("lisp", ["", ";;; ", ""], 66),
        plain("sql", ["", "-- ", ""], 66),
        plain("man", ["", ".\\\" ", ""], 66),
        plain("fortran", ["", "C     ", ""], 66),
        plain("ml", ["(* \n", "   ", "*)\n"], 66),
        plain("box", ["/*****\n", " ** ", " *****/\n"], 66),
        plain("one line", ["", "", ""], 1_000_000),
        Handling { is_hyphenated: true, ..plain("hyphens", ["", "", ""], 50) },
        torn("5% // 60 a", ["", "// ", ""], 60, 20_260_101),
        torn("5% // 60 b", ["", "// ", ""], 60, 77),
        torn("5% // 60 c", ["", "// ", ""], 60, 4_242_424),
        torn("5% # 72", ["", "# ", ""], 72, 1_001),
        torn("5% * 50", ["/*\n", " * ", " */\n"], 50, 31_337),
        torn("5% -- 90", ["", "-- ", ""], 90, 9_000_001),
        Handling { dropped: 100, ..torn("10% // 60", ["", "// ", ""], 60, 5) },
    ]
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn of(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995)
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

impl Handling {
    /// A text after it was handled: under a notice of another holder, wrapped anew, as a comment.
    pub(crate) fn apply(&self, text: &str, seed: u64) -> String {
        let mut dice = Dice::of(seed);
        let mut lines = vec!["Copyright (c) 2031 Jane Roe Ltd".to_owned(), String::new()];
        let words = text.split_whitespace().filter(|_| dice.roll(1000) >= self.dropped);
        for word in words {
            self.put(&mut lines, word);
        }
        let [head, mark, foot] = self.comment;
        let body: Vec<String> = lines.iter().map(|it| format!("{mark}{it}\n")).collect();
        format!("{head}{}{foot}", body.concat())
    }

    /// How many words of a text are left out.
    pub(crate) fn left_out(&self, text: &str, seed: u64) -> usize {
        let mut dice = Dice::of(seed);
        text.split_whitespace().filter(|_| dice.roll(1000) < self.dropped).count()
    }

    fn put(&self, lines: &mut Vec<String>, word: &str) {
        let Some(line) = lines.last_mut() else { return };
        let is_full = line.len() + word.len() >= self.width;
        let is_word = word.len() >= 8 && word.bytes().all(|it| it.is_ascii_lowercase());
        if is_full && self.is_hyphenated && is_word {
            line.push_str(&word[..4]);
            line.push('-');
            lines.push(format!("{} ", &word[4..]));
        } else if is_full {
            lines.push(format!("{word} "));
        } else {
            line.push_str(word);
            line.push(' ');
        }
    }
}
