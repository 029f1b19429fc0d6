//! `re.Pattern`.

use heap::Visitor;
use runtime::object::{
    CompareOp, Dict, GetSetDef, Kind, MethodDef, Payload, Ref, Slot, Str, TypeSlots, TypeSpec,
    Visit, alloc, class_flag,
};
use runtime::{PyResult, Value, Vm};

use super::matched::{self, Found};
use super::matcher::{Matcher, UNSET, Unit};
use super::node::flag;
use super::program::Program;
use super::subject::{Subject, with_units};
use super::{compile, parse, replace, scanner};
use crate::native::{CLASS_GETITEM, wrong_receiver};

/// Payload of `re.Pattern`.
pub(super) struct Pattern {
    pub program: Program,
    /// What it was compiled from: a `str`, bytes or None.
    pub source: Value,
    pub is_text: bool,
    pub flags: u32,
    /// Number of groups, the whole not counted.
    pub groups: usize,
    /// Group names to numbers.
    pub index: Ref<Dict>,
    /// Names of the groups by number; None for those without.
    pub names: Vec<Value>,
    /// The replacement parsed last, and what it was parsed from.
    pub template: Slot,
}

impl Payload for Pattern {
    const KIND: Kind = crate::kinds::PATTERN;
    const NAME: &'static str = "re.Pattern";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.reference(&self.index);
        visitor.value(&self.source);
        visitor.slot(&self.template);
    }

    fn clear(&self) {
        self.template.set(None);
    }
}

/// How a pattern is put to a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Match,
    FullMatch,
    Search,
}

const RANGE: &str = "($self, /, string, pos=0, endpos=sys.maxsize)";

/// Declaration of `re.Pattern`.
pub(super) static PATTERN: TypeSpec = TypeSpec {
    doc: "Compiled regular expression object.",
    flags: class_flag::HAS_WEAKREFS | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        hash: Some(|vm, this| {
            let pattern = pattern_of(vm, this)?;
            Ok(vm.hash(&pattern.source)? ^ i64::from(pattern.flags) ^ pattern.groups as i64)
        }),
        richcompare: Some(compare),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "match",
            RANGE,
            "Matches zero or more characters at the beginning of the string.",
            |vm, args| apply(vm, args, Mode::Match),
        ),
        MethodDef::bound(
            "fullmatch",
            RANGE,
            "Matches against all of the string.",
            |vm, args| apply(vm, args, Mode::FullMatch),
        ),
        MethodDef::bound(
            "search",
            RANGE,
            "Scan through string looking for a match, and return a corresponding match object \
             instance.\n\nReturn None if no position in the string matches.",
            |vm, args| apply(vm, args, Mode::Search),
        ),
        MethodDef::bound(
            "sub",
            "($self, /, repl, string, count=0)",
            "Return the string obtained by replacing the leftmost non-overlapping occurrences of \
             pattern in string by the replacement repl.",
            |vm, args| Ok(replace::substitute(vm, args)?.0),
        ),
        MethodDef::bound(
            "subn",
            "($self, /, repl, string, count=0)",
            "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost \
             non-overlapping occurrences of pattern with the replacement repl.",
            |vm, args| {
                let (text, count) = replace::substitute(vm, args)?;
                Ok(vm.tuple_value([text, vm.int_usize(count)]))
            },
        ),
        MethodDef::bound(
            "findall",
            RANGE,
            "Return a list of all non-overlapping matches of pattern in string.",
            find_all,
        ),
        MethodDef::bound(
            "split",
            "($self, /, string, maxsplit=0)",
            "Split string by the occurrences of pattern.",
            split,
        ),
        MethodDef::bound(
            "finditer",
            RANGE,
            "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\n\
             For each match, the iterator returns a match object.",
            |vm, args| {
                let scanner = scanner::new(vm, args)?;
                let search = vm.get_attr(&scanner, &vm.intern("search"))?;
                Ok(vm.callable_iterator(&search, &Value::NONE))
            },
        ),
        MethodDef::bound("scanner", RANGE, "", scanner::new),
        MethodDef::bound("__copy__", "($self, /)", "", |_, args| Ok(args[0].clone())),
        MethodDef::bound("__deepcopy__", "($self, memo, /)", "", |_, args| {
            Ok(args[0].clone())
        }),
        CLASS_GETITEM,
    ],
    getset: &[
        GetSetDef::read_only(
            "pattern",
            "The pattern string from which the RE object was compiled.",
            |vm, this| Ok(pattern_of(vm, this)?.source.clone()),
        )
        .as_member(),
        GetSetDef::read_only("flags", "The regex matching flags.", |vm, this| {
            Ok(vm.int(pattern_of(vm, this)?.flags.into()))
        })
        .as_member(),
        GetSetDef::read_only(
            "groups",
            "The number of capturing groups in the pattern.",
            |vm, this| Ok(vm.int_usize(pattern_of(vm, this)?.groups)),
        )
        .as_member(),
        GetSetDef::read_only(
            "groupindex",
            "A dictionary mapping group names to group numbers.",
            |vm, this| {
                let index = &pattern_of(vm, this)?.index;
                // Without groups CPython has no dictionary to show.
                Ok(match index.is_empty() {
                    true => vm.dict().into_value(),
                    false => vm.mapping_proxy(index.as_value()),
                })
            },
        ),
    ],
    ..TypeSpec::of::<Pattern>("re.Pattern")
};

/// The pattern that a receiver is.
pub(super) fn pattern_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Pattern> {
    this.payload::<Pattern>()
        .ok_or_else(|| wrong_receiver(vm, "re.Pattern"))
}

/// Compiles a pattern.
pub(super) fn new(vm: &Vm, source: &Value, flags: u32) -> PyResult {
    let parsed = parse::parse(vm, source, flags)?;
    make(vm, source, source.payload::<Str>().is_some(), &parsed)
}

/// The object of a parsed pattern.
pub(super) fn make(vm: &Vm, source: &Value, is_text: bool, parsed: &parse::Parsed) -> PyResult {
    let program = compile::compile(vm, parsed)?;
    let groups = parsed.widths.len() - 1;
    let index = vm.dict();
    let mut names = vec![Value::NONE; groups + 1];
    for (name, group) in &parsed.names {
        let name = vm.intern_str(&vm.str_from_code_points(name)).into_value();
        index.insert(vm, &name, vm.int((*group).into()))?;
        if let Some(slot) = names.get_mut(*group as usize) {
            *slot = name;
        }
    }
    let pattern = Pattern {
        program,
        source: source.clone(),
        is_text,
        flags: parsed.flags,
        groups,
        index,
        names,
        template: Slot::default(),
    };
    Ok(alloc(&vm.native_class(&PATTERN), pattern).into_value())
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    const NAMES: &[(&str, u32)] = &[
        ("re.TEMPLATE", flag::TEMPLATE),
        ("re.IGNORECASE", flag::IGNORECASE),
        ("re.LOCALE", flag::LOCALE),
        ("re.MULTILINE", flag::MULTILINE),
        ("re.DOTALL", flag::DOTALL),
        ("re.UNICODE", flag::UNICODE),
        ("re.VERBOSE", flag::VERBOSE),
        ("re.DEBUG", flag::DEBUG),
        ("re.ASCII", flag::ASCII),
    ];
    let pattern = pattern_of(vm, this)?;
    let mut flags = pattern.flags;
    if pattern.is_text && flags & flag::TYPES == flag::UNICODE {
        flags &= !flag::UNICODE;
    }
    let mut shown = Vec::new();
    for &(name, bit) in NAMES {
        if flags & bit != 0 {
            shown.push(name.to_owned());
            flags &= !bit;
        }
    }
    if flags != 0 {
        shown.push(format!("0x{flags:x}"));
    }
    let source: String = vm.repr_string(&pattern.source)?.chars().take(200).collect();
    let text = match shown.is_empty() {
        true => format!("re.compile({source})"),
        false => format!("re.compile({source}, {})", shown.join("|")),
    };
    Ok(vm.str_value(&text))
}

fn compare(vm: &Vm, this: &Value, other: &Value, op: CompareOp) -> PyResult {
    let (Some(a), Some(b)) = (this.payload::<Pattern>(), other.payload::<Pattern>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = this.is(other)
        || a.flags == b.flags && a.is_text == b.is_text && vm.equal(&a.source, &b.source)?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// The arguments `pos` and `endpos` as places in a text.
pub(super) fn range(vm: &Vm, len: usize, args: &[Value]) -> PyResult<(usize, usize)> {
    let place = |arg: &Value, default: usize| match arg.given() {
        None => Ok(default),
        Some(arg) => Ok((vm.arg_ssize(arg)?.max(0) as usize).min(len)),
    };
    Ok((place(&args[0], 0)?, place(&args[1], len)?))
}

/// One application of a pattern; the places of all groups.
pub(super) fn find<U: Unit>(
    matcher: &mut Matcher<'_, U>,
    mode: Mode,
    start: usize,
) -> PyResult<Option<(usize, usize)>> {
    match mode {
        Mode::Search => matcher.search(start),
        Mode::Match => Ok(matcher.match_at(start)?.map(|end| (start, end))),
        Mode::FullMatch => {
            matcher.to_the_end = true;
            Ok(matcher.match_at(start)?.map(|end| (start, end)))
        }
    }
}

fn apply(vm: &Vm, args: &[Value], mode: Mode) -> PyResult {
    let pattern = pattern_of(vm, &args[0])?;
    let subject = Subject::new(vm, &args[1], Some(pattern.is_text))?;
    let (pos, end) = range(vm, subject.len(), &args[2..4])?;
    if pos > end {
        return Ok(Value::NONE);
    }
    with_units!(subject.chars().slice(0, end), text => {
        let mut matcher = Matcher::new(vm, &pattern.program, text);
        match find(&mut matcher, mode, pos)? {
            None => Ok(Value::NONE),
            Some(span) => Ok(matched::new(vm, Found {
                pattern: &args[0],
                string: &args[1],
                range: (pos, end),
                span,
                marks: &matcher.marks,
                last_group: matcher.last_group,
            })),
        }
    })
}

/// Calls `each` for every match from `pos` on, at most `limit` times (0: any number), with its span,
/// its marks and the group closed last.
pub(super) fn for_each_match(
    vm: &Vm,
    pattern: &Pattern,
    subject: &Subject<'_>,
    (pos, end): (usize, usize),
    limit: usize,
    mut each: impl FnMut((usize, usize), &[usize], u32) -> PyResult<()>,
) -> PyResult<usize> {
    let mut count = 0;
    if pos > end {
        return Ok(count);
    }
    with_units!(subject.chars().slice(0, end), text => {
        let mut matcher = Matcher::new(vm, &pattern.program, text);
        let mut at = pos;
        while limit == 0 || count < limit {
            let Some((from, to)) = matcher.search(at)? else {
                break;
            };
            each((from, to), &matcher.marks, matcher.last_group)?;
            count += 1;
            matcher.not_empty_at = if from == to { to } else { UNSET };
            at = to;
        }
    });
    Ok(count)
}

/// A group's part of a text, or `missing`.
pub(super) fn group_slice(
    vm: &Vm,
    subject: &Subject<'_>,
    whole: &Value,
    marks: &[usize],
    group: usize,
    missing: &Value,
) -> PyResult {
    let place = (group - 1) * 2;
    match (marks.get(place), marks.get(place + 1)) {
        (Some(&start), Some(&end)) if start != UNSET && end != UNSET && start <= end => {
            subject.slice(vm, whole, start, end)
        }
        _ => Ok(missing.clone()),
    }
}

fn find_all(vm: &Vm, args: &[Value]) -> PyResult {
    let pattern = pattern_of(vm, &args[0])?;
    let whole = &args[1];
    let subject = Subject::new(vm, whole, Some(pattern.is_text))?;
    let range = range(vm, subject.len(), &args[2..4])?;
    let empty = subject.slice(vm, whole, 0, 0)?;
    let mut found = Vec::new();
    for_each_match(vm, pattern, &subject, range, 0, |(start, end), marks, _| {
        let item = match pattern.groups {
            0 => subject.slice(vm, whole, start, end)?,
            1 => group_slice(vm, &subject, whole, marks, 1, &empty)?,
            groups => {
                let mut items = Vec::with_capacity(groups);
                for group in 1..=groups {
                    items.push(group_slice(vm, &subject, whole, marks, group, &empty)?);
                }
                vm.tuple_value(items)
            }
        };
        vm.try_push(&mut found, item)?;
        Ok(())
    })?;
    Ok(vm.list_from(found)?.into_value())
}

fn split(vm: &Vm, args: &[Value]) -> PyResult {
    let pattern = pattern_of(vm, &args[0])?;
    let whole = &args[1];
    let limit = match args[2].given() {
        Some(limit) => vm.arg_ssize(limit)?,
        None => 0,
    };
    let subject = Subject::new(vm, whole, Some(pattern.is_text))?;
    let len = subject.len();
    let mut parts = Vec::new();
    let mut last = 0;
    // A negative limit allows no split at all.
    if limit >= 0 {
        let limit = limit as usize;
        for_each_match(
            vm,
            pattern,
            &subject,
            (0, len),
            limit,
            |(start, end), marks, _| {
                vm.try_push(&mut parts, subject.slice(vm, whole, last, start)?)?;
                for group in 1..=pattern.groups {
                    let item = group_slice(vm, &subject, whole, marks, group, &Value::NONE)?;
                    vm.try_push(&mut parts, item)?;
                }
                last = end;
                Ok(())
            },
        )?;
    }
    parts.push(subject.slice(vm, whole, last, len)?);
    Ok(vm.list_from(parts)?.into_value())
}
