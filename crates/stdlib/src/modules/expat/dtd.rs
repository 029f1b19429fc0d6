//! What a document type declaration declares.

use std::collections::HashMap;

use super::errors::Code;
use super::event::{Event, ExternalId, Model, ModelKind, Quantifier};
use super::scan::{Cursor, Scan, Stop, is_char, with_plain_lines};

/// An entity that was declared.
#[derive(Clone)]
pub(super) struct EntityValue {
    /// What it stands for; None if that lies outside.
    pub text: Option<String>,
    pub id: ExternalId,
    /// The notation of one that is no text.
    pub notation: Option<String>,
}

/// An attribute that was declared.
#[derive(Clone)]
struct AttributeType {
    name: String,
    /// White space in its value is preserved.
    is_text: bool,
    default: Option<String>,
}

/// All that was declared.
#[derive(Clone, Default)]
pub(super) struct Declarations {
    pub general: HashMap<String, EntityValue>,
    pub parameter: HashMap<String, EntityValue>,
    attributes: HashMap<String, Vec<AttributeType>>,
    /// Something outside may declare more.
    pub has_outside: bool,
    pub standalone: bool,
    /// Something was passed over, so that declarations after it do not count.
    pub incomplete: bool,
}

/// How many characters entities may expand to at least, and at most as a multiple of the document's size.
pub(super) const EXPANSION: (usize, usize) = (8 << 20, 100);

/// The value of a predefined entity.
pub(super) fn predefined(name: &str) -> Option<&'static str> {
    Some(match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// Reads a character reference after `&#`.
pub(super) fn character_reference(cursor: &mut Cursor<'_>) -> Scan<char> {
    let radix = if cursor.take(b"x")? { 16 } else { 10 };
    let mut number: u32 = 0;
    let mut digits = 0;
    loop {
        let byte = cursor.peek()?;
        match char::from(byte).to_digit(radix) {
            Some(digit) => {
                number = number.saturating_mul(radix).saturating_add(digit);
                digits += 1;
                cursor.at += 1;
            }
            None if byte == b';' && digits > 0 => break,
            None => return cursor.invalid(),
        }
    }
    cursor.at += 1;
    match char::from_u32(number) {
        Some(c) if is_char(number) => Ok(c),
        _ => Err(Stop::Fail(Code::BAD_CHARACTER_REFERENCE, 0)),
    }
}

impl Declarations {
    /// The attributes that a tag has without giving them.
    pub fn defaults(&self, element: &str) -> impl Iterator<Item = (&str, &str)> {
        let known = self.attributes.get(element).into_iter().flatten();
        known.filter_map(|known| Some((known.name.as_str(), known.default.as_deref()?)))
    }

    fn is_text(&self, element: &str, attribute: &str) -> bool {
        let known = self.attributes.get(element).into_iter().flatten();
        let mut known = known.filter(|known| known.name == attribute);
        known.next().is_none_or(|known| known.is_text)
    }

    /// The value of an attribute, from what stands between its quotes.
    pub fn attribute_value(&self, element: &str, name: &str, raw: &str) -> Result<String, Code> {
        let mut value = String::with_capacity(raw.len());
        self.expand_attribute(raw, &mut value, &mut Vec::new())?;
        Ok(self.normalised(element, name, value))
    }

    fn normalised(&self, element: &str, name: &str, value: String) -> String {
        if self.is_text(element, name) {
            return value;
        }
        let words: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }

    fn expand_attribute<'a>(
        &'a self,
        raw: &str,
        value: &mut String,
        open: &mut Vec<&'a str>,
    ) -> Result<(), Code> {
        let code = |stop| match stop {
            Stop::Fail(code, _) => code,
            Stop::Partial => Code::INVALID_TOKEN,
        };
        let mut cursor = Cursor::new(raw.as_bytes());
        while cursor.at < raw.len() {
            let start = cursor.at;
            match cursor.any().map_err(code)? {
                0x3c => return Err(Code::INVALID_TOKEN),
                0x0d => {
                    cursor.at += usize::from(cursor.peek().is_ok_and(|byte| byte == b'\n'));
                    value.push(' ');
                }
                0x20 | 0x09 | 0x0a => value.push(' '),
                0x26 if cursor.take(b"#").map_err(code)? => {
                    value.push(character_reference(&mut cursor).map_err(code)?);
                }
                0x26 => {
                    let name = cursor.name().map_err(code)?;
                    cursor.expect(b";").map_err(code)?;
                    if let Some(text) = predefined(name) {
                        value.push_str(text);
                        continue;
                    }
                    let Some((known, entity)) = self.general.get_key_value(name) else {
                        if self.may_be_outside() {
                            continue;
                        }
                        return Err(Code::UNDEFINED_ENTITY);
                    };
                    if open.contains(&known.as_str()) {
                        return Err(Code::RECURSIVE_ENTITY);
                    }
                    if entity.notation.is_some() {
                        return Err(Code::BINARY_ENTITY);
                    }
                    let Some(text) = &entity.text else {
                        return Err(Code::EXTERNAL_IN_ATTRIBUTE);
                    };
                    if value.len() + text.len() > EXPANSION.0 || open.len() > 1000 {
                        return Err(Code::AMPLIFICATION);
                    }
                    open.push(known);
                    self.expand_attribute(text, value, open)?;
                    open.pop();
                }
                _ => value.push_str(cursor.since(start)),
            }
        }
        Ok(())
    }

    /// True if an entity that is not known may be declared outside.
    pub fn may_be_outside(&self) -> bool {
        self.has_outside && !self.standalone
    }

    /// What an entity stands for, from what stands between its quotes.
    fn entity_value(&self, raw: &str, inside: bool, depth: usize) -> Result<String, Code> {
        let code = |stop| match stop {
            Stop::Fail(code, _) => code,
            Stop::Partial => Code::INVALID_TOKEN,
        };
        let mut value = String::with_capacity(raw.len());
        let mut cursor = Cursor::new(raw.as_bytes());
        while cursor.at < raw.len() {
            let start = cursor.at;
            match cursor.any().map_err(code)? {
                0x26 if cursor.take(b"#").map_err(code)? => {
                    value.push(character_reference(&mut cursor).map_err(code)?);
                }
                0x26 => {
                    cursor.name().map_err(code)?;
                    cursor.expect(b";").map_err(code)?;
                    value.push_str(cursor.since(start));
                }
                0x25 => {
                    let name = cursor.name().map_err(code)?;
                    cursor.expect(b";").map_err(code)?;
                    if inside {
                        return Err(Code::PARAMETER_REFERENCE);
                    }
                    let known = self.parameter.get(name);
                    let text = known.and_then(|known| known.text.as_deref());
                    if depth > 100 || value.len() > EXPANSION.0 {
                        return Err(Code::RECURSIVE_ENTITY);
                    }
                    if let Some(text) = text {
                        value.push_str(&self.entity_value(text, inside, depth + 1)?);
                    }
                }
                _ => value.push_str(cursor.since(start)),
            }
        }
        Ok(with_plain_lines(&value))
    }

    /// Reads a declaration whose beginning, `<!`, was passed; `inside` the document itself parameter
    /// entities must not be referred to within one.
    pub fn declaration(&mut self, cursor: &mut Cursor<'_>, inside: bool) -> Scan<Vec<Event>> {
        let start = cursor.at;
        let keyword = cursor.name()?;
        if !matches!(cursor.peek()?, b'%' | b' ' | b'\t' | b'\n' | b'\r') {
            return cursor.invalid();
        }
        match keyword {
            "ELEMENT" => element(cursor),
            "ATTLIST" => self.attribute_list(cursor),
            "ENTITY" => self.entity(cursor, inside),
            "NOTATION" => notation(cursor),
            _ => Err(Stop::Fail(Code::SYNTAX, start.saturating_sub(2))),
        }
    }

    fn attribute_list(&mut self, cursor: &mut Cursor<'_>) -> Scan<Vec<Event>> {
        cursor.some_space()?;
        let element = cursor.name()?.to_owned();
        let mut found = Vec::new();
        let mut events = Vec::new();
        loop {
            let spaced = cursor.spaces()?;
            if cursor.take(b">")? {
                break;
            }
            if !spaced {
                return cursor.invalid();
            }
            let name = cursor.name()?.to_owned();
            cursor.some_space()?;
            let kind = attribute_kind(cursor)?;
            cursor.some_space()?;
            let mut required = false;
            let raw = if cursor.take(b"#")? {
                match cursor.name()? {
                    "REQUIRED" => {
                        required = true;
                        None
                    }
                    "IMPLIED" => None,
                    "FIXED" => {
                        required = true;
                        cursor.some_space()?;
                        Some((cursor.at, cursor.literal()?))
                    }
                    _ => return cursor.invalid(),
                }
            } else {
                Some((cursor.at, cursor.literal()?))
            };
            found.push((name, kind, raw, required));
        }
        for (name, kind, raw, required) in found {
            let is_text = kind == "CDATA";
            let default = match raw {
                None => None,
                Some((at, raw)) => {
                    let mut value = String::new();
                    self.expand_attribute(raw, &mut value, &mut Vec::new())
                        .map_err(|code| Stop::Fail(code, at))?;
                    Some(if is_text {
                        value
                    } else {
                        let words = value.split(' ').filter(|word| !word.is_empty());
                        words.collect::<Vec<_>>().join(" ")
                    })
                }
            };
            // The first declaration of an attribute holds.
            let known = self.attributes.entry(element.clone()).or_default();
            if !known.iter().any(|known| known.name == name) {
                known.push(AttributeType {
                    name: name.clone(),
                    is_text,
                    default: default.clone(),
                });
            }
            events.push(Event::Attribute {
                element: element.clone(),
                name,
                kind,
                default,
                required,
            });
        }
        Ok(events)
    }

    fn entity(&mut self, cursor: &mut Cursor<'_>, inside: bool) -> Scan<Vec<Event>> {
        cursor.some_space()?;
        let parameter = cursor.take(b"%")?;
        if parameter {
            cursor.some_space()?;
        }
        let name = cursor.name()?.to_owned();
        cursor.some_space()?;
        let mut notation = None;
        let mut id = ExternalId::default();
        let mut value = None;
        if matches!(cursor.peek()?, b'"' | b'\'') {
            let at = cursor.at + 1;
            let raw = cursor.literal()?;
            value = Some((at, raw));
            cursor.spaces()?;
        } else {
            id = external_id(cursor, true)?;
            let spaced = cursor.spaces()?;
            if spaced && !parameter && cursor.peek()? != b'>' {
                if cursor.name()? != "NDATA" {
                    return cursor.invalid();
                }
                cursor.some_space()?;
                notation = Some(cursor.name()?.to_owned());
                cursor.spaces()?;
            }
        }
        cursor.expect(b">")?;
        let text = match value {
            None => None,
            Some((at, raw)) => Some(
                self.entity_value(raw, inside, 0)
                    .map_err(|code| Stop::Fail(code, at))?,
            ),
        };
        let known = if parameter {
            &mut self.parameter
        } else {
            &mut self.general
        };
        // The first declaration of an entity holds; those after something unknown may not be the first.
        let is_new = !known.contains_key(&name) && predefined(&name).is_none();
        if is_new && !self.incomplete {
            known.insert(
                name.clone(),
                EntityValue {
                    text: text.clone(),
                    id: id.clone(),
                    notation: notation.clone(),
                },
            );
        }
        Ok(match is_new {
            true => vec![Event::Entity {
                name,
                parameter,
                value: text,
                id,
                notation,
            }],
            false => vec![Event::Other],
        })
    }
}

/// `SYSTEM "…"` or `PUBLIC "…" "…"`; of notations the second text may be missing.
pub(super) fn external_id(cursor: &mut Cursor<'_>, complete: bool) -> Scan<ExternalId> {
    let start = cursor.at;
    match cursor.name()? {
        "SYSTEM" => {
            cursor.some_space()?;
            Ok(ExternalId {
                system: Some(cursor.literal()?.to_owned()),
                public: None,
            })
        }
        "PUBLIC" => {
            cursor.some_space()?;
            let at = cursor.at;
            let public = cursor.literal()?;
            if !public.bytes().all(is_public) {
                return Err(Stop::Fail(Code::PUBLIC_ID, at));
            }
            let words: Vec<&str> = public.split_ascii_whitespace().collect();
            let public = Some(words.join(" "));
            let mut ahead = cursor.clone();
            let spaced = ahead.spaces()?;
            let system = if matches!(ahead.peek()?, b'"' | b'\'') && spaced {
                cursor.at = ahead.at;
                Some(cursor.literal()?.to_owned())
            } else if complete {
                cursor.at = ahead.at;
                return cursor.invalid();
            } else {
                None
            };
            Ok(ExternalId { system, public })
        }
        _ => Err(Stop::Fail(Code::SYNTAX, start)),
    }
}

fn is_public(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" \r\n-'()+,./:=?;!*#@$_%".contains(&byte)
}

fn notation(cursor: &mut Cursor<'_>) -> Scan<Vec<Event>> {
    cursor.some_space()?;
    let name = cursor.name()?.to_owned();
    cursor.some_space()?;
    let id = external_id(cursor, false)?;
    cursor.spaces()?;
    cursor.expect(b">")?;
    Ok(vec![Event::Notation { name, id }])
}

/// The type of an attribute, as handlers are told it.
fn attribute_kind(cursor: &mut Cursor<'_>) -> Scan<String> {
    let mut kind = String::new();
    if cursor.peek()? != b'(' {
        let start = cursor.at;
        match cursor.name()? {
            "NOTATION" => {
                cursor.some_space()?;
                kind.push_str("NOTATION");
            }
            known @ ("CDATA" | "ID" | "IDREF" | "IDREFS" | "ENTITY" | "ENTITIES" | "NMTOKEN"
            | "NMTOKENS") => return Ok(known.to_owned()),
            _ => return Err(Stop::Fail(Code::SYNTAX, start)),
        }
    }
    cursor.expect(b"(")?;
    kind.push('(');
    loop {
        cursor.spaces()?;
        kind.push_str(cursor.name_token()?);
        cursor.spaces()?;
        if cursor.take(b")")? {
            kind.push(')');
            return Ok(kind);
        }
        cursor.expect(b"|")?;
        kind.push('|');
    }
}

fn element(cursor: &mut Cursor<'_>) -> Scan<Vec<Event>> {
    cursor.some_space()?;
    let name = cursor.name()?.to_owned();
    cursor.some_space()?;
    let plain = |kind| Model {
        kind,
        quantifier: Quantifier::Once,
        name: None,
        children: Vec::new(),
    };
    let model = if cursor.peek()? == b'(' {
        cursor.at += 1;
        group(cursor, 0)?
    } else {
        let start = cursor.at;
        match cursor.name()? {
            "EMPTY" => plain(ModelKind::Empty),
            "ANY" => plain(ModelKind::Any),
            _ => return Err(Stop::Fail(Code::SYNTAX, start)),
        }
    };
    cursor.spaces()?;
    cursor.expect(b">")?;
    Ok(vec![Event::Element { name, model }])
}

/// How deeply groups of a content model may be nested.
const DEEPEST: usize = 500;

/// A group whose opening parenthesis was passed.
fn group(cursor: &mut Cursor<'_>, depth: usize) -> Scan<Model> {
    if depth > DEEPEST {
        return Err(Stop::Fail(Code::SYNTAX, cursor.at));
    }
    let mut kind = ModelKind::Sequence;
    let mut children = Vec::new();
    let mut separator = None;
    loop {
        cursor.spaces()?;
        if children.is_empty() && separator.is_none() && cursor.take(b"#")? {
            if cursor.name()? != "PCDATA" {
                return cursor.invalid();
            }
            kind = ModelKind::Mixed;
        } else if cursor.take(b"(")? {
            children.push(group(cursor, depth + 1)?);
        } else {
            let name = cursor.name()?.to_owned();
            children.push(Model {
                kind: ModelKind::Name,
                quantifier: quantifier(cursor)?,
                name: Some(name),
                children: Vec::new(),
            });
        }
        cursor.spaces()?;
        let byte = cursor.peek()?;
        match byte {
            b')' => break,
            b'|' | b',' if separator.is_none_or(|known| known == byte) => {}
            _ => return cursor.invalid(),
        }
        separator = Some(byte);
        cursor.at += 1;
    }
    cursor.at += 1;
    if separator == Some(b'|') && kind != ModelKind::Mixed {
        kind = ModelKind::Choice;
    }
    Ok(Model {
        kind,
        quantifier: quantifier(cursor)?,
        name: None,
        children,
    })
}

fn quantifier(cursor: &mut Cursor<'_>) -> Scan<Quantifier> {
    let quantifier = match cursor.peek()? {
        b'?' => Quantifier::Optional,
        b'*' => Quantifier::Repeated,
        b'+' => Quantifier::AtLeastOnce,
        _ => return Ok(Quantifier::Once),
    };
    cursor.at += 1;
    Ok(quantifier)
}
