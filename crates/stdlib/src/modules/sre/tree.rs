//! Parsed patterns as lists and tuples, for `re._parser`: an operation is a pair of its name and its
//! argument, a sequence a list of operations.

use runtime::{PyResult, Value, Vm};

use super::node::{At, Category, Greed, Item, MAX_REPEAT, Node, Width};
use super::parse;

/// `_sre.tree`: the operations of a pattern, its flags, the groups' names and their widths.
pub(super) fn tree(vm: &Vm, pattern: &Value, flags: u32) -> PyResult {
    let parsed = parse::parse(vm, pattern, flags)?;
    let names = vm.dict();
    for (name, group) in &parsed.names {
        let name = vm.str_from_code_points(name).into_value();
        names.insert(vm, &name, vm.int((*group).into()))?;
    }
    let widths = parsed.widths.iter().map(|width| match width {
        Some(width) => width_value(vm, *width),
        None => Value::NONE,
    });
    Ok(vm.tuple_value([
        sequence(vm, &parsed.nodes)?,
        vm.int(parsed.flags.into()),
        names.into_value(),
        vm.list_from(widths)?.into_value(),
    ]))
}

/// A width; None stands for one without bound.
fn width_value(vm: &Vm, (low, high): Width) -> Value {
    let bound = |width| match i64::try_from(width) {
        Ok(width) => vm.int(width),
        Err(_) => Value::NONE,
    };
    vm.tuple_value([bound(low), bound(high)])
}

fn sequence(vm: &Vm, nodes: &[Node]) -> PyResult {
    let operations: Vec<Value> = nodes
        .iter()
        .map(|node| operation(vm, node))
        .collect::<PyResult<_>>()?;
    Ok(vm.list_from(operations)?.into_value())
}

fn pair(vm: &Vm, name: &str, argument: Value) -> Value {
    vm.tuple_value([vm.intern(name), argument])
}

fn number(vm: &Vm, number: u32) -> Value {
    vm.int(number.into())
}

fn operation(vm: &Vm, node: &Node) -> PyResult {
    Ok(match node {
        Node::Literal(c) => pair(vm, "LITERAL", number(vm, *c)),
        Node::NotLiteral(c) => pair(vm, "NOT_LITERAL", number(vm, *c)),
        Node::Any => pair(vm, "ANY", Value::NONE),
        Node::Set { negated, items } => pair(vm, "IN", set(vm, *negated, items)?),
        Node::At(at) => pair(vm, "AT", vm.intern(place_name(*at))),
        Node::Repeat {
            greed,
            min,
            max,
            body,
        } => {
            let name = match greed {
                Greed::Greedy => "MAX_REPEAT",
                Greed::Lazy => "MIN_REPEAT",
                Greed::Possessive => "POSSESSIVE_REPEAT",
            };
            let most = match *max {
                MAX_REPEAT => Value::NONE,
                max => number(vm, max),
            };
            let body = sequence(vm, body)?;
            pair(vm, name, vm.tuple_value([number(vm, *min), most, body]))
        }
        Node::Branch(branches) => {
            let branches: Vec<Value> = branches
                .iter()
                .map(|branch| sequence(vm, branch))
                .collect::<PyResult<_>>()?;
            let branches = vm.list_from(branches)?.into_value();
            pair(vm, "BRANCH", vm.tuple_value([Value::NONE, branches]))
        }
        Node::Group {
            index,
            add,
            remove,
            body,
        } => {
            let argument = vm.tuple_value([
                index.map_or(Value::NONE, |index| number(vm, index)),
                number(vm, *add),
                number(vm, *remove),
                sequence(vm, body)?,
            ]);
            pair(vm, "SUBPATTERN", argument)
        }
        Node::Atomic(body) => pair(vm, "ATOMIC_GROUP", sequence(vm, body)?),
        Node::Look {
            ahead,
            negated,
            body,
        } => {
            let name = if *negated { "ASSERT_NOT" } else { "ASSERT" };
            let direction = vm.int(if *ahead { 1 } else { -1 });
            pair(vm, name, vm.tuple_value([direction, sequence(vm, body)?]))
        }
        Node::Reference(group) => pair(vm, "GROUPREF", number(vm, *group)),
        Node::Conditional { group, yes, no } => {
            let no = match no {
                Some(no) => sequence(vm, no)?,
                None => Value::NONE,
            };
            let argument = vm.tuple_value([number(vm, *group), sequence(vm, yes)?, no]);
            pair(vm, "GROUPREF_EXISTS", argument)
        }
    })
}

fn set(vm: &Vm, negated: bool, items: &[Item]) -> PyResult {
    let mut all = Vec::with_capacity(items.len() + 1);
    if negated {
        all.push(pair(vm, "NEGATE", Value::NONE));
    }
    all.extend(items.iter().map(|item| match *item {
        Item::Literal(c) => pair(vm, "LITERAL", number(vm, c)),
        Item::Range(low, high) => {
            let bounds = vm.tuple_value([number(vm, low), number(vm, high)]);
            pair(vm, "RANGE", bounds)
        }
        Item::Category(category) => pair(vm, "CATEGORY", vm.intern(category_name(category))),
    }));
    Ok(vm.list_from(all)?.into_value())
}

fn place_name(at: At) -> &'static str {
    match at {
        At::Beginning => "AT_BEGINNING",
        At::BeginningOfString => "AT_BEGINNING_STRING",
        At::End => "AT_END",
        At::EndOfString => "AT_END_STRING",
        At::Boundary => "AT_BOUNDARY",
        At::NotBoundary => "AT_NON_BOUNDARY",
    }
}

fn category_name(category: Category) -> &'static str {
    match category {
        Category::Digit => "CATEGORY_DIGIT",
        Category::NotDigit => "CATEGORY_NOT_DIGIT",
        Category::Space => "CATEGORY_SPACE",
        Category::NotSpace => "CATEGORY_NOT_SPACE",
        Category::Word => "CATEGORY_WORD",
        Category::NotWord => "CATEGORY_NOT_WORD",
    }
}
