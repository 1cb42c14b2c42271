//! The ways in which a component is used: products, by path, with what they feed.

use caveat_core::source::Spanned;

use crate::policy::{Policy, Product};
use crate::region::Region;
use crate::usage::Usage;

/// One way in which a component is used. Every component is judged in all of its settings.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// The product whose paths hold the component; `None` where no product claims it.
    pub product: Option<&'a Product>,
    /// The product in which it ends: the same, or one that it feeds.
    pub ends_in: Option<&'a Product>,
    /// Somebody asks about the use; no product has to claim it.
    pub asked: bool,
    /// The use; `None` where nobody says.
    pub usage: Option<Spanned<Usage>>,
    /// Whether it is for gain, where somebody says.
    pub commercial: Option<&'a Spanned<bool>>,
    /// Where its users are, where somebody says.
    pub markets: Option<&'a [Spanned<Region>]>,
}

impl<'a> Setting<'a> {
    /// Names of the products in question.
    pub fn products(&self) -> impl Iterator<Item = &'a str> {
        [self.product, self.ends_in].into_iter().flatten().map(|it| it.name.value.as_str())
    }

    /// In words, for explanations.
    pub fn phrase(&self) -> String {
        let usage = self.usage.as_ref().map(|it| it.value.to_string());
        let name = |it: &Product| format!("product `{}`", it.name.value);
        let mut words = match (self.product, self.ends_in) {
            (None, _) if self.asked => "as asked".to_owned(),
            (None, _) => "no product claims this path".to_owned(),
            (Some(product), Some(end)) if product.name.value != end.name.value => {
                format!("{}, which feeds `{}`", name(product), end.name.value)
            }
            (Some(product), _) if !self.asked && !product.feeds.is_empty() => {
                let fed: Vec<_> =
                    product.feeds.iter().map(|it| format!("`{}`", it.value)).collect();
                format!("{}, which feeds {}", name(product), fed.join(", "))
            }
            (Some(product), _) => name(product),
        };
        let commercial =
            self.commercial.is_some_and(|it| it.value).then(|| "commercial".to_owned());
        let inside = self.ends_in.or(self.product).is_some_and(Product::stays_inside);
        let inside = inside.then(|| "for ourselves".to_owned());
        let details: Vec<String> = usage.into_iter().chain(commercial).chain(inside).collect();
        if !details.is_empty() {
            words = format!("{words} ({})", details.join(", "));
        }
        words
    }
}

/// All settings of what lies at `path`, relative to the policy's folder. Never empty.
pub fn settings<'a>(policy: &'a Policy, path: &str) -> Vec<Setting<'a>> {
    let mut all = Vec::new();
    for product in policy.products.iter().filter(|it| it.holds(path)) {
        for end in policy.ends_of(product) {
            all.extend(in_product(policy, product, end));
        }
    }
    if all.is_empty() {
        all.push(Setting {
            product: None,
            ends_in: None,
            asked: false,
            usage: None,
            commercial: policy.org.commercial.as_ref(),
            markets: policy.org.markets.as_deref(),
        });
    }
    all
}

fn in_product<'a>(policy: &'a Policy, product: &'a Product, end: &'a Product) -> Vec<Setting<'a>> {
    let setting = |usage| Setting {
        product: Some(product),
        ends_in: Some(end),
        asked: false,
        usage,
        commercial: policy.commercial(Some(end)),
        markets: policy.markets(Some(end)),
    };
    if end.uses.is_empty() {
        return vec![setting(None)];
    }
    end.uses.iter().map(|it| setting(Some(it.clone()))).collect()
}
