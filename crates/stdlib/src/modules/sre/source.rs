//! Reading a pattern or a template: characters, escaped pairs, names, and errors that tell where.

use runtime::object::{Bytes, Str};
use runtime::{PyResult, Raised, Value, Vm};

/// A character, or a backslash with the character behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub c: u32,
    pub escaped: Option<u32>,
}

impl Token {
    /// How many characters it is long.
    pub fn len(self) -> usize {
        1 + usize::from(self.escaped.is_some())
    }

    /// Its text.
    pub fn text(self) -> String {
        std::iter::once(self.c)
            .chain(self.escaped)
            .map(shown)
            .collect()
    }

    /// True for this one character, not escaped.
    pub fn is(self, c: char) -> bool {
        self.c == u32::from(c) && self.escaped.is_none()
    }
}

/// A code point in a message.
pub(super) fn shown(c: u32) -> char {
    char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// A text that is read token by token.
pub(super) struct Source<'a> {
    pub vm: &'a Vm,
    /// The text as it was given, for errors.
    text: &'a Value,
    /// True for `str`, false for bytes.
    pub is_text: bool,
    chars: Vec<u32>,
    index: usize,
    pub next: Option<Token>,
}

/// Bytes that a character of a pattern takes at the most: itself, its part of the tree and of the program.
const FOR_EACH_CHARACTER: usize = 128;

impl<'a> Source<'a> {
    /// Reads a `str` or bytes.
    pub fn new(vm: &'a Vm, text: &'a Value) -> PyResult<Source<'a>> {
        let (chars, is_text) = match text.payload::<Str>() {
            Some(s) => {
                vm.check_room(s.len().saturating_mul(FOR_EACH_CHARACTER))?;
                (s.iter().collect(), true)
            }
            None => {
                let bytes = match text.payload::<Bytes>() {
                    Some(bytes) => vm.copy_of(bytes)?,
                    None => vm.copied_bytes(text)?,
                };
                vm.check_room(bytes.len().saturating_mul(FOR_EACH_CHARACTER))?;
                (bytes.into_iter().map(u32::from).collect(), false)
            }
        };
        let mut source = Source {
            vm,
            text,
            is_text,
            chars,
            index: 0,
            next: None,
        };
        source.advance()?;
        Ok(source)
    }

    fn advance(&mut self) -> PyResult<()> {
        let Some(&c) = self.chars.get(self.index) else {
            self.next = None;
            return Ok(());
        };
        self.index += 1;
        let mut escaped = None;
        if c == u32::from('\\') {
            let Some(&behind) = self.chars.get(self.index) else {
                let last = self.chars.len() - 1;
                return Err(self.error_at("bad escape (end of pattern)", last));
            };
            self.index += 1;
            escaped = Some(behind);
        }
        self.next = Some(Token { c, escaped });
        Ok(())
    }

    /// Takes the next token if it is this character.
    pub fn take(&mut self, c: char) -> PyResult<bool> {
        let found = self.next.is_some_and(|token| token.is(c));
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    /// Takes the next token.
    pub fn get(&mut self) -> PyResult<Option<Token>> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    /// The next token if it is one character that fits.
    pub fn peek_if(&self, fits: impl Fn(u32) -> bool) -> Option<u32> {
        self.next
            .filter(|token| token.escaped.is_none() && fits(token.c))
            .map(|token| token.c)
    }

    /// Takes at most `count` characters that fit.
    pub fn get_while(&mut self, count: usize, fits: impl Fn(u32) -> bool) -> PyResult<String> {
        let mut text = String::new();
        while text.len() < count
            && let Some(c) = self.peek_if(&fits)
        {
            text.push(shown(c));
            self.advance()?;
        }
        Ok(text)
    }

    /// Takes what lies before `end`, and that too.  `name` says what is missing where it ends early.
    pub fn get_until(&mut self, end: char, name: &str) -> PyResult<Vec<u32>> {
        let mut found = Vec::new();
        loop {
            let token = self.get()?;
            match token {
                None if found.is_empty() => {
                    return Err(self.error(&format!("missing {name}"), 0));
                }
                None => {
                    let message = format!("missing {end}, unterminated name");
                    return Err(self.error(&message, found.len()));
                }
                Some(token) if token.is(end) => {
                    if found.is_empty() {
                        return Err(self.error(&format!("missing {name}"), 1));
                    }
                    return Ok(found);
                }
                Some(token) => {
                    found.push(token.c);
                    found.extend(token.escaped);
                }
            }
        }
    }

    /// Where the next token begins.
    pub fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::len)
    }

    /// Goes back to a place.
    pub fn seek(&mut self, place: usize) -> PyResult<()> {
        self.index = place;
        self.advance()
    }

    /// An error `offset` characters before the next token.
    #[cold]
    pub fn error(&self, message: &str, offset: usize) -> Raised {
        self.error_at(message, self.tell().saturating_sub(offset))
    }

    /// An error at a place.
    #[cold]
    pub fn error_at(&self, message: &str, place: usize) -> Raised {
        let message = if self.is_text {
            message.to_owned()
        } else {
            message
                .chars()
                .map(|c| {
                    let code = u32::from(c);
                    match code {
                        0..=0x7F => c.to_string(),
                        0x80..=0xFF => format!("\\x{code:02x}"),
                        _ => format!("\\u{code:04x}"),
                    }
                })
                .collect()
        };
        raise_error(self.vm, &message, Some((self.text, place)))
    }

    /// Checks that a name is an identifier; `offset` is the length of what follows it.
    pub fn check_group_name(&self, name: &[u32], offset: usize) -> PyResult<()> {
        let value = self.vm.str_from_code_points(name).into_value();
        let ascii = self.is_text || name.iter().all(|&c| c < 128);
        let is_name = self
            .vm
            .call_method(&value, &self.vm.intern("isidentifier"), &[])?;
        if ascii && self.vm.truth(&is_name)? {
            return Ok(());
        }
        let shown = if ascii {
            self.vm.repr_string(&value)?
        } else {
            let ascii = self.vm.call1(&self.vm.builtin("ascii")?, &value)?;
            self.vm.display(&ascii)
        };
        let message = format!("bad character in group name {shown}");
        Err(self.error(&message, name.len() + offset))
    }

    /// `repr` of a name.
    pub fn repr(&self, name: &[u32]) -> PyResult<String> {
        self.vm
            .repr_string(self.vm.str_from_code_points(name).as_value())
    }
}

/// Raises `re.error(message, pattern, place)`.
#[cold]
pub(super) fn raise_error(vm: &Vm, message: &str, place: Option<(&Value, usize)>) -> Raised {
    let made = (|| {
        let module = vm.import_dotted("re._error")?;
        let class = vm.get_attr(&module, &vm.intern("error"))?;
        let mut args = vec![vm.str_value(message)];
        if let Some((text, place)) = place {
            args.push(text.clone());
            args.push(vm.int_usize(place));
        }
        vm.call(&class, &args)
    })();
    match made {
        Ok(error) => vm.raise_value(error),
        Err(raised) => raised,
    }
}
