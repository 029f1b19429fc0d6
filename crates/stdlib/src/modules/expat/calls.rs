//! What is told about a document, as calls of a parser's handlers.

use runtime::Vm;
use runtime::object::{Args, PyResult, Str, Value};

use super::errors::Code;
use super::event::{Event, ExternalId, Model};
use super::input::{Encoding, Wanted};
use super::parser::{Parser, failed, interned};

/// The handlers of a parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handler {
    StartElement,
    EndElement,
    Instruction,
    Text,
    UnparsedEntity,
    Notation,
    StartNamespace,
    EndNamespace,
    Comment,
    StartCdata,
    EndCdata,
    Default,
    DefaultExpand,
    NotStandalone,
    External,
    StartDoctype,
    EndDoctype,
    Entity,
    Declaration,
    Element,
    Attribute,
    Skipped,
}

impl Handler {
    pub const COUNT: usize = Handler::Skipped as usize + 1;
}

/// Finds out what an encoding means whose name the parser does not know: one byte, one character.
pub(super) fn encoding_named(vm: &Vm, name: &str) -> PyResult<Encoding> {
    if let Some(known) = Encoding::known(name) {
        return Ok(known);
    }
    let bytes: Vec<u8> = (0..=255).collect();
    let text = vm.call_method(
        &vm.bytes_value(&bytes),
        &vm.intern("decode"),
        &[vm.str_value(name), vm.str_value("replace")],
    )?;
    let characters: Vec<u32> = match text.payload::<Str>() {
        Some(text) => text.iter().collect(),
        None => Vec::new(),
    };
    if characters.len() != 256 {
        return Err(vm.value_error("multi-byte encodings are not supported"));
    }
    let mut table = Box::new([None; 256]);
    for (place, c) in table.iter_mut().zip(characters) {
        *place = char::from_u32(c).filter(|&c| c != char::REPLACEMENT_CHARACTER);
    }
    Ok(Encoding::Table(table))
}

/// Feeds a parser and calls its handlers; 1.
pub(super) fn parse(vm: &Vm, parser: &Parser, this: &Value, bytes: &[u8], last: bool) -> PyResult {
    if parser.busy.get() {
        return Err(vm.runtime_error("cannot call Parse() from a handler of the same parser"));
    }
    {
        let mut machine = parser.machine.borrow_mut();
        if machine.input.last || machine.finished {
            let place = machine.place();
            machine.failure = Some((Code::FINISHED, place));
            drop(machine);
            return Err(failed(vm, parser, Code::FINISHED));
        }
        machine.feed(bytes, last);
    }
    // The parser lives as long as its handlers run.
    let _this = this.clone();
    if let Some(name) = {
        let machine = parser.machine.borrow();
        machine.wanted_encoding()
    } {
        look_up(vm, parser, name)?;
    }
    loop {
        let event = parser.machine.borrow_mut().next();
        match event {
            Ok(None) => break,
            Ok(Some(event)) => {
                parser.busy.set(true);
                let told = tell(vm, parser, event);
                parser.busy.set(false);
                if let Err(raised) = told {
                    parser.machine.borrow_mut().abort();
                    return Err(raised);
                }
            }
            Err(code) => {
                flush(vm, parser)?;
                return Err(failed(vm, parser, code));
            }
        }
    }
    flush(vm, parser)?;
    Ok(vm.int(1))
}

/// Looks an encoding up that the document names.
fn look_up(vm: &Vm, parser: &Parser, wanted: Wanted) -> PyResult<()> {
    let (name, offset) = match &wanted {
        Wanted::Given(name) => (name, None),
        Wanted::Declared(name, offset) => (name, Some(*offset)),
    };
    // A document of bytes that says it is of pairs of bytes is wrong.
    if let (Some(offset), Some(Encoding::Utf16 { .. })) = (offset, Encoding::known(name)) {
        let mut machine = parser.machine.borrow_mut();
        let code = machine.fail_in_declaration(Code::INCORRECT_ENCODING, offset);
        drop(machine);
        return Err(failed(vm, parser, code));
    }
    let encoding = match encoding_named(vm, name) {
        Ok(encoding) => encoding,
        Err(raised) => {
            let mut machine = parser.machine.borrow_mut();
            machine.fail_in_declaration(Code::UNKNOWN_ENCODING, offset.unwrap_or(0));
            return Err(raised);
        }
    };
    parser.machine.borrow_mut().input.set_encoding(encoding, 0);
    Ok(())
}

/// Tells a text that was kept.
pub(super) fn flush(vm: &Vm, parser: &Parser) -> PyResult<()> {
    let text = std::mem::take(&mut *parser.buffer.borrow_mut());
    if text.is_empty() {
        return Ok(());
    }
    match parser.handlers[Handler::Text as usize].get() {
        Some(handler) => vm.call(&handler, &[vm.str_value(&text)]).map(drop),
        None => Ok(()),
    }
}

fn call(vm: &Vm, parser: &Parser, handler: &Value, args: &[Value]) -> PyResult {
    flush(vm, parser)?;
    let args = Args {
        values: args,
        names: &[],
    };
    vm.call_args(handler, args)
}

/// Tells an event to its handler, or else to the one that wants to see everything.
fn tell(vm: &Vm, parser: &Parser, event: Event) -> PyResult<()> {
    let handler = |handler: Handler| parser.handlers[handler as usize].get();
    let teller = Teller { vm, parser };
    let (wanted, args) = match &event {
        Event::Text(text) => return tell_text(vm, parser, text),
        Event::Other => return by_default(vm, parser),
        Event::StartElement { .. } if handler(Handler::StartElement).is_none() => {
            return by_default(vm, parser);
        }
        _ => match teller.of_content(&event)? {
            Some(told) => told,
            None => teller.of_document_type(&event)?,
        },
    };
    let Some(function) = handler(wanted) else {
        return untold(vm, parser, wanted);
    };
    let result = call(vm, parser, &function, &args)?;
    // Handlers of these decide whether parsing goes on.
    let code = match wanted {
        Handler::External => Code::EXTERNAL_HANDLING,
        Handler::NotStandalone => Code::NOT_STANDALONE,
        _ => return Ok(()),
    };
    if vm.arg_long(&result)? == 0 {
        let code = parser.machine.borrow_mut().fail(code, 0);
        return Err(failed(vm, parser, code));
    }
    Ok(())
}

/// Does with an event what is done where it has no handler.
fn untold(vm: &Vm, parser: &Parser, wanted: Handler) -> PyResult<()> {
    let raw = parser.machine.borrow().raw();
    match wanted {
        // These have no text of their own.
        Handler::StartNamespace | Handler::EndNamespace | Handler::NotStandalone => Ok(()),
        // The parts of a document type's head are told one by one, those of its end once.
        Handler::StartDoctype | Handler::EndDoctype => {
            if wanted == Handler::StartDoctype || raw.starts_with(']') {
                for part in parts(&raw) {
                    default_text(vm, parser, part)?;
                }
            }
            Ok(())
        }
        // The end of an element that is empty is part of its beginning.
        Handler::EndElement if raw.ends_with("/>") => Ok(()),
        _ => default_text(vm, parser, &raw),
    }
}

/// Makes the arguments of handlers.
struct Teller<'a> {
    vm: &'a Vm,
    parser: &'a Parser,
}

impl Teller<'_> {
    fn name(&self, text: &str) -> PyResult {
        interned(self.vm, self.parser, text)
    }

    fn some_name(&self, text: &Option<String>) -> PyResult {
        match text {
            Some(text) => self.name(text),
            None => Ok(Value::NONE),
        }
    }

    fn some(&self, text: &Option<String>) -> Value {
        match text {
            Some(text) => self.vm.str_value(text),
            None => Value::NONE,
        }
    }

    /// The base, and where something outside is to be found.
    fn place(&self, id: &ExternalId) -> PyResult<[Value; 3]> {
        // Looking a name up may run code that sets another base.
        let base = self.parser.base.borrow().clone();
        Ok([
            self.some_name(&base)?,
            self.some_name(&id.system)?,
            self.some_name(&id.public)?,
        ])
    }

    fn flag(&self, flag: bool) -> Value {
        self.vm.int(flag.into())
    }

    /// The handler of an event of a document's content, with its arguments.
    fn of_content(&self, event: &Event) -> PyResult<Option<(Handler, Vec<Value>)>> {
        let vm = self.vm;
        Ok(Some(match event {
            Event::StartElement {
                name,
                attributes,
                specified,
            } => {
                let told = match self.parser.specified_attributes.get() {
                    true => &attributes[..*specified],
                    false => &attributes[..],
                };
                let attributes = self.attributes(told)?;
                (Handler::StartElement, vec![self.name(name)?, attributes])
            }
            Event::EndElement { name } => (Handler::EndElement, vec![self.name(name)?]),
            Event::StartNamespace { prefix, uri } => (
                Handler::StartNamespace,
                vec![self.some_name(prefix)?, self.some_name(uri)?],
            ),
            Event::EndNamespace { prefix } => {
                (Handler::EndNamespace, vec![self.some_name(prefix)?])
            }
            Event::Comment(text) => (Handler::Comment, vec![vm.str_value(text)]),
            Event::Instruction { target, data } => (
                Handler::Instruction,
                vec![self.name(target)?, vm.str_value(data)],
            ),
            Event::StartCdata => (Handler::StartCdata, Vec::new()),
            Event::EndCdata => (Handler::EndCdata, Vec::new()),
            Event::Skipped { name, parameter } => (
                Handler::Skipped,
                vec![self.name(name)?, self.flag(*parameter)],
            ),
            Event::External { context, id } => {
                let mut args = vec![self.some(context)];
                args.extend(self.place(id)?);
                (Handler::External, args)
            }
            _ => return Ok(None),
        }))
    }

    /// What an element's start is told to have, as a list or a dict.
    fn attributes(&self, told: &[(String, String)]) -> PyResult {
        let vm = self.vm;
        if self.parser.ordered_attributes.get() {
            let mut items = Vec::new();
            for (attribute, value) in told {
                items.push(self.name(attribute)?);
                items.push(vm.str_value(value));
            }
            return Ok(vm.list_from(items)?.into_value());
        }
        let dict = vm.dict();
        for (attribute, value) in told {
            dict.insert(vm, &self.name(attribute)?, vm.str_value(value))?;
        }
        Ok(dict.into_value())
    }

    /// The handler of an event of a declaration, with its arguments.
    fn of_document_type(&self, event: &Event) -> PyResult<(Handler, Vec<Value>)> {
        let vm = self.vm;
        let shows_unparsed = || {
            let handler = &self.parser.handlers[Handler::UnparsedEntity as usize];
            handler.get().is_some()
        };
        Ok(match event {
            Event::Declaration {
                version,
                encoding,
                standalone,
            } => (
                Handler::Declaration,
                vec![
                    self.some(version),
                    self.some(encoding),
                    vm.int((*standalone).into()),
                ],
            ),
            Event::StartDoctype {
                name,
                id,
                has_subset,
            } => (
                Handler::StartDoctype,
                vec![
                    self.name(name)?,
                    self.some_name(&id.system)?,
                    self.some_name(&id.public)?,
                    self.flag(*has_subset),
                ],
            ),
            Event::EndDoctype => (Handler::EndDoctype, Vec::new()),
            Event::Element { name, model } => (
                Handler::Element,
                vec![self.name(name)?, model_value(vm, self.parser, model)?],
            ),
            Event::Attribute {
                element,
                name,
                kind,
                default,
                required,
            } => (
                Handler::Attribute,
                vec![
                    self.name(element)?,
                    self.name(name)?,
                    vm.str_value(kind),
                    self.some(default),
                    self.flag(*required),
                ],
            ),
            Event::Entity {
                name,
                id,
                notation: Some(notation),
                ..
            } if shows_unparsed() => {
                let mut args = vec![self.name(name)?];
                args.extend(self.place(id)?);
                args.push(self.name(notation)?);
                (Handler::UnparsedEntity, args)
            }
            Event::Entity {
                name,
                parameter,
                value,
                id,
                notation,
            } => {
                let mut args = vec![self.name(name)?, self.flag(*parameter), self.some(value)];
                args.extend(self.place(id)?);
                args.push(self.some_name(notation)?);
                (Handler::Entity, args)
            }
            Event::Notation { name, id } => {
                let mut args = vec![self.name(name)?];
                args.extend(self.place(id)?);
                (Handler::Notation, args)
            }
            _ => (Handler::NotStandalone, Vec::new()),
        })
    }
}

fn tell_text(vm: &Vm, parser: &Parser, text: &str) -> PyResult<()> {
    let Some(handler) = parser.handlers[Handler::Text as usize].get() else {
        return by_default(vm, parser);
    };
    if !parser.buffers_text.get() {
        return vm.call(&handler, &[vm.str_value(text)]).map(drop);
    }
    let size = parser.buffer_size.get();
    if parser.buffer.borrow().len() + text.len() > size {
        flush(vm, parser)?;
        // The handler may have gone meanwhile.
        let Some(handler) = parser.handlers[Handler::Text as usize].get() else {
            return Ok(());
        };
        if text.len() > size {
            return vm.call(&handler, &[vm.str_value(text)]).map(drop);
        }
    }
    parser.buffer.borrow_mut().push_str(text);
    Ok(())
}

/// Tells the text of an event to the handler that takes what no other does.
fn by_default(vm: &Vm, parser: &Parser) -> PyResult<()> {
    let raw = parser.machine.borrow().raw();
    default_text(vm, parser, &raw)
}

fn default_text(vm: &Vm, parser: &Parser, text: &str) -> PyResult<()> {
    let handler = parser
        .default
        .get()
        .and_then(|handler| parser.handlers[handler as usize].get());
    let Some(handler) = handler else {
        return Ok(());
    };
    match text.is_empty() {
        true => Ok(()),
        false => call(vm, parser, &handler, &[vm.str_value(text)]).map(drop),
    }
}

/// The parts of a document type's head: words, literals, white space, brackets.
fn parts(mut text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    while let Some(first) = text.chars().next() {
        let end = match first {
            '"' | '\'' => text[1..].find(first).map(|end| end + 2),
            '[' | ']' | '>' => Some(1),
            _ if first.is_ascii_whitespace() => text.find(|c: char| !c.is_ascii_whitespace()),
            _ => text.find(|c: char| c.is_ascii_whitespace() || "[]>\"'".contains(c)),
        };
        let (part, rest) = text.split_at(end.unwrap_or(text.len()));
        parts.push(part);
        text = rest;
    }
    parts
}

fn model_value(vm: &Vm, parser: &Parser, model: &Model) -> PyResult {
    let mut children = Vec::new();
    for child in &model.children {
        children.push(model_value(vm, parser, child)?);
    }
    let name = match &model.name {
        Some(name) => interned(vm, parser, name)?,
        None => Value::NONE,
    };
    Ok(vm.tuple_value([
        vm.int(model.kind as i64),
        vm.int(model.quantifier as i64),
        name,
        vm.tuple_value(children),
    ]))
}
