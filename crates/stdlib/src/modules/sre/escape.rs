//! Escapes: `\d`, `\x41`, `\N{…}`, `\1` and so on.

use runtime::PyResult;

use super::node::{At, Category, Item, Node};
use super::parse::Parser;
use super::source::{Source, Token, shown};

fn is_octal(c: u32) -> bool {
    (0x30..0x38).contains(&c)
}

pub(super) fn is_digit(c: u32) -> bool {
    (0x30..0x3A).contains(&c)
}

fn is_hex(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| c.is_ascii_hexdigit())
}

fn is_letter(c: u32) -> bool {
    char::from_u32(c).is_some_and(|c| c.is_ascii_alphabetic())
}

/// `\n` and the like.
pub(super) fn control(c: u32) -> Option<u32> {
    Some(match char::from_u32(c)? {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

fn category(c: u32) -> Option<Category> {
    Some(match char::from_u32(c)? {
        'd' => Category::Digit,
        'D' => Category::NotDigit,
        's' => Category::Space,
        'S' => Category::NotSpace,
        'w' => Category::Word,
        'W' => Category::NotWord,
        _ => return None,
    })
}

fn position(c: u32) -> Option<At> {
    Some(match char::from_u32(c)? {
        'A' => At::BeginningOfString,
        'b' => At::Boundary,
        'B' => At::NotBoundary,
        'Z' => At::EndOfString,
        _ => return None,
    })
}

/// Numeric and named escapes, the same inside and outside of sets.  None for others.
fn character(source: &mut Source<'_>, escaped: u32) -> PyResult<Option<u32>> {
    let digits = match char::from_u32(escaped) {
        Some('x') => 2,
        Some('u') if source.is_text => 4,
        Some('U') if source.is_text => 8,
        Some('N') if source.is_text => return named(source).map(Some),
        _ => return Ok(None),
    };
    let text = source.get_while(digits, is_hex)?;
    let escape = format!("\\{}{text}", shown(escaped));
    if text.len() != digits {
        let message = format!("incomplete escape {escape}");
        return Err(source.error(&message, escape.len()));
    }
    match u32::from_str_radix(&text, 16) {
        Ok(code) if code <= 0x10_FFFF => Ok(Some(code)),
        _ => Err(source.error(&format!("bad escape {escape}"), escape.len())),
    }
}

/// `{EM DASH}` behind `\N`.
fn named(source: &mut Source<'_>) -> PyResult<u32> {
    if !source.take('{')? {
        return Err(source.error("missing {", 0));
    }
    let name = source.get_until('}', "character name")?;
    let vm = source.vm;
    let database = vm.import_dotted("unicodedata")?;
    let wanted = vm.str_from_code_points(&name).into_value();
    let found = vm.call_method(&database, &vm.intern("lookup"), &[wanted]);
    let found = match found {
        Ok(found) => Some(found),
        Err(raised) => {
            drop(vm.catch(raised, &vm.types.exceptions.key_error)?);
            None
        }
    };
    let text = found
        .as_ref()
        .and_then(|f| f.payload::<runtime::object::Str>());
    match text {
        Some(text) if text.len() == 1 => Ok(text.at(0)),
        _ => {
            let message = format!("undefined character name {}", source.repr(&name)?);
            Err(source.error(&message, name.len() + r"\N{}".len()))
        }
    }
}

fn octal(source: &Source<'_>, digits: &str) -> PyResult<u32> {
    match u32::from_str_radix(digits, 8) {
        Ok(code) if code <= 0o377 => Ok(code),
        _ => {
            let message = format!("octal escape value \\{digits} outside of range 0-0o377");
            Err(source.error(&message, digits.len() + 1))
        }
    }
}

/// What is left: a letter that means nothing is an error, other characters stand for themselves.
fn plain(source: &Source<'_>, token: Token, escaped: u32) -> PyResult<u32> {
    if is_letter(escaped) || is_digit(escaped) {
        return Err(source.error(&format!("bad escape {}", token.text()), 2));
    }
    Ok(escaped)
}

/// An escape in a set.
pub(super) fn in_set(source: &mut Source<'_>, token: Token) -> PyResult<Item> {
    let escaped = token.escaped.unwrap_or(token.c);
    if let Some(code) = control(escaped) {
        return Ok(Item::Literal(code));
    }
    if let Some(category) = category(escaped) {
        return Ok(Item::Category(category));
    }
    if let Some(code) = character(source, escaped)? {
        return Ok(Item::Literal(code));
    }
    if is_octal(escaped) {
        let digits = shown(escaped).to_string() + &source.get_while(2, is_octal)?;
        return Ok(Item::Literal(octal(source, &digits)?));
    }
    Ok(Item::Literal(plain(source, token, escaped)?))
}

/// An escape outside of sets.
pub(super) fn outside(parser: &mut Parser<'_>, token: Token) -> PyResult<Node> {
    let escaped = token.escaped.unwrap_or(token.c);
    if let Some(category) = category(escaped) {
        return Ok(Node::Set {
            negated: false,
            items: vec![Item::Category(category)],
        });
    }
    if let Some(at) = position(escaped) {
        return Ok(Node::At(at));
    }
    if let Some(code) = control(escaped) {
        return Ok(Node::Literal(code));
    }
    let source = &mut parser.source;
    if let Some(code) = character(source, escaped)? {
        return Ok(Node::Literal(code));
    }
    if escaped == u32::from('0') {
        let digits = "0".to_owned() + &source.get_while(2, is_octal)?;
        return Ok(Node::Literal(octal(source, &digits)?));
    }
    if is_digit(escaped) {
        let mut digits = shown(escaped).to_string();
        if let Some(second) = source.peek_if(is_digit) {
            source.get()?;
            digits.push(shown(second));
            if is_octal(escaped)
                && is_octal(second)
                && let Some(third) = source.peek_if(is_octal)
            {
                source.get()?;
                digits.push(shown(third));
                return Ok(Node::Literal(octal(source, &digits)?));
            }
        }
        let group: u32 = digits.parse().unwrap_or(u32::MAX);
        if group < parser.group_count() {
            if !parser.is_closed(group) {
                let length = digits.len() + 1;
                return Err(parser.source.error("cannot refer to an open group", length));
            }
            parser.check_lookbehind_group(group)?;
            return Ok(Node::Reference(group));
        }
        let message = format!("invalid group reference {group}");
        return Err(parser.source.error(&message, digits.len()));
    }
    Ok(Node::Literal(plain(&parser.source, token, escaped)?))
}
