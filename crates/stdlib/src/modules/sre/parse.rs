//! The parser of patterns: text to nodes, with CPython's errors and warnings.

use std::collections::HashMap;

use runtime::object::Class;
use runtime::object::Ref;
use runtime::{PyResult, Value, Vm};

use super::escape::{in_set, is_digit, outside};
use super::node::{At, Greed, Item, MAX_REPEAT, Node, Width, flag, width};
use super::source::{Source, Token, raise_error, shown};

/// Parentheses cannot be nested deeper.
const MAX_DEPTH: u32 = 400;

/// A parsed pattern.
pub(super) struct Parsed {
    pub nodes: Vec<Node>,
    pub flags: u32,
    /// Numbers of the groups with names, in their order.
    pub names: Vec<(Vec<u32>, u32)>,
    /// Width of each group; the whole is group 0.
    pub widths: Vec<Option<Width>>,
}

/// The state of parsing.
pub(super) struct Parser<'a> {
    pub source: Source<'a>,
    pub(super) flags: u32,
    pub(super) names: Vec<(Vec<u32>, u32)>,
    by_name: HashMap<Vec<u32>, u32>,
    widths: Vec<Option<Width>>,
    /// Groups from this on were opened inside the lookbehind being parsed.
    pub(super) lookbehind_groups: Option<u32>,
    /// Where groups that conditions test by number are first named.
    pub(super) tested: Vec<(u32, usize)>,
    depth: u32,
    warnings: Vec<String>,
}

/// Parses a pattern.
pub(super) fn parse(vm: &Vm, text: &Value, flags: u32) -> PyResult<Parsed> {
    let mut parser = Parser {
        source: Source::new(vm, text)?,
        flags,
        names: Vec::new(),
        by_name: HashMap::new(),
        widths: vec![None],
        lookbehind_groups: None,
        tested: Vec::new(),
        depth: 0,
        warnings: Vec::new(),
    };
    let parsed = parser.parse_whole(text);
    if parser.warnings.is_empty() {
        return parsed;
    }
    // What was suspicious is told even where an error follows, which wins.
    let parsed = parsed.map_err(|raised| vm.take_exception(raised));
    let category: &Ref<Class> = &vm.types.exceptions.future_warning;
    for message in &parser.warnings {
        // Above this stand `_compile` and the function of `re` that was called.
        vm.warn(category, message, 3)?;
    }
    parsed.map_err(|exception| vm.raise_value(exception))
}

impl Parser<'_> {
    fn parse_whole(&mut self, text: &Value) -> PyResult<Parsed> {
        let verbose = self.flags & flag::VERBOSE != 0;
        let nodes = self.alternatives(verbose, true)?;
        self.flags = fix_flags(self.source.vm, self.source.is_text, self.flags)?;
        if self.source.next.is_some() {
            return Err(self.source.error("unbalanced parenthesis", 0));
        }
        for &(group, place) in &self.tested {
            if group >= self.group_count() {
                let message = format!("invalid group reference {group}");
                return Err(raise_error(self.source.vm, &message, Some((text, place))));
            }
        }
        Ok(Parsed {
            nodes,
            flags: self.flags,
            names: std::mem::take(&mut self.names),
            widths: std::mem::take(&mut self.widths),
        })
    }

    /// Number of groups opened so far, the whole included.
    pub(super) fn group_count(&self) -> u32 {
        self.widths.len() as u32
    }

    pub(super) fn is_closed(&self, group: u32) -> bool {
        self.widths.get(group as usize).copied().flatten().is_some()
    }

    pub(super) fn group_named(&self, name: &[u32]) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// Opens a group; its name was checked.
    pub(super) fn open_group(&mut self, name: Option<Vec<u32>>) -> PyResult<u32> {
        let index = self.group_count();
        self.widths.push(None);
        if let Some(name) = name {
            if let Some(known) = self.by_name.get(&name) {
                let message = format!(
                    "redefinition of group name {} as group {index}; was group {known}",
                    self.source.repr(&name)?
                );
                return Err(self.source.error(&message, name.len() + 1));
            }
            self.by_name.insert(name.clone(), index);
            self.names.push((name, index));
        }
        Ok(index)
    }

    pub(super) fn close_group(&mut self, index: u32, body: &[Node]) {
        let found = width(body, &self.widths);
        if let Some(slot) = self.widths.get_mut(index as usize) {
            *slot = Some(found);
        }
    }

    pub(super) fn check_lookbehind_group(&self, group: u32) -> PyResult<()> {
        let Some(first) = self.lookbehind_groups else {
            return Ok(());
        };
        if !self.is_closed(group) {
            return Err(self.source.error("cannot refer to an open group", 0));
        }
        if group >= first {
            let message = "cannot refer to group defined in the same lookbehind subpattern";
            return Err(self.source.error(message, 0));
        }
        Ok(())
    }

    fn warn(&mut self, message: String) {
        self.warnings.push(message);
    }

    /// Alternatives separated by bars.
    pub(super) fn alternatives(
        &mut self,
        mut verbose: bool,
        outermost: bool,
    ) -> PyResult<Vec<Node>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self
                .source
                .vm
                .recursion_error("maximum recursion depth exceeded"));
        }
        let mut branches = Vec::new();
        loop {
            let first = outermost && branches.is_empty();
            branches.push(self.sequence(verbose, first)?);
            if !self.source.take('|')? {
                break;
            }
            if outermost {
                verbose = self.flags & flag::VERBOSE != 0;
            }
        }
        self.depth -= 1;
        Ok(join_branches(branches))
    }

    /// Nodes up to a bar, a closing parenthesis or the end.
    pub(super) fn sequence(&mut self, mut verbose: bool, first: bool) -> PyResult<Vec<Node>> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(token) = self.source.next {
            if token.is('|') || token.is(')') {
                break;
            }
            self.source.get()?;
            if token.escaped.is_some() {
                nodes.push(outside(self, token)?);
                continue;
            }
            let c = shown(token.c);
            if verbose && matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c') {
                continue;
            }
            match c {
                '#' if verbose => {
                    while let Some(token) = self.source.get()? {
                        if token.is('\n') {
                            break;
                        }
                    }
                }
                '[' => nodes.push(self.set()?),
                '?' | '*' | '+' | '{' => self.quantifier(c, &mut nodes)?,
                '.' => nodes.push(Node::Any),
                '(' => self.group(verbose, first, &mut nodes, &mut |now| verbose = now)?,
                '^' => nodes.push(Node::At(At::Beginning)),
                '$' => nodes.push(Node::At(At::End)),
                _ => nodes.push(Node::Literal(token.c)),
            }
        }
        // Groups that neither capture nor change flags only held things together.
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Group {
                    index: None,
                    add: 0,
                    remove: 0,
                    body,
                } => flat.extend(body),
                other => flat.push(other),
            }
        }
        Ok(flat)
    }

    /// A set, behind its opening bracket.
    fn set(&mut self) -> PyResult<Node> {
        let here = self.source.tell() - 1;
        let mut items: Vec<Item> = Vec::new();
        if self.source.next.is_some_and(|token| token.is('[')) {
            let place = self.source.tell();
            self.warn(format!("Possible nested set at position {place}"));
        }
        let negated = self.source.take('^')?;
        let mut empty = true;
        loop {
            let this = self.set_token(here)?;
            if this.is(']') && !empty {
                break;
            }
            let low = match this.escaped {
                Some(_) => in_set(&mut self.source, this)?,
                None => {
                    self.warn_of_operation(this, empty);
                    Item::Literal(this.c)
                }
            };
            empty = false;
            if !self.source.take('-')? {
                push_new(&mut items, low);
                continue;
            }
            let that = self.set_token(here)?;
            if that.is(']') {
                push_new(&mut items, low);
                push_new(&mut items, Item::Literal(u32::from('-')));
                break;
            }
            let high = match that.escaped {
                Some(_) => in_set(&mut self.source, that)?,
                None => {
                    if that.is('-') {
                        let place = self.source.tell() - 2;
                        self.warn(format!("Possible set difference at position {place}"));
                    }
                    Item::Literal(that.c)
                }
            };
            match (low, high) {
                (Item::Literal(low), Item::Literal(high)) if low <= high => {
                    push_new(&mut items, Item::Range(low, high));
                }
                _ => {
                    let length = this.len() + 1 + that.len();
                    let message = format!("bad character range {}-{}", this.text(), that.text());
                    return Err(self.source.error(&message, length));
                }
            }
        }
        Ok(match (items.as_slice(), negated) {
            ([Item::Literal(c)], true) => Node::NotLiteral(*c),
            ([Item::Literal(c)], false) => Node::Literal(*c),
            _ => Node::Set { negated, items },
        })
    }

    fn set_token(&mut self, here: usize) -> PyResult<Token> {
        match self.source.get()? {
            Some(token) => Ok(token),
            None => {
                let offset = self.source.tell() - here;
                Err(self.source.error("unterminated character set", offset))
            }
        }
    }

    fn warn_of_operation(&mut self, this: Token, empty: bool) {
        if empty || self.source.next != Some(this) {
            return;
        }
        let what = match shown(this.c) {
            '-' => "difference",
            '&' => "intersection",
            '~' => "symmetric difference",
            '|' => "union",
            _ => return,
        };
        let place = self.source.tell() - 1;
        self.warn(format!("Possible set {what} at position {place}"));
    }

    /// A quantifier applies to the last node.
    fn quantifier(&mut self, c: char, nodes: &mut Vec<Node>) -> PyResult<()> {
        let here = self.source.tell();
        let (mut min, mut max) = match c {
            '?' => (0, 1),
            '+' => (1, MAX_REPEAT),
            _ => (0, MAX_REPEAT),
        };
        if c == '{' {
            if self.source.next.is_some_and(|token| token.is('}')) {
                nodes.push(Node::Literal(u32::from('{')));
                return Ok(());
            }
            let low = self.source.get_while(usize::MAX, is_digit)?;
            let high = if self.source.take(',')? {
                self.source.get_while(usize::MAX, is_digit)?
            } else {
                low.clone()
            };
            if !self.source.take('}')? {
                nodes.push(Node::Literal(u32::from('{')));
                return self.source.seek(here);
            }
            if !low.is_empty() {
                min = self.count(&low)?;
            }
            if !high.is_empty() {
                max = self.count(&high)?;
                if max < min {
                    let offset = self.source.tell() - here;
                    return Err(self
                        .source
                        .error("min repeat greater than max repeat", offset));
                }
            }
        }
        let offset = self.source.tell() - here + 1;
        let body = match nodes.pop() {
            None | Some(Node::At(_)) => {
                return Err(self.source.error("nothing to repeat", offset));
            }
            Some(Node::Repeat { .. }) => {
                return Err(self.source.error("multiple repeat", offset));
            }
            Some(Node::Group {
                index: None,
                add: 0,
                remove: 0,
                body,
            }) => body,
            Some(node) => vec![node],
        };
        let greed = if self.source.take('?')? {
            Greed::Lazy
        } else if self.source.take('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        nodes.push(Node::Repeat {
            greed,
            min,
            max,
            body,
        });
        Ok(())
    }

    fn count(&self, digits: &str) -> PyResult<u32> {
        match digits.parse::<u32>() {
            Ok(count) if count < MAX_REPEAT => Ok(count),
            _ => Err(self
                .source
                .vm
                .overflow_error("the repetition number is too large")),
        }
    }
}

fn push_new(items: &mut Vec<Item>, item: Item) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// One branch stands for itself; what all branches begin with stands before them; single characters
/// become a set.
fn join_branches(mut branches: Vec<Vec<Node>>) -> Vec<Node> {
    if branches.len() == 1 {
        return branches.pop().unwrap_or_default();
    }
    let common = branches
        .iter()
        .skip(1)
        .fold(branches[0].len(), |common, branch| {
            let same = branches[0].iter().zip(branch).take_while(|(a, b)| a == b);
            same.count().min(common)
        });
    let mut nodes: Vec<Node> = branches[0][..common].to_vec();
    for branch in &mut branches {
        branch.drain(..common);
    }
    let mut items = Vec::new();
    let all_single = branches.iter().all(|branch| match branch.as_slice() {
        [Node::Literal(c)] => {
            push_new(&mut items, Item::Literal(*c));
            true
        }
        [
            Node::Set {
                negated: false,
                items: set,
            },
        ] => {
            set.iter().for_each(|&item| push_new(&mut items, item));
            true
        }
        _ => false,
    });
    nodes.push(if all_single {
        Node::Set {
            negated: false,
            items,
        }
    } else {
        Node::Branch(branches)
    });
    nodes
}

/// Completes a pattern's flags and refuses those that do not go together.
fn fix_flags(vm: &Vm, is_text: bool, mut flags: u32) -> PyResult<u32> {
    if is_text {
        if flags & flag::LOCALE != 0 {
            return Err(vm.value_error("cannot use LOCALE flag with a str pattern"));
        }
        if flags & flag::ASCII == 0 {
            flags |= flag::UNICODE;
        } else if flags & flag::UNICODE != 0 {
            return Err(vm.value_error("ASCII and UNICODE flags are incompatible"));
        }
    } else {
        if flags & flag::UNICODE != 0 {
            return Err(vm.value_error("cannot use UNICODE flag with a bytes pattern"));
        }
        if flags & flag::LOCALE != 0 && flags & flag::ASCII != 0 {
            return Err(vm.value_error("ASCII and LOCALE flags are incompatible"));
        }
    }
    Ok(flags)
}
