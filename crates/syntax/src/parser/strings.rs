//! String literals: decoding, implicit concatenation, f-strings.

use super::builder::{Builder, Built, FieldTail, Part};
use crate::ast::*;
use crate::error::{SyntaxWarning, WarningCategory, WarningFinder};
use crate::literal::escape::{self, Oddity};
use crate::token::Tok;

impl Builder<'_> {
    /// One string or bytes literal.
    pub(super) fn string(&self, l: u32, r: u32) -> Built<Expr> {
        let text = self.slice(l, r);
        let prefix_len = text.find(['"', '\'']).unwrap_or(0);
        let (prefix, quoted) = text.split_at(prefix_len);
        let quotes = if quoted.len() >= 6 && quoted.starts_with(&quoted[..1].repeat(3)) {
            3
        } else {
            1
        };
        let body = &quoted[quotes..quoted.len() - quotes];
        let has = |c: char| prefix.contains([c, c.to_ascii_uppercase()]);
        let raw = has('r') || !body.contains('\\');
        let range = Range::new(l, r);
        let value = if has('b') {
            if !body.is_ascii() {
                let msg = "bytes can only contain ASCII literal characters";
                return Err(self.error(range, msg));
            }
            Constant::Bytes(if raw {
                body.as_bytes().into()
            } else {
                let mut oddity = None;
                let bytes = escape::bytes(body, &mut oddity)
                    .map_err(|msg| self.error(range, format!("(value error) {msg}")))?;
                self.warn_escape(oddity, range);
                bytes.into()
            })
        } else {
            Constant::Str {
                value: self.decode(body, raw, range, None)?,
                u_prefix: has('u'),
            }
        };
        Ok(Expr {
            kind: ExprKind::Constant(value),
            range,
        })
    }

    /// The value of literal text.  For that of an f-string there is the place of its errors.
    fn decode(&self, body: &str, raw: bool, range: Range, fstring: Option<Range>) -> Built<Wtf8> {
        if raw || !body.contains('\\') {
            return Ok(Wtf8::from(body));
        }
        let mut oddity = None;
        let value = escape::string(body, &mut oddity).map_err(|msg| {
            self.error(fstring.unwrap_or(range), format!("(unicode error) {msg}"))
        })?;
        // Braces in f-strings have been reported by the lexer.
        let reported = |o: &Oddity| fstring.is_some() && matches!(o, Oddity::Escape('{' | '}'));
        self.warn_escape(oddity.filter(|o| !reported(o)), fstring.unwrap_or(range));
        Ok(value)
    }

    /// Issues the warnings of the literals before the mistake at `end` that the parser had read
    /// but not built yet: CPython builds each at once.
    pub(super) fn warn_of_strings(&self, end: u32) {
        let read = self.tokens.partition_point(|t| t.end <= end);
        for token in self.tokens[..read].iter().filter(|t| t.kind == Tok::String) {
            if !self.has_warned_at(token.start) {
                let _ = self.string(token.start, token.end);
            }
        }
    }

    fn warn_escape(&self, oddity: Option<Oddity>, range: Range) {
        let Some(oddity) = oddity else { return };
        let msg = match oddity {
            Oddity::Escape(c) => format!("invalid escape sequence '\\{c}'"),
            Oddity::Octal(digits) => format!("invalid octal escape sequence '\\{digits}'"),
        };
        self.warn(SyntaxWarning {
            category: WarningCategory::Syntax,
            msg,
            lineno: self.source.position(range.start).line,
            range,
            finder: WarningFinder::Parser,
        });
    }

    /// Adjacent literals.
    pub(super) fn concatenate(&self, l: u32, parts: Vec<Expr>, r: u32) -> Built<Expr> {
        let is_bytes = |e: &Expr| matches!(e.kind, ExprKind::Constant(Constant::Bytes(_)));
        let bytes = parts.iter().filter(|e| is_bytes(e)).count();
        if bytes == parts.len() {
            let mut all = Vec::new();
            for part in &parts {
                if let ExprKind::Constant(Constant::Bytes(b)) = &part.kind {
                    all.extend_from_slice(b);
                }
            }
            return Ok(self.constant(l, Constant::Bytes(all.into()), r));
        }
        if bytes > 0 {
            // The parser has seen the token after the literals when it notices.
            let next = self.tokens.partition_point(|t| t.start < r);
            let range = self
                .tokens
                .get(next)
                .map_or(Range::new(r, r), |t| t.range());
            return Err(self.error(range, "cannot mix bytes and nonbytes literals"));
        }
        let formatted = parts
            .iter()
            .any(|e| matches!(e.kind, ExprKind::JoinedStr { .. }));
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part.kind {
                ExprKind::JoinedStr { values } => flat.extend(values),
                _ => flat.push(part),
            }
        }
        let mut values = merge(flat);
        if formatted {
            return Ok(self.joined(l, values, r));
        }
        Ok(values.pop().unwrap_or_else(|| {
            self.constant(
                l,
                Constant::Str {
                    value: Wtf8::new(),
                    u_prefix: false,
                },
                r,
            )
        }))
    }

    fn joined(&self, l: u32, mut values: Vec<Expr>, r: u32) -> Expr {
        values.retain(|e| !is_empty_string(e));
        self.expr(l, ExprKind::JoinedStr { values }, r)
    }

    /// A whole f-string; `text_start` is the end of its opening quotes.
    pub(super) fn fstring(&self, l: u32, text_start: u32, parts: Vec<Part>, r: u32) -> Built<Expr> {
        let opening = self.slice(l, text_start);
        let raw = opening.contains(['r', 'R']);
        // The parser has seen the closing quotes when it decodes the text.
        let quotes = opening
            .bytes()
            .rev()
            .take_while(|b| matches!(b, b'"' | b'\''))
            .count();
        let end = Range::new(r - quotes as u32, r);
        Ok(self.joined(l, merge(self.parts(parts, raw, Some(end))?), r))
    }

    /// Decodes the parts; errors are reported at `place`, or where they are.
    fn parts(&self, parts: Vec<Part>, raw: bool, place: Option<Range>) -> Built<Vec<Expr>> {
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Text(range) => {
                    let body = self.slice(range.start, range.end);
                    // A doubled brace ends its piece of text.
                    let doubled = body.ends_with("{{") || body.ends_with("}}");
                    let body = &body[..body.len() - usize::from(doubled)];
                    let value = self.decode(body, raw, range, Some(place.unwrap_or(range)))?;
                    let kind = ExprKind::Constant(Constant::Str {
                        value,
                        u_prefix: false,
                    });
                    out.push(Expr { kind, range });
                }
                Part::Field(text, value) => {
                    out.extend(text);
                    out.push(value);
                }
            }
        }
        Ok(out)
    }

    /// A replacement field.
    pub(super) fn field(
        &self,
        at: FieldTail,
        value: Expr,
        conversion: Option<(Range, Name)>,
        spec: Option<Expr>,
    ) -> Built<Part> {
        let conversion = match conversion {
            None if at.debug && spec.is_none() => Conversion::Repr,
            None => Conversion::None,
            Some((mark, name)) => {
                if mark.end != name.range.start {
                    let msg = "f-string: conversion type must come right after the \
                               exclamanation mark";
                    return Err(self.error(mark.cover(name.range), msg));
                }
                match &*name.id {
                    "s" => Conversion::Str,
                    "r" => Conversion::Repr,
                    "a" => Conversion::Ascii,
                    other => {
                        let msg = format!(
                            "f-string: invalid conversion character '{other}': expected 's', \
                             'r', or 'a'"
                        );
                        return Err(self.error(name.range, msg));
                    }
                }
            }
        };
        let text = at
            .debug
            .then(|| self.debug_text(at.text_start, at.text_end));
        let kind = ExprKind::FormattedValue {
            value: Box::new(value),
            conversion,
            format_spec: spec.map(Box::new),
        };
        Ok(Part::Field(text, self.expr(at.start, kind, at.end)))
    }

    /// The text of `{x = }` with its blanks, but without comments.
    fn debug_text(&self, l: u32, after_sign: u32) -> Expr {
        let next = self.tokens.partition_point(|t| t.start < after_sign);
        let r = self.tokens.get(next).map_or(after_sign, |t| t.start);
        let mut text = String::new();
        let mut comment = false;
        for c in self.slice(l, r).chars() {
            comment = (comment || c == '#') && c != '\n';
            if !comment {
                text.push(c);
            }
        }
        self.constant(
            l,
            Constant::Str {
                value: text.into(),
                u_prefix: false,
            },
            r,
        )
    }

    /// A format specifier: a nested f-string without quotes, never raw.  CPython 3.12.1 neither
    /// joins its constants nor drops empty ones, unless there is nothing else.
    pub(super) fn format_spec(&self, l: u32, parts: Vec<Part>, r: u32) -> Built<Expr> {
        let mut values = self.parts(parts, false, None)?;
        if let [e] = &values[..]
            && is_empty_string(e)
        {
            values.clear();
        }
        Ok(self.expr(l, ExprKind::JoinedStr { values }, r))
    }
}

fn is_empty_string(e: &Expr) -> bool {
    matches!(&e.kind, ExprKind::Constant(Constant::Str { value, .. }) if value.is_empty())
}

/// Joins neighbouring string constants.
fn merge(list: Vec<Expr>) -> Vec<Expr> {
    let mut out: Vec<Expr> = Vec::with_capacity(list.len());
    for e in list {
        if let ExprKind::Constant(Constant::Str { value: next, .. }) = &e.kind
            && let Some(Expr {
                kind: ExprKind::Constant(Constant::Str { value, .. }),
                range,
            }) = out.last_mut()
        {
            value.push_wtf8(next);
            *range = range.cover(e.range);
        } else {
            out.push(e);
        }
    }
    out
}
