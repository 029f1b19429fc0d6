//! `re.Match`.

use heap::Visitor;
use runtime::object::{
    Dict, GetSetDef, Kind, MethodDef, Payload, Slot, TypeSlots, TypeSpec, Visit, alloc, class_flag,
};
use runtime::{PyResult, Raised, Value, Vm};

use super::matcher::UNSET;
use super::pattern::{Pattern, pattern_of};
use super::replace;
use super::subject::Subject;
use crate::native::{CLASS_GETITEM, wrong_receiver};

/// Payload of `re.Match`.
pub(super) struct Match {
    pub pattern: Value,
    pub string: Value,
    pos: usize,
    end_pos: usize,
    last_group: u32,
    /// Start and end of each group, the whole first.
    spans: Box<[(usize, usize)]>,
    spans_tuple: Slot,
}

impl Payload for Match {
    const KIND: Kind = crate::kinds::MATCH;
    const NAME: &'static str = "re.Match";

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.slot(&self.spans_tuple);
        visitor.value(&self.string);
        visitor.value(&self.pattern);
    }

    fn clear(&self) {
        self.spans_tuple.set(None);
    }
}

/// What a matching found.
pub(super) struct Found<'a> {
    pub pattern: &'a Value,
    pub string: &'a Value,
    pub range: (usize, usize),
    pub span: (usize, usize),
    pub marks: &'a [usize],
    pub last_group: u32,
}

/// The object of a match.
pub(super) fn new(vm: &Vm, found: Found<'_>) -> Value {
    let groups = found.marks.chunks_exact(2).map(|pair| match *pair {
        [start, end] if start != UNSET && end != UNSET && start <= end => (start, end),
        _ => (UNSET, UNSET),
    });
    let matched = Match {
        pattern: found.pattern.clone(),
        string: found.string.clone(),
        pos: found.range.0,
        end_pos: found.range.1,
        last_group: found.last_group,
        spans: std::iter::once(found.span).chain(groups).collect(),
        spans_tuple: Slot::default(),
    };
    alloc(&vm.native_class(&MATCH), matched).into_value()
}

/// Declaration of `re.Match`.
pub(super) static MATCH: TypeSpec = TypeSpec {
    doc: "The result of re.match() and re.search().\n\
          Match objects always have a boolean value of True.",
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        mp_subscript: Some(|vm, this, index| {
            let matched = match_of(vm, this)?;
            let group = matched.group_number(vm, index)?;
            matched.group(vm, group, &Value::NONE)
        }),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::raw(
            "group",
            "",
            "group([group1, ...]) -> str or tuple.\n    Return subgroup(s) of the match by \
             indices or names.\n    For 0 returns the entire match.",
            |vm, args| {
                let matched = match_of(vm, &args.values[0])?;
                if !args.names.is_empty() {
                    return Err(vm.type_error("Match.group() takes no keyword arguments"));
                }
                let group = |index: &Value| {
                    let group = matched.group_number(vm, index)?;
                    matched.group(vm, group, &Value::NONE)
                };
                match &args.values[1..] {
                    [] => matched.group(vm, 0, &Value::NONE),
                    [index] => group(index),
                    several => {
                        let items = several.iter().map(group).collect::<PyResult<Vec<_>>>()?;
                        Ok(vm.tuple_value(items))
                    }
                }
            },
        ),
        MethodDef::bound(
            "start",
            "($self, group=0, /)",
            "Return index of the start of the substring matched by group.",
            |vm, args| Ok(place(vm, match_of(vm, &args[0])?.span(vm, &args[1])?.0)),
        ),
        MethodDef::bound(
            "end",
            "($self, group=0, /)",
            "Return index of the end of the substring matched by group.",
            |vm, args| Ok(place(vm, match_of(vm, &args[0])?.span(vm, &args[1])?.1)),
        ),
        MethodDef::bound(
            "span",
            "($self, group=0, /)",
            "For match object m, return the 2-tuple (m.start(group), m.end(group)).",
            |vm, args| {
                let (start, end) = match_of(vm, &args[0])?.span(vm, &args[1])?;
                Ok(vm.tuple_value([place(vm, start), place(vm, end)]))
            },
        ),
        MethodDef::bound(
            "groups",
            "($self, /, default=None)",
            "Return a tuple containing all the subgroups of the match, from 1.\n\n  default\n    \
             Is used for groups that did not participate in the match.",
            |vm, args| {
                let matched = match_of(vm, &args[0])?;
                let default = &args[1].given().cloned().unwrap_or(Value::NONE);
                let items = (1..matched.spans.len())
                    .map(|group| matched.group(vm, group, default))
                    .collect::<PyResult<Vec<_>>>()?;
                Ok(vm.tuple_value(items))
            },
        ),
        MethodDef::bound(
            "groupdict",
            "($self, /, default=None)",
            "Return a dictionary containing all the named subgroups of the match, keyed by the \
             subgroup name.\n\n  default\n    Is used for groups that did not participate in the \
             match.",
            |vm, args| {
                let matched = match_of(vm, &args[0])?;
                let default = &args[1].given().cloned().unwrap_or(Value::NONE);
                let groups = vm.dict();
                for (name, index) in matched.pattern(vm)?.index.to_vec() {
                    let group = index.as_small_int().unwrap_or(0) as usize;
                    groups.insert(vm, &name, matched.group(vm, group, default)?)?;
                }
                Ok(groups.into_value())
            },
        ),
        MethodDef::bound(
            "expand",
            "($self, /, template)",
            "Return the string obtained by doing backslash substitution on the string template, \
             as done by the sub() method.",
            |vm, args| replace::expand(vm, &args[0], &args[1]),
        ),
        MethodDef::bound("__copy__", "($self, /)", "", |_, args| Ok(args[0].clone())),
        MethodDef::bound("__deepcopy__", "($self, memo, /)", "", |_, args| {
            Ok(args[0].clone())
        }),
        CLASS_GETITEM,
    ],
    getset: &[
        GetSetDef::read_only(
            "lastindex",
            "The integer index of the last matched capturing group.",
            |vm, this| {
                Ok(match match_of(vm, this)?.last_group {
                    0 => Value::NONE,
                    group => vm.int(group.into()),
                })
            },
        ),
        GetSetDef::read_only(
            "lastgroup",
            "The name of the last matched capturing group.",
            |vm, this| {
                let matched = match_of(vm, this)?;
                let names = &matched.pattern(vm)?.names;
                let name = names
                    .get(matched.last_group as usize)
                    .filter(|_| matched.last_group > 0);
                Ok(name.cloned().unwrap_or(Value::NONE))
            },
        ),
        GetSetDef::read_only("regs", "", |vm, this| {
            let matched = match_of(vm, this)?;
            if let Some(known) = matched.spans_tuple.get() {
                return Ok(known);
            }
            let spans = matched
                .spans
                .iter()
                .map(|&(start, end)| vm.tuple_value([place(vm, start), place(vm, end)]));
            let spans = vm.tuple_value(spans.collect::<Vec<_>>());
            matched.spans_tuple.set(Some(spans.clone()));
            Ok(spans)
        }),
        GetSetDef::read_only(
            "string",
            "The string passed to match() or search().",
            |vm, this| Ok(match_of(vm, this)?.string.clone()),
        )
        .as_member(),
        GetSetDef::read_only("re", "The regular expression object.", |vm, this| {
            Ok(match_of(vm, this)?.pattern.clone())
        })
        .as_member(),
        GetSetDef::read_only(
            "pos",
            "The index into the string at which the RE engine started looking for a match.",
            |vm, this| Ok(vm.int_usize(match_of(vm, this)?.pos)),
        )
        .as_member(),
        GetSetDef::read_only(
            "endpos",
            "The index into the string beyond which the RE engine will not go.",
            |vm, this| Ok(vm.int_usize(match_of(vm, this)?.end_pos)),
        )
        .as_member(),
    ],
    ..TypeSpec::of::<Match>("re.Match")
};

/// The match that a receiver is.
pub(super) fn match_of<'a>(vm: &Vm, this: &'a Value) -> PyResult<&'a Match> {
    this.payload::<Match>()
        .ok_or_else(|| wrong_receiver(vm, "re.Match"))
}

fn place(vm: &Vm, place: usize) -> Value {
    match place {
        UNSET => Value::small_int(-1),
        place => vm.int_usize(place),
    }
}

fn no_such_group(vm: &Vm) -> Raised {
    vm.index_error("no such group")
}

impl Match {
    pub(super) fn pattern(&self, vm: &Vm) -> PyResult<&Pattern> {
        pattern_of(vm, &self.pattern)
    }

    /// The number of a group that is named by number or name.
    fn group_number(&self, vm: &Vm, index: &Value) -> PyResult<usize> {
        let number = if let Some(i) = index.as_small_int() {
            Some(i as isize)
        } else if vm.class_of(index).slots().nb_index.is_some() {
            Some(vm.index_clamped(index)?)
        } else {
            let names: &Dict = &self.pattern(vm)?.index;
            let found = names.get(vm, index)?;
            found
                .and_then(|number| number.as_small_int())
                .map(|i| i as isize)
        };
        number
            .and_then(|number| usize::try_from(number).ok())
            .filter(|&number| number < self.spans.len())
            .ok_or_else(|| no_such_group(vm))
    }

    fn span(&self, vm: &Vm, index: &Value) -> PyResult<(usize, usize)> {
        let group = match index.given() {
            Some(index) => self.group_number(vm, index)?,
            None => 0,
        };
        Ok(self.spans[group])
    }

    /// What a group matched, or `missing`.
    pub(super) fn group(&self, vm: &Vm, group: usize, missing: &Value) -> PyResult {
        let (start, end) = self
            .spans
            .get(group)
            .copied()
            .ok_or_else(|| no_such_group(vm))?;
        if start == UNSET {
            return Ok(missing.clone());
        }
        let subject = Subject::new(vm, &self.string, None)?;
        // The text of a bytearray may have become shorter since.
        let len = subject.len();
        subject.slice(vm, &self.string, start.min(len), end.min(len))
    }
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let matched = match_of(vm, this)?;
    let text = matched.group(vm, 0, &Value::NONE)?;
    let text: String = vm.repr_string(&text)?.chars().take(50).collect();
    let (start, end) = matched.spans[0];
    let shown = format!("<re.Match object; span=({start}, {end}), match={text}>");
    Ok(vm.str_value(&shown))
}
