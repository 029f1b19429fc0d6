//! Generates the parser from grammar/python.lalrpop.

use std::path::Path;

fn main() {
    let grammar = Path::new("../../grammar");
    println!("cargo::rerun-if-changed=../../grammar/python.lalrpop");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let generated = lalrpop::Configuration::new()
        .set_in_dir(grammar)
        .set_out_dir(out)
        .emit_rerun_directives(false)
        .process();
    if let Err(error) = generated {
        panic!("grammar/python.lalrpop: {error}");
    }
}
