//! `sub`, `subn` and `expand`.

use runtime::object::{Bytes, Str, StrBuilder};
use runtime::{PyResult, Value, Vm};

use super::matched::{self, Found, match_of};
use super::matcher::UNSET;
use super::pattern::{for_each_match, pattern_of};
use super::subject::Subject;
use super::template::{self, Piece};

/// What matches are replaced with.
enum Replacement<'a> {
    /// The same text each time.
    Text(&'a Value),
    /// What a function returns.
    Call(&'a Value),
    /// Pieces of text and of the match.
    Template(Vec<Piece>),
}

/// The text that is put together.
enum Output {
    Str(StrBuilder),
    Bytes(Vec<u8>),
}

struct Joiner<'a> {
    vm: &'a Vm,
    output: Output,
    /// How many items came so far, for the errors of `join`.
    items: usize,
}

impl<'a> Joiner<'a> {
    fn new(vm: &'a Vm, is_text: bool) -> Joiner<'a> {
        Joiner {
            vm,
            output: match is_text {
                true => Output::Str(StrBuilder::new()),
                false => Output::Bytes(Vec::new()),
            },
            items: 0,
        }
    }

    /// A part of the subject.
    fn push_slice(&mut self, subject: &Subject<'_>, start: usize, end: usize) {
        let chars = subject.chars().slice(start, end);
        match (&mut self.output, chars) {
            (Output::Str(text), chars) => text.push_chars(chars),
            (Output::Bytes(bytes), runtime::object::Chars::One(part)) => {
                bytes.extend_from_slice(part);
            }
            _ => {}
        }
        self.items += 1;
    }

    /// A value as `''.join` or `b''.join` takes it.
    fn push(&mut self, item: &Value) -> PyResult<()> {
        match &mut self.output {
            Output::Str(text) => match item.payload::<Str>() {
                Some(s) => text.push_object(s),
                None => {
                    return Err(self.vm.type_error(format!(
                        "sequence item {}: expected str instance, {} found",
                        self.items,
                        self.vm.class_name(item)
                    )));
                }
            },
            Output::Bytes(bytes) => {
                if let Some(part) = item.payload::<Bytes>() {
                    bytes.extend_from_slice(part);
                } else if self.vm.has_buffer(item) {
                    bytes.extend_from_slice(&self.vm.copied_bytes(item)?);
                } else {
                    return Err(self.vm.type_error(format!(
                        "sequence item {}: expected a bytes-like object, {} found",
                        self.items,
                        self.vm.class_name(item)
                    )));
                }
            }
        }
        self.items += 1;
        Ok(())
    }

    fn finish(self) -> PyResult {
        match self.output {
            Output::Str(text) => text.finish_value(self.vm),
            Output::Bytes(bytes) => Ok(self.vm.try_bytes(&bytes)?.into_value()),
        }
    }
}

fn replacement<'a>(vm: &Vm, given: &'a Value, pattern: &Value) -> PyResult<Replacement<'a>> {
    if vm.class_of(given).slots().call.is_some() {
        return Ok(Replacement::Call(given));
    }
    let backslash = u32::from('\\');
    let is_literal = match (given.payload::<Str>(), given.payload::<Bytes>()) {
        (Some(text), _) => !text.iter().any(|c| c == backslash),
        (_, Some(bytes)) => !bytes.contains(&b'\\'),
        _ => vm.has_buffer(given) && !vm.copied_bytes(given)?.contains(&b'\\'),
    };
    if is_literal {
        return Ok(Replacement::Text(given));
    }
    let pieces = template::parse(vm, given, pattern_of(vm, pattern)?)?;
    Ok(Replacement::Template(pieces))
}

/// `pattern.sub(repl, string, count)`: the new text and the number of replacements.
pub(super) fn substitute(vm: &Vm, args: &[Value]) -> PyResult<(Value, usize)> {
    let [this, repl, whole, limit] = args else {
        return Ok((Value::NONE, 0));
    };
    let limit = match limit.given() {
        Some(limit) => vm.arg_ssize(limit)?,
        None => 0,
    };
    let pattern = pattern_of(vm, this)?;
    let replacement = replacement(vm, repl, this)?;
    let subject = Subject::new(vm, whole, Some(pattern.is_text))?;
    let len = subject.len();
    let mut joiner = Joiner::new(vm, subject.is_text());
    let mut last = 0;
    let mut count = 0;
    if limit >= 0 {
        let limit = limit as usize;
        count = for_each_match(
            vm,
            pattern,
            &subject,
            (0, len),
            limit,
            |span, marks, group| {
                let (start, end) = span;
                if last < start {
                    joiner.push_slice(&subject, last, start);
                }
                match &replacement {
                    Replacement::Text(text) => joiner.push(text)?,
                    Replacement::Call(function) => {
                        let matched = matched::new(
                            vm,
                            Found {
                                pattern: this,
                                string: whole,
                                range: (0, len),
                                span,
                                marks,
                                last_group: group,
                            },
                        );
                        let item = vm.call(function, &[matched])?;
                        if !item.is_none() {
                            joiner.push(&item)?;
                        }
                    }
                    Replacement::Template(pieces) => {
                        for piece in pieces {
                            match piece {
                                Piece::Text(text) => joiner.push(text)?,
                                Piece::Group(0) => joiner.push_slice(&subject, start, end),
                                Piece::Group(group) => {
                                    let place = (group - 1) * 2;
                                    let (from, to) = (marks[place], marks[place + 1]);
                                    if from != UNSET && to != UNSET && from <= to {
                                        joiner.push_slice(&subject, from, to);
                                    }
                                }
                            }
                        }
                    }
                }
                last = end;
                Ok(())
            },
        )?;
    }
    if count == 0 {
        return Ok((subject.slice(vm, whole, 0, len)?, 0));
    }
    if last < len {
        joiner.push_slice(&subject, last, len);
    }
    Ok((joiner.finish()?, count))
}

/// `match.expand(template)`.
pub(super) fn expand(vm: &Vm, this: &Value, text: &Value) -> PyResult {
    let matched = match_of(vm, this)?;
    let pieces = template::parse(vm, text, matched.pattern(vm)?)?;
    let is_text = Subject::new(vm, &matched.string, None)?.is_text();
    let mut joiner = Joiner::new(vm, is_text);
    for piece in &pieces {
        match piece {
            Piece::Text(text) => joiner.push(text)?,
            Piece::Group(group) => {
                let part = matched.group(vm, *group, &Value::NONE)?;
                if !part.is_none() {
                    joiner.push(&part)?;
                }
            }
        }
    }
    joiner.finish()
}
