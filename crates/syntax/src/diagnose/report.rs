//! The errors that the rules of errors.peg raise: checks, wording, places.

use super::peg::{Labels, Node, NodeId, Peg};
use super::rules::Kind;
use crate::Mode;
use crate::ast::Range;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::lexer::buffered_line;
use crate::token::{Tok, Token};

impl Peg<'_> {
    /// The error of an action, unless its own check finds nothing wrong.
    pub(super) fn report(
        &self,
        action: &str,
        message: &str,
        Labels { a, b }: Labels,
    ) -> Option<Box<SyntaxError>> {
        let message = message.replace("\\\"", "\"");
        let (Some(a), b) = (a, b.or(a)) else {
            return match action {
                "here" => Some(self.error_here(&message)),
                "next" => {
                    let token = self.tokens.get(self.mark).or(self.tokens.last())?;
                    Some(self.error_at_token(*token, &message))
                }
                _ => Some(self.indentation(self.error_here(&message))),
            };
        };
        let first = self.node(a);
        let last = self.node(b?);
        let message = message
            .replace("%s", expr_name(first.kind))
            .replace("%t", self.spelling(first))
            .replace("%d", &self.source.position(first.start).line.to_string());
        let range = |end: u32| Some(self.error_at(first.start, end, message.clone()));
        match action {
            "at" => range(first.end),
            "range" => range(last.end),
            "range_to_last" => range(self.last_item(b?).end),
            "from" => Some(self.error_from(first.start, message)),
            "indent" => Some(self.indentation(self.error_here(&message))),
            "after" => {
                let mut error = self.error_at(first.start, first.end, message);
                error.offset = self.source.error_position(first.end).column as i32;
                error.end_offset = 0;
                Some(error)
            }
            "target" => self.target(a, &message),
            "legacy_call" => {
                let name = self.spelling(first);
                matches!(name, "print" | "exec").then(|| {
                    let msg = format!(
                        "Missing parentheses in call to '{name}'. Did you mean {name}(...)?"
                    );
                    self.error_at(first.start, last.end, msg)
                })
            }
            "missing_comma" => {
                let legacy =
                    first.kind == Kind::Name && matches!(self.spelling(first), "print" | "exec");
                (!legacy && self.levels[self.mark - 1] > 0).then(|| {
                    let msg = "invalid syntax. Perhaps you forgot a comma?";
                    self.error_at(first.start, last.end, msg)
                })
            }
            "bound" => {
                let what = if last.kind == Kind::Tuple {
                    "constraints"
                } else {
                    "bound"
                };
                let msg = format!("cannot use {what} with {message}");
                Some(self.error_from(first.start, msg))
            }
            "bare_generator" => {
                let args = self.positional(a);
                let &last_arg = args.last()?;
                let msg = "Generator expression must be parenthesized";
                let start = self.node(last_arg).start;
                let end = self.last_item(b?).end;
                (args.len() > 1).then(|| self.error_at(start, end, msg))
            }
            "bare_last_generator" => {
                let clause = self.last_item(b?);
                let target = clause
                    .kids
                    .iter()
                    .map(|k| self.node(*k))
                    .find(|n| n.kind != Kind::Token);
                let end = target.map_or(clause.end, |t| t.end);
                Some(self.error_at(
                    first.start,
                    end,
                    "Generator expression must be parenthesized",
                ))
            }
            _ => {
                let unpacked = self
                    .parts(a)
                    .iter()
                    .any(|k| self.node(*k).kind == Kind::DoubleStar);
                let tail = if unpacked { " unpacking" } else { "" };
                let msg = format!("positional argument follows keyword argument{tail}");
                Some(self.error_here(&msg))
            }
        }
    }

    fn spelling(&self, node: &Node) -> &str {
        self.source.slice(Range::new(node.start, node.end))
    }

    /// The elements of nested sequences, without tokens.
    fn parts(&self, id: NodeId) -> Vec<NodeId> {
        let node = self.node(id);
        if node.kind != Kind::Seq {
            return vec![id];
        }
        self.elements(node)
    }

    fn elements(&self, node: &Node) -> Vec<NodeId> {
        let mut parts = Vec::new();
        for &kid in &node.kids {
            match self.node(kid).kind {
                Kind::Seq => parts.extend(self.parts(kid)),
                Kind::Token => {}
                _ => parts.push(kid),
            }
        }
        parts
    }

    fn positional(&self, args: NodeId) -> Vec<NodeId> {
        let mut parts = self.parts(args);
        parts.retain(|p| !matches!(self.node(*p).kind, Kind::Keyword | Kind::DoubleStar));
        parts
    }

    fn last_item(&self, id: NodeId) -> &Node {
        let node = self.node(id);
        node.kids.last().map_or(node, |k| self.node(*k))
    }

    fn target(&self, id: NodeId, purpose: &str) -> Option<Box<SyntaxError>> {
        let bad = self.node(self.invalid_target(id, purpose)?);
        let verb = if purpose == "delete" {
            "delete"
        } else {
            "assign to"
        };
        let msg = format!("cannot {verb} {}", expr_name(bad.kind));
        Some(self.error_at(bad.start, bad.end, msg))
    }

    /// The part of an expression that cannot be a target.
    fn invalid_target(&self, id: NodeId, purpose: &str) -> Option<NodeId> {
        let node = self.node(id);
        match node.kind {
            Kind::List | Kind::Tuple => self
                .elements(node)
                .into_iter()
                .find_map(|e| self.invalid_target(e, purpose)),
            Kind::Starred if purpose != "delete" => self
                .elements(node)
                .into_iter()
                .find_map(|e| self.invalid_target(e, purpose)),
            // `a in b` after `for` reads as a comparison.
            Kind::Compare if purpose == "for" => {
                let (&left, rest) = node.kids.split_first()?;
                let pair = self.node(*self.node(*rest.first()?).kids.first()?);
                let is_in = pair.kind == Kind::InPair;
                if is_in {
                    self.invalid_target(left, purpose)
                } else {
                    None
                }
            }
            Kind::Name | Kind::Subscript | Kind::Attribute => None,
            _ => Some(id),
        }
    }

    // ---- Places

    /// An error at the last token read.
    pub(super) fn error_here(&self, msg: &str) -> Box<SyntaxError> {
        let last = self.fill.checked_sub(1).map(|last| self.tokens[last]);
        let Some(token) = last.filter(|t| !self.is_placeless(*t)) else {
            // Where the lexer stands: behind the indentation, or behind the last line.
            let stop = last.map_or(0, |t| t.end);
            let mut error = self.error_at_end(msg);
            let line = error.lineno.max(1) as u32;
            if (stop as usize) < self.source.text().len() {
                let here = self.source.error_position(stop);
                error.lineno = here.line as i32;
                error.offset = here.column as i32;
                error.text = Some(self.line(here.line));
            } else {
                // A script is read line by line, so that nothing is left of the last one.
                error.offset = if self.source.is_streamed() {
                    0
                } else {
                    let line = self.line(line);
                    self.source.error_offset(&line, line.len() as u32) - 1
                };
            }
            error.end_lineno = error.lineno;
            error.end_offset = -1;
            return error;
        };
        self.error_at_token(token, msg)
    }

    /// True for tokens that have a line but no column.
    fn is_placeless(&self, token: Token) -> bool {
        match token.kind {
            Tok::Indent | Tok::Dedent | Tok::EndMarker => true,
            Tok::Newline => self.mode == Mode::Single && token.start == token.end,
            _ => false,
        }
    }

    /// An error at a token.
    pub(super) fn error_at_token(&self, token: Token, msg: &str) -> Box<SyntaxError> {
        if self.is_placeless(token) && token.start as usize >= self.source.text().len() {
            return self.error_at_end(msg);
        }
        let mut error = self.error_at(token.start, token.end, msg);
        if token.kind == Tok::Newline {
            // A newline is a character wide; a comment before it is a part of it.
            let end = self.source.error_position(self.newline_offset(token));
            error.end_lineno = error.lineno;
            error.end_offset = end.column as i32 + 2;
        }
        error
    }

    /// Where the newline of a NEWLINE token stands or should stand.
    fn newline_offset(&self, token: Token) -> u32 {
        token.end - u32::from(self.source.slice(token.range()).ends_with('\n'))
    }

    /// An error at the end of the text, in its last line.
    fn error_at_end(&self, msg: &str) -> Box<SyntaxError> {
        let line = self.source.last_line();
        Box::new(SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: msg.into(),
            lineno: line as i32,
            offset: 0,
            end_lineno: line as i32,
            end_offset: 0,
            text: Some(if line == 0 {
                String::new()
            } else {
                self.line(line)
            }),
        })
    }

    /// An error at a range.
    pub(super) fn error_at(
        &self,
        start: u32,
        end: u32,
        msg: impl Into<String>,
    ) -> Box<SyntaxError> {
        let first = self.source.position(start);
        let last = self.source.position(end);
        let text = self.line(first.line);
        Box::new(SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: msg.into(),
            lineno: first.line as i32,
            offset: self.source.error_offset(&text, first.column),
            end_lineno: last.line as i32,
            end_offset: self.source.error_offset(&text, last.column),
            text: Some(text),
        })
    }

    /// An error from a place to where the lexer stands.
    fn error_from(&self, start: u32, msg: String) -> Box<SyntaxError> {
        let mut error = self.error_at(start, start, msg);
        if let Some(last) = self.fill.checked_sub(1).map(|last| self.tokens[last]) {
            let newline = last.kind == Tok::Newline;
            let end = if newline {
                self.newline_offset(last)
            } else {
                last.end
            };
            let end = self.source.error_position(end);
            error.end_lineno = end.line as i32;
            error.end_offset = end.column as i32 + i32::from(newline);
        }
        error
    }

    fn indentation(&self, mut error: Box<SyntaxError>) -> Box<SyntaxError> {
        error.kind = SyntaxErrorKind::Indentation;
        error
    }

    /// The text of a line as CPython finds it: from the lexer's buffer, with newline, if that is
    /// at this line, else from the source, without.
    fn line(&self, line: u32) -> String {
        let last = self
            .fill
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        let reached = last.map_or(1, |token| {
            let newline = token.kind == Tok::Newline;
            let end = if newline { token.start } else { token.end };
            self.source.position(end).line.min(self.source.last_line())
        });
        if reached > line {
            return self
                .source
                .line_text(line)
                .trim_end_matches('\n')
                .to_owned();
        }
        buffered_line(self.source, self.mode, self.tokens, line)
    }
}

/// How messages call an expression.
fn expr_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Attribute => "attribute",
        Kind::Subscript => "subscript",
        Kind::Starred => "starred",
        Kind::Name => "name",
        Kind::List => "list",
        Kind::Tuple => "tuple",
        Kind::Lambda => "lambda",
        Kind::Call => "function call",
        Kind::BoolOp | Kind::BinOp | Kind::UnaryOp => "expression",
        Kind::GeneratorExp => "generator expression",
        Kind::Yield => "yield expression",
        Kind::Await => "await expression",
        Kind::ListComp => "list comprehension",
        Kind::SetComp => "set comprehension",
        Kind::DictComp => "dict comprehension",
        Kind::Dict => "dict literal",
        Kind::Set => "set display",
        Kind::JoinedStr => "f-string expression",
        Kind::Constant => "literal",
        Kind::True => "True",
        Kind::False => "False",
        Kind::None => "None",
        Kind::Ellipsis => "ellipsis",
        Kind::Compare => "comparison",
        Kind::IfExp => "conditional expression",
        Kind::NamedExpr => "named expression",
        Kind::Token | Kind::Seq | Kind::InPair | Kind::Arg | Kind::Keyword | Kind::DoubleStar => {
            "expression"
        }
    }
}
