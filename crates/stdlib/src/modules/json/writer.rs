//! Writing values as JSON.

use std::cmp::Ordering;

use runtime::object::str_build::StrBuilder;
use runtime::object::{Chars, Dict, List, PyResult, Str, Tuple, Value};
use runtime::types::format::float::repr;
use runtime::types::int::text::{decimal, small_decimal};
use runtime::{Raised, Vm};

use super::encoder::{Encoder, Strings};
use super::escape::write_quoted;

const RECURSION: &str = " while encoding a JSON object";

/// A text that is being written with an encoder's settings.
pub(super) struct Writer<'a> {
    vm: &'a Vm,
    encoder: &'a Encoder,
    out: StrBuilder,
}

impl<'a> Writer<'a> {
    /// A writer of an empty text.
    pub fn new(vm: &'a Vm, encoder: &'a Encoder) -> Self {
        Writer {
            vm,
            encoder,
            out: StrBuilder::new(),
        }
    }

    /// The text.
    pub fn finish(self) -> PyResult {
        self.out.finish_value(self.vm)
    }

    /// Writes a value.
    pub fn value(&mut self, value: &Value) -> PyResult<()> {
        if let Some(i) = value.as_small_int() {
            self.small_int(i);
        } else if let Some(text) = value.payload::<Str>() {
            self.string(value, text)?;
        } else if let Some(text) = constant(value) {
            self.ascii(text);
        } else if value.is_int() {
            self.int(value)?;
        } else if let Some(x) = value.as_float() {
            self.float(value, x)?;
        } else {
            let _guard = self.vm.enter_native(RECURSION)?;
            if value.payload::<List>().is_some() || value.payload::<Tuple>().is_some() {
                self.array(value)?;
            } else if let Some(dict) = value.payload::<Dict>() {
                self.object(value, dict)?;
            } else {
                let marker = self.enter(value)?;
                let other = self.vm.call1(&self.encoder.default, value)?;
                self.value(&other)?;
                self.leave(marker)?;
            }
        }
        Ok(())
    }

    fn ascii(&mut self, text: &[u8]) {
        self.out.push_chars(Chars::One(text));
    }

    fn small_int(&mut self, i: i64) {
        self.out
            .push_chars(Chars::One(small_decimal(i, &mut [0; 20])));
    }

    /// Writes an integer as `int.__repr__` does, whatever its class has.
    fn int(&mut self, value: &Value) -> PyResult<()> {
        if let Some(n) = value.as_int() {
            self.ascii(decimal(self.vm, n)?.as_bytes());
        }
        Ok(())
    }

    fn float(&mut self, value: &Value, x: f64) -> PyResult<()> {
        if x.is_finite() {
            self.ascii(repr(x).as_bytes());
            return Ok(());
        }
        if !self.encoder.allow_nan {
            let shown = self.vm.repr_string(value)?;
            return Err(self.vm.value_error(format!(
                "Out of range float values are not JSON compliant: {shown}"
            )));
        }
        self.ascii(if x.is_nan() {
            b"NaN"
        } else if x > 0.0 {
            b"Infinity"
        } else {
            b"-Infinity"
        });
        Ok(())
    }

    fn string(&mut self, value: &Value, text: &Str) -> PyResult<()> {
        if self.encoder.strings != Strings::Called {
            write_quoted(&mut self.out, text, self.encoder.strings == Strings::Ascii);
            return Ok(());
        }
        let encoded = self.vm.call1(&self.encoder.encoder, value)?;
        let Some(text) = encoded.payload::<Str>() else {
            return Err(self.vm.type_error(format!(
                "encoder() must return a string, not {}",
                self.vm.class_name(&encoded)
            )));
        };
        self.out.push_object(text);
        Ok(())
    }

    fn separator(&mut self, separator: &Value) {
        if let Some(text) = separator.payload::<Str>() {
            self.out.push_object(text);
        }
    }

    /// Notes that the object is being written: it must not contain itself.
    fn enter(&self, value: &Value) -> PyResult<Option<Value>> {
        let Some(markers) = self.encoder.markers.payload::<Dict>() else {
            return Ok(None);
        };
        let marker = self.vm.int_u64(self.vm.id(value));
        if markers.contains(self.vm, &marker)? {
            return Err(self.vm.value_error("Circular reference detected"));
        }
        drop(markers.insert(self.vm, &marker, value.clone())?);
        Ok(Some(marker))
    }

    /// Notes that the object is written.
    fn leave(&self, marker: Option<Value>) -> PyResult<()> {
        if let (Some(marker), Some(markers)) = (marker, self.encoder.markers.payload::<Dict>())
            && markers.remove(self.vm, &marker)?.is_none()
        {
            return Err(self.vm.key_error(&marker));
        }
        Ok(())
    }

    fn array(&mut self, value: &Value) -> PyResult<()> {
        let class = self.vm.class_of(value);
        if class.is(&self.vm.types.list)
            && let Some(list) = value.payload::<List>()
        {
            // The list may change while hooks run.
            return self.items(value, list.is_empty(), |place| list.get(place));
        }
        if class.is(&self.vm.types.tuple)
            && let Some(tuple) = value.payload::<Tuple>()
        {
            return self.items(value, tuple.is_empty(), |place| tuple.get(place).cloned());
        }
        let items = self
            .vm
            .collect_or(value, "_iterencode_list needs a sequence")?;
        self.items(value, items.is_empty(), |place| items.get(place).cloned())
    }

    fn items(
        &mut self,
        value: &Value,
        empty: bool,
        item: impl Fn(usize) -> Option<Value>,
    ) -> PyResult<()> {
        if empty {
            self.ascii(b"[]");
            return Ok(());
        }
        let encoder = self.encoder;
        let marker = self.enter(value)?;
        self.ascii(b"[");
        let mut place = 0;
        while let Some(item) = item(place) {
            if place > 0 {
                self.separator(&encoder.item_separator);
            }
            self.value(&item)?;
            place += 1;
        }
        self.leave(marker)?;
        self.ascii(b"]");
        Ok(())
    }

    fn object(&mut self, value: &Value, dict: &Dict) -> PyResult<()> {
        if dict.is_empty() {
            self.ascii(b"{}");
            return Ok(());
        }
        let marker = self.enter(value)?;
        self.ascii(b"{");
        if !self.vm.class_of(value).is(&self.vm.types.dict) {
            self.pairs(self.items_of(value)?)?;
        } else if self.encoder.sort_keys {
            self.sorted_entries(dict)?;
        } else {
            self.entries(dict)?;
        }
        self.leave(marker)?;
        self.ascii(b"}");
        Ok(())
    }

    /// Writes the entries of a plain dict, which may change while hooks run.
    fn entries(&mut self, dict: &Dict) -> PyResult<()> {
        let (mut first, mut place) = (true, 0);
        while let Some((key, value)) = dict.next(&mut place) {
            self.entry(&key, &value, &mut first)?;
        }
        Ok(())
    }

    /// Writes the entries a plain dict has now, in order of their keys.
    fn sorted_entries(&mut self, dict: &Dict) -> PyResult<()> {
        let mut entries = dict.to_vec();
        let plain = |key: &Value| self.vm.class_of(key).is(&self.vm.types.str);
        if !entries.iter().all(|(key, _)| plain(key)) {
            let pair = |(key, value)| self.vm.pair(key, value);
            return self.pairs(entries.into_iter().map(pair).collect());
        }
        // No two keys are equal, so that values are not compared.
        entries.sort_by(|(a, _), (b, _)| text_order(a, b));
        let mut first = true;
        for (key, value) in &entries {
            self.entry(key, value, &mut first)?;
        }
        Ok(())
    }

    /// What the method `items` of a dict of another class gives.
    fn items_of(&self, dict: &Value) -> PyResult<Vec<Value>> {
        let items = self.vm.call_method(dict, &self.vm.intern("items"), &[])?;
        let message = format!(
            "{}.items() returned a non-iterable (type {})",
            self.vm.class_name(dict),
            self.vm.class_name(&items)
        );
        self.vm.collect_or(&items, &message)
    }

    fn pairs(&mut self, mut pairs: Vec<Value>) -> PyResult<()> {
        if self.encoder.sort_keys {
            let list = self.vm.list_from(pairs)?;
            self.vm.sort_list(&list, None, false)?;
            pairs = list.to_vec();
        }
        let mut first = true;
        for pair in &pairs {
            let Some([key, value]) = pair.payload::<Tuple>().map(Tuple::as_slice) else {
                return Err(self.vm.value_error("items must return 2-tuples"));
            };
            self.entry(key, value, &mut first)?;
        }
        Ok(())
    }

    fn entry(&mut self, key: &Value, value: &Value, first: &mut bool) -> PyResult<()> {
        let encoder = self.encoder;
        let known = key.payload::<Str>().is_some()
            || constant(key).is_some()
            || key.is_int()
            || key.as_float().is_some();
        if !known {
            return if encoder.skipkeys {
                Ok(())
            } else {
                Err(self.bad_key(key))
            };
        }
        if !std::mem::take(first) {
            self.separator(&encoder.item_separator);
        }
        match key.payload::<Str>() {
            Some(text) => self.string(key, text)?,
            None => self.quoted_key(key)?,
        }
        self.separator(&encoder.key_separator);
        self.value(value)
    }

    /// Writes a key that is a number or a constant.
    fn quoted_key(&mut self, key: &Value) -> PyResult<()> {
        // Written by a writer of its own, since the encoder of strings is to see it.
        let mut inner = Writer::new(self.vm, self.encoder);
        inner.value(key)?;
        let text = inner.finish()?;
        match text.payload::<Str>() {
            Some(string) => self.string(&text, string),
            None => Ok(()),
        }
    }

    #[cold]
    fn bad_key(&self, key: &Value) -> Raised {
        self.vm.type_error(format!(
            "keys must be str, int, float, bool or None, not {}",
            self.vm.class_name(key)
        ))
    }
}

fn constant(value: &Value) -> Option<&'static [u8]> {
    if value.is_none() {
        return Some(b"null");
    }
    value
        .as_bool()
        .map(|truth| if truth { &b"true"[..] } else { b"false" })
}

/// The order of two strings by code points.
fn text_order(a: &Value, b: &Value) -> Ordering {
    match (a.payload::<Str>(), b.payload::<Str>()) {
        (Some(a), Some(b)) => match (a.chars(), b.chars()) {
            (Chars::One(a), Chars::One(b)) => a.cmp(b),
            _ => a.iter().cmp(b.iter()),
        },
        _ => Ordering::Equal,
    }
}
