//! `unicodedata`: the Unicode Character Database, version 15.0, and what version 3.2 told otherwise.

mod normalize;
mod old;
mod tables;

use runtime::modules::NativeModule;
use runtime::object::{
    Dict, GetSetDef, Kind, MethodDef, Payload, Ref, Str, TypeSpec, alloc, class_flag,
};
use runtime::types::module::Module;
use runtime::types::str::unicode;
use runtime::{PyResult, Value, Vm};

use normalize::{Form, normalize};
use tables::{BIDI, CATEGORIES, Record, TAGS, Tables, WIDTHS};

/// Names are not longer.
const MAX_NAME: usize = 256;

/// The module.
pub static MODULE: NativeModule = NativeModule::new(
    "unicodedata",
    "This module provides access to the Unicode Character Database which\n\
     defines character properties for all Unicode characters. The data in\n\
     this database is based on the UnicodeData.txt file version\n\
     15.0.0 which is publicly available from the Unicode Consortium\n\
     at ftp://ftp.unicode.org/.\n\n\
     The module uses the same names and symbols as defined by the\n\
     UnicodeData File Format 15.0.0.",
    METHODS,
)
.with_init(|vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
    vm.define(namespace, "unidata_version", vm.str_value("15.0.0"))?;
    let class = vm.native_class(&UCD);
    vm.define(namespace, "UCD", class.to_value())?;
    vm.define(namespace, "ucd_3_2_0", alloc(&class, Database).into_value())
});

/// Payload of `ucd_3_2_0`, the database that RFC 3454 and the domain names of RFC 3490 go by.
struct Database;

impl Payload for Database {
    const KIND: Kind = crate::kinds::UNICODE_DATABASE;
    const NAME: &'static str = "UCD";
    const COLLECTED: bool = false;
}

static UCD: TypeSpec = TypeSpec {
    flags: class_flag::NO_INSTANTIATION,
    methods: METHODS,
    getset: &[
        GetSetDef::read_only("unidata_version", "", |vm, _| Ok(vm.str_value("3.2.0"))).as_member(),
    ],
    ..TypeSpec::of::<Database>("unicodedata.UCD")
};

/// The functions of the module, and methods of the older database.
static METHODS: &[MethodDef] = &[
    MethodDef::bound(
        "decimal",
        "($self, chr, default=<unrepresentable>, /)",
        "Converts a Unicode character into its equivalent decimal value.\n\n\
         Returns the decimal value assigned to the character chr as integer.\n\
         If no such value is defined, default is returned, or, if not given,\n\
         ValueError is raised.",
        |vm, args| {
            let c = character(vm, &args[1], "decimal() argument 1")?;
            let decimal = match is_old(args) {
                true => old::decimal(c),
                false => unicode::decimal(c),
            };
            let value = decimal.map(|d| Value::small_int(d.into()));
            or_default(vm, value, &args[2], "not a decimal")
        },
    ),
    MethodDef::bound(
        "digit",
        "($self, chr, default=<unrepresentable>, /)",
        "Converts a Unicode character into its equivalent digit value.\n\n\
         Returns the digit value assigned to the character chr as integer.\n\
         If no such value is defined, default is returned, or, if not given,\n\
         ValueError is raised.",
        |vm, args| {
            let c = character(vm, &args[1], "digit() argument 1")?;
            let value = unicode::digit(c).map(|d| Value::small_int(d.into()));
            or_default(vm, value, &args[2], "not a digit")
        },
    ),
    MethodDef::bound(
        "numeric",
        "($self, chr, default=<unrepresentable>, /)",
        "Converts a Unicode character into its equivalent numeric value.\n\n\
         Returns the numeric value assigned to the character chr as float.\n\
         If no such value is defined, default is returned, or, if not given,\n\
         ValueError is raised.",
        |vm, args| {
            let c = character(vm, &args[1], "numeric() argument 1")?;
            let number = Tables::get().numbers.get(&c);
            let number = number.filter(|_| !is_old(args) || old::is_assigned(c));
            let value = number.map(|&x| vm.float(x));
            or_default(vm, value, &args[2], "not a numeric character")
        },
    ),
    MethodDef::bound(
        "category",
        "($self, chr, /)",
        "Returns the general category assigned to the character chr as string.",
        |vm, args| {
            named(vm, args, "category", |r| {
                CATEGORIES.get(usize::from(r.category))
            })
        },
    ),
    MethodDef::bound(
        "bidirectional",
        "($self, chr, /)",
        "Returns the bidirectional class assigned to the character chr as string.\n\n\
         If no such value is defined, an empty string is returned.",
        |vm, args| named(vm, args, "bidirectional", |r| BIDI.get(usize::from(r.bidi))),
    ),
    MethodDef::bound(
        "combining",
        "($self, chr, /)",
        "Returns the canonical combining class assigned to the character chr as integer.\n\n\
         Returns 0 if no combining class is defined.",
        |vm, args| Ok(vm.int(record(vm, args, "combining")?.combining.into())),
    ),
    MethodDef::bound(
        "mirrored",
        "($self, chr, /)",
        "Returns the mirrored property assigned to the character chr as integer.\n\n\
         Returns 1 if the character has been identified as a \"mirrored\"\n\
         character in bidirectional text, 0 otherwise.",
        |vm, args| Ok(vm.int(record(vm, args, "mirrored")?.mirrored.into())),
    ),
    MethodDef::bound(
        "east_asian_width",
        "($self, chr, /)",
        "Returns the east asian width assigned to the character chr as string.",
        |vm, args| {
            named(vm, args, "east_asian_width", |r| {
                WIDTHS.get(usize::from(r.width))
            })
        },
    ),
    MethodDef::bound(
        "decomposition",
        "($self, chr, /)",
        "Returns the character decomposition mapping assigned to the character chr as \
         string.\n\nAn empty string is returned in case no such mapping is defined.",
        decomposition,
    ),
    MethodDef::bound(
        "name",
        "($self, chr, default=<unrepresentable>, /)",
        "Returns the name assigned to the character chr as a string.\n\n\
         If no name is defined, default is returned, or, if not given,\n\
         ValueError is raised.",
        |vm, args| {
            let c = character(vm, &args[1], "name() argument 1")?;
            // The names may be of a later version; these characters were not assigned yet.
            let assigned = record_of(args, c).category != 0;
            let name = char::from_u32(c)
                .filter(|_| assigned)
                .and_then(unicode_names2::name);
            let name = name.map(|name| vm.str_value(&name.to_string()));
            or_default(vm, name, &args[2], "no such name")
        },
    ),
    MethodDef::bound(
        "lookup",
        "($self, name, /)",
        "Look up character by name.\n\n\
         If a character with the given name is found, return the\n\
         corresponding character.  If not found, KeyError is raised.",
        lookup,
    ),
    MethodDef::bound(
        "is_normalized",
        "($self, form, unistr, /)",
        "Return whether the Unicode string unistr is in the normal form 'form'.\n\n\
         Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.",
        |vm, args| {
            let (form, text) = form_and_text(vm, "is_normalized", &args[1], &args[2])?;
            vm.check_room(text.len().saturating_mul(24))?;
            let normal =
                text.is_ascii() || text.iter().eq(normalize(text.iter(), form, is_old(args)));
            Ok(Value::bool(normal))
        },
    ),
    MethodDef::bound(
        "normalize",
        "($self, form, unistr, /)",
        "Return the normal form 'form' for the Unicode string unistr.\n\n\
         Valid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.",
        |vm, args| {
            let (form, text) = form_and_text(vm, "normalize", &args[1], &args[2])?;
            if text.is_ascii() {
                return Ok(vm.str_exact(text)?.into_value());
            }
            // A character decomposes into a few; they are decomposed, composed and narrowed.
            vm.check_room(text.len().saturating_mul(24))?;
            let points = normalize(text.iter(), form, is_old(args));
            Ok(vm.str_from_code_points(&points).into_value())
        },
    ),
];

/// The only character of an argument.
fn character(vm: &Vm, value: &Value, what: &str) -> PyResult<u32> {
    match value.payload::<Str>() {
        Some(text) if text.len() == 1 => Ok(text.at(0)),
        _ => Err(vm.type_error(format!(
            "{what} must be a unicode character, not {}",
            vm.class_name(value)
        ))),
    }
}

/// Whether a method of the older database was called.
fn is_old(args: &[Value]) -> bool {
    args[0].payload::<Database>().is_some()
}

/// What the database that was asked tells of a character.
fn record_of(args: &[Value], c: u32) -> Record {
    match is_old(args) {
        true => old::record(c),
        false => Tables::get().record(c),
    }
}

fn record(vm: &Vm, args: &[Value], function: &str) -> PyResult<Record> {
    let c = character(vm, &args[1], &format!("{function}() argument"))?;
    Ok(record_of(args, c))
}

fn named(
    vm: &Vm,
    args: &[Value],
    function: &str,
    name: impl Fn(Record) -> Option<&'static &'static str>,
) -> PyResult {
    let record = record(vm, args, function)?;
    Ok(vm.intern(name(record).copied().unwrap_or_default()))
}

fn or_default(vm: &Vm, value: Option<Value>, default: &Value, message: &str) -> PyResult {
    match value.or_else(|| default.given().cloned()) {
        Some(value) => Ok(value),
        None => Err(vm.value_error(message)),
    }
}

fn decomposition(vm: &Vm, args: &[Value]) -> PyResult {
    let c = character(vm, &args[1], "decomposition() argument")?;
    let found = Tables::get().decompositions.get(&c);
    let Some((tag, parts)) = found.filter(|_| !is_old(args) || old::is_assigned(c)) else {
        return Ok(vm.str_value(""));
    };
    let tag = TAGS.get(usize::from(*tag)).copied().unwrap_or_default();
    let words: Vec<String> = std::iter::once(tag.to_owned())
        .filter(|tag| !tag.is_empty())
        .chain(parts.iter().map(|part| format!("{part:04X}")))
        .collect();
    Ok(vm.str_value(&words.join(" ")))
}

fn lookup(vm: &Vm, args: &[Value]) -> PyResult {
    let name = match args[1].payload::<Str>() {
        Some(text) => text.to_display().into_owned(),
        None => vm.with_bytes_of(&args[1], |b| String::from_utf8_lossy(b).into_owned())?,
    };
    if name.len() > MAX_NAME {
        return Err(vm.key_error(&vm.str_value("name too long")));
    }
    match unicode_names2::character(&name) {
        Some(c) if record_of(args, c.into()).category != 0 => {
            Ok(vm.str_from_char(c.into()).into_value())
        }
        _ => {
            let message = format!("undefined character name '{name}'");
            Err(vm.key_error(&vm.str_value(&message)))
        }
    }
}

fn form_and_text<'a>(
    vm: &Vm,
    function: &str,
    form: &Value,
    text: &'a Value,
) -> PyResult<(Form, &'a Ref<Str>)> {
    for (place, value) in [form, text].into_iter().enumerate() {
        if value.payload::<Str>().is_none() {
            return Err(vm.type_error(format!(
                "{function}() argument {} must be str, not {}",
                place + 1,
                vm.class_name(value)
            )));
        }
    }
    let form = Form::named(&vm.display(form));
    match (form, text.as_ref_to::<Str>()) {
        (Some(form), Some(text)) => Ok((form, text)),
        _ => Err(vm.value_error("invalid normalization form")),
    }
}
