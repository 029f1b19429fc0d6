//! Source text to syntax tree: tokens, indentation, f-strings, the LALRPOP parser
//! and the wording of syntax errors.
pub mod ast;
