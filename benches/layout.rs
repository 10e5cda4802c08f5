//! How long a layout takes.

fn main() {
    divan::main();
}
