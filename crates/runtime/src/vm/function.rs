//! Function objects.

use std::cell::Cell;

use heap::Visitor;

use super::code::Code;
use super::state::Vm;
use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{Dict, Kind, Payload, Ref, Slot, Str, Value, alloc};

/// A function's payload.
pub struct Function {
    /// `__code__`.
    pub code: Slot,
    /// `__globals__`.
    pub globals: Ref<Dict>,
    /// `__builtins__`: a dict.
    pub builtins: Ref<Dict>,
    /// `__defaults__`: a tuple.
    pub defaults: Slot,
    /// `__kwdefaults__`: a dict.
    pub kwdefaults: Slot,
    /// `__dict__`, once the function has attributes; here and not in the tail for the sake of the
    /// order in which its parts are visited and released.
    pub dict: Slot,
    /// `__closure__`: a tuple of cells.
    pub closure: Slot,
    /// `__name__`.
    pub name: Slot,
    /// `__qualname__`.
    pub qualname: Slot,
    /// `__module__`.
    pub module: Slot,
    /// `__doc__`.
    pub doc: Slot,
    /// `__annotations__`: a dict, or the flat tuple the compiler made until somebody asks.
    pub annotations: Slot,
    /// `__type_params__`: a tuple.
    pub type_params: Slot,
    /// Code objects replaced while frames of them may run.
    pub retired: Slot,
    /// Changes when code or defaults are replaced; 0 = no version left.
    pub version: Cell<u32>,
}

impl Payload for Function {
    const KIND: Kind = Kind::FUNCTION;
    const NAME: &'static str = "function";
    const RELEASES_FIRST: bool = true;
    const FIELDS: &'static [Field] = fields![
        "__code__" => code as Value,
        "__globals__" => globals as Value,
        "__builtins__" => builtins as Value,
        "__defaults__" => defaults as Value,
        "__kwdefaults__" => kwdefaults as Value,
        "__dict__" => dict as Value,
        "__closure__" => closure as Value,
        "__name__" => name as Value,
        "__qualname__" => qualname as Value,
        "__module__" => module as Value,
        "__doc__" => doc as Value,
        "__annotations__" => annotations as Value,
        "__type_params__" => type_params as Value,
        "retired" => retired as Value,
        "version" => version as Unsigned,
    ];

    fn release_first(&self) {
        for slot in [&self.module, &self.defaults, &self.kwdefaults, &self.doc] {
            slot.set(None);
        }
    }

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.code);
        visitor.reference(&self.globals);
        visitor.reference(&self.builtins);
        for slot in [&self.module, &self.defaults, &self.kwdefaults] {
            visitor.slot(slot);
        }
        match self.doc.peek() {
            Some(doc) => visitor.value(doc),
            // A function without a docstring refers to None.
            None => visitor.value(&Value::NONE),
        }
        for slot in [
            &self.name,
            &self.dict,
            &self.closure,
            &self.annotations,
            &self.qualname,
            &self.type_params,
            &self.retired,
        ] {
            visitor.slot(slot);
        }
    }

    fn clear(&self) {
        for slot in [
            &self.module,
            &self.defaults,
            &self.kwdefaults,
            &self.doc,
            &self.dict,
            &self.closure,
            &self.annotations,
            &self.type_params,
            &self.retired,
        ] {
            slot.set(None);
        }
        // Whoever still sees the function finds it without a name, as in CPython.
        let empty = super::state::current_vm().str_value("");
        self.name.set(Some(empty.clone()));
        self.qualname.set(Some(empty));
    }
}

impl Function {
    /// The code object.
    #[inline(always)]
    pub fn code(&self) -> &Ref<Code> {
        match self.code.peek().and_then(Value::as_ref_to::<Code>) {
            Some(code) => code,
            None => unreachable!("a function always has code"),
        }
    }
}

impl Vm {
    /// A function of `code` with these globals; `__module__` from `__name__` there, `__doc__` from
    /// the code's first constant.
    pub fn function(&self, code: &Ref<Code>, globals: &Ref<Dict>) -> Ref<Function> {
        let module = globals.get_str(self, &self.names.__name__).ok().flatten();
        let doc = code
            .data
            .docstring()
            .and_then(|_| code.consts.first().cloned());
        let builtins = self.builtins_of(globals);
        let function = Function {
            code: Slot::new(Some(code.to_value())),
            globals: globals.clone(),
            builtins,
            defaults: Slot::default(),
            kwdefaults: Slot::default(),
            closure: Slot::default(),
            name: Slot::new(Some(code.name.clone())),
            qualname: Slot::new(Some(code.qualname.clone())),
            module: Slot::new(module),
            doc: Slot::new(doc),
            annotations: Slot::default(),
            dict: Slot::default(),
            type_params: Slot::default(),
            retired: Slot::default(),
            version: Cell::new(self.next_function_version()),
        };
        alloc(&self.types.function, function)
    }

    /// The builtins that code with these globals sees: `__builtins__`, a module or a dict, else
    /// those of the running code.
    pub fn builtins_of(&self, globals: &Ref<Dict>) -> Ref<Dict> {
        match globals.get_str(self, &self.names.__builtins__) {
            Ok(Some(found)) => match found.downcast::<Dict>() {
                Ok(dict) => dict,
                Err(module) => self.module_dict(&module).unwrap_or_else(|| self.builtins()),
            },
            _ => match self.current_frame() {
                Some(frame) => frame.function().builtins.clone(),
                None => self.builtins(),
            },
        }
    }

    /// The name of a function for messages: its `__qualname__`.
    pub fn function_name(&self, function: &Function) -> String {
        function
            .qualname
            .get()
            .and_then(|n| n.payload::<Str>().map(|s| s.to_display().into_owned()))
            .unwrap_or_default()
    }
}
