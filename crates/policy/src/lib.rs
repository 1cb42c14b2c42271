//! What an organisation makes of license terms.
