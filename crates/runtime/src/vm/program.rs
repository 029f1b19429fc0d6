//! Running the main program.
//!
//! CPython keeps the syntax tree of a script in memory while the script runs, and with it one
//! reference to each constant of the program (two to bytes, which its parser copies).  Programs see
//! that in `sys.getrefcount`, so it is kept here too, for the main program only: code that is imported
//! or goes through `compile` loses its tree before it runs.

use std::collections::HashSet;

use super::code::Code;
use super::state::Vm;
use crate::object::{Bytes, Dict, PyResult, Ref, Set, Tuple, Value};

impl Vm {
    /// Runs the code of the main program, or of one statement of a prompt.
    pub fn run_program(&self, code: &Ref<Code>, namespace: &Ref<Dict>) -> PyResult {
        let mut constants = Constants::default();
        constants.add_code(code);
        let constants = constants.held;
        let held = &self.interp.program_constants;
        let outer = held.replace(constants);
        let result = self.run_code_in(code, namespace);
        drop(held.replace(outer));
        result
    }
}

/// The constants found so far.
#[derive(Default)]
struct Constants {
    held: Vec<Value>,
    seen: HashSet<u64>,
}

impl Constants {
    /// Adds the constants of the code and of the functions and classes in it, each once.
    fn add_code(&mut self, code: &Code) {
        for constant in &code.consts {
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
        self.held.push(constant.clone());
        if constant.payload::<Bytes>().is_some() {
            self.held.push(constant.clone());
        }
        if let Some(items) = constant.payload::<Tuple>() {
            items.iter().for_each(|item| self.add(item));
        } else if let Some(set) = constant.payload::<Set>() {
            set.to_vec().iter().for_each(|item| self.add(item));
        }
    }
}
