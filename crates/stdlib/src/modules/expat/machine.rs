//! The parser proper: text comes in piece by piece, events come out one by one.
//!
//! What was told last stays in place until the next event is asked for, so that its position and its own
//! text can be asked for meanwhile.  References to entities put their texts on a stack of sources; the
//! reference is left behind when its text is at an end.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::dtd::{Declarations, EXPANSION};
use super::errors::Code;
use super::event::Event;
use super::input::{Beginning, Encoding, Input, Place, Wanted};
use super::names::Names;
use super::scan::{Cursor, Scan, Stop, is_space};

/// The text of an entity that is being read.
pub(super) struct Open {
    name: String,
    text: Vec<u8>,
    pos: usize,
    /// What of the text around it is to be left behind afterwards.
    pending: usize,
    /// How many elements were open before it.
    depth: usize,
}

impl Open {
    /// How many elements were open before it.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

/// Where in the document the parser is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Start,
    Prolog,
    Subset,
    Content,
    Cdata,
    Epilog,
}

/// What a parser reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    /// An entity that a document refers to in its content.
    Content,
    /// What a document type declaration refers to.
    Subset,
}

/// An element that is open.
pub(super) struct Tag {
    pub raw: String,
    pub name: String,
    pub bindings: usize,
}

/// A parser.
pub(super) struct Machine {
    pub input: Input,
    /// The encoding that counts, whatever the document says; looked up when parsing begins.
    encoding_name: Option<String>,
    pub(super) sources: Vec<Open>,
    pub(super) kind: Kind,
    pub(super) state: State,
    pub(super) queue: VecDeque<Event>,
    /// How much of the text belongs to what was told last.
    pub(super) token: usize,
    /// What was told last is at the end of that text: the end of an element that is empty.
    at_end: bool,
    pub(super) tags: Vec<Tag>,
    pub(super) names: Names,
    pub(super) declarations: Rc<RefCell<Declarations>>,
    /// Entities outside that are being read, this one among them.
    pub(super) outer: Vec<String>,
    /// Entities are replaced by their texts.
    pub expands: bool,
    /// `XML_SetParamEntityParsing`: never, unless standalone, always.
    pub reads_outside: i32,
    /// Asks for a subset that the document does not name.
    pub foreign_subset: bool,
    /// The error that ended parsing, and its place.
    pub failure: Option<(Code, Place)>,
    pub(super) expanded: usize,
    pub(super) fed: usize,
    /// Sections of an outer subset that are included.
    pub(super) sections: usize,
    /// The subset outside that the document names.
    pub(super) subset: Option<super::event::ExternalId>,
    pub finished: bool,
    begun: bool,
}

impl Machine {
    /// A parser of documents, with what is to stand between name spaces and names.
    pub fn new(encoding_name: Option<String>, separator: Option<String>) -> Machine {
        let mut input = Input::new();
        input.encoding = encoding_name.as_deref().and_then(Encoding::known);
        Machine {
            input,
            encoding_name,
            sources: Vec::new(),
            kind: Kind::Document,
            state: State::Start,
            queue: VecDeque::new(),
            token: 0,
            at_end: false,
            tags: Vec::new(),
            names: Names::new(separator),
            declarations: Rc::default(),
            outer: Vec::new(),
            expands: true,
            reads_outside: 0,
            foreign_subset: false,
            failure: None,
            expanded: 0,
            fed: 0,
            sections: 0,
            subset: None,
            finished: false,
            begun: false,
        }
    }

    /// A parser of an entity outside, in the context that an event told; none is the document type's.
    pub fn for_entity(&self, context: Option<&str>, encoding: Option<String>) -> Machine {
        let mut new = Machine::new(encoding, None);
        new.names = self.names.clone();
        new.declarations = Rc::clone(&self.declarations);
        new.expands = self.expands;
        new.reads_outside = self.reads_outside;
        new.outer = self.outer.clone();
        new.kind = match context {
            None => Kind::Subset,
            Some(context) => {
                for part in context.split('\x0c').filter(|part| !part.is_empty()) {
                    match part.split_once('=') {
                        Some((prefix, uri)) => new.names.restore(prefix, uri),
                        None => new.outer.push(part.to_owned()),
                    }
                }
                Kind::Content
            }
        };
        new
    }

    /// The context of an entity outside.
    pub(super) fn context(&self, entity: &str) -> String {
        let mut parts = self.names.context();
        parts.extend(self.sources.iter().map(|open| open.name.clone()));
        parts.extend(self.outer.iter().cloned());
        parts.push(entity.to_owned());
        parts.join("\x0c")
    }

    /// Adds bytes.
    pub fn feed(&mut self, bytes: &[u8], last: bool) {
        self.fed += bytes.len();
        self.begun |= !bytes.is_empty();
        self.input.feed(bytes, last);
    }

    /// True once there was something to parse.
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// Names of tags that were told end with their prefixes, or do not.
    pub fn set_prefixes(&mut self, on: bool) {
        self.names.with_prefixes = on;
    }

    /// The place of what was told last.
    pub fn place(&self) -> Place {
        match self.failure {
            Some((_, place)) => place,
            None if self.at_end && self.sources.is_empty() => self.input.place_after(self.token),
            None => self.input.place_after(0),
        }
    }

    /// The text of what was told last.
    pub fn raw(&self) -> String {
        let text = match self.sources.last() {
            Some(open) => open.text.get(open.pos..),
            None => Some(self.input.rest()),
        };
        let raw = text.and_then(|text| text.get(..self.token));
        String::from_utf8_lossy(raw.unwrap_or_default()).into_owned()
    }

    pub(super) fn rest(&self) -> &[u8] {
        match self.sources.last() {
            Some(open) => open.text.get(open.pos..).unwrap_or_default(),
            None => self.input.rest(),
        }
    }

    /// True if no text comes after what is there.
    pub(super) fn is_complete(&self) -> bool {
        !self.sources.is_empty() || self.input.last
    }

    fn leave_token(&mut self) {
        let token = std::mem::take(&mut self.token);
        match self.sources.last_mut() {
            Some(open) => open.pos += token,
            None => self.input.advance(token),
        }
    }

    /// The next event; None until there is more text, or at the end.
    pub fn next(&mut self) -> Result<Option<Event>, Code> {
        if let Some((code, _)) = self.failure {
            return Err(code);
        }
        loop {
            if let Some(event) = self.queue.pop_front() {
                let ends = matches!(event, Event::EndElement { .. });
                self.at_end |= ends && self.raw().ends_with("/>");
                return Ok(Some(event));
            }
            self.at_end = false;
            self.leave_token();
            if self.finished {
                return Ok(None);
            }
            match self.step() {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(Stop::Partial) if !self.is_complete() && self.input.end_error().is_none() => {
                    return Ok(None);
                }
                Err(Stop::Partial) => {
                    let code = match self.input.end_error() {
                        Some(code) if self.sources.is_empty() => {
                            return Err(self.fail(code, self.rest().len()));
                        }
                        _ => Code::UNCLOSED_TOKEN,
                    };
                    return Err(self.fail(code, 0));
                }
                Err(Stop::Fail(code, offset)) => return Err(self.fail(code, offset)),
            }
        }
    }

    /// Ends parsing after what was told last, because its handler failed.
    pub fn abort(&mut self) {
        self.fail(Code::ABORTED, self.token);
        self.finished = true;
    }

    /// Notes an error so many bytes on in a declaration whose encoding is not known yet.
    pub fn fail_in_declaration(&mut self, code: Code, offset: usize) -> Code {
        let mut place = self.input.place_after(0);
        place.column += offset as u64;
        place.byte += offset as i64;
        self.failure = Some((code, place));
        self.finished = true;
        code
    }

    /// Notes an error so many bytes on.
    pub fn fail(&mut self, code: Code, offset: usize) -> Code {
        let offset = if self.sources.is_empty() { offset } else { 0 };
        self.failure = Some((code, self.input.place_after(offset)));
        code
    }

    /// Reads one piece of the document; false if there is nothing left to read for now.
    fn step(&mut self) -> Scan<bool> {
        if self.state == State::Start {
            if !self.begin()? {
                return Ok(false);
            }
            if !self.queue.is_empty() {
                return Ok(true);
            }
        }
        if self.rest().is_empty() {
            return self.end_of_text();
        }
        match self.state {
            State::Start | State::Prolog => self.prolog()?,
            State::Subset => self.subset()?,
            State::Content => self.content()?,
            State::Cdata => self.cdata()?,
            State::Epilog => self.epilog()?,
        }
        Ok(true)
    }

    /// Finds out the encoding and reads the declaration at the beginning; false where that needs more text.
    fn begin(&mut self) -> Scan<bool> {
        if self.input.encoding.is_none() {
            match self.input.beginning() {
                Beginning::Unclear if !self.input.last => return Ok(false),
                Beginning::Unclear => self.input.set_encoding(Encoding::Utf8, 0),
                Beginning::Found(encoding, mark) => self.input.set_encoding(encoding, mark),
                Beginning::Named(_, _) => return Err(Stop::Fail(Code::UNKNOWN_ENCODING, 0)),
            }
        } else {
            // A mark says nothing where the encoding is known.
            const MARK: &[u8] = "\u{feff}".as_bytes();
            if self.input.rest().starts_with(MARK) {
                self.input.advance(MARK.len());
            }
        }
        const START: &[u8] = b"<?xml";
        let rest = self.input.rest();
        if rest.len() <= START.len() && START.starts_with(rest) && !self.input.last {
            return Ok(false);
        }
        self.state = match self.kind {
            Kind::Document => State::Prolog,
            Kind::Content => State::Content,
            Kind::Subset => State::Subset,
        };
        if rest.starts_with(START)
            && rest
                .get(START.len())
                .is_some_and(|&byte| is_space(byte) || byte == b'?')
        {
            let read = self.declaration();
            if matches!(read, Err(Stop::Partial)) {
                self.state = State::Start;
            }
            read?;
        }
        Ok(true)
    }

    /// The encoding that must be looked up before parsing can begin.
    pub fn wanted_encoding(&self) -> Option<Wanted> {
        if self.state != State::Start || self.input.encoding.is_some() {
            return None;
        }
        if let Some(name) = &self.encoding_name {
            return Some(Wanted::Given(name.clone()));
        }
        match self.input.beginning() {
            Beginning::Named(name, offset) => Some(Wanted::Declared(name, offset)),
            _ => None,
        }
    }

    /// `<?xml …?>` at the beginning.
    fn declaration(&mut self) -> Scan<()> {
        let code = match self.kind {
            Kind::Document => Code::XML_DECLARATION,
            _ => Code::TEXT_DECLARATION,
        };
        let (mut version, mut encoding, mut standalone) = (None, None, -1);
        let mut cursor = Cursor::new(self.input.rest());
        cursor.at = 5;
        let wrong = |cursor: &Cursor<'_>| Stop::Fail(code, cursor.at);
        loop {
            let spaced = cursor.spaces()?;
            if cursor.take(b"?>")? {
                break;
            }
            let at = cursor.at;
            let name = match cursor.name() {
                Ok(name) if spaced => name,
                Err(Stop::Partial) => return Err(Stop::Partial),
                _ => return Err(wrong(&cursor)),
            };
            cursor.spaces()?;
            if !cursor.take(b"=")? {
                return Err(wrong(&cursor));
            }
            cursor.spaces()?;
            let value = match cursor.literal() {
                Ok(value) => value.to_owned(),
                Err(Stop::Partial) => return Err(Stop::Partial),
                Err(_) => return Err(wrong(&cursor)),
            };
            match name {
                "version" if version.is_none() && encoding.is_none() => version = Some(value),
                "encoding" if encoding.is_none() && standalone == -1 => encoding = Some(value),
                "standalone" if standalone == -1 && self.kind == Kind::Document => {
                    standalone = match value.as_str() {
                        "yes" => 1,
                        "no" => 0,
                        _ => return Err(Stop::Fail(code, at)),
                    };
                }
                _ => return Err(Stop::Fail(code, at)),
            }
        }
        let len = cursor.at;
        let complete = match self.kind {
            Kind::Document => version.is_some(),
            _ => encoding.is_some() && standalone == -1,
        };
        if !complete {
            return Err(Stop::Fail(code, len - 2));
        }
        self.declarations.borrow_mut().standalone |= standalone == 1;
        self.token = len;
        self.queue.push_back(Event::Declaration {
            version,
            encoding,
            standalone,
        });
        Ok(())
    }

    /// What the end of a text means.
    fn end_of_text(&mut self) -> Scan<bool> {
        if let Some(open) = self.sources.last() {
            if self.state == State::Cdata {
                return Err(Stop::Fail(Code::UNCLOSED_CDATA, 0));
            }
            if self.tags.len() != open.depth {
                return Err(Stop::Fail(Code::ASYNCHRONOUS_ENTITY, 0));
            }
            let pending = open.pending;
            self.sources.pop();
            self.token = pending;
            self.leave_token();
            return Ok(true);
        }
        if let Some(code) = self.input.end_error() {
            return Err(Stop::Fail(code, 0));
        }
        if !self.input.last {
            return Ok(false);
        }
        let error = match self.state {
            State::Cdata => Some(Code::UNCLOSED_CDATA),
            State::Content if self.kind == Kind::Document => Some(Code::NO_ELEMENTS),
            State::Content if !self.tags.is_empty() => Some(Code::ASYNCHRONOUS_ENTITY),
            State::Subset if self.kind == Kind::Subset && self.sections == 0 => None,
            State::Subset if self.kind == Kind::Subset => Some(Code::INCOMPLETE_PARAMETER),
            State::Content | State::Epilog => None,
            State::Start if self.kind != Kind::Document => None,
            State::Start | State::Prolog | State::Subset => Some(Code::NO_ELEMENTS),
        };
        match error {
            Some(code) => Err(Stop::Fail(code, 0)),
            None => {
                self.finished = true;
                Ok(false)
            }
        }
    }

    /// Puts the text of an entity before what follows the reference to it, which is so long.
    pub(super) fn open(&mut self, name: &str, text: &str, reference: usize) -> Scan<()> {
        self.expanded += text.len();
        let (least, factor) = EXPANSION;
        if self.expanded > least && self.expanded / factor > self.fed {
            return Err(Stop::Fail(Code::AMPLIFICATION, 0));
        }
        self.sources.push(Open {
            name: name.to_owned(),
            text: text.as_bytes().to_vec(),
            pos: 0,
            pending: reference,
            depth: self.tags.len(),
        });
        Ok(())
    }

    /// True if the text of this entity is being read.
    pub(super) fn is_open(&self, name: &str) -> bool {
        self.sources.iter().any(|open| open.name == name)
            || self.outer.iter().any(|outer| outer == name)
    }

    /// Tells an event of a piece of text so long.
    pub(super) fn tell(&mut self, len: usize, event: Event) {
        self.token = len;
        self.queue.push_back(event);
    }
}
