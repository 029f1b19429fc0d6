//! Damages programs: by bytes, by tokens, by splicing pieces of grammar.

/// A small deterministic generator (xorshift).
pub struct Rng(u64);

impl Rng {
    /// A generator; a state of 0 would stay 0.
    pub fn new(seed: u64) -> Self {
        Rng(seed.max(1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit.max(1)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const TOKENS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    ".",
    "=",
    "==",
    ":=",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "@",
    "->",
    "...",
    "<>",
    "!",
    "~",
    "$",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    "f'",
    "f\"",
    "f'''",
    "rb'",
    "\\",
    "\\\n",
    "\n",
    "\n  ",
    "\n\t",
    "\x0c",
    "\r",
    "#",
    "0x",
    "1_",
    "1e",
    "0o8",
    "1.5j",
    "01",
    "é",
    "\u{20AC}",
    "\u{A0}",
    "\u{10FFFF}",
    "\\N{",
    "\\x",
    "\\u12",
    "{{",
    "}}",
    "{x!r:>{y}}",
    "if",
    "elif",
    "else",
    "for",
    "in",
    "not",
    "is",
    "lambda",
    "def",
    "class",
    "return",
    "yield",
    "await",
    "async",
    "with",
    "as",
    "try",
    "except",
    "finally",
    "raise",
    "from",
    "import",
    "del",
    "match",
    "case",
    "type",
    "print",
    "None",
    "x",
    "y",
    "_",
    "1",
    "'a'",
    "b'a'",
];

/// Statements and expressions with holes (`%`) for others.
const SHAPES: &[&str] = &[
    "(%)",
    "[%, %]",
    "{%: %}",
    "{%}",
    "%(%)",
    "%(%, *%, a=%, **%)",
    "% + %",
    "-%",
    "not %",
    "% if % else %",
    "lambda x, *y: %",
    "[% for x in % if %]",
    "f'{%!r:>{%}}'",
    "f\"{%=}\"",
    "% = %\n",
    "if %:\n  %\n",
    "while %: %\n",
    "for x in %:\n  %\nelse:\n  %\n",
    "try:\n  %\nexcept %:\n  %\n",
    "with % as x: %\n",
    "def f(a, /, b=%, *, c=%) -> %:\n  %\n",
    "class C(%, m=%):\n  %\n",
    "match %:\n  case [%, *_]: %\n",
    "del %\n",
    "% += %\n",
    "x: % = %\n",
    "return %\n",
    "(yield %)",
    "await %",
    "@%\n%",
    "%.a[%:%, ...]",
    "(x := %)",
    "*%",
    "type X[T: %] = %\n",
    "% < % == %",
    "% and % or %",
    "x",
    "1",
    "'s'",
    "pass\n",
    "%\n%",
];

/// A damaged copy of a program.
pub fn mutate(rng: &mut Rng, seed: &str) -> String {
    match rng.below(4) {
        0 => bytes(rng, seed),
        1 | 2 => tokens(rng, seed),
        _ => {
            let grown = grow(rng, 6);
            if rng.below(2) == 0 {
                grown
            } else {
                tokens(rng, &grown)
            }
        }
    }
}

fn bytes(rng: &mut Rng, seed: &str) -> String {
    let mut bytes = seed.as_bytes().to_vec();
    for _ in 0..=rng.below(4) {
        let at = rng.below(bytes.len() + 1);
        match rng.below(3) {
            0 if at < bytes.len() => drop(bytes.remove(at)),
            1 if at < bytes.len() => bytes[at] = rng.below(256) as u8,
            _ => bytes.insert(at, rng.below(256) as u8),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn tokens(rng: &mut Rng, seed: &str) -> String {
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = seed;
    while let Some(c) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = if word(c) {
            rest.find(|c| !word(c))
        } else {
            Some(c.len_utf8())
        };
        let (piece, tail) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = tail;
    }
    for _ in 0..=rng.below(4) {
        let at = rng.below(pieces.len() + 1);
        match rng.below(4) {
            0 if at < pieces.len() => drop(pieces.remove(at)),
            1 if at < pieces.len() => pieces[at] = rng.pick(TOKENS),
            2 if at < pieces.len() => {
                let other = rng.below(pieces.len());
                pieces.swap(at, other);
            }
            _ => pieces.insert(at, rng.pick(TOKENS)),
        }
    }
    pieces.concat()
}

/// A program put together from shapes.
fn grow(rng: &mut Rng, depth: usize) -> String {
    let shape = if depth == 0 {
        rng.pick(&["x", "1", "'s'"])
    } else {
        rng.pick(SHAPES)
    };
    let mut out = String::new();
    for (i, piece) in shape.split('%').enumerate() {
        if i > 0 {
            out.push_str(&grow(rng, depth.saturating_sub(1)));
        }
        out.push_str(piece);
    }
    out
}
