//! Running the main program.
//!
//! CPython keeps the syntax tree of a script in memory while the script runs, and with it one
//! reference to each constant of the program (two to a literal of bytes, which its parser copies unless it joins it with another).  Programs see
//! that in `sys.getrefcount`, so it is kept here too, for the main program only: code that is imported
//! or goes through `compile` loses its tree before it runs.

use std::cell::OnceCell;
use std::collections::HashSet;

use syntax::Source;
use syntax::token::Tok;

use super::code::Code;
use super::state::Vm;
use crate::object::{Bytes, Dict, PyResult, Ref, Set, Tuple, Value};

impl Vm {
    /// Runs the code of the main program, or of one statement of a prompt, with its text.
    pub fn run_program(&self, code: &Ref<Code>, namespace: &Ref<Dict>, text: &[u8]) -> PyResult {
        let mut constants = Constants {
            text,
            ..Constants::default()
        };
        constants.add_code(code);
        let constants = constants.held;
        let held = &self.interp.program_constants;
        let outer = held.replace(constants);
        self.heap
            .begin_program(OBJECTS_AT_START, COLLECTIONS_AT_START);
        let result = self.run_code_in(code, namespace);
        drop(held.replace(outer));
        result
    }
}

/// How many objects CPython's collector knows when a program begins.
const OBJECTS_AT_START: usize = 4983;

/// How often it has collected the youngest ones by then.
const COLLECTIONS_AT_START: i32 = 5;

/// The constants found so far.
#[derive(Default)]
struct Constants<'t> {
    held: Vec<Value>,
    seen: HashSet<u64>,
    /// The program.
    text: &'t [u8],
    /// What its literals of bytes say that were not joined with others; None for any value.
    literals: OnceCell<Option<HashSet<Vec<u8>>>>,
}

/// The values of the literals of bytes that stand alone; None if one of them is not what it looks like.
fn lone_literals(text: &[u8]) -> Option<HashSet<Vec<u8>>> {
    let source = Source::from_bytes(text).ok()?;
    let (tokens, _) = syntax::tokenize(&source);
    let is_literal = |place: usize| tokens.get(place).is_some_and(|t| t.kind == Tok::String);
    let mut values = HashSet::new();
    for (place, token) in tokens.iter().enumerate() {
        let joined = is_literal(place + 1) || place > 0 && is_literal(place - 1);
        let literal = source.slice(token.range());
        let Some(quote) = literal
            .find(['"', '\''])
            .filter(|_| is_literal(place) && !joined)
        else {
            continue;
        };
        let (prefix, quoted) = literal.split_at(quote);
        if !prefix.contains(['b', 'B']) {
            continue;
        }
        if quoted.contains('\\') && !prefix.contains(['r', 'R']) {
            return None;
        }
        let long = quoted.starts_with("\"\"\"") || quoted.starts_with("\'\'\'");
        let width = if long { 3 } else { 1 };
        let value = quoted.get(width..quoted.len().saturating_sub(width))?;
        values.insert(value.as_bytes().to_vec());
    }
    Some(values)
}

impl Constants<'_> {
    /// Adds the constants of the code and of the functions and classes in it, each once.
    fn add_code(&mut self, code: &Code) {
        for constant in code.consts.iter() {
            self.add(constant);
        }
    }

    fn add(&mut self, constant: &Value) {
        if let Some(code) = constant.payload::<Code>() {
            self.add_code(code);
            return;
        }
        if constant.is_none() || !self.seen.insert(constant.word()) {
            return;
        }
        // The tree has a set's items; the set itself is made with the code.
        if constant.payload::<Set>().is_none() {
            self.held.push(constant.clone());
        }
        if let Some(bytes) = constant.payload::<Bytes>()
            && let literals = self.literals.get_or_init(|| lone_literals(self.text))
            && literals
                .as_ref()
                .is_none_or(|known| known.contains(bytes.as_slice()))
        {
            self.held.push(constant.clone());
        }
        if let Some(items) = constant.payload::<Tuple>() {
            items.iter().for_each(|item| self.add(item));
        } else if let Some(set) = constant.payload::<Set>() {
            set.to_vec().iter().for_each(|item| self.add(item));
        }
    }
}
