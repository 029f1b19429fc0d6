//! Text signatures taken apart: `($self, sep=None, /, *, key)`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// How a parameter can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position only.
    Positional,
    /// By position or name.
    Either,
    /// By name only.
    Keyword,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// How it can be given.
    pub kind: ParameterKind,
    /// True if it must be given.
    pub required: bool,
}

/// A signature taken apart; `$self`, `$module` or `$type` is not among the parameters.
#[derive(Debug, Default)]
pub struct Signature {
    /// The first parameter is the receiver (written with `$`).
    pub has_receiver: bool,
    /// The others, without `*args` and `**kwargs`.
    pub parameters: Vec<Parameter>,
    /// There is an `*args`.
    pub variable: bool,
    /// There is a `**kwargs`.
    pub variable_keywords: bool,
}

impl Signature {
    /// Takes a text signature apart.
    pub fn parse(text: &'static str) -> Signature {
        let mut signature = Signature::default();
        let inner = text
            .strip_prefix('(')
            .and_then(|t| t.strip_suffix(')'))
            .unwrap_or(text);
        let mut keyword_only = false;
        for part in split_parameters(inner) {
            let part = part.trim();
            if part == "/" {
                for parameter in &mut signature.parameters {
                    parameter.kind = ParameterKind::Positional;
                }
            } else if let Some(rest) = part.strip_prefix('$') {
                signature.has_receiver = !rest.is_empty();
            } else if part.starts_with("**") {
                signature.variable_keywords = true;
            } else if let Some(rest) = part.strip_prefix('*') {
                keyword_only = true;
                signature.variable = !rest.is_empty();
            } else if !part.is_empty() {
                let (name, required) = match part.split_once('=') {
                    Some((name, _)) => (name, false),
                    None => (part, true),
                };
                signature.parameters.push(Parameter {
                    name: name.trim(),
                    kind: if keyword_only {
                        ParameterKind::Keyword
                    } else {
                        ParameterKind::Either
                    },
                    required,
                });
            }
        }
        signature
    }

    /// Number of parameters that can be given by position.
    pub fn max_positional(&self) -> usize {
        self.count(|p| p.kind != ParameterKind::Keyword)
    }

    /// Number of parameters that can only be given by position.
    pub fn positional_only(&self) -> usize {
        self.count(|p| p.kind == ParameterKind::Positional)
    }

    /// Number of required parameters among those that can be given by position.
    pub fn required_positional(&self) -> usize {
        self.count(|p| p.required && p.kind != ParameterKind::Keyword)
    }

    /// True if names can be given at all.
    pub fn takes_keywords(&self) -> bool {
        self.variable_keywords || self.positional_only() < self.parameters.len()
    }

    fn count(&self, test: impl Fn(&Parameter) -> bool) -> usize {
        self.parameters.iter().filter(|p| test(p)).count()
    }
}

/// Splits at commas outside quotes and brackets.
fn split_parameters(text: &'static str) -> Vec<&'static str> {
    let (mut parts, mut start, mut depth, mut quote, mut escaped) = (Vec::new(), 0, 0, None, false);
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(q), _) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(&text[start..i]);
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Signatures that have been taken apart, by the address of their text.
#[derive(Default)]
pub struct SignatureCache {
    known: RefCell<HashMap<(usize, usize), Rc<Signature>, BuildHasherDefault<AddressHasher>>>,
}

/// Mixes two numbers that nobody chooses, quickly: natives that have parameters with defaults are looked up at
/// most of their calls.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_usize(byte.into());
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = (self.0 ^ number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl SignatureCache {
    /// The signature of a text.
    pub fn get(&self, text: &'static str) -> Rc<Signature> {
        self.known
            .borrow_mut()
            .entry((text.as_ptr().addr(), text.len()))
            .or_insert_with(|| Rc::new(Signature::parse(text)))
            .clone()
    }
}
