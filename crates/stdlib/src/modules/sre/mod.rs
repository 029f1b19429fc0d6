//! `_sre`: regular expressions.
//!
//! | module | what |
//! |---|---|
//! | `node`, `source`, `parse`, `group`, `escape` | text to nodes |
//! | `charset`, `first`, `program`, `compile` | nodes to instructions |
//! | `matcher` | instructions against a text |
//! | `subject`, `pattern`, `matched`, `scanner`, `template`, `replace`, `tree` | what programs see |
//!
//! The matcher works on the text as `str` and bytes hold it, in its own width.

mod charset;
mod compile;
mod escape;
mod first;
mod group;
mod matched;
mod matcher;
mod node;
mod parse;
mod pattern;
mod program;
mod replace;
mod scanner;
mod source;
mod subject;
mod template;
mod tree;

use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, Ref};
use runtime::types::module::Module;
use runtime::{PyResult, Value, Vm};

use node::{Node, flag};

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "_sre",
    "",
    &[
        MethodDef::bound(
            "compile",
            "($module, /, pattern, flags)",
            "Compile a regular expression pattern.",
            |vm, args| pattern::new(vm, &args[1], flags_of(vm, &args[2])?),
        ),
        MethodDef::bound(
            "compile_lexicon",
            "($module, /, phrases, flags)",
            "Compile phrases to alternatives, each a group of its own.",
            compile_lexicon,
        ),
        MethodDef::bound(
            "tree",
            "($module, pattern, flags, /)",
            "The operations that a pattern consists of, its flags, its groups' names and widths.",
            |vm, args| tree::tree(vm, &args[1], flags_of(vm, &args[2])?),
        ),
        MethodDef::bound(
            "template_pieces",
            "($module, template, pattern, /)",
            "The texts and numbers of groups that a replacement consists of.",
            |vm, args| template::pieces(vm, &args[1], &args[2]),
        ),
        MethodDef::bound("getcodesize", "($module, /)", "", |_, _| {
            Ok(Value::small_int(4))
        }),
        MethodDef::bound(
            "ascii_iscased",
            "($module, character, /)",
            "",
            |vm, args| {
                let c = character(vm, &args[1])?;
                Ok(Value::bool(
                    c < 128 && char::from(c as u8).is_ascii_alphabetic(),
                ))
            },
        ),
        MethodDef::bound(
            "unicode_iscased",
            "($module, character, /)",
            "",
            |vm, args| {
                let c = character(vm, &args[1])?;
                Ok(Value::bool(
                    charset::lower(c) != c || charset::upper(c) != c,
                ))
            },
        ),
        MethodDef::bound(
            "ascii_tolower",
            "($module, character, /)",
            "",
            |vm, args| Ok(vm.int(charset::ascii_lower(character(vm, &args[1])?).into())),
        ),
        MethodDef::bound(
            "unicode_tolower",
            "($module, character, /)",
            "",
            |vm, args| Ok(vm.int(charset::lower(character(vm, &args[1])?).into())),
        ),
    ],
)
.with_init(init);

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    vm.define(namespace, "MAGIC", vm.int(20_221_023))?;
    vm.define(namespace, "CODESIZE", vm.int(4))?;
    vm.define(namespace, "MAXREPEAT", vm.int(node::MAX_REPEAT.into()))?;
    vm.define(namespace, "MAXGROUPS", vm.int(node::MAX_GROUPS.into()))?;
    vm.define(
        namespace,
        "Pattern",
        vm.native_class(&pattern::PATTERN).into_value(),
    )?;
    vm.define(
        namespace,
        "Match",
        vm.native_class(&matched::MATCH).into_value(),
    )
}

fn flags_of(vm: &Vm, flags: &Value) -> PyResult<u32> {
    Ok(vm.arg_int(flags)? as u32)
}

fn character(vm: &Vm, value: &Value) -> PyResult<u32> {
    Ok(vm.arg_int(value)? as u32)
}

/// For `re.Scanner`: phrase number n is group n, whatever groups it has itself.
fn compile_lexicon(vm: &Vm, args: &[Value]) -> PyResult {
    let flags = flags_of(vm, &args[2])?;
    let phrases = vm.collect(&args[1])?;
    let mut branches = Vec::new();
    let mut whole = parse::Parsed {
        nodes: Vec::new(),
        flags,
        names: Vec::new(),
        widths: vec![None; phrases.len() + 1],
    };
    let mut is_text = true;
    for (place, phrase) in phrases.iter().enumerate() {
        let parsed = parse::parse(vm, phrase, flags)?;
        is_text = phrase.payload::<runtime::object::Str>().is_some();
        whole.flags |= parsed.flags & flag::UNICODE;
        let inner = parsed.widths.len();
        if whole.widths.len() < inner {
            whole.widths.resize(inner, None);
        }
        let width = node::width(&parsed.nodes, &parsed.widths);
        whole.widths[place + 1] = Some(width);
        branches.push(vec![Node::Group {
            index: Some(place as u32 + 1),
            add: 0,
            remove: 0,
            body: parsed.nodes,
        }]);
    }
    whole.nodes.push(Node::Branch(branches));
    pattern::make(vm, &Value::NONE, is_text, &whole)
}
