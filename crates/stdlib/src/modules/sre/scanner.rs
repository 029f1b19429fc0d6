//! `Pattern.scanner`: one match after the other.

use std::cell::Cell;

use heap::Visitor;
use runtime::object::buffer::BufferView;
use runtime::object::{
    GetSetDef, Kind, MethodDef, Payload, TypeSlots, TypeSpec, Visit, alloc, class_flag,
};
use runtime::{PyResult, Value, Vm};

use super::matched::{self, Found};
use super::matcher::{Matcher, UNSET};
use super::pattern::{Mode, find, pattern_of, range};
use super::subject::{Subject, with_units};
use crate::native::wrong_receiver;

/// Payload of the scanner.
struct Scanner {
    pattern: Value,
    string: Value,
    /// Keeps a bytearray from being resized.
    _view: Option<BufferView>,
    range: (usize, usize),
    /// Where to go on; None at the end.
    at: Cell<Option<usize>>,
    not_empty_at: Cell<usize>,
}

impl Payload for Scanner {
    const KIND: Kind = crate::kinds::SCANNER;
    const NAME: &'static str = "_sre.SRE_Scanner";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.pattern);
        visitor.value(&self.string);
    }
}

static SCANNER: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots::EMPTY,
    methods: &[
        MethodDef::bound("match", "($self, /)", "", |vm, args| {
            next(vm, &args[0], Mode::Match)
        }),
        MethodDef::bound("search", "($self, /)", "", |vm, args| {
            next(vm, &args[0], Mode::Search)
        }),
    ],
    getset: &[GetSetDef::read_only("pattern", "", |vm, this| {
        Ok(scanner_of(vm, this)?.pattern.clone())
    })
    .as_member()],
    ..TypeSpec::of::<Scanner>("_sre.SRE_Scanner")
};

fn scanner_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Scanner> {
    this.payload::<Scanner>()
        .ok_or_else(|| wrong_receiver(vm, "_sre.SRE_Scanner"))
}

/// `pattern.scanner(string, pos, endpos)`.
pub(super) fn new(vm: &Vm, args: &[Value]) -> PyResult {
    let pattern = pattern_of(vm, &args[0])?;
    let subject = Subject::new(vm, &args[1], Some(pattern.is_text))?;
    let (pos, end) = range(vm, subject.len(), &args[2..4])?;
    let scanner = Scanner {
        pattern: args[0].clone(),
        string: args[1].clone(),
        _view: subject.into_view(),
        range: (pos, end),
        at: Cell::new((pos <= end).then_some(pos)),
        not_empty_at: Cell::new(UNSET),
    };
    Ok(alloc(&vm.native_class(&SCANNER), scanner).into_value())
}

fn next(vm: &Vm, this: &Value, mode: Mode) -> PyResult {
    let scanner = scanner_of(vm, this)?;
    let Some(at) = scanner.at.get() else {
        return Ok(Value::NONE);
    };
    let pattern = pattern_of(vm, &scanner.pattern)?;
    let subject = Subject::new(vm, &scanner.string, Some(pattern.is_text))?;
    let end = scanner.range.1.min(subject.len());
    scanner.at.set(None);
    with_units!(subject.chars().slice(0, end), text => {
        let mut matcher = Matcher::new(vm, &pattern.program, text);
        matcher.not_empty_at = scanner.not_empty_at.get();
        let Some((from, to)) = find(&mut matcher, mode, at.min(end))? else {
            return Ok(Value::NONE);
        };
        scanner.at.set(Some(to));
        scanner.not_empty_at.set(if from == to { to } else { UNSET });
        Ok(matched::new(vm, Found {
            pattern: &scanner.pattern,
            string: &scanner.string,
            range: scanner.range,
            span: (from, to),
            marks: &matcher.marks,
            last_group: matcher.last_group,
        }))
    })
}
