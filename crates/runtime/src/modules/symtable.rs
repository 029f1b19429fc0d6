//! The module `_symtable`: the compiler's symbol table as objects, for `symtable`.

use std::rc::Rc;
use std::sync::atomic::{AtomicI64, Ordering};

use compiler::symtable::{Home, ScopeId, ScopeKind, SymbolTable, flag};
use heap::Visitor;
use syntax::Mode;

use super::NativeModule;
use crate::fields;
use crate::object::fields::Field;
use crate::object::{
    Dict, GetSetDef, Kind, MethodDef, Payload, PyResult, Ref, Str, TypeSlots, TypeSpec, Value,
    Visit, alloc, class_flag,
};
use crate::types::module::Module;
use crate::vm::Vm;

/// Declaration of the module.
pub static MODULE: NativeModule = NativeModule::new(
    "_symtable",
    "",
    &[MethodDef::bound(
        "symtable",
        "($module, source, filename, startstr, /)",
        "Return symbol and scope dictionaries used internally by compiler.",
        symtable,
    )],
)
.with_init(init);

/// Where a symbol's scope lies above its flags.
const SCOPE_OFFSET: i64 = 12;

/// CPython's bit for a name that is free in a scope, which only its compiler sets.
const DEF_FREE: i64 = 1 << 5;

fn init(vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>) -> PyResult<()> {
    let bound = flag::LOCAL | flag::PARAM | flag::IMPORT;
    let numbers = [
        ("USE", i64::from(flag::USE)),
        ("DEF_GLOBAL", i64::from(flag::GLOBAL)),
        ("DEF_NONLOCAL", i64::from(flag::NONLOCAL)),
        ("DEF_LOCAL", i64::from(flag::LOCAL)),
        ("DEF_PARAM", i64::from(flag::PARAM)),
        ("DEF_FREE", DEF_FREE),
        ("DEF_FREE_CLASS", i64::from(flag::FREE_CLASS)),
        ("DEF_IMPORT", i64::from(flag::IMPORT)),
        ("DEF_BOUND", i64::from(bound)),
        ("DEF_ANNOT", i64::from(flag::ANNOTATED)),
        ("TYPE_FUNCTION", kind_number(ScopeKind::Function)),
        ("TYPE_CLASS", kind_number(ScopeKind::Class)),
        ("TYPE_MODULE", kind_number(ScopeKind::Module)),
        ("TYPE_ANNOTATION", kind_number(ScopeKind::Annotation)),
        ("TYPE_TYPE_VAR_BOUND", kind_number(ScopeKind::TypeVarBound)),
        ("TYPE_TYPE_ALIAS", kind_number(ScopeKind::TypeAlias)),
        ("TYPE_TYPE_PARAM", kind_number(ScopeKind::TypeParams)),
        ("LOCAL", home_number(Home::Local)),
        ("GLOBAL_EXPLICIT", home_number(Home::GlobalExplicit)),
        ("GLOBAL_IMPLICIT", home_number(Home::GlobalImplicit)),
        ("FREE", home_number(Home::Free)),
        ("CELL", home_number(Home::Cell)),
        ("SCOPE_OFF", SCOPE_OFFSET),
        ("SCOPE_MASK", 15),
    ];
    for (name, number) in numbers {
        namespace.insert(vm, &vm.intern(name), Value::small_int(number))?;
    }
    Ok(())
}

const fn kind_number(kind: ScopeKind) -> i64 {
    match kind {
        ScopeKind::Function => 0,
        ScopeKind::Class => 1,
        ScopeKind::Module => 2,
        ScopeKind::Annotation => 3,
        ScopeKind::TypeVarBound => 4,
        ScopeKind::TypeAlias => 5,
        ScopeKind::TypeParams => 6,
    }
}

const fn home_number(home: Home) -> i64 {
    match home {
        Home::Unknown => 0,
        Home::Local => 1,
        Home::GlobalExplicit => 2,
        Home::GlobalImplicit => 3,
        Home::Free => 4,
        Home::Cell => 5,
    }
}

/// A scope of a table.
struct Entry {
    table: Rc<SymbolTable>,
    scope: ScopeId,
    /// A number that no other entry has.
    id: i64,
    symbols: Value,
    children: Value,
}

impl Payload for Entry {
    const KIND: Kind = Kind::SYMBOL_TABLE_ENTRY;
    const NAME: &'static str = "symtable entry";
    const FIELDS: &'static [Field] = fields![
        "table" => table as Opaque,
        "scope" => scope as Opaque,
        "id" => id as Opaque,
        "symbols" => symbols as Value,
        "children" => children as Value,
    ];

    fn traverse(&self, visitor: &mut Visitor<'_>) {
        visitor.value(&self.symbols);
        visitor.value(&self.children);
    }
}

static ENTRY: TypeSpec = TypeSpec {
    flags: class_flag::COLLECTED | class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        ..TypeSlots::EMPTY
    },
    getset: &[
        GetSetDef::read_only("id", "", |vm, this| {
            Ok(Value::small_int(entry(vm, this)?.id))
        }),
        GetSetDef::read_only("name", "", |vm, this| {
            Ok(vm.str_value(&entry(vm, this)?.scope().name))
        }),
        GetSetDef::read_only("symbols", "", |vm, this| {
            Ok(entry(vm, this)?.symbols.clone())
        }),
        GetSetDef::read_only("varnames", "", |vm, this| {
            let names = entry(vm, this)?.scope().params.iter();
            let names: Vec<Value> = names.map(|name| vm.str_value(name)).collect();
            vm.list_from(names).map(Ref::into_value)
        }),
        GetSetDef::read_only("children", "", |vm, this| {
            Ok(entry(vm, this)?.children.clone())
        }),
        GetSetDef::read_only("nested", "", |vm, this| {
            Ok(Value::small_int(i64::from(entry(vm, this)?.scope().nested)))
        }),
        GetSetDef::read_only("type", "", |vm, this| {
            Ok(Value::small_int(kind_number(entry(vm, this)?.scope().kind)))
        }),
        GetSetDef::read_only("lineno", "", |vm, this| {
            Ok(Value::small_int(entry(vm, this)?.line()))
        }),
    ],
    ..TypeSpec::of::<Entry>("symtable entry")
};

impl Entry {
    fn scope(&self) -> &compiler::symtable::Scope {
        self.table.scope(self.scope)
    }

    /// The line it begins in; the module has none.
    fn line(&self) -> i64 {
        match self.scope().kind {
            ScopeKind::Module => 0,
            _ => i64::from(self.scope().line),
        }
    }
}

fn entry<'a>(vm: &Vm, value: &'a Value) -> PyResult<&'a Entry> {
    value
        .payload::<Entry>()
        .ok_or_else(|| vm.type_error("expected a symtable entry"))
}

fn repr(vm: &Vm, value: &Value) -> PyResult {
    let entry = entry(vm, value)?;
    Ok(vm.str_value(&format!(
        "<symtable entry {}({}), line {}>",
        entry.scope().name,
        entry.id,
        entry.line()
    )))
}

/// The entry of a scope, and those of the scopes in it.
fn make_entry(vm: &Vm, table: &Rc<SymbolTable>, id: ScopeId) -> PyResult {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let _guard = vm.enter_native(" during compilation")?;
    let scope = table.scope(id);
    let symbols = vm.dict();
    for (name, symbol) in &scope.symbols {
        let bits = i64::from(symbol.flags) | home_number(symbol.home) << SCOPE_OFFSET;
        symbols.insert(vm, &vm.intern(name), Value::small_int(bits))?;
    }
    let mut children = Vec::with_capacity(scope.children.len());
    for &child in &scope.children {
        children.push(make_entry(vm, table, child)?);
    }
    let entry = Entry {
        table: table.clone(),
        scope: id,
        id: LAST.fetch_add(1, Ordering::Relaxed) + 1,
        symbols: symbols.into_value(),
        children: vm.list_from(children)?.into_value(),
    };
    Ok(alloc(&vm.native_class(&ENTRY), entry).into_value())
}

fn symtable(vm: &Vm, args: &[Value]) -> PyResult {
    let file = vm.file_name(&args[2])?;
    let Some(mode) = args[3].payload::<Str>() else {
        return Err(vm.type_error(format!(
            "symtable() argument 3 must be str, not {}",
            vm.argument_type(&args[3])
        )));
    };
    if args[1].payload::<Str>().is_none() && !vm.has_buffer(&args[1]) {
        return Err(vm.type_error("symtable() arg 1 must be a string or bytes object"));
    }
    let source = vm.source_of(&args[1], &file, "symtable() arg 1")?;
    let mode = match &*mode.to_display() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => {
            return Err(vm.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'"));
        }
    };
    let table = vm.symbols_of(&source, &file, mode)?;
    make_entry(vm, &Rc::new(table), SymbolTable::TOP)
}
