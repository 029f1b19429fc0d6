//! `_pickle_buffer`: `PickleBuffer`, which hands the memory of an object to a pickler.

use runtime::Vm;
use runtime::fields;
use runtime::modules::NativeModule;
use runtime::object::fields::Field;
use runtime::object::payload::Visit;
use runtime::object::{
    Dict, Kind, MethodDef, Payload, PyResult, Ref, Slot, TypeSlots, TypeSpec, Value, alloc,
    class_flag,
};
use runtime::types::module::Module;

use crate::native::wrong_receiver;

/// The module.
pub static MODULE: NativeModule = NativeModule::new("_pickle_buffer", "", &[]).with_init(
    |vm: &Vm, _module: &Ref<Module>, namespace: &Ref<Dict>| {
        let class = vm.builtin_class(&SPEC, &vm.types.object);
        vm.define(namespace, "PickleBuffer", class.into_value())
    },
);

/// Payload of `PickleBuffer`.
struct PickleBuffer {
    /// A memoryview of the object; empty once released.
    view: Slot,
}

impl Payload for PickleBuffer {
    const KIND: Kind = crate::kinds::PICKLE_BUFFER;
    const NAME: &'static str = "PickleBuffer";
    const FIELDS: &'static [Field] = fields!["view" => view as Value];

    fn traverse(&self, visitor: &mut heap::Visitor<'_>) {
        visitor.slot(&self.view);
    }

    fn clear(&self) {
        self.view.set(None);
    }
}

static SPEC: TypeSpec = TypeSpec {
    doc: "Wrapper for potentially out-of-band buffers",
    signature: "(object, /)",
    flags: class_flag::HAS_WEAKREFS,
    slots: TypeSlots {
        new: Some(|vm, class, args| {
            let bound = vm.bind_parameters("PickleBuffer", "(object, /)", args)?;
            let view = vm.memoryview(vm.buffer_any(&bound[0])?);
            let buffer = PickleBuffer {
                view: Slot::new(Some(view)),
            };
            Ok(alloc(class, buffer).into_value())
        }),
        buffer: Some(|vm, this, _| vm.buffer_any(&view_of(vm, this)?)),
        ..TypeSlots::EMPTY
    },
    methods: &[
        MethodDef::bound(
            "raw",
            "($self, /)",
            "Return a memoryview of the raw memory underlying this buffer.\n\n\
             Will raise BufferError is the buffer isn't contiguous.",
            |vm, args| {
                let mut view = vm.buffer_any(&view_of(vm, &args[0])?)?;
                if !view.is_c_contiguous() && !view.is_f_contiguous() {
                    return Err(
                        vm.buffer_error("cannot extract raw buffer from non-contiguous buffer")
                    );
                }
                let len = view.len();
                view.itemsize = 1;
                view.format = "B".into();
                view.shape = [len].into_iter().collect();
                view.strides = [1].into_iter().collect();
                Ok(vm.memoryview(view))
            },
        ),
        MethodDef::bound(
            "release",
            "($self, /)",
            "Release the underlying buffer exposed by the PickleBuffer object.",
            |vm, args| match args[0].payload::<PickleBuffer>() {
                Some(buffer) => {
                    buffer.view.set(None);
                    Ok(Value::NONE)
                }
                None => Err(wrong_receiver(vm, "pickle.PickleBuffer")),
            },
        ),
    ],
    ..TypeSpec::of::<PickleBuffer>("pickle.PickleBuffer")
};

fn view_of(vm: &Vm, this: &Value) -> PyResult {
    let Some(buffer) = this.payload::<PickleBuffer>() else {
        return Err(wrong_receiver(vm, "pickle.PickleBuffer"));
    };
    match buffer.view.get() {
        Some(view) => Ok(view),
        None => Err(vm.value_error("operation forbidden on released PickleBuffer object")),
    }
}
