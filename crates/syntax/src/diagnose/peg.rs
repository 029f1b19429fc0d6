//! Reads tokens by the rules of errors.peg, with CPython's order of trying and its limits.
//!
//! Values are small nodes in an arena: enough of a tree to name and check expressions.  A rule
//! that has been tried at a token is not tried again there: a table per token remembers.

use super::rules::{Alt, Item, Kind, Rule, Rules, Yield};
use crate::Mode;
use crate::ast::Range;
use crate::error::SyntaxError;
use crate::lexer::Lexed;
use crate::parser::depth::too_complex;
use crate::parser::literal_error;
use crate::source::Source;
use crate::token::{Tok, Token};
use std::num::NonZeroU32;

/// How deep CPython's parser recurses.
const MAX_LEVEL: usize = 6000;

/// A value of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(NonZeroU32);

/// The value of what was absent: the first node.
const ABSENT: NodeId = NodeId(NonZeroU32::MIN);

#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
    pub kids: Box<[NodeId]>,
}

/// What a rule gave at a token.
struct Memo {
    rule: u16,
    /// How the rule was called, unless it has one memory for both ways.
    invalid: bool,
    result: Option<NodeId>,
    mark: u32,
}

/// The labelled values of an alternative.
#[derive(Clone, Copy, Default)]
pub(super) struct Labels {
    pub a: Option<NodeId>,
    pub b: Option<NodeId>,
}

pub(super) struct Peg<'s> {
    pub source: &'s Source,
    pub mode: Mode,
    pub tokens: &'s [Token],
    /// How many brackets are open behind each token.
    pub levels: Vec<u32>,
    lexed: &'s Lexed,
    rules: &'static Rules,
    pub mark: usize,
    /// How many tokens have been read.
    pub fill: usize,
    level: usize,
    /// The `invalid_` rules are used.
    invalid: bool,
    memo: Vec<Vec<Memo>>,
    nodes: Vec<Node>,
    pub error: Option<Box<SyntaxError>>,
    /// The error is the lexer's.
    pub lexer_failed: bool,
}

impl<'s> Peg<'s> {
    /// A reader of the tokens from `first` on.
    pub(super) fn new(source: &'s Source, mode: Mode, lexed: &'s Lexed, first: usize) -> Self {
        let tokens = &lexed.tokens[first..];
        let absent = Node {
            kind: Kind::Seq,
            start: 0,
            end: 0,
            kids: Box::default(),
        };
        Peg {
            source,
            mode,
            tokens,
            levels: levels(tokens),
            lexed,
            rules: Rules::get(),
            mark: 0,
            fill: 0,
            level: 0,
            invalid: false,
            memo: Vec::new(),
            nodes: vec![absent],
            error: None,
            lexer_failed: false,
        }
    }

    /// Reads the whole text once; the second pass looks for known mistakes.
    pub(super) fn pass(&mut self, start: &str, invalid: bool) -> bool {
        self.mark = 0;
        self.invalid = invalid;
        self.memo.clear();
        self.rule(self.rules.rule(start)).is_some()
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0.get() as usize - 1]
    }

    fn add(&mut self, kind: Kind, start: u32, end: u32, kids: Vec<NodeId>) -> NodeId {
        self.nodes.push(Node {
            kind,
            start,
            end,
            kids: kids.into(),
        });
        // Statements that are read again are too short for this number to wrap.
        NodeId(NonZeroU32::new(self.nodes.len() as u32).unwrap_or(NonZeroU32::MIN))
    }

    /// The token at the mark, which counts as read from now on.
    fn token(&mut self) -> Option<Token> {
        match self.tokens.get(self.mark) {
            Some(token) => {
                self.fill = self.fill.max(self.mark + 1);
                Some(*token)
            }
            None => {
                if self.error.is_none() {
                    self.lexer_failed = true;
                    self.error = Some(match &self.lexed.error {
                        Some(error) => error.error.clone(),
                        None => self.error_here("invalid syntax"),
                    });
                }
                None
            }
        }
    }

    fn text(&self, token: Token) -> &'s str {
        self.source.slice(token.range())
    }

    fn rule(&mut self, number: usize) -> Option<NodeId> {
        let rules = self.rules;
        let rule = &rules.rules[number];
        if self.error.is_some() {
            return None;
        }
        if self.level >= MAX_LEVEL {
            self.error = Some(too_complex());
            return None;
        }
        let start = self.mark;
        if let Some(memo) = self.remembered(number, rule, start) {
            let (result, mark) = (memo.result, memo.mark as usize);
            self.mark = mark;
            return result;
        }
        self.level += 1;
        let outer = self.invalid;
        self.invalid &= !rule.plain;
        let result = if rule.left {
            self.grow(number, rule)
        } else {
            self.alts(&rule.alts)
        };
        self.invalid = outer;
        self.level -= 1;
        if !rule.left && !rule.fresh {
            self.remember(number, rule, start, result, self.mark);
        }
        result
    }

    /// A left-recursive rule: begins with failure and extends the match while it gets longer.
    fn grow(&mut self, number: usize, rule: &'static Rule) -> Option<NodeId> {
        let start = self.mark;
        let mut best = (None, start);
        loop {
            self.remember(number, rule, start, best.0, best.1);
            self.mark = start;
            let result = self.alts(&rule.alts);
            if self.error.is_some() {
                return None;
            }
            if result.is_none() || self.mark <= best.1 {
                break;
            }
            best = (result, self.mark);
        }
        self.mark = best.1;
        best.0
    }

    fn remembered(&self, number: usize, rule: &Rule, at: usize) -> Option<&Memo> {
        let shared = rule.memo || rule.left;
        let entries = self.memo.get(at)?;
        entries
            .iter()
            .find(|m| usize::from(m.rule) == number && (shared || m.invalid == self.invalid))
    }

    fn remember(
        &mut self,
        number: usize,
        rule: &Rule,
        at: usize,
        result: Option<NodeId>,
        mark: usize,
    ) {
        if self.memo.len() <= at {
            self.memo.resize_with(at + 1, Vec::new);
        }
        let shared = rule.memo || rule.left;
        let invalid = self.invalid;
        let entries = &mut self.memo[at];
        match entries
            .iter_mut()
            .find(|m| usize::from(m.rule) == number && (shared || m.invalid == invalid))
        {
            Some(memo) => (memo.result, memo.mark) = (result, mark as u32),
            None => entries.push(Memo {
                rule: number as u16,
                invalid,
                result,
                mark: mark as u32,
            }),
        }
    }

    fn alts(&mut self, alts: &'static [Alt]) -> Option<NodeId> {
        let start = self.mark;
        for alt in alts {
            if alt.invalid && !self.invalid {
                continue;
            }
            self.mark = start;
            let mut cut = false;
            if let Some(values) = self.sequence(alt, &mut cut) {
                return self.value(alt, values, start);
            }
            if self.error.is_some() || cut {
                return None;
            }
        }
        self.mark = start;
        None
    }

    fn sequence(&mut self, alt: &'static Alt, cut: &mut bool) -> Option<(Vec<NodeId>, Labels)> {
        let mut values = Vec::new();
        let mut labels = Labels::default();
        for (label, item) in &alt.items {
            if matches!(item, Item::Cut) {
                *cut = true;
                continue;
            }
            let value = self.item(item)?;
            match label {
                b'a' => labels.a = Some(value),
                b'b' => labels.b = Some(value),
                _ => {}
            }
            if !matches!(item, Item::Look(..)) && value != ABSENT {
                values.push(value);
            }
        }
        Some((values, labels))
    }

    /// What a matched alternative yields; an action that finds nothing wrong fails the rule.
    fn value(
        &mut self,
        alt: &'static Alt,
        (values, labels): (Vec<NodeId>, Labels),
        start: usize,
    ) -> Option<NodeId> {
        match alt.result {
            Yield::Label(b'a') => labels.a,
            Yield::Label(_) => labels.b,
            Yield::Values if values.len() == 1 => Some(values[0]),
            Yield::Values => Some(self.make(Kind::Seq, values, start)),
            Yield::Node(kind) => Some(self.make(kind, values, start)),
            Yield::Action("strings", _) => {
                let kids = &self.node(*values.first()?).kids;
                let mut bytes = kids.iter().map(|k| self.is_bytes(*k));
                let first = bytes.next();
                if bytes.any(|b| Some(b) != first) {
                    self.error = Some(self.error_here("cannot mix bytes and nonbytes literals"));
                    return None;
                }
                let formatted = |id: &NodeId| self.node(*id).kind == Kind::JoinedStr;
                let formatted = formatted(&values[0]) || kids.iter().any(formatted);
                let kind = if formatted {
                    Kind::JoinedStr
                } else {
                    Kind::Constant
                };
                Some(self.make(kind, Vec::new(), start))
            }
            Yield::Action(part @ ("real" | "imaginary"), message) => {
                let number = self.node(labels.a?);
                let (start, end) = (number.start, number.end);
                let unit = self
                    .source
                    .slice(Range::new(start, end))
                    .ends_with(['j', 'J']);
                if unit != (part == "imaginary") {
                    self.error = Some(self.error_at(start, end, message));
                    return None;
                }
                labels.a
            }
            Yield::Action(action, message) => {
                self.error = self.report(action, message, labels);
                None
            }
        }
    }

    /// A node from the token at `start` to the last visible token before the mark.
    fn make(&mut self, kind: Kind, kids: Vec<NodeId>, start: usize) -> NodeId {
        let first = self.tokens.get(start).map_or(0, |t| t.start);
        let visible = |t: &&Token| {
            !matches!(
                t.kind,
                Tok::Newline | Tok::Indent | Tok::Dedent | Tok::EndMarker
            )
        };
        let last = self.tokens[..self.mark]
            .iter()
            .rev()
            .find(visible)
            .map_or(first, |t| t.end);
        self.add(kind, first, last.max(first), kids)
    }

    fn item(&mut self, item: &'static Item) -> Option<NodeId> {
        match item {
            Item::Tok(kind) => self.expect(|t, _| t.kind == *kind),
            Item::Number => {
                self.expect(|t, _| matches!(t.kind, Tok::Int | Tok::Float | Tok::Imaginary))
            }
            Item::Soft(text) => self.expect(|t, s| t.kind == Tok::Name && s == *text),
            // CPython compares only as many letters as the name has.
            Item::AnySoft => self.expect(|t, s| {
                t.kind == Tok::Name
                    && ["_", "case", "match", "type"]
                        .iter()
                        .any(|word| word.starts_with(s))
            }),
            Item::Rule(number) => self.rule(*number),
            Item::Group(alts) => self.nested(|p| p.alts(alts)),
            Item::Opt(item) => {
                let start = self.mark;
                let value = self.item(item);
                if self.error.is_some() {
                    return None;
                }
                if value.is_none() {
                    self.mark = start;
                }
                Some(value.unwrap_or(ABSENT))
            }
            Item::Repeat(item, some) => self.nested(|p| p.repeat(item, *some)),
            Item::List(separator, item) => self.nested(|p| p.list(*separator, item)),
            Item::Look(item, positive) => {
                let start = self.mark;
                let found = self.item(item).is_some();
                self.mark = start;
                (self.error.is_none() && found == *positive).then_some(ABSENT)
            }
            Item::Cut => Some(ABSENT),
            Item::Force(kind) => {
                let token = self.token()?;
                if token.kind != *kind {
                    let msg = format!("expected '{}'", kind.spelling());
                    self.error = Some(self.error_at_token(token, &msg));
                    return None;
                }
                self.item_token(token)
            }
        }
    }

    fn is_bytes(&self, literal: NodeId) -> bool {
        let node = self.node(literal);
        let text = self.source.slice(Range::new(node.start, node.end));
        text.bytes()
            .take_while(u8::is_ascii_alphabetic)
            .any(|b| matches!(b, b'b' | b'B'))
    }

    /// Groups and loops are functions of their own in CPython's parser and count as levels.
    fn nested(&mut self, f: impl FnOnce(&mut Self) -> Option<NodeId>) -> Option<NodeId> {
        if self.level >= MAX_LEVEL {
            self.error = Some(too_complex());
            return None;
        }
        self.level += 1;
        let value = f(self);
        self.level -= 1;
        value
    }

    fn expect(&mut self, accept: impl FnOnce(Token, &str) -> bool) -> Option<NodeId> {
        let token = self.token()?;
        if accept(token, self.text(token)) {
            self.item_token(token)
        } else {
            None
        }
    }

    fn item_token(&mut self, token: Token) -> Option<NodeId> {
        self.mark += 1;
        if !self.invalid && matches!(token.kind, Tok::String | Tok::Int) {
            self.error = literal_error(
                self.source,
                self.mode,
                self.lexed.options,
                self.tokens,
                token,
            );
            if self.error.is_some() {
                return None;
            }
        }
        let kind = match token.kind {
            Tok::Name => Kind::Name,
            Tok::Int | Tok::Float | Tok::Imaginary | Tok::String => Kind::Constant,
            _ => Kind::Token,
        };
        Some(self.add(kind, token.start, token.end, Vec::new()))
    }

    fn repeat(&mut self, item: &'static Item, some: bool) -> Option<NodeId> {
        let start = self.mark;
        let mut values = Vec::new();
        loop {
            let before = self.mark;
            match self.item(item) {
                Some(value) if self.mark > before => values.push(value),
                _ => {
                    self.mark = before;
                    break;
                }
            }
        }
        if self.error.is_some() || (some && values.is_empty()) {
            return None;
        }
        Some(if values.is_empty() {
            ABSENT
        } else {
            self.make(Kind::Seq, values, start)
        })
    }

    fn list(&mut self, separator: Tok, item: &'static Item) -> Option<NodeId> {
        let start = self.mark;
        let mut values = vec![self.item(item)?];
        loop {
            let before = self.mark;
            let next = self
                .expect(|t, _| t.kind == separator)
                .and_then(|_| self.item(item));
            match next {
                Some(value) => values.push(value),
                None => {
                    self.mark = before;
                    break;
                }
            }
        }
        if self.error.is_some() {
            return None;
        }
        Some(self.make(Kind::Seq, values, start))
    }
}

/// How many brackets are open behind each token of a statement.
fn levels(tokens: &[Token]) -> Vec<u32> {
    let mut depth = 0u32;
    let level = |token: &Token| {
        match token.kind {
            Tok::LPar | Tok::LSqb | Tok::LBrace => depth += 1,
            Tok::RPar | Tok::RSqb | Tok::RBrace => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    };
    tokens.iter().map(level).collect()
}
