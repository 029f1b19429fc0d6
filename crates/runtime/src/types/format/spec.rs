//! The format mini-language: a specification as data.

use crate::object::{Chars, PyResult, Str};
use crate::types::str::unicode;
use crate::vm::Vm;

/// Where padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: between sign and digits.
    AfterSign,
}

/// What positive numbers begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`: nothing.
    Minus,
    /// A space.
    Space,
}

/// What separates groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Nothing.
    None,
    /// `,` every three digits.
    Comma,
    /// `_` every three digits.
    Underscore,
    /// `_` every four digits.
    UnderscoreFour,
}

/// A parsed format specification.
#[derive(Clone, Debug)]
pub struct FormatSpec {
    /// The character that fills.
    pub fill: u32,
    /// Where padding goes.
    pub align: Align,
    /// What positive numbers begin with; None if not said.
    pub sign: Option<Sign>,
    /// `z`
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least width.
    pub width: usize,
    /// Grouping of digits.
    pub grouping: Grouping,
    /// Precision.
    pub precision: Option<usize>,
    /// The presentation type, the default one if not said.
    pub kind: u32,
}

fn align_of(c: u32) -> Option<Align> {
    match char::from_u32(c)? {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

struct Reader<'a> {
    vm: &'a Vm,
    points: Chars<'a>,
    place: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u32> {
        (self.place < self.points.len()).then(|| self.points.at(self.place))
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.peek() == Some(u32::from(c));
        self.place += usize::from(found);
        found
    }

    fn integer(&mut self) -> PyResult<Option<usize>> {
        let mut value = None;
        while let Some(c) = self.peek() {
            let digit = match c {
                0x30..=0x39 => Some((c - 0x30) as u8),
                0..0x80 => None,
                _ => unicode::decimal(c),
            };
            let Some(digit) = digit else { break };
            let next = value
                .unwrap_or(0usize)
                .checked_mul(10)
                .and_then(|n| n.checked_add(usize::from(digit)))
                .filter(|&n| n <= isize::MAX as usize);
            if next.is_none() {
                return Err(self
                    .vm
                    .value_error("Too many decimal digits in format string"));
            }
            value = next;
            self.place += 1;
        }
        Ok(value)
    }
}

impl FormatSpec {
    /// Parses a specification for an object of the type named `type_name`.
    pub fn parse(
        vm: &Vm,
        text: &Str,
        default_kind: u8,
        default_align: Align,
        type_name: impl Fn() -> String,
    ) -> PyResult<FormatSpec> {
        let mut spec = FormatSpec {
            fill: u32::from(' '),
            align: default_align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: Grouping::None,
            precision: None,
            kind: u32::from(default_kind),
        };
        vm.check_room(text.len().saturating_mul(4))?;
        let mut reader = Reader {
            vm,
            points: text.chars(),
            place: 0,
        };
        let mut fill_given = false;
        let mut align_given = false;
        if reader.points.len() > 1
            && let Some(align) = align_of(reader.points.at(1))
        {
            (spec.fill, spec.align) = (reader.points.at(0), align);
            (fill_given, align_given) = (true, true);
            reader.place = 2;
        } else if let Some(align) = reader.peek().and_then(align_of) {
            spec.align = align;
            align_given = true;
            reader.place = 1;
        }
        for (c, sign) in [('+', Sign::Plus), ('-', Sign::Minus), (' ', Sign::Space)] {
            if spec.sign.is_none() && reader.take(c) {
                spec.sign = Some(sign);
            }
        }
        spec.no_negative_zero = reader.take('z');
        spec.alternate = reader.take('#');
        if !fill_given && reader.take('0') {
            spec.fill = u32::from('0');
            if !align_given && default_align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec.width = reader.integer()?.unwrap_or(0);
        if reader.take(',') {
            spec.grouping = Grouping::Comma;
        }
        if reader.take('_') {
            if spec.grouping == Grouping::Comma {
                return Err(vm.value_error("Cannot specify both ',' and '_'."));
            }
            spec.grouping = Grouping::Underscore;
        }
        if spec.grouping == Grouping::Underscore && reader.take(',') {
            return Err(vm.value_error("Cannot specify both ',' and '_'."));
        }
        if reader.take('.') {
            spec.precision = reader.integer()?;
            if spec.precision.is_none() {
                return Err(vm.value_error("Format specifier missing precision"));
            }
        }
        if let Some(kind) = reader.peek() {
            spec.kind = kind;
            reader.place += 1;
        }
        if reader.place < reader.points.len() {
            return Err(vm.value_error(format!(
                "Invalid format specifier '{}' for object of type '{}'",
                text.to_display(),
                type_name()
            )));
        }
        spec.check_grouping(vm)?;
        Ok(spec)
    }

    fn check_grouping(&mut self, vm: &Vm) -> PyResult<()> {
        if self.grouping == Grouping::None {
            return Ok(());
        }
        match u8::try_from(self.kind) {
            Ok(b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' | 0) => Ok(()),
            Ok(b'b' | b'o' | b'x' | b'X') if self.grouping == Grouping::Underscore => {
                self.grouping = Grouping::UnderscoreFour;
                Ok(())
            }
            _ => {
                let separator = if self.grouping == Grouping::Comma {
                    ','
                } else {
                    '_'
                };
                let kind = shown_kind(self.kind);
                Err(vm.value_error(format!("Cannot specify '{separator}' with '{kind}'.")))
            }
        }
    }

    /// Raises the error of a presentation type that an object does not have.
    pub fn unknown_kind(&self, vm: &Vm, type_name: &str) -> crate::Raised {
        vm.value_error(format!(
            "Unknown format code '{}' for object of type '{type_name}'",
            shown_kind(self.kind)
        ))
    }
}

fn shown_kind(kind: u32) -> String {
    match char::from_u32(kind) {
        Some(c @ '!'..='\x7f') => c.to_string(),
        _ => format!("\\x{kind:x}"),
    }
}
