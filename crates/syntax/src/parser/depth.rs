//! How deep the tree of the tokens read so far would be.
//!
//! The parser itself keeps its stack on the heap, but the passes that follow (and the freeing of
//! the tree) recurse.  So the depth is bounded before nodes are built, from the tokens alone: per
//! open bracket and per precedence level it counts the operators that nest in each other.  The
//! limits are CPython's.

use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::token::Tok;

/// The deepest tree that CPython compiles.
const MAX_DEPTH: u32 = 2994;

/// Below this many operators in a statement nothing can be too deep.
const QUIET: u32 = 2000;

/// Precedence levels, loosest first: conditional and lambda, `or`, `and`, `not`, comparison,
/// `|`, `^`, `&`, shifts, sum, term; the last one is prefixes, powers and postfixes.
const LEVELS: usize = 12;
const LOOSEST: usize = 0;
const NOT: usize = 3;
const TIGHTEST: usize = LEVELS - 1;

/// The expression being read inside one bracket.
#[derive(Clone, Default)]
struct Nest {
    /// Operators of each level.
    count: [u32; LEVELS],
    /// The deepest finished operand of each level.
    best: [u32; LEVELS],
    /// The deepest finished element.
    elements: u32,
    /// Lambdas whose colon has not come.
    lambdas: u32,
    /// The text of an f-string, whose fields are elements.
    fstring: bool,
}

impl Nest {
    fn depth_from(&self, level: usize) -> u32 {
        (level..LEVELS)
            .rev()
            .fold(0, |inner, l| self.count[l] + inner.max(self.best[l]))
    }

    fn operator(&mut self, level: usize) {
        if level < TIGHTEST {
            let inner = self.depth_from(level + 1);
            self.best[level] = self.best[level].max(inner);
            self.count[level + 1..].fill(0);
            self.best[level + 1..].fill(0);
        }
        // Chains of `or`, `and` and comparisons are one flat node.
        let flat = matches!(level, 1 | 2 | 4);
        self.count[level] = if flat { 1 } else { self.count[level] + 1 };
    }

    fn element(&mut self) {
        if self.lambdas == 0 {
            self.elements = self.total();
            self.count = [0; LEVELS];
            self.best = [0; LEVELS];
        }
    }

    fn total(&self) -> u32 {
        self.elements.max(self.depth_from(LOOSEST))
    }
}

/// The nesting of brackets and blocks.
#[derive(Default)]
pub(super) struct Depth {
    outer: Nest,
    nests: Vec<Nest>,
    /// Operators since the start of the line.
    operators: u32,
    /// Those that CPython's parser recurses for.
    prefixes: u32,
    /// For each open block the `elif`s of the statement being read.
    elifs: Vec<u32>,
    top_elifs: u32,
    /// In the patterns of a `case`, where chains of `|` are one flat node.
    patterns: bool,
}

impl Depth {
    /// A logical line ends.
    pub(super) fn line(&mut self) {
        if self.operators > 0 {
            self.outer = Nest::default();
            self.operators = 0;
            self.prefixes = 0;
        }
        self.nests.clear();
        self.patterns = false;
    }

    /// A case block begins.
    pub(super) fn case(&mut self) {
        self.patterns = true;
    }

    /// A block begins.
    pub(super) fn indent(&mut self) {
        self.elifs.push(0);
    }

    /// A block ends.
    pub(super) fn dedent(&mut self) {
        self.elifs.pop();
    }

    /// Any other token than a name.
    pub(super) fn token(&mut self, kind: Tok, previous: Tok) -> Result<(), Box<SyntaxError>> {
        let line_start = matches!(previous, Tok::Newline | Tok::Dedent | Tok::Indent);
        if line_start {
            return self.statement(kind);
        }
        let operand = ends_operand(previous);
        let (level, prefix) = match kind {
            Tok::FStringStart => {
                self.operators += 1;
                self.nests.push(Nest {
                    fstring: true,
                    ..Nest::default()
                });
                return self.check();
            }
            Tok::LPar | Tok::LSqb | Tok::LBrace => {
                self.operators += 1;
                let nest = self.nest();
                if nest.fstring {
                    nest.element();
                }
                nest.operator(TIGHTEST);
                self.nests.push(Nest::default());
                return self.check();
            }
            Tok::RPar | Tok::RSqb | Tok::RBrace | Tok::FStringEnd => {
                if let Some(inner) = self.nests.pop() {
                    let total = inner.total();
                    let outer = self.nest();
                    outer.best[TIGHTEST] = outer.best[TIGHTEST].max(total);
                }
                return Ok(());
            }
            Tok::Comma => {
                self.nest().element();
                return Ok(());
            }
            Tok::Colon => {
                let nest = self.nest();
                nest.lambdas = nest.lambdas.saturating_sub(1);
                self.patterns &= !self.nests.is_empty();
                return Ok(());
            }
            Tok::If => {
                self.patterns = false;
                return Ok(());
            }
            Tok::VBar if self.patterns => return Ok(()),
            Tok::Lambda => {
                self.nest().lambdas += 1;
                (LOOSEST, true)
            }
            Tok::Else => (LOOSEST, true),
            Tok::Yield | Tok::ColonEqual => (LOOSEST, false),
            Tok::Or => (1, false),
            Tok::And => (2, false),
            Tok::Not if previous == Tok::Is => return Ok(()),
            Tok::Not if !operand => (NOT, true),
            Tok::EqEqual
            | Tok::NotEqual
            | Tok::Less
            | Tok::LessEqual
            | Tok::Greater
            | Tok::GreaterEqual
            | Tok::Is
            | Tok::In => (4, false),
            Tok::VBar => (5, false),
            Tok::Circumflex => (6, false),
            Tok::Amper => (7, false),
            Tok::LeftShift | Tok::RightShift => (8, false),
            Tok::Plus | Tok::Minus if operand => (9, false),
            Tok::Star | Tok::Slash | Tok::DoubleSlash | Tok::Percent | Tok::At if operand => {
                (10, false)
            }
            Tok::DoubleStar | Tok::Plus | Tok::Minus | Tok::Tilde => (TIGHTEST, true),
            Tok::Dot | Tok::Await | Tok::Star => (TIGHTEST, false),
            _ => return Ok(()),
        };
        self.operators += 1;
        self.prefixes += u32::from(prefix);
        self.nest().operator(level);
        self.check()
    }

    /// The first token of a line, if no name.
    fn statement(&mut self, kind: Tok) -> Result<(), Box<SyntaxError>> {
        let elifs = self.elifs.last_mut().unwrap_or(&mut self.top_elifs);
        match kind {
            Tok::Elif => {
                *elifs += 1;
                if *elifs > MAX_DEPTH {
                    return Err(too_complex());
                }
                Ok(())
            }
            Tok::Else => Ok(()),
            _ => {
                *elifs = 0;
                // Not at a line start, the same token counts as an operator or bracket.
                self.token(kind, Tok::Semi)
            }
        }
    }

    fn nest(&mut self) -> &mut Nest {
        self.nests.last_mut().unwrap_or(&mut self.outer)
    }

    fn check(&self) -> Result<(), Box<SyntaxError>> {
        if self.operators < QUIET {
            return Ok(());
        }
        let nests = std::iter::once(&self.outer).chain(&self.nests);
        let depth: u32 = nests.map(|n| n.depth_from(LOOSEST)).sum();
        if depth <= MAX_DEPTH {
            return Ok(());
        }
        Err(if self.prefixes > MAX_DEPTH - 10 {
            too_complex()
        } else {
            Box::new(SyntaxError::unplaced(
                SyntaxErrorKind::Recursion,
                "maximum recursion depth exceeded during compilation",
            ))
        })
    }
}

/// What CPython's parser says when it recurses too deeply.
pub(crate) fn too_complex() -> Box<SyntaxError> {
    Box::new(SyntaxError::unplaced(
        SyntaxErrorKind::Memory,
        "Parser stack overflowed - Python source too complex to parse",
    ))
}

/// True for the tokens after which `-` is a binary operator.
fn ends_operand(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Name
            | Tok::Int
            | Tok::Float
            | Tok::Imaginary
            | Tok::String
            | Tok::FStringEnd
            | Tok::RPar
            | Tok::RSqb
            | Tok::RBrace
            | Tok::Ellipsis
            | Tok::True
            | Tok::False
            | Tok::None
    )
}
