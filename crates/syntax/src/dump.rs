//! The tree as text, in the format of Python's `ast.dump`.

use crate::ast::Mod;
use crate::source::Source;

/// What a dump shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct DumpOptions {
    /// Spaces of one level; `None` puts everything on one line.
    pub indent: Option<usize>,
    /// Positions too (`include_attributes`).
    pub attributes: bool,
}

/// `ast.dump(tree, indent=…, include_attributes=…)`.
pub fn dump(module: &Mod, source: &Source, options: DumpOptions) -> String {
    let _ = (module, source, options);
    String::new()
}
