//! Tells the linker how to lay the program out in memory.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let of_target = |name: &str| std::env::var(name).unwrap_or_default();
    if of_target("CARGO_CFG_TARGET_OS") != "linux" {
        return;
    }
    // At a fixed address nothing needs to be relocated when the program starts: the tables of types
    // and methods stay shared pages of the file.
    println!("cargo::rustc-link-arg-bins=-no-pie");
}
