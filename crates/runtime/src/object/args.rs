//! Arguments of a call and how natives declare what they take.
//!
//! A caller leaves positional and keyword values side by side, with the keywords' names apart
//! (CPython's vectorcall).  A native declared with a text signature gets its arguments bound: one
//! value a parameter, `Value::UNBOUND` where nothing was given.

#![allow(unsafe_code)]

use std::mem::MaybeUninit;

use super::result::PyResult;
use super::value::Value;
use crate::vm::Vm;

/// The arguments of a call: positional values, then one value for each name in `names`.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    /// All values.
    pub values: &'a [Value],
    /// The names of the last `names.len()` values; interned `str`s.
    pub names: &'a [Value],
}

const _: () = assert!(size_of::<Args<'_>>() == 4 * size_of::<usize>());

impl<'a> Args<'a> {
    /// No arguments.
    pub const NONE: Args<'static> = Args {
        values: &[],
        names: &[],
    };

    /// Positional arguments only.
    pub const fn positional(values: &'a [Value]) -> Args<'a> {
        Args { values, names: &[] }
    }

    /// The same for a call that hands them on.  They lie in memory, where the caller wrote them word by word
    /// a moment ago: copied as a whole, they would be read by wider loads, which wait for those stores.
    #[inline(always)]
    pub fn handed_on(&self) -> Args<'a> {
        type Word = MaybeUninit<*const ()>;
        let place = std::ptr::from_ref(self).cast::<Word>();
        // SAFETY: four words long, as asserted below; copied as they are.
        unsafe {
            let word = |index| place.add(index).read_volatile();
            let words: [Word; 4] = [word(0), word(1), word(2), word(3)];
            std::mem::transmute::<[Word; 4], Args<'a>>(words)
        }
    }

    /// The positional values.
    #[inline]
    pub fn positionals(&self) -> &'a [Value] {
        &self.values[..self.values.len() - self.names.len()]
    }

    /// Name and value of each keyword.
    pub fn keywords(&self) -> impl Iterator<Item = (&'a Value, &'a Value)> + use<'a> {
        self.names
            .iter()
            .zip(&self.values[self.values.len() - self.names.len()..])
    }

    /// True if there is nothing.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Without the first positional value (which must exist).
    pub fn skip_first(&self) -> Args<'a> {
        Args {
            values: &self.values[1..],
            names: self.names,
        }
    }
}

/// A native's code.
#[derive(Clone, Copy)]
pub enum NativeFn {
    /// Gets one value for each parameter of the signature (self first), bound.
    Bound(fn(&Vm, &[Value]) -> PyResult),
    /// Gets the arguments as they were passed (self first), and binds them itself.
    Raw(fn(&Vm, Args<'_>) -> PyResult),
}

/// What a method in a type's table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Called with the instance first.
    Method,
    /// Called with the class first.
    Class,
    /// Called without either.
    Static,
}

/// A native function or method as declared in a const table.
///
/// The signature is CPython's text signature: `($self, object, /)`, `($module, *args, sep=' ')`.
/// It serves the binding of arguments, `__text_signature__`, `inspect` and `help`.
pub struct MethodDef {
    /// The name.
    pub name: &'static str,
    /// The text signature, `$self`/`$type`/`$module` included.
    pub signature: &'static str,
    /// The documentation string.
    pub doc: &'static str,
    /// Instance, class or static method.
    pub binding: Binding,
    /// The code.
    pub code: NativeFn,
    /// Number of parameters including self, from the signature.
    pub params: u8,
    /// How many of them must be given, self included.
    pub required: u8,
    /// How many can be given by position, self included.
    pub max_positional: u8,
    /// True if CPython counts calls of it as nesting: natives that take nothing or one positional argument.
    nests: bool,
    /// The number of values with which it can be called as they lie: all parameters, none of them only by
    /// keyword.  255 where no number is enough.
    pub exact: u8,
    /// True if it gets its receiver.
    receives: bool,
    /// How the interpreter can do without calling it.
    pub shortcut: Shortcut,
    /// Whether its signature is `__text_signature__`; None if the documentation decides.
    signed: Option<bool>,
}

/// Methods that tell no signature in any class of CPython's.
const NEVER_SIGNED: [&str; 5] = [
    "__class_getitem__",
    "__init_subclass__",
    "__length_hint__",
    "__mro_entries__",
    "__setstate__",
];

/// Natives that an instruction does by itself where the arguments are the usual ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Always called.
    None,
    /// `len` of a builtin container.
    Len,
    /// `isinstance` with the very class, or a class that has no say in it.
    IsInstance,
    /// `list.append`.
    Append,
    /// `ord` of a string of one character.
    Ord,
    /// `chr` of a Latin-1 character.
    Chr,
}

impl MethodDef {
    /// A method whose arguments are bound by its signature.
    pub const fn bound(
        name: &'static str,
        signature: &'static str,
        doc: &'static str,
        code: fn(&Vm, &[Value]) -> PyResult,
    ) -> MethodDef {
        let (params, required, max_positional) = count_parameters(signature.as_bytes());
        MethodDef {
            name,
            signature,
            doc,
            binding: Binding::Method,
            code: NativeFn::Bound(code),
            params,
            required,
            max_positional,
            nests: false,
            exact: u8::MAX,
            receives: false,
            shortcut: Shortcut::None,
            signed: None,
        }
        .with_binding(Binding::Method)
    }

    /// The same with another binding, and what follows from it.
    const fn with_binding(mut self, binding: Binding) -> MethodDef {
        self.binding = binding;
        self.receives = match self.signature.as_bytes() {
            [b'(', b'$', ..] => true,
            [b'(', ..] => false,
            _ => !matches!(binding, Binding::Static),
        };
        self.nests = self.params == self.required
            && self.params == self.max_positional
            && self.params <= self.receives as u8 + 1
            && matches!(self.code, NativeFn::Bound(_));
        if self.params == self.max_positional && matches!(self.code, NativeFn::Bound(_)) {
            self.exact = self.params;
        }
        self
    }

    /// The same with a shortcut.
    pub const fn with_shortcut(mut self, shortcut: Shortcut) -> MethodDef {
        self.shortcut = shortcut;
        self
    }

    /// The same, whose signature is not told, because CPython's native has none.
    pub const fn unsigned(mut self) -> MethodDef {
        self.signed = Some(false);
        self
    }

    /// The same, whose signature is told, although the documentation begins with another one.
    pub const fn signed(mut self) -> MethodDef {
        self.signed = Some(true);
        self
    }

    /// A method that binds its arguments itself (`*args`, irregular rules).
    pub const fn raw(
        name: &'static str,
        signature: &'static str,
        doc: &'static str,
        code: fn(&Vm, Args<'_>) -> PyResult,
    ) -> MethodDef {
        MethodDef {
            name,
            signature,
            doc,
            binding: Binding::Method,
            code: NativeFn::Raw(code),
            params: 0,
            required: 0,
            max_positional: 0,
            nests: false,
            exact: u8::MAX,
            receives: false,
            shortcut: Shortcut::None,
            signed: None,
        }
        .with_binding(Binding::Method)
    }

    /// True if CPython counts calls of such natives as nesting: those that take nothing or one
    /// positional argument.
    #[inline(always)]
    pub const fn counts_as_nesting(&self) -> bool {
        self.nests
    }

    /// True if this is a method of a type's instances.
    #[inline]
    pub const fn is_method(&self) -> bool {
        matches!(self.signature.as_bytes(), [b'(', b'$', b's', ..])
            && matches!(self.binding, Binding::Method)
    }

    /// `__text_signature__`; empty for none.
    ///
    /// As in CPython a documentation that begins with the ways to call (`max(iterable, …)`,
    /// `D.update([E, ]**F)`) stands in its place.
    pub fn text_signature(&self) -> &'static str {
        let shown = self.doc.split(['\n', '(']).next().unwrap_or_default();
        let rest = self.doc.get(shown.len()..).unwrap_or_default();
        let owner = shown.strip_suffix(self.name);
        let owned = owner.is_some_and(|owner| match owner.strip_suffix('.') {
            Some(owner) => !owner.is_empty() && owner.chars().all(char::is_alphanumeric),
            None => owner.is_empty(),
        });
        let described = owned && rest.starts_with('(');
        let signed = !described && !NEVER_SIGNED.contains(&self.name);
        if self.signed.unwrap_or(signed) {
            self.signature
        } else {
            ""
        }
    }

    /// True if the native gets its receiver (self, the class or the module) as first value.
    #[inline(always)]
    pub const fn has_receiver(&self) -> bool {
        self.receives
    }

    /// The same as a class method.
    pub const fn class_method(self) -> MethodDef {
        self.with_binding(Binding::Class)
    }

    /// The same as a static method.
    pub const fn static_method(self) -> MethodDef {
        self.with_binding(Binding::Static)
    }
}

/// Counts a text signature's parameters: all, required ones, positional ones.
const fn count_parameters(text: &[u8]) -> (u8, u8, u8) {
    let (mut params, mut required, mut positional) = (0, 0, 0);
    let mut keyword_only = false;
    let mut i = 1;
    while i < text.len() && text[i] != b')' {
        while text[i] == b' ' || text[i] == b',' {
            i += 1;
        }
        let start = i;
        let mut has_default = false;
        let mut depth = 0;
        let mut quote = 0u8;
        while i < text.len() && (quote != 0 || depth > 0 || (text[i] != b',' && text[i] != b')')) {
            let c = text[i];
            if quote != 0 {
                if c == b'\\' {
                    i += 1;
                } else if c == quote {
                    quote = 0;
                }
            } else if c == b'\'' || c == b'"' {
                quote = c;
            } else if c == b'(' || c == b'[' || c == b'{' {
                depth += 1;
            } else if c == b')' || c == b']' || c == b'}' {
                depth -= 1;
            } else if c == b'=' {
                has_default = true;
            }
            i += 1;
        }
        if i == start || text[start] == b'/' {
            continue;
        }
        if text[start] == b'*' {
            keyword_only = true;
            continue;
        }
        params += 1;
        if !has_default {
            required += 1;
        }
        if !keyword_only {
            positional += 1;
        }
    }
    (params, required, positional)
}

/// An attribute computed by natives, as declared in a const table.
pub struct GetSetDef {
    /// The name.
    pub name: &'static str,
    /// The documentation string.
    pub doc: &'static str,
    /// Reads it.
    pub get: fn(&Vm, &Value) -> PyResult,
    /// Writes it, or deletes it where there is no value.  Without: read-only.
    pub set: Option<fn(&Vm, &Value, Option<&Value>) -> PyResult<()>>,
    /// A program sees a `member_descriptor` (CPython keeps the value in a plain field).
    pub member: bool,
}

impl GetSetDef {
    /// A read-only attribute.
    pub const fn read_only(
        name: &'static str,
        doc: &'static str,
        get: fn(&Vm, &Value) -> PyResult,
    ) -> GetSetDef {
        GetSetDef {
            name,
            doc,
            get,
            set: None,
            member: false,
        }
    }

    /// A writable attribute.
    pub const fn writable(
        name: &'static str,
        doc: &'static str,
        get: fn(&Vm, &Value) -> PyResult,
        set: fn(&Vm, &Value, Option<&Value>) -> PyResult<()>,
    ) -> GetSetDef {
        GetSetDef {
            name,
            doc,
            get,
            set: Some(set),
            member: false,
        }
    }

    /// The same as a member.
    pub const fn as_member(mut self) -> GetSetDef {
        self.member = true;
        self
    }
}
