//! `ouro`: the window into the heap.
//!
//! - `heap()` takes a picture of arenas, pools and blocks (`snapshot`), shown as objects
//!   (`objects`), as text (`map`) or as a page (`page`);
//! - `layout(obj)` tells what lies in each word of an object's blocks (`layout`);
//! - `explain(obj)` tells what keeps an object alive (`explain`);
//! - `heap_report(path)` writes the page;
//! - `trace` has the lines of `--gc-trace`.
//!
//! Looking changes nothing: pictures are taken before the objects that show them are made, and what
//! they tell are numbers and texts, so that they keep nothing alive.

mod counts;
mod explain;
mod layout;
mod map;
mod objects;
mod page;
mod report;
mod snapshot;
pub mod trace;

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Args, MethodDef, PyResult, Value};

use snapshot::Snapshot;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "ouro",
    "The window into the heap.\n\n\
     heap() -- Take a picture of arenas, pools and blocks.\n\
     heap_report() -- Write a page that draws the heap.\n\
     layout() -- Tell what lies in the blocks of an object.\n\
     explain() -- Tell what keeps an object alive.\n\
     is_deterministic() -- Tell whether ids, clocks and random numbers repeat.\n",
    &[
        MethodDef::bound(
            "heap",
            "($module, /)",
            "Take a picture of the heap: its arenas, pools and blocks and the collector's generations.",
            |vm, _| Ok(objects::heap(vm, Snapshot::take(vm))),
        ),
        MethodDef::bound(
            "heap_report",
            "($module, /, path)",
            "Write a page (HTML, without references to anything else) that draws the heap.",
            heap_report,
        ),
        MethodDef::bound(
            "layout",
            "($module, obj, /)",
            "Tell what lies in the blocks of an object: header, fields, items, attributes.",
            |vm, args| layout::layout(vm, &args[1]),
        ),
        MethodDef::bound(
            "explain",
            "($module, /, obj, limit=10)",
            "Tell what keeps an object alive: the shortest chain from a root for each reference to it.",
            explain::explain,
        ),
        MethodDef::bound(
            "is_deterministic",
            "($module, /)",
            "True if the interpreter runs in deterministic mode.",
            |vm, _| Ok(Value::bool(vm.is_deterministic())),
        ),
    ],
);

fn heap_report(vm: &Vm, args: &[Value]) -> PyResult {
    let text = page::html(&Snapshot::take(vm));
    let open = vm.builtin("open")?;
    let values = [args[1].clone(), vm.str_value("w"), vm.str_value("utf-8")];
    let names = [vm.intern("encoding")];
    let file = vm.call_args(
        &open,
        Args {
            values: &values,
            names: &names,
        },
    )?;
    let written = vm.call_method(&file, &vm.intern("write"), &[vm.str_value(&text)]);
    vm.call_method(&file, &vm.intern("close"), &[])?;
    written.map(|_| Value::NONE)
}

/// The page that draws the heap.
pub fn report(vm: &Vm) -> String {
    page::html(&Snapshot::take(vm))
}

/// What was counted, the heap's statistics in the form of `sys._debugmallocstats()`, and the
/// generations.
pub fn statistics(vm: &Vm) -> String {
    let shot = Snapshot::take(vm);
    let mut text = counts::text(vm);
    // Writing to a string cannot fail.
    let _ = shot.stats.write_malloc_stats(&mut text);
    text.push('\n');
    text.push_str(&map::generations(&shot));
    text
}
