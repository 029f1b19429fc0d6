//! grammar/errors.peg as data.
//!
//! The text is a part of this crate, so a mistake in it is a mistake of ours: reading it panics
//! at the first use, which every test of an error is.

use crate::token::Tok;
use std::collections::HashMap;
use std::sync::OnceLock;

/// One thing an alternative wants to see.
#[derive(Debug)]
pub(super) enum Item {
    Tok(Tok),
    /// An integer, float or imaginary literal.
    Number,
    /// A name with this text.
    Soft(&'static str),
    /// Any of the soft keywords.
    AnySoft,
    Rule(usize),
    Group(Vec<Alt>),
    Opt(Box<Item>),
    /// Zero or more; `true`: one or more.
    Repeat(Box<Item>, bool),
    /// One or more with a separator.
    List(Tok, Box<Item>),
    /// `true`: must follow, `false`: must not.
    Look(Box<Item>, bool),
    Cut,
    Force(Tok),
}

/// What an alternative yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Yield {
    /// The only value, or a sequence of the values.
    Values,
    Node(Kind),
    /// The value of a label.
    Label(u8),
    Action(&'static str, &'static str),
}

macro_rules! kinds {
    ($($kind:ident,)*) => {
        /// What a node is, as far as messages and checks care.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// The kind that errors.peg calls so.
            fn named(name: &str) -> Option<Kind> {
                match name {
                    $(stringify!($kind) => Some(Kind::$kind),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    Token,
    Seq,
    Name,
    Constant,
    True,
    False,
    None,
    Ellipsis,
    Attribute,
    Subscript,
    Starred,
    List,
    Tuple,
    Lambda,
    Call,
    BoolOp,
    BinOp,
    UnaryOp,
    Compare,
    InPair,
    IfExp,
    NamedExpr,
    Yield,
    Await,
    GeneratorExp,
    ListComp,
    SetComp,
    DictComp,
    Dict,
    Set,
    JoinedStr,
    Arg,
    Keyword,
    DoubleStar,
}

#[derive(Debug)]
pub(super) struct Alt {
    /// Each with the label of its value (0: none).
    pub items: Vec<(u8, Item)>,
    pub result: Yield,
    /// Is nothing but an `invalid_` rule: only on the second pass.
    pub invalid: bool,
}

#[derive(Debug, Default)]
pub(super) struct Rule {
    pub alts: Vec<Alt>,
    /// One memory for both ways of calling (see [`Rule::plain`]).
    pub memo: bool,
    pub left: bool,
    /// Part of another rule's left recursion: its result changes while that one grows.
    pub fresh: bool,
    /// Its parts are read without the `invalid_` rules.
    pub plain: bool,
}

/// The whole grammar.
#[derive(Debug)]
pub(super) struct Rules {
    pub rules: Vec<Rule>,
    names: HashMap<&'static str, usize>,
}

impl Rules {
    /// The grammar, read at the first use.
    pub(super) fn get() -> &'static Rules {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| Reader::read(include_str!("../../../../grammar/errors.peg")))
    }

    /// The number of a rule.
    pub(super) fn rule(&self, name: &str) -> usize {
        self.names[name]
    }
}

/// Reads the notation described at the head of errors.peg.
struct Reader {
    words: Vec<&'static str>,
    at: usize,
    names: HashMap<&'static str, usize>,
}

impl Reader {
    fn read(text: &'static str) -> Rules {
        let mut words = Vec::new();
        let mut names = HashMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let first = words.len();
            split(line, &mut words);
            // A rule begins at the margin; a mark keeps its head apart from the rule before.
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                names.insert(words[first], names.len());
                words.insert(first, "#");
            }
        }
        let mut reader = Reader {
            words,
            at: 0,
            names,
        };
        let mut rules = Vec::new();
        while reader.at < reader.words.len() {
            rules.push(reader.rule());
        }
        Rules {
            rules,
            names: reader.names,
        }
    }

    fn peek(&self) -> &'static str {
        self.words.get(self.at).copied().unwrap_or("#")
    }

    fn next(&mut self) -> &'static str {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.at += usize::from(found);
        found
    }

    fn rule(&mut self) -> Rule {
        assert!(self.eat("#"));
        self.next();
        let mut rule = Rule::default();
        loop {
            match self.next() {
                "memo" => rule.memo = true,
                "left" => rule.left = true,
                "fresh" => rule.fresh = true,
                "plain" => rule.plain = true,
                ":" => break,
                other => panic!("errors.peg: unknown flag {other}"),
            }
        }
        self.eat("|");
        rule.alts = self.alts();
        rule
    }

    fn alts(&mut self) -> Vec<Alt> {
        let mut alts = vec![self.alt()];
        while self.eat("|") {
            alts.push(self.alt());
        }
        alts
    }

    fn alt(&mut self) -> Alt {
        let mut alt = Alt {
            items: Vec::new(),
            result: Yield::Values,
            invalid: false,
        };
        loop {
            match self.peek() {
                "|" | ")" | "#" => return alt,
                "{" => {
                    self.next();
                    alt.result = if self.eat("=") {
                        Yield::Label(self.next().as_bytes()[0])
                    } else {
                        Yield::Node(kind(self.next()))
                    };
                    assert!(self.eat("}"));
                }
                "@" => {
                    self.next();
                    alt.result = self.action();
                }
                _ => {
                    let label = match self.words.get(self.at + 1) {
                        Some(&"=") => {
                            let label = self.next().as_bytes()[0];
                            self.next();
                            label
                        }
                        _ => 0,
                    };
                    // Longer alternatives count on both passes, as in CPython.
                    alt.invalid = alt.items.is_empty() && self.peek().starts_with("invalid_");
                    let item = self.item();
                    alt.items.push((label, item));
                }
            }
        }
    }

    /// `name(a, b, "message")`: only the message matters, labels have fixed roles.
    fn action(&mut self) -> Yield {
        let name = self.next();
        let mut message = "";
        assert!(self.eat("("));
        while !self.eat(")") {
            let word = self.next();
            if let Some(text) = word.strip_prefix('"') {
                message = text.strip_suffix('"').unwrap_or(text);
            }
        }
        Yield::Action(name, message)
    }

    fn item(&mut self) -> Item {
        match self.peek() {
            "&" | "!" => {
                let positive = self.next() == "&";
                return Item::Look(Box::new(self.item()), positive);
            }
            "&&" => {
                self.next();
                return Item::Force(token(self.next()));
            }
            "~" => {
                self.next();
                return Item::Cut;
            }
            _ => {}
        }
        let item = self.atom();
        match self.peek() {
            "?" => {
                self.next();
                Item::Opt(Box::new(item))
            }
            "*" | "+" => {
                let some = self.next() == "+";
                Item::Repeat(Box::new(item), some)
            }
            "." => {
                self.next();
                let Item::Tok(separator) = item else {
                    panic!("errors.peg: bad separator")
                };
                let element = self.atom();
                assert!(self.eat("+"));
                Item::List(separator, Box::new(element))
            }
            _ => item,
        }
    }

    fn atom(&mut self) -> Item {
        let word = self.next();
        if word == "(" {
            let alts = self.alts();
            assert!(self.eat(")"));
            return Item::Group(alts);
        }
        if word.starts_with('\'') {
            return Item::Tok(token(word));
        }
        if let Some(text) = word.strip_prefix('"') {
            return Item::Soft(text.strip_suffix('"').unwrap_or(text));
        }
        match word {
            "NAME" => Item::Tok(Tok::Name),
            "NUMBER" => Item::Number,
            "STRING" => Item::Tok(Tok::String),
            "FSTRING_START" => Item::Tok(Tok::FStringStart),
            "FSTRING_MIDDLE" => Item::Tok(Tok::FStringMiddle),
            "FSTRING_END" => Item::Tok(Tok::FStringEnd),
            "NEWLINE" => Item::Tok(Tok::Newline),
            "INDENT" => Item::Tok(Tok::Indent),
            "DEDENT" => Item::Tok(Tok::Dedent),
            "ENDMARKER" => Item::Tok(Tok::EndMarker),
            "SOFT_KEYWORD" => Item::AnySoft,
            rule => match self.names.get(rule) {
                Some(number) => Item::Rule(*number),
                None => panic!("errors.peg: no rule {rule}"),
            },
        }
    }
}

/// Splits a line into names, quoted pieces and signs.
fn split(line: &'static str, words: &mut Vec<&'static str>) {
    let mut rest = line.trim_start();
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '\'' => rest[1..].find('\'').map_or(rest.len(), |i| i + 2),
            '"' => {
                let mut escaped = false;
                let end = rest[1..].find(|c| {
                    let end = c == '"' && !escaped;
                    escaped = c == '\\';
                    end
                });
                end.map_or(rest.len(), |i| i + 2)
            }
            '&' if rest.starts_with("&&") => 2,
            c if c.is_ascii_alphanumeric() || c == '_' => rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len()),
            _ => 1,
        };
        words.push(&rest[..len]);
        rest = rest[len..].trim_start();
    }
}

fn token(quoted: &str) -> Tok {
    let text = quoted.trim_matches('\'');
    (0..=Tok::Yield as u8)
        .filter_map(Tok::from_number)
        .find(|t| t.spelling() == text)
        .unwrap_or_else(|| panic!("errors.peg: no token {text}"))
}

fn kind(name: &str) -> Kind {
    Kind::named(name).unwrap_or_else(|| panic!("errors.peg: no kind {name}"))
}
