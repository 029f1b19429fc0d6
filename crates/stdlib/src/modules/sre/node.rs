//! What a parsed pattern is: a sequence of nodes.

/// Most repetitions that can be asked for; stands for "any number".
pub(super) const MAX_REPEAT: u32 = u32::MAX;
/// More groups than this cannot be.
pub(super) const MAX_GROUPS: u32 = 1_073_741_823;

/// Bits of a pattern's flags.
pub(super) mod flag {
    pub const TEMPLATE: u32 = 1;
    pub const IGNORECASE: u32 = 2;
    pub const LOCALE: u32 = 4;
    pub const MULTILINE: u32 = 8;
    pub const DOTALL: u32 = 16;
    pub const UNICODE: u32 = 32;
    pub const VERBOSE: u32 = 64;
    pub const DEBUG: u32 = 128;
    pub const ASCII: u32 = 256;
    /// Of these an expression has one.
    pub const TYPES: u32 = ASCII | LOCALE | UNICODE;
    /// These hold for the whole expression.
    pub const GLOBAL: u32 = DEBUG | TEMPLATE;
}

/// `\d` and the like; which characters belong depends on the flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    Digit,
    NotDigit,
    Space,
    NotSpace,
    Word,
    NotWord,
}

/// A member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Literal(u32),
    Range(u32, u32),
    Category(Category),
}

/// A condition on a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// `^`
    Beginning,
    /// `\A`
    BeginningOfString,
    /// `$`
    End,
    /// `\Z`
    EndOfString,
    /// `\b`
    Boundary,
    /// `\B`
    NotBoundary,
}

/// How a repetition prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Literal(u32),
    NotLiteral(u32),
    /// `.`
    Any,
    Set {
        negated: bool,
        items: Vec<Item>,
    },
    At(At),
    Repeat {
        greed: Greed,
        min: u32,
        max: u32,
        body: Vec<Node>,
    },
    Branch(Vec<Vec<Node>>),
    /// A group in parentheses, perhaps with a number, perhaps with flags turned on and off.
    Group {
        index: Option<u32>,
        add: u32,
        remove: u32,
        body: Vec<Node>,
    },
    Atomic(Vec<Node>),
    Look {
        ahead: bool,
        negated: bool,
        body: Vec<Node>,
    },
    Reference(u32),
    /// `(?(1)yes|no)`
    Conditional {
        group: u32,
        yes: Vec<Node>,
        no: Option<Vec<Node>>,
    },
}

/// The shortest and the longest text a sequence can match.
pub(super) type Width = (u64, u64);

/// Stands for a width without bound.
const UNBOUNDED: u64 = u64::MAX;

/// The width of a sequence; `groups` has that of each closed group.
pub(super) fn width(nodes: &[Node], groups: &[Option<Width>]) -> Width {
    let (mut low, mut high) = (0u64, 0u64);
    for node in nodes {
        let (l, h) = node_width(node, groups);
        low = low.saturating_add(l);
        high = high.saturating_add(h);
    }
    (low, high)
}

fn node_width(node: &Node, groups: &[Option<Width>]) -> Width {
    match node {
        Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::Set { .. } => (1, 1),
        Node::At(_) | Node::Look { .. } => (0, 0),
        Node::Repeat { min, max, body, .. } => {
            let (low, high) = width(body, groups);
            let top = match *max {
                MAX_REPEAT => UNBOUNDED,
                max => u64::from(max),
            };
            (
                low.saturating_mul(u64::from(*min)),
                high.saturating_mul(top),
            )
        }
        Node::Branch(branches) => {
            let widths = branches.iter().map(|branch| width(branch, groups));
            widths
                .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
                .unwrap_or((0, 0))
        }
        Node::Group { body, .. } | Node::Atomic(body) => width(body, groups),
        Node::Reference(group) => groups
            .get(*group as usize)
            .copied()
            .flatten()
            .unwrap_or((0, UNBOUNDED)),
        Node::Conditional { yes, no, .. } => {
            let yes = width(yes, groups);
            match no {
                Some(no) => {
                    let no = width(no, groups);
                    (yes.0.min(no.0), yes.1.max(no.1))
                }
                None => (0, yes.1),
            }
        }
    }
}
