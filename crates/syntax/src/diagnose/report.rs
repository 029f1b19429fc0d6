//! The errors that the rules of errors.peg raise: checks, wording, places.

use super::peg::{Labels, Node, NodeId, Peg};
use super::rules::Kind;
use crate::ast::Range;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::lexer::LexError;
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
                    Some(self.error_at(token.start, token.end, message))
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
                error.offset = self.source.char_position(first.end).column as i32;
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
        match self.fill.checked_sub(1) {
            Some(last) => self.error_at_token(self.tokens[last], msg),
            None => self.error_at(0, 0, msg),
        }
    }

    /// An error at a token.  INDENT and DEDENT have no place: the end of what the lexer has read.
    pub(super) fn error_at_token(&self, token: Token, msg: &str) -> Box<SyntaxError> {
        let mut error = self.error_at(token.start, token.end, msg);
        if matches!(token.kind, Tok::Indent | Tok::Dedent) {
            let here = self.source.char_position(token.end);
            error.lineno = here.line as i32;
            error.offset = here.column as i32;
            error.end_lineno = error.lineno;
            error.end_offset = -1;
            error.text = Some(self.line(here.line));
        }
        error
    }

    /// An error at a range.
    pub(super) fn error_at(
        &self,
        start: u32,
        end: u32,
        msg: impl Into<String>,
    ) -> Box<SyntaxError> {
        let first = self.source.char_position(start);
        let last = self.source.char_position(end);
        Box::new(SyntaxError {
            kind: SyntaxErrorKind::Syntax,
            msg: msg.into(),
            lineno: first.line as i32,
            offset: first.column as i32 + 1,
            end_lineno: last.line as i32,
            end_offset: last.column as i32 + 1,
            text: Some(self.line(first.line)),
        })
    }

    /// An error from a place to where the lexer stands.
    fn error_from(&self, start: u32, msg: String) -> Box<SyntaxError> {
        let end = self
            .fill
            .checked_sub(1)
            .map_or(start, |last| self.tokens[last].end);
        let mut error = self.error_at(start, end, msg);
        error.end_offset -= 1;
        error
    }

    fn indentation(&self, mut error: Box<SyntaxError>) -> Box<SyntaxError> {
        error.kind = SyntaxErrorKind::Indentation;
        error
    }

    /// The lexer's error; that it reached the end is reported at the last token.
    pub(super) fn lexer_error(&self, error: &LexError) -> Box<SyntaxError> {
        if error.error.msg == "unexpected EOF while parsing" {
            return self.error_here(&error.error.msg);
        }
        error.error.clone()
    }

    /// The text of a line as CPython finds it: from the lexer's buffer, with newline, if that is
    /// at this line, else from the source, without.
    fn line(&self, line: u32) -> String {
        let reached = match self
            .fill
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
        {
            Some(token) => self.source.position(token.end).line,
            None => 1,
        };
        if reached > line {
            return self
                .source
                .line_text(line)
                .trim_end_matches('\n')
                .to_owned();
        }
        crate::lexer::full_line(self.source, self.mode, line)
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
