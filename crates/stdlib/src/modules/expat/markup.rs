//! The parts of a document: prolog, document type, elements and what they contain.

use super::dtd::{character_reference, external_id, predefined};
use super::errors::Code;
use super::event::{Event, ExternalId};
use super::input::Encoding;
use super::machine::{Kind, Machine, State, Tag};
use super::scan::{Cursor, Scan, Stop, is_space, with_plain_lines};

/// How many bytes of text are converted at a time.
const CONVERTED: usize = 1024;

impl Machine {
    /// White space, a comment or a processing instruction, which may stand nearly everywhere; false if there
    /// is none here.
    fn insignificant(&mut self) -> Scan<bool> {
        let mut cursor = Cursor::new(self.rest());
        let spaces = cursor.text.iter().take_while(|&&byte| is_space(byte));
        let spaces = spaces.count();
        if spaces > 0 {
            self.tell(spaces, Event::Other);
            return Ok(true);
        }
        if cursor.take(b"<!--")? {
            return self.comment().map(|()| true);
        }
        if cursor.take(b"<?")? {
            return self.instruction().map(|()| true);
        }
        Ok(false)
    }

    fn comment(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 4;
        let text = cursor.until(b"--")?;
        let event = Event::Comment(with_plain_lines(text));
        cursor.expect(b">")?;
        let len = cursor.at;
        self.tell(len, event);
        Ok(())
    }

    fn instruction(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 2;
        let target = cursor.name()?.to_owned();
        let data = if cursor.take(b"?>")? {
            ""
        } else {
            cursor.some_space()?;
            cursor.until(b"?>")?
        };
        let event = Event::Instruction {
            data: with_plain_lines(data),
            target: target.clone(),
        };
        let len = cursor.at;
        if target == "xml" {
            return Err(Stop::Fail(Code::MISPLACED_DECLARATION, 0));
        }
        if target.eq_ignore_ascii_case("xml") {
            return Err(Stop::Fail(Code::INVALID_TOKEN, 2));
        }
        self.tell(len, event);
        Ok(())
    }

    /// What stands before the first element.
    pub(super) fn prolog(&mut self) -> Scan<()> {
        if self.insignificant()? {
            return Ok(());
        }
        let mut cursor = Cursor::new(self.rest());
        if cursor.take(b"<!DOCTYPE")? {
            return self.doctype();
        }
        if cursor.peek()? == b'<' {
            cursor.at += 1;
            if cursor.peek()? == b'!' {
                cursor.at += 1;
                return cursor.invalid();
            }
            if self.foreign_subset && self.reads_outside != 0 {
                // A document without a type may be given one all the same.
                self.foreign_subset = false;
                self.declarations.borrow_mut().has_outside = true;
                let id = ExternalId::default();
                self.tell(0, Event::External { context: None, id });
                return Ok(());
            }
            self.state = State::Content;
            return match self.start_tag() {
                Err(Stop::Partial) => {
                    self.state = State::Prolog;
                    Err(Stop::Partial)
                }
                result => result,
            };
        }
        // A word is text at the wrong place, all else is no token at all.
        match cursor.name_token() {
            Ok(_) if is_space(cursor.peek()?) => Err(Stop::Fail(Code::SYNTAX, 0)),
            Err(Stop::Partial) if self.is_complete() && self.input.end_error().is_none() => {
                Err(Stop::Fail(Code::SYNTAX, 0))
            }
            Err(stop @ Stop::Partial) => Err(stop),
            _ => cursor.invalid(),
        }
    }

    /// What stands after the first element.
    pub(super) fn epilog(&mut self) -> Scan<()> {
        if self.insignificant()? {
            return Ok(());
        }
        Err(Stop::Fail(Code::JUNK_AFTER_ELEMENT, 0))
    }

    fn doctype(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 9;
        cursor.some_space()?;
        let name = cursor.name()?.to_owned();
        let spaced = cursor.spaces()?;
        let mut id = ExternalId::default();
        if spaced && !matches!(cursor.peek()?, b'[' | b'>') {
            id = external_id(&mut cursor, true)?;
            cursor.spaces()?;
        }
        let has_subset = match cursor.peek()? {
            b'[' => true,
            b'>' => false,
            _ => return cursor.invalid(),
        };
        cursor.at += 1;
        let len = cursor.at;
        let outside = id.system.is_some();
        self.subset = outside.then(|| id.clone());
        let standalone = {
            let mut declarations = self.declarations.borrow_mut();
            declarations.has_outside |= outside;
            declarations.standalone
        };
        self.token = len;
        if outside && !standalone && self.reads_outside == 0 {
            self.queue.push_back(Event::NotStandalone);
        }
        self.queue.push_back(Event::StartDoctype {
            name,
            id,
            has_subset,
        });
        if has_subset {
            self.state = State::Subset;
        } else {
            self.end_doctype();
        }
        Ok(())
    }

    fn end_doctype(&mut self) {
        let outside = match self.subset.take() {
            None if self.foreign_subset => Some(ExternalId::default()),
            outside => outside,
        };
        self.foreign_subset = false;
        let standalone = self.declarations.borrow().standalone;
        if let Some(id) = outside
            && (self.reads_outside == 2 || self.reads_outside == 1 && !standalone)
        {
            self.queue.push_back(Event::External { context: None, id });
            if !standalone {
                self.queue.push_back(Event::NotStandalone);
            }
        }
        self.queue.push_back(Event::EndDoctype);
        self.state = State::Prolog;
    }

    /// Declarations: of the document itself, of a parameter entity, or of a file.
    pub(super) fn subset(&mut self) -> Scan<()> {
        if self.insignificant()? {
            return Ok(());
        }
        let inside = self.kind == Kind::Document;
        let mut cursor = Cursor::new(self.rest());
        match cursor.peek()? {
            b']' if inside => {
                cursor.at += 1;
                cursor.spaces()?;
                cursor.expect(b">")?;
                let len = cursor.at;
                self.token = len;
                self.end_doctype();
                Ok(())
            }
            b']' if self.sections > 0 => {
                cursor.expect(b"]]>")?;
                self.sections -= 1;
                self.tell(3, Event::Other);
                Ok(())
            }
            b'%' => {
                cursor.at += 1;
                let name = cursor.name()?.to_owned();
                cursor.expect(b";")?;
                let len = cursor.at;
                self.parameter_reference(&name, len)
            }
            b'<' => {
                cursor.at += 1;
                cursor.expect(b"!")?;
                if !inside && cursor.take(b"[")? {
                    return self.section();
                }
                let declarations = std::rc::Rc::clone(&self.declarations);
                let events = declarations.borrow_mut().declaration(&mut cursor, inside)?;
                let len = cursor.at;
                self.token = len;
                self.queue.extend(events);
                Ok(())
            }
            _ => cursor.invalid(),
        }
    }

    /// `<![INCLUDE[ … ]]>` or `<![IGNORE[ … ]]>`.
    fn section(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 3;
        cursor.spaces()?;
        let keyword = cursor.name()?;
        cursor.spaces()?;
        cursor.expect(b"[")?;
        match keyword {
            "INCLUDE" => {
                let len = cursor.at;
                self.sections += 1;
                self.tell(len, Event::Other);
            }
            "IGNORE" => {
                let mut depth = 1;
                while depth > 0 {
                    if cursor.take(b"<![")? {
                        depth += 1;
                    } else if cursor.take(b"]]>")? {
                        depth -= 1;
                    } else {
                        cursor.any()?;
                    }
                }
                let len = cursor.at;
                self.tell(len, Event::Other);
            }
            _ => return Err(Stop::Fail(Code::SYNTAX, 3)),
        }
        Ok(())
    }

    fn parameter_reference(&mut self, name: &str, len: usize) -> Scan<()> {
        let known = self.declarations.borrow().parameter.get(name).cloned();
        self.declarations.borrow_mut().has_outside = true;
        let standalone = self.declarations.borrow().standalone;
        let reads = self.reads_outside == 2 || self.reads_outside == 1 && !standalone;
        match known {
            Some(_) if self.is_open(name) => Err(Stop::Fail(Code::RECURSIVE_ENTITY, 0)),
            Some(entity) if reads || self.kind == Kind::Subset => match entity.text {
                Some(text) => self.open(name, &text, len),
                None => {
                    let event = Event::External {
                        context: None,
                        id: entity.id,
                    };
                    self.tell(len, event);
                    Ok(())
                }
            },
            None if !self.declarations.borrow().may_be_outside() => {
                Err(Stop::Fail(Code::UNDEFINED_ENTITY, 0))
            }
            _ => {
                if !standalone {
                    self.declarations.borrow_mut().incomplete = true;
                }
                let event = match reads {
                    true => Event::Skipped {
                        name: name.to_owned(),
                        parameter: true,
                    },
                    false if !standalone => Event::NotStandalone,
                    false => Event::Other,
                };
                self.tell(len, event);
                Ok(())
            }
        }
    }

    /// What an element contains.
    pub(super) fn content(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        match cursor.peek()? {
            b'<' => {
                cursor.at += 1;
                match cursor.peek()? {
                    b'/' => self.end_tag(),
                    b'?' => self.instruction(),
                    b'!' => {
                        cursor.at += 1;
                        if cursor.peek()? == b'-' {
                            cursor.expect(b"--")?;
                            return self.comment();
                        }
                        cursor.expect(b"[CDATA[")?;
                        let len = cursor.at;
                        self.state = State::Cdata;
                        self.tell(len, Event::StartCdata);
                        Ok(())
                    }
                    _ => self.start_tag(),
                }
            }
            b'&' => self.reference(),
            _ => self.text(),
        }
    }

    pub(super) fn cdata(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        if cursor.peek()? == b']' {
            match cursor.take(b"]]>") {
                Ok(true) => {
                    self.state = State::Content;
                    self.tell(3, Event::EndCdata);
                    return Ok(());
                }
                Ok(false) => {}
                // What may yet become the end is text if nothing follows.
                Err(_) if self.is_complete() => {}
                Err(stop) => return Err(stop),
            }
        }
        self.text()
    }

    /// A run of characters on one line, or the end of a line.
    fn text(&mut self) -> Scan<()> {
        let cdata = self.state == State::Cdata;
        let complete = self.is_complete();
        // What is converted is told in pieces.
        let converted = !matches!(self.input.encoding, Some(Encoding::Utf8));
        let most = if converted && self.sources.is_empty() {
            CONVERTED
        } else {
            usize::MAX
        };
        let rest = self.rest();
        let mut cursor = Cursor::new(rest);
        match cursor.peek()? {
            b'\n' => {
                self.tell(1, Event::Text("\n".to_owned()));
                return Ok(());
            }
            b'\r' => {
                let len = match rest.get(1) {
                    Some(b'\n') => 2,
                    Some(_) => 1,
                    None if complete => 1,
                    None => return Err(Stop::Partial),
                };
                self.tell(len, Event::Text("\n".to_owned()));
                return Ok(());
            }
            _ => {}
        }
        let mut failed = None;
        while let Ok(byte) = cursor.peek() {
            if cursor
                .character()
                .is_ok_and(|(_, len)| cursor.at + len > most)
            {
                break;
            }
            match byte {
                b'\n' | b'\r' => break,
                b'<' | b'&' if !cdata => break,
                b']' => {
                    let ahead = &rest[cursor.at..];
                    if ahead.starts_with(b"]]>") {
                        if !cdata {
                            failed = Some(Stop::Fail(Code::INVALID_TOKEN, cursor.at + 2));
                        }
                        if !cdata || cursor.at > 0 {
                            break;
                        }
                    } else if !complete && b"]]>".starts_with(ahead) {
                        failed = Some(Stop::Partial);
                        break;
                    }
                    cursor.at += 1;
                }
                _ => {
                    if let Err(stop) = cursor.any() {
                        failed = Some(stop);
                        break;
                    }
                }
            }
        }
        if cursor.at == 0 {
            return Err(failed.unwrap_or(Stop::Partial));
        }
        let len = cursor.at;
        let text = cursor.since(0).to_owned();
        self.tell(len, Event::Text(text));
        Ok(())
    }

    fn reference(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 1;
        if cursor.take(b"#")? {
            let c = character_reference(&mut cursor)?;
            let len = cursor.at;
            self.tell(len, Event::Text(c.to_string()));
            return Ok(());
        }
        let name = cursor.name()?.to_owned();
        cursor.expect(b";")?;
        let len = cursor.at;
        if let Some(text) = predefined(&name) {
            self.tell(len, Event::Text(text.to_owned()));
            return Ok(());
        }
        let (known, outside) = {
            let declarations = self.declarations.borrow();
            (
                declarations.general.get(&name).cloned(),
                declarations.may_be_outside(),
            )
        };
        let skipped = Event::Skipped {
            name: name.clone(),
            parameter: false,
        };
        let Some(entity) = known else {
            if !outside {
                return Err(Stop::Fail(Code::UNDEFINED_ENTITY, 0));
            }
            self.tell(len, skipped);
            return Ok(());
        };
        if self.is_open(&name) {
            return Err(Stop::Fail(Code::RECURSIVE_ENTITY, 0));
        }
        if entity.notation.is_some() {
            return Err(Stop::Fail(Code::BINARY_ENTITY, 0));
        }
        match entity.text {
            Some(_) if !self.expands => self.tell(len, skipped),
            Some(text) => self.open(&name, &text, len)?,
            None => {
                let event = Event::External {
                    context: Some(self.context(&name)),
                    id: entity.id,
                };
                self.tell(len, event);
            }
        }
        Ok(())
    }

    fn start_tag(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 1;
        let raw_name = cursor.name()?.to_owned();
        let mut attributes: Vec<(String, String)> = Vec::new();
        let empty = loop {
            let spaced = cursor.spaces()?;
            match cursor.peek()? {
                b'>' => {
                    cursor.at += 1;
                    break false;
                }
                b'/' => {
                    cursor.at += 1;
                    cursor.expect(b">")?;
                    break true;
                }
                _ if !spaced => return cursor.invalid(),
                _ => {}
            }
            let at = cursor.at;
            let name = cursor.name()?;
            cursor.spaces()?;
            cursor.expect(b"=")?;
            cursor.spaces()?;
            let value_at = cursor.at + 1;
            let raw = cursor.literal()?;
            if let Some(place) = raw.find('<') {
                return Err(Stop::Fail(Code::INVALID_TOKEN, value_at + place));
            }
            if attributes.iter().any(|(known, _)| known == name) {
                return Err(Stop::Fail(Code::DUPLICATE_ATTRIBUTE, at));
            }
            let value = self
                .declarations
                .borrow()
                .attribute_value(&raw_name, name, raw)
                .map_err(|code| Stop::Fail(code, 0))?;
            attributes.push((name.to_owned(), value));
        };
        let len = cursor.at;
        let specified = attributes.len();
        {
            let declarations = self.declarations.borrow();
            for (name, value) in declarations.defaults(&raw_name) {
                if !attributes[..specified]
                    .iter()
                    .any(|(known, _)| known == name)
                {
                    attributes.push((name.to_owned(), value.to_owned()));
                }
            }
        }
        let mut events = Vec::new();
        let resolved = self
            .names
            .resolve(raw_name.clone(), attributes, specified, &mut events)
            .map_err(|code| Stop::Fail(code, 0))?;
        events.push(Event::StartElement {
            name: resolved.name.clone(),
            attributes: resolved.attributes,
            specified: resolved.specified,
        });
        let tag = Tag {
            raw: raw_name,
            name: resolved.name,
            bindings: resolved.bindings,
        };
        if empty {
            self.leave(tag, &mut events);
        } else {
            self.tags.push(tag);
        }
        self.token = len;
        self.queue.extend(events);
        Ok(())
    }

    fn end_tag(&mut self) -> Scan<()> {
        let mut cursor = Cursor::new(self.rest());
        cursor.at = 2;
        let name = cursor.name()?;
        cursor.spaces()?;
        cursor.expect(b">")?;
        let fits = self.tags.last().map(|tag| tag.raw == name);
        let len = cursor.at;
        let least = self.sources.last().map_or(0, |open| open.depth());
        if self.tags.len() <= least {
            return Err(Stop::Fail(Code::ASYNCHRONOUS_ENTITY, 0));
        }
        if fits != Some(true) {
            return Err(Stop::Fail(Code::TAG_MISMATCH, 2));
        }
        let mut events = Vec::new();
        if let Some(tag) = self.tags.pop() {
            self.leave(tag, &mut events);
        }
        self.token = len;
        self.queue.extend(events);
        Ok(())
    }

    fn leave(&mut self, tag: Tag, events: &mut Vec<Event>) {
        events.push(Event::EndElement { name: tag.name });
        self.names.leave(tag.bindings, events);
        if self.tags.is_empty() && self.kind == Kind::Document {
            self.state = State::Epilog;
        }
    }
}
