//! `__build_class__`: what a `class` statement does.

use crate::object::borrowed::BorrowedValues;
use crate::object::{Args, Class, Dict, MethodDef, PyResult, Ref, Str, Tuple, Value};
use crate::vm::Vm;

/// The builtin function.
pub static BUILD_CLASS: MethodDef = MethodDef::raw(
    "__build_class__",
    "",
    "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.",
    |vm, args| vm.build_class(args.skip_first()),
);

impl Vm {
    /// `__build_class__(function, name, *bases, metaclass=…, **keywords)`.
    pub fn build_class(&self, args: Args<'_>) -> PyResult {
        let names = self.names;
        let [function, name, bases @ ..] = args.positionals() else {
            return Err(self.type_error("__build_class__: not enough arguments"));
        };
        if !self.is_python_function(function) {
            return Err(self.type_error("__build_class__: func must be a function"));
        }
        if name.payload::<Str>().is_none() {
            return Err(self.type_error("__build_class__: name is not a string"));
        }
        let original = self.tuple_from_slice(bases);
        let (bases, original) = match self.resolve_bases(&original)? {
            Some(bases) => (bases, Some(original)),
            None => (original, None),
        };
        let mut metaclass = None;
        let (mut keyword_names, mut keyword_values) = (Vec::new(), BorrowedValues::new());
        for (key, value) in args.keywords() {
            if key.is(&names.metaclass) {
                metaclass = Some(value.clone());
            } else {
                keyword_names.push(key.clone());
                keyword_values.push(value);
            }
        }
        let mut metaclass = match metaclass {
            Some(given) => given,
            None => match bases.first() {
                Some(first) => self.class_of(first).to_value(),
                None => self.types.type_.to_value(),
            },
        };
        if let Some(class) = metaclass.as_ref_to::<Class>() {
            metaclass = self.calculate_metaclass(class, &bases)?.into_value();
        }
        let namespace = self.prepare(&metaclass, name, &bases, &keyword_names, &keyword_values)?;
        let cell = self.run_class_body(function, &namespace)?;
        if let Some(original) = &original {
            self.set_item(&namespace, &names.__orig_bases__, original.as_value())?;
        }
        let mut values = BorrowedValues::new();
        values.push(name);
        values.push(bases.as_value());
        values.push(&namespace);
        values.extend(&keyword_values);
        let class = self.call_args(
            &metaclass,
            Args {
                values: &values,
                names: &keyword_names,
            },
        )?;
        if class.payload::<Class>().is_some()
            && let Some(contents) = self.cell_contents(&cell)
        {
            self.check_class_cell(&class, name, contents)?;
        }
        Ok(class)
    }

    fn check_class_cell(
        &self,
        class: &Value,
        name: &Value,
        contents: Option<Value>,
    ) -> PyResult<()> {
        if contents.as_ref().is_some_and(|contents| contents.is(class)) {
            return Ok(());
        }
        let (name, text) = (self.repr_string(name)?, self.repr_string(class)?);
        match contents {
            Some(contents) => Err(self.type_error(format!(
                "__class__ set to {} defining {name} as {text}",
                self.repr_string(&contents)?
            ))),
            None => Err(self.runtime_error(format!(
                "__class__ not set defining {name} as {text}. \
                 Was __classcell__ propagated to type.__new__?"
            ))),
        }
    }

    /// The namespace of the class body: `metaclass.__prepare__(name, bases, **keywords)`.
    fn prepare(
        &self,
        metaclass: &Value,
        name: &Value,
        bases: &Ref<Tuple>,
        keyword_names: &[Value],
        keyword_values: &[Value],
    ) -> PyResult {
        let Some(prepare) = self.get_attr_opt(metaclass, &self.names.__prepare__)? else {
            return Ok(self.dict().into_value());
        };
        let mut values = BorrowedValues::new();
        values.push(name);
        values.push(bases.as_value());
        values.extend(keyword_values);
        let namespace = self.call_args(
            &prepare,
            Args {
                values: &values,
                names: keyword_names,
            },
        )?;
        let is_mapping = namespace.payload::<Dict>().is_some()
            || self.class_of(&namespace).slots().mp_subscript.is_some();
        if is_mapping {
            return Ok(namespace);
        }
        let who = metaclass
            .payload::<Class>()
            .map_or_else(|| "<metaclass>".to_owned(), Class::name_string);
        Err(self.type_error(format!(
            "{who}.__prepare__() must return a mapping, not {}",
            self.class_name(&namespace)
        )))
    }

    /// Replaces bases that are no classes by what their `__mro_entries__` answers; None if all are.
    fn resolve_bases(&self, original: &Ref<Tuple>) -> PyResult<Option<Ref<Tuple>>> {
        let mut changed = false;
        let mut bases = Vec::with_capacity(original.len());
        for base in original.iter() {
            if base.payload::<Class>().is_none()
                && let Some(method) = self.get_attr_opt(base, &self.names.__mro_entries__)?
            {
                let entries = self.call1(&method, original.as_value())?;
                let Some(entries) = entries.payload::<Tuple>() else {
                    return Err(self.type_error("__mro_entries__ must return a tuple"));
                };
                bases.extend(entries.iter().cloned());
                changed = true;
            } else {
                bases.push(base.clone());
            }
        }
        Ok(changed.then(|| self.tuple(bases)))
    }
}
