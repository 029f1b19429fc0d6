//! The class of parsers.

use std::cell::{Cell, RefCell};

use heap::Visitor;
use runtime::object::{
    ByteArray, Bytes, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, TypeSpec,
    Value, Visit, alloc, class_flag,
};
use runtime::{Raised, Vm};

use super::calls::Handler;
use super::errors::Code;
use super::input::Encoding;
use super::machine::Machine;
use crate::native::{exception_of, wrong_receiver};

/// Payload of `xmlparser`.
pub(super) struct Parser {
    pub machine: RefCell<Machine>,
    pub handlers: [Slot; Handler::COUNT],
    /// A text that is kept until something else is told.
    pub buffer: RefCell<String>,
    pub buffers_text: Cell<bool>,
    pub buffer_size: Cell<usize>,
    pub ordered_attributes: Cell<bool>,
    pub specified_attributes: Cell<bool>,
    pub namespace_prefixes: Cell<bool>,
    /// Names as they were told first.
    pub intern: Slot,
    pub base: RefCell<Option<String>>,
    /// The handler of what no other one takes.
    pub default: Cell<Option<Handler>>,
    /// A handler is running.
    pub busy: Cell<bool>,
}

impl Payload for Parser {
    const KIND: Kind = crate::kinds::XML_PARSER;
    const NAME: &'static str = "xmlparser";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        for handler in &self.handlers {
            visitor.slot(handler);
        }
        visitor.slot(&self.intern);
    }

    fn clear(&self) {
        for handler in &self.handlers {
            handler.set(None);
        }
        self.intern.set(None);
    }
}

macro_rules! handlers {
    ($($name:literal => $handler:ident,)*) => {
        &[
            $(GetSetDef::writable($name, "",
                |vm, this| {
                    let handler = parser_of(vm, this)?.handlers[Handler::$handler as usize].get();
                    Ok(handler.unwrap_or(Value::NONE))
                },
                |vm, this, value| set_handler(vm, this, Handler::$handler, value),
            ),)*
            GetSetDef::writable("buffer_text", "",
                |vm, this| Ok(Value::bool(parser_of(vm, this)?.buffers_text.get())),
                |vm, this, value| {
                    let parser = parser_of(vm, this)?;
                    let on = vm.truth(given(vm, value)?)?;
                    if !on {
                        super::calls::flush(vm, parser)?;
                    }
                    parser.buffers_text.set(on);
                    Ok(())
                },
            ),
            GetSetDef::writable("buffer_size", "",
                |vm, this| Ok(vm.int_usize(parser_of(vm, this)?.buffer_size.get())),
                set_buffer_size,
            ),
            GetSetDef::read_only("buffer_used", "", |vm, this| {
                Ok(vm.int_usize(parser_of(vm, this)?.buffer.borrow().len()))
            }),
            GetSetDef::read_only("intern", "", |vm, this| {
                Ok(parser_of(vm, this)?.intern.get().unwrap_or(Value::NONE))
            }),
            flag!("ordered_attributes", ordered_attributes),
            flag!("specified_attributes", specified_attributes),
            GetSetDef::writable("namespace_prefixes", "",
                |vm, this| Ok(Value::bool(parser_of(vm, this)?.namespace_prefixes.get())),
                |vm, this, value| {
                    let parser = parser_of(vm, this)?;
                    let on = vm.truth(given(vm, value)?)?;
                    parser.namespace_prefixes.set(on);
                    parser.machine.borrow_mut().set_prefixes(on);
                    Ok(())
                },
            ),
            GetSetDef::read_only("ErrorCode", "", |vm, this| {
                let failure = parser_of(vm, this)?.machine.borrow().failure;
                Ok(vm.int(failure.map_or(0, |(code, _)| code.0.into())))
            }),
            place!("ErrorLineNumber", line),
            place!("ErrorColumnNumber", column),
            place!("ErrorByteIndex", byte),
            place!("CurrentLineNumber", line),
            place!("CurrentColumnNumber", column),
            place!("CurrentByteIndex", byte),
        ]
    };
}

macro_rules! flag {
    ($name:literal, $field:ident) => {
        GetSetDef::writable(
            $name,
            "",
            |vm, this| Ok(Value::bool(parser_of(vm, this)?.$field.get())),
            |vm, this, value| {
                let on = vm.truth(given(vm, value)?)?;
                parser_of(vm, this)?.$field.set(on);
                Ok(())
            },
        )
    };
}

macro_rules! place {
    ($name:literal, $part:ident) => {
        GetSetDef::read_only($name, "", |vm, this| {
            let machine = parser_of(vm, this)?.machine.borrow();
            let place = machine.place();
            let part = place.$part as i64;
            // Before there is anything to parse no byte has an index.
            let nowhere = stringify!($part) == "byte" && !machine.has_begun();
            Ok(vm.int(if nowhere { -1 } else { part }))
        })
    };
}

pub(super) static PARSER: TypeSpec = TypeSpec {
    doc: "XML parser",
    flags: class_flag::NO_INSTANTIATION,
    methods: &[
        MethodDef::bound(
            "Parse",
            "($self, data, isfinal=False, /)",
            "Parse XML data.\n\n`isfinal' should be true at end of input.",
            |vm, args| {
                let parser = parser_of(vm, &args[0])?;
                let last = args[2].given().map_or(Ok(false), |last| vm.truth(last))?;
                let bytes = if args[1].payload::<Str>().is_some() {
                    let mut machine = parser.machine.borrow_mut();
                    // What is text already needs no encoding.
                    if !machine.has_begun() {
                        machine.input.encoding = Some(Encoding::Utf8);
                    }
                    drop(machine);
                    let bytes = vm.call_method(&args[1], &vm.intern("encode"), &[])?;
                    vm.copied_bytes(&bytes)?
                } else {
                    vm.copied_bytes(&args[1])?
                };
                super::calls::parse(vm, parser, &args[0], &bytes, last)
            },
        ),
        MethodDef::bound(
            "ParseFile",
            "($self, file, /)",
            "Parse XML data from file-like object.",
            parse_file,
        ),
        MethodDef::bound(
            "SetBase",
            "($self, base, /)",
            "Set the base URL for the parser.",
            |vm, args| {
                let base = text(vm, "SetBase() argument", &args[1])?;
                *parser_of(vm, &args[0])?.base.borrow_mut() = Some(base);
                Ok(Value::NONE)
            },
        ),
        MethodDef::bound(
            "GetBase",
            "($self, /)",
            "Return base URL string for the parser.",
            |vm, args| {
                let base = parser_of(vm, &args[0])?.base.borrow();
                Ok(base
                    .as_deref()
                    .map_or(Value::NONE, |base| vm.str_value(base)))
            },
        ),
        MethodDef::bound(
            "GetInputContext",
            "($self, /)",
            "Return the untranslated text of the input that caused the current event.\n\n\
             If the event was generated by a large amount of text (such as a start tag\n\
             for an element with many attributes), not all of the text may be available.",
            |vm, args| {
                let parser = parser_of(vm, &args[0])?;
                if !parser.busy.get() {
                    return Ok(Value::NONE);
                }
                Ok(vm.bytes_value(parser.machine.borrow().input.rest()))
            },
        ),
        MethodDef::bound(
            "ExternalEntityParserCreate",
            "($self, context, encoding=<unrepresentable>,\n\
             \x20                          /)",
            "Create a parser for parsing an external entity based on the information passed to the \
             ExternalEntityRefHandler.",
            |vm, args| {
                let parser = parser_of(vm, &args[0])?;
                let context = match args[1].given_not_none() {
                    None => None,
                    Some(context) => Some(text(
                        vm,
                        "ExternalEntityParserCreate() argument 1",
                        context,
                    )?),
                };
                let encoding =
                    optional_text(vm, "ExternalEntityParserCreate() argument 2", &args[2])?;
                let machine = parser
                    .machine
                    .borrow()
                    .for_entity(context.as_deref(), encoding);
                let new = Parser {
                    machine: RefCell::new(machine),
                    handlers: std::array::from_fn(|place| {
                        let slot = Slot::default();
                        slot.set(parser.handlers[place].get());
                        slot
                    }),
                    buffer: RefCell::default(),
                    buffers_text: Cell::new(parser.buffers_text.get()),
                    buffer_size: Cell::new(parser.buffer_size.get()),
                    ordered_attributes: Cell::new(parser.ordered_attributes.get()),
                    specified_attributes: Cell::new(parser.specified_attributes.get()),
                    namespace_prefixes: Cell::new(parser.namespace_prefixes.get()),
                    intern: Slot::default(),
                    base: RefCell::new(parser.base.borrow().clone()),
                    default: Cell::new(parser.default.get()),
                    busy: Cell::new(false),
                };
                new.intern.set(parser.intern.get());
                Ok(alloc(&vm.native_class(&PARSER), new).into_value())
            },
        ),
        MethodDef::bound(
            "SetParamEntityParsing",
            "($self, flag, /)",
            "Controls parsing of parameter entities (including the external DTD subset).\n\n\
             Possible flag values are XML_PARAM_ENTITY_PARSING_NEVER,\n\
             XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE and\n\
             XML_PARAM_ENTITY_PARSING_ALWAYS. Returns true if setting the flag\n\
             was successful.",
            |vm, args| {
                let flag = vm.arg_int(&args[1])?;
                let mut machine = parser_of(vm, &args[0])?.machine.borrow_mut();
                let allowed = !machine.has_begun();
                if allowed {
                    machine.reads_outside = flag;
                }
                Ok(vm.int(allowed.into()))
            },
        ),
        MethodDef::bound(
            "UseForeignDTD",
            "($self, flag=True, /)",
            "Allows the application to provide an artificial external subset if one is not specified \
             as part of the document instance.\n\n\
             This readily allows the use of a 'default' document type controlled by the\n\
             application, while still getting the advantage of providing document type\n\
             information to the parser. 'flag' defaults to True if not provided.",
            |vm, args| {
                let flag = args[1].given().map_or(Ok(true), |flag| vm.truth(flag))?;
                parser_of(vm, &args[0])?.machine.borrow_mut().foreign_subset = flag;
                Ok(Value::NONE)
            },
        ),
    ],
    getset: handlers! {
        "StartElementHandler" => StartElement,
        "EndElementHandler" => EndElement,
        "ProcessingInstructionHandler" => Instruction,
        "CharacterDataHandler" => Text,
        "UnparsedEntityDeclHandler" => UnparsedEntity,
        "NotationDeclHandler" => Notation,
        "StartNamespaceDeclHandler" => StartNamespace,
        "EndNamespaceDeclHandler" => EndNamespace,
        "CommentHandler" => Comment,
        "StartCdataSectionHandler" => StartCdata,
        "EndCdataSectionHandler" => EndCdata,
        "DefaultHandler" => Default,
        "DefaultHandlerExpand" => DefaultExpand,
        "NotStandaloneHandler" => NotStandalone,
        "ExternalEntityRefHandler" => External,
        "StartDoctypeDeclHandler" => StartDoctype,
        "EndDoctypeDeclHandler" => EndDoctype,
        "EntityDeclHandler" => Entity,
        "XmlDeclHandler" => Declaration,
        "ElementDeclHandler" => Element,
        "AttlistDeclHandler" => Attribute,
        "SkippedEntityHandler" => Skipped,
    },
    ..TypeSpec::of::<Parser>("pyexpat.xmlparser")
};

pub(super) fn parser_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Parser> {
    this.payload::<Parser>()
        .ok_or_else(|| wrong_receiver(vm, "pyexpat.xmlparser"))
}

/// The value that an attribute is set to; none of them can be deleted.
fn given<'a>(vm: &Vm, value: Option<&'a Value>) -> PyResult<&'a Value> {
    value.ok_or_else(|| vm.runtime_error("Cannot delete attribute"))
}

fn set_handler(vm: &Vm, this: &Value, handler: Handler, value: Option<&Value>) -> PyResult<()> {
    let parser = parser_of(vm, this)?;
    let value = given(vm, value)?;
    if handler == Handler::Text {
        // What was read before goes to the handler there was then.
        super::calls::flush(vm, parser)?;
    }
    let value = (!value.is_none()).then(|| value.clone());
    match handler {
        // There is but one: the one that was set last, in one way or the other.
        Handler::Default | Handler::DefaultExpand => {
            parser.machine.borrow_mut().expands = handler == Handler::DefaultExpand;
            parser.default.set(value.is_some().then_some(handler));
        }
        _ => {}
    }
    parser.handlers[handler as usize].set(value);
    Ok(())
}

fn set_buffer_size(vm: &Vm, this: &Value, value: Option<&Value>) -> PyResult<()> {
    let parser = parser_of(vm, this)?;
    let value = given(vm, value)?;
    if !value.is_int() {
        return Err(vm.type_error("buffer_size must be an integer"));
    }
    let size = vm.arg_long(value)?;
    if size <= 0 {
        return Err(vm.value_error("buffer_size must be greater than zero"));
    }
    if size > i64::from(i32::MAX) {
        return Err(vm.value_error(format!("buffer_size must not be greater than {}", i32::MAX)));
    }
    super::calls::flush(vm, parser)?;
    parser.buffer_size.set(size as usize);
    // Who chooses a size wants a buffer.
    parser.buffers_text.set(true);
    Ok(())
}

fn text(vm: &Vm, what: &str, value: &Value) -> PyResult<String> {
    match value.payload::<Str>().and_then(Str::to_utf8) {
        Some(text) => Ok(text.into_owned()),
        None => Err(vm.type_error(format!("{what} must be str, not {}", vm.class_name(value)))),
    }
}

fn optional_text(vm: &Vm, what: &str, value: &Value) -> PyResult<Option<String>> {
    match value.given_not_none() {
        None => Ok(None),
        Some(value) => match value.payload::<Str>().and_then(Str::to_utf8) {
            Some(text) => Ok(Some(text.into_owned())),
            None => Err(vm.type_error(format!(
                "{what} must be str or None, not {}",
                vm.class_name(value)
            ))),
        },
    }
}

/// `ParserCreate`.
pub(super) fn create(
    vm: &Vm,
    encoding_name: &Value,
    separator: &Value,
    intern: &Value,
) -> PyResult {
    let encoding = optional_text(vm, "ParserCreate() argument 'encoding'", encoding_name)?;
    let separator = optional_text(
        vm,
        "ParserCreate() argument 'namespace_separator'",
        separator,
    )?;
    if separator
        .as_ref()
        .is_some_and(|text| text.chars().count() > 1)
    {
        return Err(
            vm.value_error("namespace_separator must be at most one character, omitted, or None")
        );
    }
    let names = match intern.given() {
        None => Some(vm.dict().into_value()),
        Some(names) if names.is_none() => None,
        Some(names) if names.payload::<runtime::object::Dict>().is_some() => Some(names.clone()),
        Some(_) => return Err(vm.type_error("intern must be a dictionary")),
    };
    let parser = Parser {
        machine: RefCell::new(Machine::new(encoding, separator)),
        handlers: std::array::from_fn(|_| Slot::default()),
        buffer: RefCell::default(),
        buffers_text: Cell::new(false),
        buffer_size: Cell::new(8192),
        ordered_attributes: Cell::new(false),
        specified_attributes: Cell::new(false),
        namespace_prefixes: Cell::new(false),
        intern: Slot::default(),
        base: RefCell::default(),
        default: Cell::new(None),
        busy: Cell::new(false),
    };
    parser.intern.set(names);
    Ok(alloc(&vm.native_class(&PARSER), parser).into_value())
}

fn parse_file(vm: &Vm, args: &[Value]) -> PyResult {
    let parser = parser_of(vm, &args[0])?;
    let Some(read) = vm.get_attr_opt(&args[1], &vm.intern("read"))? else {
        return Err(vm.type_error("argument must have 'read' attribute"));
    };
    loop {
        let chunk = vm.call(&read, &[vm.int(2048)])?;
        let bytes = if chunk.payload::<Bytes>().is_some() || chunk.payload::<ByteArray>().is_some()
        {
            vm.copied_bytes(&chunk)?
        } else {
            return Err(vm.type_error(format!(
                "read() did not return a bytes object (type={})",
                vm.class_name(&chunk)
            )));
        };
        if bytes.len() > 2048 {
            return Err(vm.value_error(format!(
                "read() returned too much data: 2048 bytes requested, {} returned",
                bytes.len()
            )));
        }
        let last = bytes.is_empty();
        let result = super::calls::parse(vm, parser, &args[0], &bytes, last)?;
        if last {
            return Ok(result);
        }
    }
}

/// Raises the error of a document.
#[cold]
pub(super) fn failed(vm: &Vm, parser: &Parser, code: Code) -> Raised {
    let place = parser.machine.borrow().place();
    let made = (|| {
        let text = format!(
            "{}: line {}, column {}",
            code.text(),
            place.line,
            place.column
        );
        let args = [vm.str_value(&text)];
        let exception = exception_of(vm, "xml.parsers.expat", "ExpatError", &args)?;
        for (name, number) in [
            ("code", i64::from(code.0)),
            ("offset", place.column as i64),
            ("lineno", place.line as i64),
        ] {
            vm.set_attr(&exception, &vm.intern(name), &vm.int(number))?;
        }
        Ok(exception)
    })();
    match made {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

/// A name, the same object each time.
pub(super) fn interned(vm: &Vm, parser: &Parser, name: &str) -> PyResult {
    let name = vm.str_value(name);
    let Some(known) = parser.intern.get() else {
        return Ok(name);
    };
    let Some(names) = known.as_ref_to::<runtime::object::Dict>() else {
        return Ok(name);
    };
    let names: Ref<runtime::object::Dict> = names.clone();
    match names.get(vm, &name)? {
        Some(first) => Ok(first),
        None => {
            names.insert(vm, &name, name.clone())?;
            Ok(name)
        }
    }
}
