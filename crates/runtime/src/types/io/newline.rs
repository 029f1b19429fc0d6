//! Newlines: their translation, where lines end, and `IncrementalNewlineDecoder`.

use std::cell::{Cell, RefCell};

use heap::Visitor;

use crate::fields;
use crate::object::fields::Field;
use crate::object::payload::Visit;
use crate::object::{
    Args, Chars, Class, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Slot, Str, StrBuilder,
    Tuple, TypeSlots, TypeSpec, Value, alloc, class_flag,
};
use crate::vm::Vm;

const CR: u32 = 13;
const LF: u32 = 10;

/// Bits of [`Newlines::seen`].
const SEEN_CR: u8 = 1;
const SEEN_LF: u8 = 2;
const SEEN_CRLF: u8 = 4;

/// The state of universal newlines: a carriage return held back, the kinds met so far.
#[derive(Clone, Copy, Default)]
pub struct Newlines {
    /// The last character was a carriage return; it is not handed out yet.
    pub pending: bool,
    seen: u8,
}

impl Newlines {
    /// Takes a piece of text in; with `translate` all newlines become `\n`.
    pub fn decode(
        &mut self,
        vm: &Vm,
        text: Ref<Str>,
        translate: bool,
        last: bool,
    ) -> PyResult<Ref<Str>> {
        let plain = !self.pending && !text.iter().any(|c| c == CR);
        if plain {
            if self.seen & SEEN_LF == 0 && text.iter().any(|c| c == LF) {
                self.seen |= SEEN_LF;
            }
            return Ok(text);
        }
        let mut out = StrBuilder::with_capacity(text.len() + 1);
        let mut pending = self.pending;
        for c in text.iter() {
            if pending {
                pending = false;
                if c == LF {
                    self.seen |= SEEN_CRLF;
                    if !translate {
                        out.push(CR);
                    }
                    out.push(LF);
                    continue;
                }
                self.seen |= SEEN_CR;
                out.push(if translate { LF } else { CR });
            }
            match c {
                CR => pending = true,
                LF => {
                    self.seen |= SEEN_LF;
                    out.push(LF);
                }
                c => out.push(c),
            }
        }
        if pending && last {
            pending = false;
            self.seen |= SEEN_CR;
            out.push(if translate { LF } else { CR });
        }
        self.pending = pending;
        out.finish(vm)
    }

    /// Forgets the text, but not the kinds met.
    pub fn forget_text(&mut self) {
        self.pending = false;
    }

    /// The attribute `newlines`.
    pub fn kinds(self, vm: &Vm) -> Value {
        let kinds = [(SEEN_CR, "\r"), (SEEN_LF, "\n"), (SEEN_CRLF, "\r\n")];
        let seen = kinds.iter().filter(|(bit, _)| self.seen & bit != 0);
        let texts: Vec<Value> = seen.map(|(_, text)| vm.str_value(text)).collect();
        match texts.len() {
            0 => Value::NONE,
            1 => texts.into_iter().next().unwrap_or(Value::NONE),
            _ => vm.tuple_value(texts),
        }
    }
}

/// How a text file treats newlines, from the argument `newline`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    /// Lines end by any newline.
    pub universal: bool,
    /// All newlines read become `\n`.
    pub translate: bool,
    /// What ends a line read, where not all do.
    pub terminator: &'static str,
    /// What `\n` becomes when written.
    pub written: Option<&'static str>,
}

impl Mode {
    /// The mode of an argument; None for a text that is no newline.
    pub fn of(newline: Option<&str>) -> Option<Mode> {
        let (universal, translate, terminator, written) = match newline {
            None => (true, true, "\n", None),
            Some("") => (true, false, "\n", None),
            Some("\n") => (false, false, "\n", None),
            Some("\r") => (false, false, "\r", Some("\r")),
            Some("\r\n") => (false, false, "\r\n", Some("\r\n")),
            Some(_) => return None,
        };
        Some(Mode {
            universal,
            translate,
            terminator,
            written,
        })
    }

    /// Where the line that starts at `start` ends, its newline included; None if the newline is
    /// not there.
    pub fn line_end(self, text: Chars<'_>, start: usize) -> Option<usize> {
        let find = |wanted: u32, from: usize| match text {
            Chars::One(units) => memchr::memchr(wanted as u8, &units[from..]).map(|at| from + at),
            text => (from..text.len()).find(|&i| text.at(i) == wanted),
        };
        if self.translate || self.terminator == "\n" && !self.universal {
            return find(LF, start).map(|at| at + 1);
        }
        if !self.universal {
            let mut from = start;
            loop {
                let at = find(CR, from)?;
                if self.terminator == "\r" {
                    return Some(at + 1);
                }
                if at + 1 < text.len() && text.at(at + 1) == LF {
                    return Some(at + 2);
                }
                from = at + 1;
            }
        }
        let at = (start..text.len()).find(|&i| matches!(text.at(i), CR | LF))?;
        let pair = text.at(at) == CR && at + 1 < text.len() && text.at(at + 1) == LF;
        Some(at + 1 + usize::from(pair))
    }
}

/// An `IncrementalNewlineDecoder`'s payload.
pub struct NewlineDecoder {
    decoder: Slot,
    translate: Cell<bool>,
    newlines: RefCell<Newlines>,
}

impl Payload for NewlineDecoder {
    const KIND: Kind = Kind::NEWLINE_DECODER;
    const NAME: &'static str = "IncrementalNewlineDecoder";
    const FIELDS: &'static [Field] = fields![
        "decoder" => decoder as Value,
        "translate" => translate as Bool,
        "newlines" => newlines as Opaque,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.decoder);
    }
}

/// Declaration of `IncrementalNewlineDecoder`.
pub static SPEC: TypeSpec = TypeSpec {
    doc: "Codec used when reading a file in universal newlines mode.\n\nIt wraps another \
          incremental decoder, translating \\r\\n and \\r into \\n.\nIt also records the types of \
          newlines encountered.  When used with\ntranslate=False, it ensures that the newline \
          sequence is returned in\none piece. When used with decoder=None, it expects unicode \
          strings as\ndecode input and translates newlines without first invoking an \
          external\ndecoder.",
    signature: "(decoder, translate, errors='strict')",
    flags: class_flag::BASE_TYPE | class_flag::COLLECTED,
    slots: TypeSlots {
        new: Some(new),
        init: Some(init),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound("decode", "($self, /, input, final=False)", "", decode),
        MethodDef::bound("getstate", "($self, /)", "", get_state),
        MethodDef::bound("setstate", "($self, state, /)", "", set_state),
        MethodDef::bound("reset", "($self, /)", "", reset),
    ],
    getset: &[GetSetDef::read_only("newlines", "", |vm, this| {
        let kinds = *payload(vm, this)?.newlines.borrow();
        Ok(kinds.kinds(vm))
    })],
    ..TypeSpec::of::<NewlineDecoder>("_io.IncrementalNewlineDecoder")
};

fn payload<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a NewlineDecoder> {
    this.payload::<NewlineDecoder>()
        .ok_or_else(|| vm.type_error("descriptor requires an IncrementalNewlineDecoder object"))
}

fn new(_vm: &Vm, class: &Ref<Class>, _args: Args<'_>) -> PyResult {
    let decoder = NewlineDecoder {
        decoder: Slot::default(),
        translate: Cell::new(false),
        newlines: RefCell::default(),
    };
    Ok(alloc(class, decoder).into_value())
}

fn init(vm: &Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let signature = "(decoder, translate, errors='strict')";
    let bound = vm.bind_parameters("IncrementalNewlineDecoder", signature, args)?;
    let translate = vm.truth(&bound[1])?;
    let decoder = payload(vm, this)?;
    decoder.decoder.set(bound[0].given_not_none().cloned());
    decoder.translate.set(translate);
    *decoder.newlines.borrow_mut() = Newlines::default();
    Ok(())
}

fn decode(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    let last = args[2].given().map_or(Ok(false), |v| vm.truth(v))?;
    let input = match this.decoder.get() {
        Some(decoder) => super::method(
            vm,
            &decoder,
            "decode",
            &[args[1].clone(), Value::bool(last)],
        )?,
        None => args[1].clone(),
    };
    let class = vm.class_name(&input);
    let text = input.downcast::<Str>().map_err(|_| {
        vm.type_error(format!(
            "decoder should return a string result, not '{class}'"
        ))
    })?;
    let mut newlines = *this.newlines.borrow();
    let text = newlines.decode(vm, text, this.translate.get(), last)?;
    *this.newlines.borrow_mut() = newlines;
    Ok(text.into_value())
}

fn get_state(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    let (buffer, flags) = match this.decoder.get() {
        Some(decoder) => {
            let state = super::method(vm, &decoder, "getstate", &[])?;
            match state.payload::<Tuple>().map(Tuple::as_slice) {
                Some([buffer, flag]) => (buffer.clone(), vm.arg_long(flag)?),
                _ => return Err(vm.type_error("illegal decoder state")),
            }
        }
        None => (vm.bytes_value(b""), 0),
    };
    let pending = i64::from(this.newlines.borrow().pending);
    Ok(vm.tuple_value([buffer, vm.int(flags << 1 | pending)]))
}

fn set_state(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    let Some([buffer, flags]) = args[1].payload::<Tuple>().map(Tuple::as_slice) else {
        return Err(vm.type_error("state argument must be a tuple"));
    };
    let flags = vm.arg_long(flags)?;
    this.newlines.borrow_mut().pending = flags & 1 != 0;
    match this.decoder.get() {
        Some(decoder) => {
            let state = vm.tuple_value([buffer.clone(), vm.int(flags >> 1)]);
            super::method(vm, &decoder, "setstate", &[state])
        }
        None => Ok(Value::NONE),
    }
}

fn reset(vm: &Vm, args: &[Value]) -> PyResult {
    let this = payload(vm, &args[0])?;
    *this.newlines.borrow_mut() = Newlines::default();
    match this.decoder.get() {
        Some(decoder) => super::method(vm, &decoder, "reset", &[]),
        None => Ok(Value::NONE),
    }
}
