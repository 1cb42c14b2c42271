//! What licenses ask, as policies speak of it.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// One thing that a license asks or is; a license has as many as apply.
    pub enum Tag: "tag" {
        /// Given to everyone, without conditions.
        PublicDomain = "public-domain",
        /// May be used for anything, at the price of notices.
        Permissive = "permissive",
        /// Credit has to be kept or given.
        Attribution = "attribution",
        /// Credit has to be shown where users see it.
        AttributionDisplay = "attribution-display",
        /// What is made from it has to carry a prescribed name.
        NamingRequired = "naming-required",
        /// Changes to the work itself stay under the license.
        WeakReciprocal = "weak-reciprocal",
        /// Whatever contains the work comes under the license.
        StrongReciprocal = "strong-reciprocal",
        /// As strong, and offering it over a network counts.
        NetworkReciprocal = "network-reciprocal",
        /// Adapted content or data stays under the same terms.
        ShareAlike = "share-alike",
        /// Users must be able to install changed versions on the device.
        AntiLockdown = "anti-lockdown",
        /// Some purposes are forbidden.
        UseRestricted = "use-restricted",
        /// Not for commercial advantage.
        NonCommercial = "non-commercial",
        /// For research and nothing else.
        ResearchOnly = "research-only",
        /// Adaptations may not be shared.
        NoDerivatives = "no-derivatives",
        /// Ends, or must be asked for, above a number of users.
        ScaleCapped = "scale-capped",
        /// Ends, or must be paid for, above a revenue.
        RevenueCapped = "revenue-capped",
        /// Ends, or must be asked for, above a number of devices.
        DeviceCapped = "device-capped",
        /// Grants nothing in some places.
        Territorial = "territorial",
        /// Grants nothing to those whose seat is in some places.
        SeatRestricted = "seat-restricted",
        /// Grants nothing to competitors of the licensor.
        CompetitorBarred = "competitor-barred",
        /// Outputs may not be used for everything, such as to train other models.
        OutputRestricted = "output-restricted",
        /// Suing over patents ends the grant.
        PatentRetaliation = "patent-retaliation",
        /// The licensor may change or end the terms from afar.
        RevocableRemotely = "revocable-remotely",
        /// The source may be seen, but not used for everything.
        SourceAvailable = "source-available",
        /// All rights reserved but those that were agreed.
        Proprietary = "proprietary",
        /// Nobody can say what it asks.
        Unknown = "unknown",
    }
}

impl Tag {
    /// Whether the tag decides nothing unless a rule names it: it asks what nearly every license
    /// asks, and is met by the notices that are due anyway.
    pub fn is_minor(self) -> bool {
        matches!(self, Self::Attribution | Self::PatentRetaliation)
    }
}
