//! File names.

use std::ffi::CString;

use crate::object::{Bytes, PyResult, Ref, Str, Value};
use crate::types::codecs::{decode, encode, names::Codec};
use crate::vm::Vm;

impl Vm {
    /// `os.fspath(path)`: a `str` or `bytes`.
    pub fn fs_path(&self, path: &Value) -> PyResult {
        let is_text = |v: &Value| v.payload::<Str>().is_some() || v.payload::<Bytes>().is_some();
        if is_text(path) {
            return Ok(path.clone());
        }
        let Some(result) = self.call_special(path, &self.names.__fspath__, &[])? else {
            return Err(self.type_error(format!(
                "expected str, bytes or os.PathLike object, not {}",
                self.class_of(path).bare_name()
            )));
        };
        if is_text(&result) {
            return Ok(result);
        }
        Err(self.type_error(format!(
            "expected {}.__fspath__() to return str or bytes, not {}",
            self.class_name(path),
            self.class_name(&result)
        )))
    }

    /// A file name (`str`, `bytes` or path-like) as the system takes it.
    pub fn fs_encode(&self, path: &Value) -> PyResult<CString> {
        let path = self.fs_path(path)?;
        let bytes = if let Some(text) = path.as_ref_to::<Str>() {
            let errors = self.str("surrogateescape");
            encode::encode(self, Codec::Utf8, text, Some(&errors))?
        } else {
            path.payload::<Bytes>()
                .map_or_else(Vec::new, |b| b.to_vec())
        };
        CString::new(bytes).map_err(|_| self.value_error("embedded null byte"))
    }

    /// A file name of the system as a `str`.
    pub fn fs_decode(&self, name: &[u8]) -> PyResult<Ref<Str>> {
        let errors = self.str("surrogateescape");
        Ok(decode::decode(self, Codec::Utf8, name, None, Some(&errors), true)?.text)
    }
}
