//! `str.format` and `str.format_map`: replacement fields in braces.
//!
//! ```text
//! field  = "{" [name] ["!" conversion] [":" spec] "}"
//! name   = first ("." attribute | "[" element "]")*
//! ```
//!
//! A spec may contain fields itself, one level deep.

use super::search::named_str;
use super::this;
use crate::object::str::Chars;
use crate::object::{Args, PyResult, Str, StrBuilder, Value};
use crate::types::format::format_str;
use crate::vm::Vm;
use heap::FreeList;
use smallvec::SmallVec;

const OPEN: u32 = b'{' as u32;
const CLOSE: u32 = b'}' as u32;
const BRACKET: u32 = b'[' as u32;
const CLOSE_BRACKET: u32 = b']' as u32;
const DOT: u32 = b'.' as u32;
const COLON: u32 = b':' as u32;
const BANG: u32 = b'!' as u32;

/// A piece of a template: literal text, then perhaps a field.
pub struct Piece<'a> {
    /// Text before the field, doubled braces made single.
    pub literal: Chars<'a>,
    /// The field, if one follows.
    pub field: Option<Field<'a>>,
}

/// A replacement field.
pub struct Field<'a> {
    /// What names the value; may be empty.
    pub name: Chars<'a>,
    /// `r`, `s` or `a`, or another character that is an error.
    pub conversion: Option<u32>,
    /// The format specification, its fields not yet replaced.
    pub spec: Chars<'a>,
    /// True if the specification contains fields.
    pub nested: bool,
}

/// Takes a template apart.
pub struct Pieces<'a> {
    text: Chars<'a>,
    at: usize,
}

impl<'a> Pieces<'a> {
    /// The pieces of a template.
    pub fn new(text: Chars<'a>) -> Pieces<'a> {
        Pieces { text, at: 0 }
    }

    /// The pieces from a place that [`Pieces::place`] gave.
    pub fn resume(text: Chars<'a>, at: usize) -> Pieces<'a> {
        Pieces { text, at }
    }

    /// Where the next piece begins.
    pub fn place(&self) -> usize {
        self.at
    }

    /// The next piece; None at the end.
    pub fn next(&mut self, vm: &Vm) -> PyResult<Option<Piece<'a>>> {
        let text = self.text;
        let len = text.len();
        if self.at >= len {
            return Ok(None);
        }
        let start = self.at;
        let mut end = start;
        while end < len && text.at(end) != OPEN && text.at(end) != CLOSE {
            end += 1;
        }
        if end == len {
            self.at = len;
            let literal = text.slice(start, len);
            return Ok(Some(Piece {
                literal,
                field: None,
            }));
        }
        let brace = text.at(end);
        if end + 1 < len && text.at(end + 1) == brace {
            // A doubled brace: the first of them belongs to the literal.
            self.at = end + 2;
            let literal = text.slice(start, end + 1);
            return Ok(Some(Piece {
                literal,
                field: None,
            }));
        }
        if brace == CLOSE {
            return Err(vm.value_error("Single '}' encountered in format string"));
        }
        if end + 1 == len {
            return Err(vm.value_error("Single '{' encountered in format string"));
        }
        self.at = end + 1;
        let literal = text.slice(start, end);
        let field = Some(self.field(vm)?);
        Ok(Some(Piece { literal, field }))
    }

    /// Reads a field behind its opening brace, and the closing one.
    fn field(&mut self, vm: &Vm) -> PyResult<Field<'a>> {
        let text = self.text;
        let len = text.len();
        let start = self.at;
        let mut in_brackets = false;
        let mut at = start;
        while at < len {
            match text.at(at) {
                OPEN if !in_brackets => {
                    return Err(vm.value_error("unexpected '{' in field name"));
                }
                BRACKET => in_brackets = true,
                CLOSE_BRACKET => in_brackets = false,
                CLOSE | COLON | BANG if !in_brackets => break,
                _ => {}
            }
            at += 1;
        }
        let name = text.slice(start, at);
        let mut conversion = None;
        if at == len {
            return Err(vm.value_error("expected '}' before end of string"));
        }
        let mut stop = text.at(at);
        at += 1;
        if stop == BANG {
            if at == len {
                return Err(vm.value_error("end of string while looking for conversion specifier"));
            }
            conversion = Some(text.at(at));
            at += 1;
            if at == len {
                return Err(vm.value_error("unmatched '{' in format spec"));
            }
            stop = text.at(at);
            at += 1;
            if stop != CLOSE && stop != COLON {
                return Err(vm.value_error("expected ':' after conversion specifier"));
            }
        }
        if stop == CLOSE {
            self.at = at;
            return Ok(Field {
                name,
                conversion,
                spec: text.slice(at, at),
                nested: false,
            });
        }
        let start = at;
        let (mut depth, mut nested) = (1, false);
        while at < len {
            match text.at(at) {
                OPEN => {
                    nested = true;
                    depth += 1;
                }
                CLOSE => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = at + 1;
                        return Ok(Field {
                            name,
                            conversion,
                            spec: text.slice(start, at),
                            nested,
                        });
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Err(vm.value_error("unmatched '{' in format spec"))
    }
}

/// A decimal number; None if the text is not one.
pub fn parse_index(vm: &Vm, text: Chars<'_>) -> PyResult<Option<usize>> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut number = 0usize;
    for c in text.iter() {
        let Some(digit) = super::unicode::decimal(c) else {
            return Ok(None);
        };
        number = number
            .checked_mul(10)
            .and_then(|n| n.checked_add(digit.into()))
            .filter(|&n| n <= isize::MAX as usize)
            .ok_or_else(|| vm.value_error("Too many decimal digits in format string"))?;
    }
    Ok(Some(number))
}

/// A step from a value to a part of it.
pub enum Step<'a> {
    /// `.name`
    Attribute(Chars<'a>),
    /// `[number]`
    Index(usize),
    /// `[text]`
    Key(Chars<'a>),
}

/// The first part of a field name, and the steps behind it.
pub fn split_name(name: Chars<'_>) -> (Chars<'_>, Steps<'_>) {
    let mut end = 0;
    while end < name.len() && !matches!(name.at(end), DOT | BRACKET) {
        end += 1;
    }
    let steps = Steps {
        text: name,
        at: end,
    };
    (name.slice(0, end), steps)
}

/// The steps of a field name.
pub struct Steps<'a> {
    text: Chars<'a>,
    at: usize,
}

impl<'a> Steps<'a> {
    /// The next step; None at the end.
    pub fn next(&mut self, vm: &Vm) -> PyResult<Option<Step<'a>>> {
        let text = self.text;
        if self.at >= text.len() {
            return Ok(None);
        }
        let start = self.at + 1;
        let mut end = start;
        let step = match text.at(self.at) {
            DOT => {
                while end < text.len() && !matches!(text.at(end), DOT | BRACKET) {
                    end += 1;
                }
                self.at = end;
                Step::Attribute(text.slice(start, end))
            }
            BRACKET => {
                while end < text.len() && text.at(end) != CLOSE_BRACKET {
                    end += 1;
                }
                if end == text.len() {
                    return Err(vm.value_error("Missing ']' in format string"));
                }
                self.at = end + 1;
                let key = text.slice(start, end);
                match parse_index(vm, key)? {
                    Some(index) => Step::Index(index),
                    None => Step::Key(key),
                }
            }
            _ => {
                return Err(
                    vm.value_error("Only '.' or '[' may follow ']' in format field specifier")
                );
            }
        };
        if start == end {
            return Err(vm.value_error("Empty attribute in format string"));
        }
        Ok(Some(step))
    }
}

/// Where fields find their values.
struct Source<'a> {
    positional: Option<&'a [Value]>,
    keywords: Keywords<'a>,
    /// Number of the next automatic field; None before the first field.
    automatic: Option<usize>,
    manual: bool,
}

enum Keywords<'a> {
    Call(Args<'a>),
    Mapping(&'a Value),
}

impl Source<'_> {
    fn value(&mut self, vm: &Vm, name: Chars<'_>) -> PyResult {
        let (first, mut steps) = split_name(name);
        let mut index = parse_index(vm, first)?;
        let automatic = first.is_empty();
        if automatic || index.is_some() {
            if automatic && self.manual {
                return Err(vm.value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                ));
            }
            if !automatic && self.automatic.is_some() {
                return Err(vm.value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                ));
            }
            self.manual = !automatic;
            if automatic {
                let next = self.automatic.map_or(0, |last| last + 1);
                self.automatic = Some(next);
                index = Some(next);
            }
        }
        let mut value = match index {
            Some(index) => {
                let Some(positional) = self.positional else {
                    return Err(vm.value_error("Format string contains positional fields"));
                };
                let value = positional.get(index).cloned();
                value.ok_or_else(|| {
                    vm.index_error(format!(
                        "Replacement index {index} out of range for positional args tuple"
                    ))
                })?
            }
            None => self.keyword(vm, first)?,
        };
        while let Some(step) = steps.next(vm)? {
            value = match step {
                Step::Attribute(name) => {
                    vm.get_attr(&value, vm.str_from_chars(name)?.as_value())?
                }
                Step::Index(index) => vm.get_item(&value, &Value::small_int(index as i64))?,
                Step::Key(key) => vm.get_item(&value, vm.str_from_chars(key)?.as_value())?,
            };
        }
        Ok(value)
    }

    fn keyword(&self, vm: &Vm, name: Chars<'_>) -> PyResult {
        let key = vm.str_from_chars(name)?;
        match &self.keywords {
            Keywords::Mapping(mapping) => vm.get_item(mapping, key.as_value()),
            Keywords::Call(args) => {
                let found = args
                    .keywords()
                    .find(|(name, _)| name.payload::<Str>().is_some_and(|n| n.equals(&key)));
                match found {
                    Some((_, value)) => Ok(value.clone()),
                    None => Err(vm.key_error(key.as_value())),
                }
            }
        }
    }
}

/// Replaces the fields of a text; `depth` levels of nesting are allowed.
fn build(
    vm: &Vm,
    text: Chars<'_>,
    source: &mut Source<'_>,
    depth: usize,
    out: &mut StrBuilder,
) -> PyResult<()> {
    if depth == 0 {
        return Err(vm.value_error("Max string recursion exceeded"));
    }
    let mut pieces = Pieces::new(text);
    while let Some(piece) = pieces.next(vm)? {
        out.push_chars(piece.literal);
        let Some(field) = piece.field else {
            continue;
        };
        let mut value = source.value(vm, field.name)?;
        if let Some(conversion) = field.conversion {
            value = convert(vm, &value, conversion)?;
        }
        let spec = if field.nested {
            let mut spec = StrBuilder::new();
            build(vm, field.spec, source, depth - 1, &mut spec)?;
            spec.finish(vm)?
        } else {
            vm.str_from_chars(field.spec)?
        };
        out.push_object(&*vm.format(&value, spec.as_value())?);
    }
    Ok(())
}

fn convert(vm: &Vm, value: &Value, conversion: u32) -> PyResult {
    let text = match char::from_u32(conversion) {
        Some('s') => vm.str_of(value)?,
        Some('r') => vm.repr(value)?,
        Some('a') => vm.ascii(value)?,
        _ => {
            return Err(vm.value_error(match conversion {
                33..=126 => format!(
                    "Unknown conversion specifier {}",
                    char::from(conversion as u8)
                ),
                _ => format!("Unknown conversion specifier \\x{conversion:x}"),
            }));
        }
    };
    Ok(text.into_value())
}

/// True for a text without fields and escapes, which stands for itself.
fn is_plain(text: &Str) -> bool {
    !text.is_empty()
        && !text
            .iter()
            .any(|c| c == u32::from(b'{') || c == u32::from(b'}'))
}

/// `str.format(*args, **kwargs)`
pub fn format(vm: &Vm, args: Args<'_>) -> PyResult {
    // CPython takes them as a tuple.
    let mut packed = vm.packed();
    packed.hold(args.positionals().get(1..).unwrap_or_default());
    if !args.names.is_empty() {
        vm.heap.count_passing(FreeList::DICT);
    }
    let mut named = SmallVec::<[Value; 2]>::new();
    named.extend(args.keywords().map(|(_, value)| value.clone()));
    let s = this(vm, args.values)?;
    if is_plain(s) {
        return Ok(s.to_value());
    }
    let mut source = Source {
        positional: Some(args.positionals().get(1..).unwrap_or_default()),
        keywords: Keywords::Call(args),
        automatic: None,
        manual: false,
    };
    let mut out = StrBuilder::with_capacity(s.len() + 16);
    build(vm, s.chars(), &mut source, 2, &mut out)?;
    out.finish_value(vm)
}

/// `str.format_map(mapping)`
pub fn format_map(vm: &Vm, args: &[Value]) -> PyResult {
    let s = this(vm, args)?;
    let mapping = &args[1];
    if is_plain(s) {
        return Ok(s.to_value());
    }
    let mut source = Source {
        positional: None,
        keywords: Keywords::Mapping(mapping),
        automatic: None,
        manual: false,
    };
    let mut out = StrBuilder::with_capacity(s.len() + 16);
    build(vm, s.chars(), &mut source, 2, &mut out)?;
    out.finish_value(vm)
}

/// `str.__format__(spec)`
pub fn dunder_format(vm: &Vm, args: &[Value]) -> PyResult {
    let spec = named_str(vm, "__format__() argument", &args[1])?;
    format_str(vm, &args[0], spec)
}
