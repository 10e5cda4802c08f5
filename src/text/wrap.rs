//! Breaking styled words into lines.
