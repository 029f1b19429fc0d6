//! Replacement templates: `\1`, `\g<name>`, `\n`.

use runtime::object::{Bytes, Str};
use runtime::{PyResult, Value, Vm};

use super::escape::{control, is_digit};
use super::node::MAX_GROUPS;
use super::pattern::{Pattern, pattern_of};
use super::source::{Source, Token, shown};

/// A piece of a template.
pub(super) enum Piece {
    /// Text: a `str` or bytes.
    Text(Value),
    /// What a group matched.
    Group(usize),
}

struct Template<'a, 'b> {
    source: Source<'a>,
    pattern: &'b Pattern,
    literal: Vec<u32>,
    pieces: Vec<Piece>,
}

/// Parses a template.
pub(super) fn parse(vm: &Vm, text: &Value, pattern: &Pattern) -> PyResult<Vec<Piece>> {
    let known = text.payload::<Str>().is_some() || text.payload::<Bytes>().is_some();
    if !known && !vm.has_buffer(text) {
        return Err(vm.type_error(format!(
            "decoding to str: need a bytes-like object, {} found",
            vm.class_name(text)
        )));
    }
    let mut template = Template {
        source: Source::new(vm, text)?,
        pattern,
        literal: Vec::new(),
        pieces: Vec::new(),
    };
    while let Some(token) = template.source.get()? {
        match token.escaped {
            None => template.literal.push(token.c),
            Some(escaped) => template.escape(token, escaped)?,
        }
    }
    template.end_literal()?;
    Ok(template.pieces)
}

/// `_sre.template_pieces`: texts, and numbers of groups between them.
pub(super) fn pieces(vm: &Vm, text: &Value, pattern: &Value) -> PyResult {
    let pieces = parse(vm, text, pattern_of(vm, pattern)?)?;
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Group(group) => vm.int_usize(group),
    });
    Ok(vm.list_from(pieces)?.into_value())
}

fn is_octal(c: u32) -> bool {
    (0x30..0x38).contains(&c)
}

impl Template<'_, '_> {
    fn end_literal(&mut self) -> PyResult<()> {
        if self.literal.is_empty() {
            return Ok(());
        }
        let vm = self.source.vm;
        let literal = std::mem::take(&mut self.literal);
        let text = if self.source.is_text {
            vm.str_from_code_points(&literal).into_value()
        } else {
            let bytes: Vec<u8> = literal.iter().map(|&c| c as u8).collect();
            vm.try_bytes(&bytes)?.into_value()
        };
        self.pieces.push(Piece::Text(text));
        Ok(())
    }

    fn group(&mut self, group: u64, offset: usize) -> PyResult<()> {
        if group > self.pattern.groups as u64 {
            let message = format!("invalid group reference {group}");
            return Err(self.source.error(&message, offset));
        }
        self.end_literal()?;
        self.pieces.push(Piece::Group(group as usize));
        Ok(())
    }

    fn escape(&mut self, token: Token, escaped: u32) -> PyResult<()> {
        if escaped == u32::from('g') {
            return self.named();
        }
        if escaped == u32::from('0') {
            let digits = self.source.get_while(2, is_octal)?;
            let code = u32::from_str_radix(&digits, 8).unwrap_or(0) & 0xFF;
            self.literal.push(code);
            return Ok(());
        }
        if is_digit(escaped) {
            return self.numbered(escaped);
        }
        if let Some(code) = control(escaped) {
            self.literal.push(code);
            return Ok(());
        }
        if char::from_u32(escaped).is_some_and(|c| c.is_ascii_alphabetic()) {
            let message = format!("bad escape {}", token.text());
            return Err(self.source.error(&message, 2));
        }
        self.literal.extend([token.c, escaped]);
        Ok(())
    }

    fn named(&mut self) -> PyResult<()> {
        if !self.source.take('<')? {
            return Err(self.source.error("missing <", 0));
        }
        let name = self.source.get_until('>', "group name")?;
        let group = if name.iter().all(|&c| is_digit(c)) {
            let digits: String = name.iter().map(|&c| shown(c)).collect();
            let group = digits.parse().unwrap_or(u64::MAX);
            if group >= u64::from(MAX_GROUPS) {
                let message = format!("invalid group reference {}", digits.trim_start_matches('0'));
                return Err(self.source.error(&message, name.len() + 1));
            }
            group
        } else {
            self.source.check_group_name(&name, 1)?;
            let vm = self.source.vm;
            let key = vm.str_from_code_points(&name).into_value();
            match self.pattern.index.get(vm, &key)? {
                Some(group) => group.as_small_int().unwrap_or(0) as u64,
                None => {
                    let message = format!("unknown group name {}", self.source.repr(&name)?);
                    return Err(vm.index_error(message));
                }
            }
        };
        self.group(group, name.len() + 1)
    }

    fn numbered(&mut self, first: u32) -> PyResult<()> {
        let mut digits = shown(first).to_string();
        if let Some(second) = self.source.peek_if(is_digit) {
            self.source.get()?;
            digits.push(shown(second));
            if is_octal(first)
                && is_octal(second)
                && let Some(third) = self.source.peek_if(is_octal)
            {
                self.source.get()?;
                digits.push(shown(third));
                let code = u32::from_str_radix(&digits, 8).unwrap_or(u32::MAX);
                if code > 0o377 {
                    let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                    return Err(self.source.error(&message, 4));
                }
                self.literal.push(code);
                return Ok(());
            }
        }
        let length = digits.len();
        self.group(digits.parse().unwrap_or(u64::MAX), length)
    }
}
