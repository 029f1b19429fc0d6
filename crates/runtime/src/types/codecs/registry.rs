//! What a program registered: search functions for codecs, error handlers.

use crate::object::{Dict, PyResult, Raised, Ref, Slot, Str, Tuple, Value};
use crate::vm::Vm;

use super::names::normalize;

/// The registry of an interpreter.
#[derive(Default)]
pub struct Registry {
    /// The search functions, a list.
    search: Slot,
    /// What lookups found, a dict by normalised name.
    cache: Slot,
    /// The error handlers, a dict by name.
    errors: Slot,
    /// How many of `MODULES` have been imported.
    imported: std::cell::Cell<usize>,
}

/// Modules that register codecs.
const MODULES: [&str; 1] = ["codecs"];

impl Registry {
    /// Forgets everything.
    pub(crate) fn clear(&self) {
        for slot in [&self.search, &self.cache, &self.errors] {
            slot.set(None);
        }
    }

    /// Shows what it holds.
    pub(crate) fn each(&self, visit: impl FnMut(&Value)) {
        [&self.search, &self.cache, &self.errors]
            .iter()
            .filter_map(|slot| slot.peek())
            .for_each(visit);
    }
}

impl Registry {
    fn dict(vm: &Vm, slot: &Slot) -> Ref<Dict> {
        if let Some(Ok(dict)) = slot.get().map(Value::downcast) {
            return dict;
        }
        let new = vm.dict();
        slot.set(Some(new.to_value()));
        new
    }
}

/// `codecs.register(search_function)`
pub fn register(vm: &Vm, function: &Value) -> PyResult<()> {
    if vm.class_of(function).slots().call.is_none() {
        return Err(vm.type_error("argument must be callable"));
    }
    let slot = &vm.interp.codecs.search;
    let mut all = slot
        .get()
        .map_or(Ok(Vec::new()), |list| vm.collect(&list))?;
    all.push(function.clone());
    slot.set(Some(vm.list_from(all)?.into_value()));
    Ok(())
}

/// `codecs.unregister(search_function)`
pub fn unregister(vm: &Vm, function: &Value) -> PyResult<()> {
    let slot = &vm.interp.codecs.search;
    let mut all = slot
        .get()
        .map_or(Ok(Vec::new()), |list| vm.collect(&list))?;
    if let Some(place) = all.iter().position(|f| f.is(function)) {
        all.remove(place);
        slot.set(Some(vm.list_from(all)?.into_value()));
        vm.interp.codecs.cache.set(None);
    }
    Ok(())
}

/// `codecs.lookup(encoding)`: the four-tuple (or `CodecInfo`) a search function returned.
pub fn lookup(vm: &Vm, encoding: &Ref<Str>) -> PyResult {
    let key = vm.str_value(&normalize(encoding));
    if let Some(found) = Registry::dict(vm, &vm.interp.codecs.cache).get(vm, &key)? {
        return Ok(found);
    }
    if let Some(found) = search(vm, &key)? {
        return Ok(found);
    }
    let imported = &vm.interp.codecs.imported;
    while let Some(module) = MODULES.get(imported.get()) {
        imported.set(imported.get() + 1);
        match vm.import_dotted(module) {
            Ok(_) => {
                if let Some(found) = search(vm, &key)? {
                    return Ok(found);
                }
            }
            Err(raised) => {
                let _ = vm.catch(raised, &vm.types.exceptions.import_error)?;
            }
        }
    }
    if encoding.to_utf8().is_none() {
        return Err(vm.source_has_surrogates(encoding.as_value()));
    }
    Err(vm.lookup_error(format!("unknown encoding: {}", encoding.to_display())))
}

/// Asks the search functions for a normalised name.
fn search(vm: &Vm, key: &Value) -> PyResult<Option<Value>> {
    let search = vm.interp.codecs.search.get();
    for function in search.map_or(Ok(Vec::new()), |list| vm.collect(&list))? {
        let found = vm.call1(&function, key)?;
        if found.is_none() {
            continue;
        }
        if found.payload::<Tuple>().is_none_or(|t| t.len() != 4) {
            return Err(vm.type_error("codec search functions must return 4-tuples"));
        }
        Registry::dict(vm, &vm.interp.codecs.cache).insert(vm, key, found.clone())?;
        return Ok(Some(found));
    }
    Ok(None)
}

/// The codec of a text encoding: LookupError for those that convert something else.
pub(crate) fn lookup_text(vm: &Vm, encoding: &Ref<Str>, instead: &str) -> PyResult {
    let codec = lookup(vm, encoding)?;
    if !vm.class_of(&codec).is(&vm.types.tuple)
        && let Some(flag) = vm.get_attr_opt(&codec, &vm.intern("_is_text_encoding"))?
        && !vm.truth(&flag)?
    {
        return Err(vm.lookup_error(format!(
            "'{}' is not a text encoding; use {instead} to handle arbitrary codecs",
            encoding.to_display()
        )));
    }
    Ok(codec)
}

fn convert(
    vm: &Vm,
    codec: &Value,
    place: usize,
    input: &Value,
    errors: Option<&Ref<Str>>,
    what: &str,
) -> PyResult {
    let function = codec
        .payload::<Tuple>()
        .and_then(|t| t.get(place).cloned())
        .unwrap_or(Value::NONE);
    let result = match errors {
        Some(errors) => vm.call(&function, &[input.clone(), errors.to_value()])?,
        None => vm.call1(&function, input)?,
    };
    match result.payload::<Tuple>().map(Tuple::as_slice) {
        Some([converted, _]) => Ok(converted.clone()),
        _ => Err(vm.type_error(format!("{what} must return a tuple (object, integer)"))),
    }
}

/// `codecs.encode(object, encoding, errors)`
pub fn encode(vm: &Vm, object: &Value, encoding: &Ref<Str>, errors: Option<&Ref<Str>>) -> PyResult {
    let codec = lookup(vm, encoding)?;
    convert(vm, &codec, 0, object, errors, "encoder")
        .map_err(|e| noted(vm, e, "encoding", encoding))
}

/// `codecs.decode(object, encoding, errors)`
pub fn decode(vm: &Vm, object: &Value, encoding: &Ref<Str>, errors: Option<&Ref<Str>>) -> PyResult {
    let codec = lookup(vm, encoding)?;
    convert(vm, &codec, 1, object, errors, "decoder")
        .map_err(|e| noted(vm, e, "decoding", encoding))
}

/// Adds a note to an exception that tells which codec has failed.
#[cold]
fn noted(vm: &Vm, raised: Raised, operation: &str, encoding: &Ref<Str>) -> Raised {
    let exception = vm.take_exception(raised);
    let note = format!("{operation} with '{}' codec failed", encoding.to_display());
    let added = vm.call_method(&exception, &vm.intern("add_note"), &[vm.str_value(&note)]);
    match added {
        Ok(_) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}

/// `str.encode` by a registered codec.
pub(super) fn encode_text(
    vm: &Vm,
    text: &Ref<Str>,
    encoding: &Ref<Str>,
    errors: Option<&Ref<Str>>,
) -> PyResult {
    let codec = lookup_text(vm, encoding, "codecs.encode()")?;
    let encoded = convert(vm, &codec, 0, text.as_value(), errors, "encoder")
        .map_err(|e| noted(vm, e, "encoding", encoding))?;
    if encoded.payload::<crate::object::Bytes>().is_some() {
        return Ok(encoded);
    }
    Err(vm.type_error(format!(
        "'{}' encoder returned '{}' instead of 'bytes'; use codecs.encode() to encode to \
         arbitrary types",
        encoding.to_display(),
        vm.class_name(&encoded)
    )))
}

/// `bytes.decode` by a registered codec.
pub(super) fn decode_text(
    vm: &Vm,
    object: &Value,
    encoding: &Ref<Str>,
    errors: Option<&Ref<Str>>,
) -> PyResult {
    let codec = lookup_text(vm, encoding, "codecs.decode()")?;
    convert(vm, &codec, 1, object, errors, "decoder")
        .map_err(|e| noted(vm, e, "decoding", encoding))
}

/// `codecs.register_error(name, handler)`
pub fn register_error(vm: &Vm, name: &Value, handler: &Value) -> PyResult<()> {
    if vm.class_of(handler).slots().call.is_none() {
        return Err(vm.type_error("handler must be callable"));
    }
    Registry::dict(vm, &vm.interp.codecs.errors).insert(vm, name, handler.clone())?;
    Ok(())
}

/// A registered error handler; LookupError if there is none of that name.
pub fn lookup_error(vm: &Vm, name: &Str) -> PyResult {
    let key = vm.str_of_class(&vm.types.str, name).into_value();
    match Registry::dict(vm, &vm.interp.codecs.errors).get(vm, &key)? {
        Some(handler) => Ok(handler),
        None => Err(vm.lookup_error(format!(
            "unknown error handler name '{}'",
            name.to_display()
        ))),
    }
}
