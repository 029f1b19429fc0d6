//! `BaseExceptionGroup` and `ExceptionGroup`, and what `except*` does with them.

use std::collections::HashSet;

use super::attributes::constant;
use super::{Exception, Family, base, exception_of};
use crate::object::{Args, Class, Kind, MethodDef, PyResult, Ref, Str, Tuple, TypeSlots, Value};
use crate::vm::Vm;

const MESSAGE: usize = 0;
const EXCEPTIONS: usize = 1;

pub(super) const FAMILY: Family = Family {
    slots: TypeSlots {
        new: Some(new),
        init: Some(base::init),
        str: Some(str),
        ..TypeSlots::EMPTY
    },
    methods: &[
        crate::types::generic_alias::CLASS_GETITEM,
        MethodDef::bound("derive", "($self, excs, /)", "", derive).unsigned(),
        MethodDef::raw("split", "", "", split),
        MethodDef::raw("subgroup", "", "", subgroup),
    ],
    getset: &[
        constant::<MESSAGE>("message", "exception message"),
        constant::<EXCEPTIONS>("exceptions", "nested exceptions"),
    ],
};

fn new(vm: &Vm, class: &Ref<Class>, args: Args<'_>) -> PyResult {
    let types = &vm.types.exceptions;
    let [message, exceptions] = args.positionals() else {
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
            args.positionals().len()
        )));
    };
    if message.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
            vm.class_name(message)
        )));
    }
    let sequence_class = vm.class_of(exceptions);
    if sequence_class.slots().sq_item.is_none() || sequence_class.is_subclass_of(&vm.types.dict) {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let members = vm.collect(exceptions)?;
    if members.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(i) = members
        .iter()
        .position(|e| e.payload::<Exception>().is_none())
    {
        return Err(vm.value_error(format!(
            "Item {i} of second argument (exceptions) is not an exception"
        )));
    }
    let nested_base = members
        .iter()
        .any(|e| !vm.is_instance_of(e, &types.exception));
    let mut class = class;
    if class.is(&types.base_exception_group) {
        if !nested_base {
            class = &types.exception_group;
        }
    } else if nested_base && class.is(&types.exception_group) {
        return Err(vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    } else if nested_base && class.is_subclass_of(&types.exception) {
        return Err(vm.type_error(format!(
            "Cannot nest BaseExceptions in '{}'",
            class.name_string()
        )));
    }
    let group = base::new(vm, class, args)?;
    exception_of(&group)?.set_fields([Some(message.clone()), Some(vm.tuple_value(members))]);
    Ok(group)
}

/// The exceptions of a group; None if the value is no group.
pub(crate) fn members(vm: &Vm, value: &Value) -> Option<Ref<Tuple>> {
    if !vm.is_instance_of(value, &vm.types.exceptions.base_exception_group) {
        return None;
    }
    let exceptions = value.payload::<Exception>()?.field(EXCEPTIONS)?;
    exceptions.downcast().ok()
}

fn str(vm: &Vm, value: &Value) -> PyResult {
    let message = exception_of(value)?.field(MESSAGE).unwrap_or(Value::NONE);
    let count = members(vm, value).map_or(0, |m| m.len());
    let text = format!(
        "{} ({count} sub-exception{})",
        vm.str_string(&message)?,
        if count > 1 { "s" } else { "" }
    );
    Ok(vm.str_value(&text))
}

fn derive(vm: &Vm, args: &[Value]) -> PyResult {
    let message = exception_of(&args[0])?
        .field(MESSAGE)
        .unwrap_or(Value::NONE);
    let class = vm.types.exceptions.base_exception_group.as_value();
    vm.call(class, &[message, args[1].clone()])
}

/// Which exceptions a split takes out.
enum Matcher<'a> {
    /// Instances of a class, or of one of a tuple of classes.
    Type(&'a Value),
    /// Those of which a function says so.
    Function(&'a Value),
    /// These very objects.
    Identity(&'a HashSet<u64>),
}

impl Matcher<'_> {
    fn of<'a>(vm: &Vm, value: &'a Value) -> PyResult<Matcher<'a>> {
        if vm.class_of(value).kind == Kind::FUNCTION {
            return Ok(Matcher::Function(value));
        }
        let is_exception_class = |value: &Value| {
            value
                .as_ref_to::<Class>()
                .is_some_and(|c| c.is_subclass_of(&vm.types.exceptions.base_exception))
        };
        let all_classes = match value.payload::<Tuple>() {
            Some(tuple) => tuple.iter().all(is_exception_class),
            None => is_exception_class(value),
        };
        if all_classes {
            return Ok(Matcher::Type(value));
        }
        Err(vm.type_error("expected a function, exception type or tuple of exception types"))
    }

    fn matches(&self, vm: &Vm, exception: &Value) -> PyResult<bool> {
        match self {
            Matcher::Type(class) => Ok(is_instance_of_any(vm, exception, class)),
            Matcher::Function(function) => {
                let verdict = vm.call1(function, exception)?;
                vm.truth(&verdict)
            }
            Matcher::Identity(wanted) => {
                Ok(members(vm, exception).is_none() && wanted.contains(&exception.word()))
            }
        }
    }
}

fn is_instance_of_any(vm: &Vm, exception: &Value, classes: &Value) -> bool {
    if let Some(tuple) = classes.payload::<Tuple>() {
        return tuple.iter().any(|c| is_instance_of_any(vm, exception, c));
    }
    classes
        .as_ref_to::<Class>()
        .is_some_and(|class| vm.is_instance_of(exception, class))
}

/// What matches and, if it is wanted, the rest, each in groups nested as the original ones.
fn split_recursive(
    vm: &Vm,
    exception: &Value,
    matcher: &Matcher<'_>,
    want_rest: bool,
) -> PyResult<(Option<Value>, Option<Value>)> {
    if matcher.matches(vm, exception)? {
        return Ok((Some(exception.clone()), None));
    }
    let Some(members) = members(vm, exception) else {
        return Ok((None, want_rest.then(|| exception.clone())));
    };
    let _guard = vm.enter_native(" in exceptiongroup_split_recursive")?;
    let (mut matched, mut rest) = (Vec::new(), Vec::new());
    for member in members.iter() {
        let (hit, other) = split_recursive(vm, member, matcher, want_rest)?;
        matched.extend(hit);
        rest.extend(other);
    }
    let matched = subset(vm, exception, matched)?;
    let rest = if want_rest {
        subset(vm, exception, rest)?
    } else {
        None
    };
    Ok((matched, rest))
}

/// A group like `original` with only some of its members; None for none.
fn subset(vm: &Vm, original: &Value, members: Vec<Value>) -> PyResult<Option<Value>> {
    if members.is_empty() {
        return Ok(None);
    }
    let members = vm.list_from(members)?.into_value();
    let group = vm.call_method(original, &vm.intern("derive"), &[members])?;
    if !vm.is_instance_of(&group, &vm.types.exceptions.base_exception_group) {
        return Err(vm.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    let (from, to) = (exception_of(original)?, exception_of(&group)?);
    if let Some(traceback) = from.traceback.get() {
        to.traceback.set(Some(traceback));
    }
    to.context.set(from.context.get());
    to.cause.set(from.cause.get());
    to.suppress_context.set(true);
    if let Some(notes) = vm.get_attr_opt(original, &vm.names.__notes__)?
        && vm.class_of(&notes).slots().sq_item.is_some()
    {
        let copy = vm.list_from(vm.collect(&notes)?)?.into_value();
        vm.set_attr(&group, &vm.names.__notes__, &copy)?;
    }
    Ok(Some(group))
}

fn condition<'a>(vm: &Vm, name: &str, args: Args<'a>) -> PyResult<(&'a Value, &'a Value)> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.{name}() takes no keyword arguments"
        )));
    }
    match args.values {
        [this, condition] => Ok((this, condition)),
        more => Err(vm.type_error(format!(
            "{name} expected 1 argument, got {}",
            more.len().saturating_sub(1)
        ))),
    }
}

fn split(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, condition) = condition(vm, "split", args)?;
    let matcher = Matcher::of(vm, condition)?;
    let (matched, rest) = split_recursive(vm, this, &matcher, true)?;
    Ok(vm.tuple_value([matched, rest].map(|part| part.unwrap_or(Value::NONE))))
}

fn subgroup(vm: &Vm, args: Args<'_>) -> PyResult {
    let (this, condition) = condition(vm, "subgroup", args)?;
    let matcher = Matcher::of(vm, condition)?;
    let (matched, _) = split_recursive(vm, this, &matcher, false)?;
    Ok(matched.unwrap_or(Value::NONE))
}

/// Collects the identities of all exceptions in a group that are not groups.
fn leaves(vm: &Vm, exception: &Value, found: &mut HashSet<u64>) -> PyResult<()> {
    let Some(members) = members(vm, exception) else {
        found.insert(exception.word());
        return Ok(());
    };
    let _guard = vm.enter_native(" in collect_exception_group_leaf_ids")?;
    for member in members.iter() {
        leaves(vm, member, found)?;
    }
    Ok(())
}

/// True if one group was split off the other: it has the same history.
fn same_history(vm: &Vm, a: &Value, b: &Value) -> bool {
    let (Some(x), Some(y)) = (a.payload::<Exception>(), b.payload::<Exception>()) else {
        return false;
    };
    let same = |x: Option<&Value>, y: Option<&Value>| match (x, y) {
        (Some(x), Some(y)) => x.is(y),
        (x, y) => x.is_none() && y.is_none(),
    };
    members(vm, a).is_some()
        && members(vm, b).is_some()
        && same(x.traceback.peek(), y.traceback.peek())
        && same(x.cause.peek(), y.cause.peek())
        && same(x.context.peek(), y.context.peek())
}

impl Vm {
    /// `BaseExceptionGroup(message, members)`.
    fn new_group(&self, message: &str, members: Value) -> PyResult {
        let class = self.types.exceptions.base_exception_group.as_value();
        self.call(class, &[self.str_value(message), members])
    }

    /// What an `except*` clause for `class` (a class or tuple, checked) takes of an exception, and
    /// what it leaves; None for nothing.
    pub fn exception_group_match(
        &self,
        exception: &Value,
        class: &Value,
    ) -> PyResult<(Value, Value)> {
        if exception.is_none() {
            return Ok((Value::NONE, Value::NONE));
        }
        let is_group = members(self, exception).is_some();
        if is_instance_of_any(self, exception, class) {
            let matched = if is_group {
                exception.clone()
            } else {
                self.new_group("", self.tuple_value([exception.clone()]))?
            };
            return Ok((matched, Value::NONE));
        }
        if !is_group {
            return Ok((Value::NONE, exception.clone()));
        }
        let pair = self.call_method(
            exception,
            &self.intern("split"),
            std::slice::from_ref(class),
        )?;
        match pair.payload::<Tuple>().map(Tuple::as_slice) {
            Some([matched, rest, ..]) => Ok((matched.clone(), rest.clone())),
            Some(few) => Err(self.type_error(format!(
                "{}.split must return a 2-tuple, got tuple of size {}",
                self.class_name(exception),
                few.len()
            ))),
            None => Err(self.type_error(format!(
                "{}.split must return a tuple, not {}",
                self.class_name(exception),
                self.class_name(&pair)
            ))),
        }
    }

    /// What is raised after the `except*` clauses of an exception: `raised` lists what they raised
    /// and what was left.  None for nothing.
    pub fn prep_reraise_star(&self, original: &Value, raised: &Value) -> PyResult {
        let all = self.collect(raised)?;
        if all.is_empty() {
            return Ok(Value::NONE);
        }
        if members(self, original).is_none() {
            // A naked exception was wrapped for one clause, so there is one result at most.
            return Ok(all.into_iter().next().unwrap_or(Value::NONE));
        }
        let (reraised, mut new): (Vec<Value>, Vec<Value>) = all
            .into_iter()
            .filter(|e| !e.is_none())
            .partition(|e| same_history(self, e, original));
        let mut kept = HashSet::new();
        for exception in &reraised {
            leaves(self, exception, &mut kept)?;
        }
        let (rest, _) = split_recursive(self, original, &Matcher::Identity(&kept), false)?;
        if new.is_empty() {
            return Ok(rest.unwrap_or(Value::NONE));
        }
        new.extend(rest);
        if new.len() > 1 {
            return self.new_group("", self.list_from(new)?.into_value());
        }
        Ok(new.pop().unwrap_or(Value::NONE))
    }
}
