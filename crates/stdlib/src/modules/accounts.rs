//! `pwd` and `grp`: the users and groups of the machine, as `/etc/passwd` and `/etc/group` list them.

use runtime::Vm;
use runtime::modules::NativeModule;
use runtime::object::{Dict, MethodDef, PyResult, Ref, Str, Value};
use runtime::types::module::Module;
use runtime::types::struct_sequence::StructSequence;

/// `pwd`.
pub static PWD: NativeModule = NativeModule::new(
    "pwd",
    "This module provides access to the Unix password database.\n\
     It is available on all Unix versions.\n\n\
     Password database entries are reported as 7-tuples containing the following\n\
     items from the password database (see `<pwd.h>'), in order:\n\
     pw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell.\n\
     The uid and gid items are integers, all others are strings. An\n\
     exception is raised if the entry asked for cannot be found.",
    &[
        MethodDef::bound(
            "getpwuid",
            "($module, uidobj, /)",
            "Return the password database entry for the given numeric user ID.\n\n\
             See `help(pwd)` for more on password database entries.",
            |vm, args| by_number(vm, &USERS, &args[1]),
        ),
        MethodDef::bound(
            "getpwnam",
            "($module, name, /)",
            "Return the password database entry for the given user name.\n\n\
             See `help(pwd)` for more on password database entries.",
            |vm, args| by_name(vm, &USERS, &args[1]),
        ),
        MethodDef::bound(
            "getpwall",
            "($module, /)",
            "Return a list of all available password database entries, in arbitrary order.\n\n\
             See help(pwd) for more on password database entries.",
            |vm, _| all(vm, &USERS),
        ),
    ],
)
.with_init(|vm, module, namespace| define(vm, module, namespace, &USERS));

/// `grp`.
pub static GRP: NativeModule = NativeModule::new(
    "grp",
    "Access to the Unix group database.\n\n\
     Group entries are reported as 4-tuples containing the following fields\n\
     from the group database, in order:\n\n  \
     gr_name   - name of the group\n  \
     gr_passwd - group password (encrypted); often empty\n  \
     gr_gid    - numeric ID of the group\n  \
     gr_mem    - list of members\n\n\
     The gid is an integer, name and password are strings.  (Note that most\n\
     users are not explicitly listed as members of the groups they are in\n\
     according to the password database.  Check both databases to get\n\
     complete membership information.)",
    &[
        MethodDef::bound(
            "getgrgid",
            "($module, /, id)",
            "Return the group database entry for the given numeric group ID.\n\n\
             If id is not valid, raise KeyError.",
            |vm, args| by_number(vm, &GROUPS, &args[1]),
        ),
        MethodDef::bound(
            "getgrnam",
            "($module, /, name)",
            "Return the group database entry for the given group name.\n\n\
             If name is not valid, raise KeyError.",
            |vm, args| by_name(vm, &GROUPS, &args[1]),
        ),
        MethodDef::bound(
            "getgrall",
            "($module, /)",
            "Return a list of all available group entries, in arbitrary order.\n\n\
             An entry whose name starts with '+' or '-' represents an instruction\n\
             to use YP/NIS and may not be accessible via getgrnam or getgrgid.",
            |vm, _| all(vm, &GROUPS),
        ),
    ],
)
.with_init(|vm, module, namespace| define(vm, module, namespace, &GROUPS));

/// A database: a file of lines with fields between colons.
struct Database {
    path: &'static str,
    declaration: &'static StructSequence,
    /// The functions that look an entry up by name and by number.
    functions: [&'static str; 2],
    /// What messages call a number.
    number: &'static str,
    /// Fields that are numbers, by their places.
    numbers: &'static [usize],
    /// The field that is a list, at the end.
    list: Option<usize>,
}

static USERS: Database = Database {
    path: "/etc/passwd",
    declaration: &STRUCT_PASSWD,
    functions: ["getpwnam", "getpwuid"],
    number: "uid",
    numbers: &[2, 3],
    list: None,
};

static GROUPS: Database = Database {
    path: "/etc/group",
    declaration: &STRUCT_GROUP,
    functions: ["getgrnam", "getgrgid"],
    number: "gid",
    numbers: &[2],
    list: Some(3),
};

static STRUCT_PASSWD: StructSequence = StructSequence::new(
    "pwd.struct_passwd",
    "pwd.struct_passwd: Results from getpw*() routines.\n\n\
     This object may be accessed either as a tuple of\n  \
     (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\n\
     or via the object attributes as named in the above tuple.",
    &[
        ("pw_name", "user name"),
        ("pw_passwd", "password"),
        ("pw_uid", "user id"),
        ("pw_gid", "group id"),
        ("pw_gecos", "real name"),
        ("pw_dir", "home directory"),
        ("pw_shell", "shell program"),
    ],
);

static STRUCT_GROUP: StructSequence = StructSequence::new(
    "grp.struct_group",
    "grp.struct_group: Results from getgr*() routines.\n\n\
     This object may be accessed either as a tuple of\n  \
     (gr_name,gr_passwd,gr_gid,gr_mem)\n\
     or via the object attributes as named in the above tuple.\n",
    &[
        ("gr_name", "group name"),
        ("gr_passwd", "password"),
        ("gr_gid", "group id"),
        ("gr_mem", "group members"),
    ],
);

fn define(
    vm: &Vm,
    _module: &Ref<Module>,
    namespace: &Ref<Dict>,
    database: &Database,
) -> PyResult<()> {
    let class = vm.struct_sequence_class(database.declaration)?;
    let name = class.name.get().unwrap_or(Value::NONE);
    namespace.insert(vm, &name, class.into_value())?;
    Ok(())
}

impl Database {
    /// The lines with as many fields as an entry has.
    fn lines(&self) -> Vec<Vec<Vec<u8>>> {
        let text = std::fs::read(self.path).unwrap_or_default();
        let fields = if self.list.is_some() { 4 } else { 7 };
        text.split(|&byte| byte == b'\n')
            .map(|line| {
                line.split(|&byte| byte == b':')
                    .map(<[u8]>::to_vec)
                    .collect()
            })
            .filter(|parts: &Vec<Vec<u8>>| parts.len() == fields)
            .collect()
    }

    fn entry(&self, vm: &Vm, parts: &[Vec<u8>]) -> PyResult {
        let mut values = Vec::with_capacity(parts.len());
        for (place, part) in parts.iter().enumerate() {
            values.push(if self.numbers.contains(&place) {
                vm.int(number(part).unwrap_or(-1))
            } else if self.list == Some(place) {
                let members = part
                    .split(|&byte| byte == b',')
                    .filter(|name| !name.is_empty());
                let members = members.map(|name| vm.fs_decode(name).map(Ref::into_value));
                vm.list_from(members.collect::<PyResult<Vec<_>>>()?)?
                    .into_value()
            } else {
                vm.fs_decode(part)?.into_value()
            });
        }
        vm.struct_sequence(self.declaration, &values)
    }
}

fn number(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn all(vm: &Vm, database: &Database) -> PyResult {
    let entries = database.lines();
    let entries = entries.iter().map(|parts| database.entry(vm, parts));
    let entries = entries.collect::<PyResult<Vec<_>>>()?;
    vm.list_from(entries).map(Ref::into_value)
}

fn by_name(vm: &Vm, database: &Database, name: &Value) -> PyResult {
    let function = database.functions[0];
    if name.payload::<Str>().is_none() {
        return Err(vm.type_error(format!(
            "{function}() argument{} must be str, not {}",
            if database.list.is_some() {
                " 'name'"
            } else {
                ""
            },
            vm.class_name(name)
        )));
    }
    let wanted = vm.fs_encode(name)?;
    let lines = database.lines();
    match lines.iter().find(|parts| parts[0] == wanted.as_bytes()) {
        Some(parts) => database.entry(vm, parts),
        None => {
            let name = vm.repr_string(name)?;
            let message = format!("{function}(): name not found: {name}");
            Err(vm.key_error(&vm.str_value(&message)))
        }
    }
}

fn by_number(vm: &Vm, database: &Database, wanted: &Value) -> PyResult {
    let (function, what) = (database.functions[1], database.number);
    if vm.class_of(wanted).slots().nb_index.is_none() {
        return Err(vm.type_error(format!(
            "{what} should be integer, not {}",
            vm.class_name(wanted)
        )));
    }
    let wanted = vm.index(wanted)?;
    let id = wanted.as_int().and_then(|id| id.to_i64());
    // -1 stands for no user in system calls, and is let through.
    let Some(id) = id.filter(|id| (-1..=i64::from(u32::MAX)).contains(id)) else {
        let message = format!("{function}(): {what} not found");
        return Err(vm.key_error(&vm.str_value(&message)));
    };
    let id = if id == i64::from(u32::MAX) { -1 } else { id };
    let lines = database.lines();
    match lines.iter().find(|parts| number(&parts[2]) == Some(id)) {
        Some(parts) => database.entry(vm, parts),
        None => {
            let message = format!("{function}(): {what} not found: {id}");
            Err(vm.key_error(&vm.str_value(&message)))
        }
    }
}
