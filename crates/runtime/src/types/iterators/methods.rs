//! The methods by which iterators tell how long they are and let themselves be pickled.

use crate::object::{MethodDef, PyResult, Value};
use crate::vm::Vm;

type Method = fn(&Vm, &[Value]) -> PyResult;

/// `__length_hint__`.
pub const fn length_hint(method: Method) -> MethodDef {
    MethodDef::bound(
        "__length_hint__",
        "($self, /)",
        "Private method returning an estimate of len(list(it)).",
        method,
    )
}

/// `__reduce__`.
pub const fn reduce(method: Method) -> MethodDef {
    MethodDef::bound(
        "__reduce__",
        "($self, /)",
        "Return state information for pickling.",
        method,
    )
    .unsigned()
}

/// `__setstate__`.
pub const fn setstate(method: Method) -> MethodDef {
    MethodDef::bound(
        "__setstate__",
        "($self, state, /)",
        "Set state information for unpickling.",
        method,
    )
}
