//! Binding the arguments of natives to their signatures, with CPython's messages: those of its
//! calling conventions (no arguments, one, positional) and of Argument Clinic (keywords).

use crate::object::borrowed::BorrowedValues;
use crate::object::signature::{ParameterKind, Signature};
use crate::object::{Args, MethodDef, NativeFn, PyResult, Raised, Value};
use crate::vm::Vm;

static UNBOUND: Value = Value::UNBOUND;

/// How messages name the callee.
enum Naming<'a> {
    /// A function or descriptor object with its declaration's name.
    Callable(&'a str, &'a Value),
    /// A constructor.
    Plain(&'a str),
}

impl Naming<'_> {
    fn short(&self) -> &str {
        match self {
            Naming::Callable(name, _) | Naming::Plain(name) => name,
        }
    }

    fn full(&self, vm: &Vm) -> PyResult<String> {
        match self {
            Naming::Callable(_, callable) => vm.function_str(callable),
            Naming::Plain(name) => Ok(format!("{name}()")),
        }
    }
}

const fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

impl Vm {
    /// Calls a native.  `callable` is the object a program called, for messages; the receiver, if
    /// the native has one, is the first argument.
    #[inline]
    pub fn call_native(
        &self,
        callable: &Value,
        def: &'static MethodDef,
        args: Args<'_>,
    ) -> PyResult {
        let _guard;
        if def.counts_as_nesting() || !args.names.is_empty() && def.is_method() {
            _guard = self.enter_native(" while calling a Python object")?;
        } else {
            self.check_native_stack()?;
        }
        match def.code {
            NativeFn::Bound(code) => {
                let params = usize::from(def.params);
                if args.names.is_empty() {
                    let given = args.values.len();
                    if given == params && def.max_positional == def.params {
                        return code(self, args.values);
                    }
                    if given >= usize::from(def.required)
                        && given <= usize::from(def.max_positional)
                    {
                        let mut bound = BorrowedValues::new();
                        bound.extend(args.values);
                        for _ in given..params {
                            bound.push(&UNBOUND);
                        }
                        return code(self, &bound);
                    }
                }
                let mut bound = BorrowedValues::new();
                self.bind_native(callable, def, args, &mut bound)?;
                code(self, &bound)
            }
            NativeFn::Raw(code) => {
                if !args.names.is_empty() {
                    self.check_raw_keywords(callable, def)?;
                }
                code(self, args.handed_on())
            }
        }
    }

    /// The same with a receiver that does not lie among the arguments.
    #[inline]
    pub fn call_native_with(
        &self,
        callable: &Value,
        def: &'static MethodDef,
        receiver: &Value,
        args: Args<'_>,
    ) -> PyResult {
        BorrowedValues::lend(receiver, args.values, |values| {
            let names = args.names;
            self.call_native(callable, def, Args { values, names })
        })
    }

    #[cold]
    fn check_raw_keywords(&self, callable: &Value, def: &'static MethodDef) -> PyResult<()> {
        let signature = self.interp.signatures.get(def.signature);
        if def.signature.is_empty() || signature.takes_keywords() {
            return Ok(());
        }
        let name = self.function_str(callable)?;
        Err(self.type_error(format!("{name} takes no keyword arguments")))
    }

    #[inline(never)]
    fn bind_native<'a>(
        &self,
        callable: &Value,
        def: &'static MethodDef,
        args: Args<'a>,
        bound: &mut BorrowedValues<'a>,
    ) -> PyResult<()> {
        let signature = self.interp.signatures.get(def.signature);
        let naming = Naming::Callable(def.name, callable);
        self.bind(&signature, &naming, args, bound)
    }

    /// Binds the arguments of a constructor or another slot: one value a parameter, `UNBOUND`
    /// where nothing was given.  `name` and `signature` are constants: `"enumerate"`,
    /// `"(iterable, start=0)"`.  Without a name messages speak of a function.
    pub fn bind_parameters<'a>(
        &self,
        name: &str,
        signature: &'static str,
        args: Args<'a>,
    ) -> PyResult<BorrowedValues<'a>> {
        let signature = self.interp.signatures.get(signature);
        let mut bound = BorrowedValues::new();
        self.bind(&signature, &Naming::Plain(name), args, &mut bound)?;
        Ok(bound)
    }

    fn bind<'a>(
        &self,
        signature: &Signature,
        naming: &Naming<'_>,
        args: Args<'a>,
        bound: &mut BorrowedValues<'a>,
    ) -> PyResult<()> {
        let receiver = usize::from(signature.has_receiver);
        let positionals = args.positionals();
        let given = positionals.len().saturating_sub(receiver);
        let params = signature.parameters.len();
        if signature.takes_keywords() {
            self.check_counts(signature, naming.short(), given, args.names.len())?;
        } else {
            self.check_positional(signature, naming, given, args.names.len())?;
        }
        bound.extend(positionals);
        for _ in given..params {
            bound.push(&UNBOUND);
        }
        let mut unknown = None;
        let mut twice = None;
        for (name, value) in args.keywords() {
            let index = signature.parameters.iter().position(|p| {
                p.kind != ParameterKind::Positional
                    && name
                        .payload::<crate::object::Str>()
                        .is_some_and(|s| s.equals_str(p.name))
            });
            match index {
                None => unknown = unknown.or(Some(name)),
                Some(i) if i < given => {
                    twice = Some(twice.map_or(i, |t: usize| t.min(i)));
                }
                Some(i) => bound.set(receiver + i, value),
            }
        }
        let short = naming.short();
        for (i, parameter) in signature.parameters.iter().enumerate() {
            if parameter.required && bound.get(receiver + i).is_none_or(Value::is_unbound) {
                let place = i + 1;
                let callee = match short.is_empty() {
                    true => "function".to_owned(),
                    false => format!("{short}()"),
                };
                return Err(self.type_error(format!(
                    "{callee} missing required argument '{}' (pos {place})",
                    parameter.name
                )));
            }
        }
        if let Some(i) = twice {
            return Err(self.type_error(format!(
                "argument for {short}() given by name ('{}') and position ({})",
                signature.parameters[i].name,
                i + 1
            )));
        }
        if let Some(name) = unknown {
            let callee = match short.is_empty() {
                true => "this function".to_owned(),
                false => format!("{short}()"),
            };
            return Err(self.type_error(format!(
                "'{}' is an invalid keyword argument for {callee}",
                self.display(name)
            )));
        }
        Ok(())
    }

    /// The checks of natives that take positional arguments only.
    fn check_positional(
        &self,
        signature: &Signature,
        naming: &Naming<'_>,
        given: usize,
        keywords: usize,
    ) -> PyResult<()> {
        if keywords > 0 {
            let name = naming.full(self)?;
            return Err(self.type_error(format!("{name} takes no keyword arguments")));
        }
        let max = signature.parameters.len();
        let min = signature.required_positional();
        if (min..=max).contains(&given) {
            return Ok(());
        }
        if matches!(naming, Naming::Callable(..)) && max == 0 {
            let name = naming.full(self)?;
            return Err(self.type_error(format!("{name} takes no arguments ({given} given)")));
        }
        if matches!(naming, Naming::Callable(..)) && (min, max) == (1, 1) {
            let name = naming.full(self)?;
            return Err(
                self.type_error(format!("{name} takes exactly one argument ({given} given)"))
            );
        }
        Err(self.wrong_count(naming.short(), given, min, max))
    }

    /// "f expected at most 2 arguments, got 3".
    #[cold]
    pub(crate) fn wrong_count(&self, name: &str, given: usize, min: usize, max: usize) -> Raised {
        let (bound, limit) = if given < min {
            (if min == max { "" } else { "at least " }, min)
        } else {
            (if min == max { "" } else { "at most " }, max)
        };
        self.type_error(format!(
            "{name} expected {bound}{limit} argument{}, got {given}",
            plural(limit)
        ))
    }

    /// The checks of natives that take keywords.
    fn check_counts(
        &self,
        signature: &Signature,
        name: &str,
        given: usize,
        keywords: usize,
    ) -> PyResult<()> {
        let callee = match name.is_empty() {
            true => "function".to_owned(),
            false => format!("{name}()"),
        };
        let params = signature.parameters.len();
        let required = signature.parameters.iter().filter(|p| p.required).count();
        if given + keywords > params {
            return Err(self.type_error(format!(
                "{callee} takes {} {params} {}argument{} ({} given)",
                if required < params {
                    "at most"
                } else {
                    "exactly"
                },
                if given == 0 { "keyword " } else { "" },
                plural(params),
                given + keywords
            )));
        }
        let max = signature.max_positional();
        let min = signature.required_positional();
        if given > max {
            return Err(self.type_error(if max == 0 {
                format!("{callee} takes no positional arguments")
            } else {
                format!(
                    "{callee} takes {} {max} positional argument{} ({given} given)",
                    if min < max { "at most" } else { "exactly" },
                    plural(max)
                )
            }));
        }
        let min = signature.positional_only().min(min);
        if given < min {
            return Err(self.type_error(format!(
                "{callee} takes {} {min} positional argument{} ({given} given)",
                if min < max { "at least" } else { "exactly" },
                plural(min)
            )));
        }
        Ok(())
    }

    /// A callable as messages about its arguments name it: `list.append()`, `math.sin()`.
    pub fn function_str(&self, callable: &Value) -> PyResult<String> {
        let Some(qualname) = self.get_attr_opt(callable, &self.names.__qualname__)? else {
            return self.str_string(callable);
        };
        let qualname = self.str_string(&qualname)?;
        if let Some(module) = self.get_attr_opt(callable, &self.names.__module__)?
            && !module.is_none()
        {
            let module = self.str_string(&module)?;
            if module != "builtins" {
                return Ok(format!("{module}.{qualname}()"));
            }
        }
        Ok(format!("{qualname}()"))
    }
}
