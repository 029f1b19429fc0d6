//! With which characters a sequence of nodes can begin.

use super::charset::{Case, CharSet, Rules, partners, upper};
use super::node::{Item, Node, flag};

/// A superset of the characters with which a match can begin.
#[derive(Clone)]
pub(super) struct First {
    pub table: Box<[bool; 256]>,
    /// Characters beyond the table may be among them.
    pub others: bool,
}

impl First {
    fn none() -> First {
        First {
            table: Box::new([false; 256]),
            others: false,
        }
    }

    fn all() -> First {
        First {
            table: Box::new([true; 256]),
            others: true,
        }
    }

    pub fn add(&mut self, other: &First) {
        for (mine, theirs) in self.table.iter_mut().zip(other.table.iter()) {
            *mine |= theirs;
        }
        self.others |= other.others;
    }

    fn add_char(&mut self, c: u32) {
        match self.table.get_mut(c as usize) {
            Some(slot) => *slot = true,
            None => self.others = true,
        }
    }

    fn add_set(&mut self, set: &CharSet) {
        for (mine, theirs) in self.table.iter_mut().zip(set.table.iter()) {
            *mine |= theirs;
        }
        self.others |= set.has_others();
    }

    /// True if nothing is in both.
    pub fn is_disjoint(&self, set: &First) -> bool {
        let both = self
            .table
            .iter()
            .zip(set.table.iter())
            .any(|(a, b)| *a && *b);
        !(both || self.others && set.others)
    }

    /// True if every character is in it.
    pub fn is_all(&self) -> bool {
        self.others && self.table.iter().all(|&b| b)
    }
}

/// The flags inside a group that turns some on and off.
pub(super) fn combine_flags(flags: u32, add: u32, remove: u32) -> u32 {
    let flags = if add & flag::TYPES != 0 {
        flags & !flag::TYPES
    } else {
        flags
    };
    (flags | add) & !remove
}

/// True if a character matches only itself.
pub(super) fn is_exact(c: u32, flags: u32) -> bool {
    let rules = Rules::of(flags);
    match rules.case {
        Case::Exact => true,
        Case::Ascii => !(c < 128 && char::from(c as u8).is_ascii_alphabetic()),
        Case::Unicode => rules.fold(c) == c && upper(c) == c && partners(c).is_empty(),
    }
}

/// The first characters of a sequence, and whether it can match without any.
pub(super) fn first_of(nodes: &[Node], flags: u32) -> (First, bool) {
    let mut first = First::none();
    for node in nodes {
        let (own, empty) = first_of_node(node, flags);
        first.add(&own);
        if !empty {
            return (first, false);
        }
    }
    (first, true)
}

/// The first characters of one node, and whether it can match without any.
pub(super) fn first_of_node(node: &Node, flags: u32) -> (First, bool) {
    let rules = Rules::of(flags);
    let mut first = First::none();
    match node {
        Node::Literal(c) => {
            if is_exact(*c, flags) {
                first.add_char(*c);
            } else {
                first.add_set(&CharSet::new(&[Item::Literal(*c)], false, rules));
            }
            (first, false)
        }
        Node::NotLiteral(c) => {
            first.add_set(&CharSet::new(&[Item::Literal(*c)], true, rules));
            (first, false)
        }
        Node::Any => {
            first = First::all();
            first.table[10] = flags & flag::DOTALL != 0;
            (first, false)
        }
        Node::Set { negated, items } => {
            first.add_set(&CharSet::new(items, *negated, rules));
            (first, false)
        }
        Node::At(_) | Node::Look { .. } => (first, true),
        Node::Repeat { min, max, body, .. } => {
            if *max == 0 {
                return (first, true);
            }
            let (own, empty) = first_of(body, flags);
            (own, empty || *min == 0)
        }
        Node::Branch(branches) => {
            let mut any_empty = false;
            for branch in branches {
                let (own, empty) = first_of(branch, flags);
                first.add(&own);
                any_empty |= empty;
            }
            (first, any_empty)
        }
        Node::Group {
            add, remove, body, ..
        } => first_of(body, combine_flags(flags, *add, *remove)),
        Node::Atomic(body) => first_of(body, flags),
        Node::Reference(_) => (First::all(), true),
        Node::Conditional { yes, no, .. } => {
            let (mut first, mut empty) = first_of(yes, flags);
            match no {
                Some(no) => {
                    let (own, no_empty) = first_of(no, flags);
                    first.add(&own);
                    empty |= no_empty;
                }
                None => empty = true,
            }
            (first, empty)
        }
    }
}
