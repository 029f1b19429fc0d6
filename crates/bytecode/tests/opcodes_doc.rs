//! docs/opcodes.md must be what the table says.  `OURO_UPDATE_DOCS=1` writes it.

use std::path::Path;

#[test]
fn the_documentation_matches_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/opcodes.md");
    let text = bytecode::docs::opcodes_md();
    if std::env::var_os("OURO_UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().expect("the path has a parent")).expect("docs/");
        std::fs::write(&path, &text).expect("docs/opcodes.md is writable");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "docs/opcodes.md is stale: run with OURO_UPDATE_DOCS=1"
    );
}
