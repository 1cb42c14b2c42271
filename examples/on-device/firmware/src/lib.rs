//! Runs the model on the panel's own chip.
