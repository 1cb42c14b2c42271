//! Which license is this text? Identification of complete license texts.
