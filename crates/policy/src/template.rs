//! The policy that `caveat init` writes: the smallest useful one.

use crate::quoted::quoted;
use crate::region::Region;
use crate::usage::Usage;
use crate::vocabulary::Word;

/// What is known when a policy is begun. What is not known is left for a person to fill in.
#[derive(Clone, Debug, Default)]
pub struct Start<'a> {
    /// What the product is called; `app` where nobody says.
    pub product: Option<&'a str>,
    /// How components are used; a service where nobody says.
    pub uses: &'a [Usage],
    /// Whether it is for commercial advantage.
    pub commercial: Option<bool>,
    /// Where our seat is.
    pub domicile: Option<Region>,
    /// Where our users are.
    pub markets: &'a [Region],
}

/// The text of a policy that says no more than is known.
pub fn template(start: &Start<'_>) -> String {
    let mut text = String::from(
        "# The license policy of this repository, read by `caveat check`.\n\n\
         caveat = 1\n\n\
         # Who we are. Licenses ask for these facts; what is absent is taken as not known.\n\
         [org]\n",
    );
    let mut line = |key: &str, known: Option<String>, example: &str, comment: &str| {
        let mark = if known.is_some() { "" } else { "# " };
        let value = known.as_deref().unwrap_or(example);
        text.push_str(format!("{mark}{key:<10} = {value:<16} # {comment}\n").as_str());
    };
    let commercial = start.commercial.map(|it| it.to_string());
    line("commercial", commercial, "true", "whether we do it for money");
    let domicile = start.domicile.map(|it| quoted(it.code()));
    line("domicile", domicile, "\"US\"", "where our seat is");
    let markets = list(start.markets.iter().map(|it| it.code()));
    line("markets", markets, "[\"US\", \"EU\"]", "where our users are");
    text.push_str(
        "\n# What we make, where it lies, and how it uses what others made.\n\
         # uses: internal, saas, distribute-binary, distribute-weights, fine-tune, train-from-data,\n\
         #       distil, eval-only\n\
         [[product]]\n",
    );
    let product = quoted(start.product.filter(|it| !it.trim().is_empty()).unwrap_or("app"));
    let uses = list(start.uses.iter().map(|it| it.word()));
    let uses = uses.unwrap_or_else(|| list([Usage::Saas.word()]).unwrap_or_default());
    let rules = match start.commercial {
        Some(false) => RESEARCH,
        Some(true) | None => COMMERCIAL,
    };
    format!("{text}name  = {product}\npaths = [\"**\"]\nuses  = {uses}\n{rules}")
}

const COMMERCIAL: &str = "
# allow, review or deny; presets: permissive, permissive+, any-open, research, commercial
[rules]
unknown = \"deny\"
code    = \"permissive+\"
weights = \"commercial\"
dataset = \"commercial\"
";

const RESEARCH: &str = "
# allow, review or deny; presets: permissive, permissive+, any-open, research, commercial
[rules]
unknown = \"review\"
code    = \"any-open\"
weights = \"research\"
dataset = \"research\"
";

fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let words: Vec<_> = words.into_iter().map(quoted).collect();
    (!words.is_empty()).then(|| format!("[{}]", words.join(", ")))
}
