//! One integration binary: what the program does, seen from outside.
