//! The builtin types, one folder each: behaviour in safe code on the representations of `object/`.
//!
//! Each type's module has a `pub static SPEC: TypeSpec`.  The table below lists every builtin type
//! once, bases before subclasses; from it come `Types` (one class reference a field) and the order
//! in which bootstrap creates the classes.

use crate::object::{Class, Ref, TypeSpec};

macro_rules! builtin_types {
    ($($field:ident = $spec:expr, $base:ident;)*) => {
        /// The builtin classes.
        pub struct Types {
            $(#[doc = concat!("The class `", stringify!($field), "`.")] pub $field: Ref<Class>,)*
            /// The exception classes.
            pub exceptions: exceptions::ExceptionTypes,
        }

        /// Declaration and base of each builtin class, in order of creation.
        pub static SPECS: &[(&TypeSpec, &str, &str)] =
            &[$((&$spec, stringify!($field), stringify!($base)),)*];

        impl Types {
            /// Fills the table from the classes made for [`SPECS`], in that order.
            pub(crate) fn from_classes(
                classes: Vec<Ref<Class>>,
                exceptions: exceptions::ExceptionTypes,
            ) -> Option<Types> {
                // All at once: with a way out after each field, this would be a third of a megabyte of code
                // that drops what is there so far.
                let [$($field,)*] = <[Ref<Class>; SPECS.len()]>::try_from(classes).ok()?;
                Some(Types { $($field,)* exceptions })
            }

            /// Shows all of them, the exceptions too.
            pub(crate) fn each(&self, mut visit: impl FnMut(&Ref<Class>)) {
                $(visit(&self.$field);)*
                self.exceptions.all().into_iter().for_each(visit);
            }
        }
    };
}

pub mod async_generator;
pub mod bool;
pub mod builtin_function;
pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod classmethod;
pub mod code;
pub mod codecs;
pub mod complex;
pub mod dates;
pub mod descriptors;
pub mod dict;
pub mod exceptions;
pub mod float;
pub mod format;
pub mod frame;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod host_function;
pub mod int;
pub mod io;
pub mod iterators;
pub mod list;
pub mod mappingproxy;
pub mod memoryview;
pub mod method;
mod method_kinds;
pub mod module;
pub mod module_spec;
pub mod namespace;
pub mod object;
pub mod property;
pub mod range;
pub mod search;
pub mod set;
pub mod singletons;
pub mod slice;
pub mod staticmethod;
pub mod str;
pub mod struct_sequence;
pub mod super_;
pub mod text_args;
pub mod traceback;
pub mod tuple;
pub mod type_;
pub mod type_parameter;
pub mod union_type;
pub mod weakref;

builtin_types! {
    object = object::SPEC, object;
    type_ = type_::SPEC, object;
    int = int::SPEC, object;
    bool = bool::SPEC, int;
    float = float::SPEC, object;
    complex = complex::SPEC, object;
    str = str::SPEC, object;
    bytes = bytes::SPEC, object;
    bytearray = bytearray::SPEC, object;
    tuple = tuple::SPEC, object;
    list = list::SPEC, object;
    dict = dict::SPEC, object;
    set = set::SPEC, object;
    frozenset = set::FROZEN_SPEC, object;
    set_iterator = set::ITERATOR_SPEC, object;
    dict_keys = dict::KEYS_SPEC, object;
    dict_values = dict::VALUES_SPEC, object;
    dict_items = dict::ITEMS_SPEC, object;
    dict_key_iterator = dict::KEY_ITERATOR_SPEC, object;
    dict_value_iterator = dict::VALUE_ITERATOR_SPEC, object;
    dict_item_iterator = dict::ITEM_ITERATOR_SPEC, object;
    dict_reverse_key_iterator = dict::REVERSE_KEY_ITERATOR_SPEC, object;
    dict_reverse_value_iterator = dict::REVERSE_VALUE_ITERATOR_SPEC, object;
    dict_reverse_item_iterator = dict::REVERSE_ITEM_ITERATOR_SPEC, object;
    slice = slice::SPEC, object;
    range = range::SPEC, object;
    range_iterator = range::RANGE_ITERATOR_SPEC, object;
    longrange_iterator = range::LONG_RANGE_ITERATOR_SPEC, object;
    memoryview = memoryview::SPEC, object;
    memory_iterator = memoryview::ITERATOR_SPEC, object;
    buffer_wrapper = memoryview::lent::SPEC, object;
    managed_buffer = crate::object::buffer::MANAGED_SPEC, object;
    io_base = io::base::SPEC, object;
    raw_io_base = io::base::RAW_SPEC, io_base;
    buffered_io_base = io::base::BUFFERED_SPEC, io_base;
    text_io_base = io::base::TEXT_SPEC, io_base;
    file_io = io::raw::SPEC, raw_io_base;
    bytes_io = io::bytes_io::SPEC, buffered_io_base;
    buffered_reader = io::buffered::READER_SPEC, buffered_io_base;
    buffered_writer = io::buffered::WRITER_SPEC, buffered_io_base;
    buffered_random = io::buffered::RANDOM_SPEC, buffered_io_base;
    string_io = io::string_io::SPEC, text_io_base;
    text_io_wrapper = io::text::SPEC, text_io_base;
    newline_decoder = io::newline::SPEC, object;
    bytes_iterator = bytes::iterator::SPEC, object;
    bytearray_iterator = bytes::iterator::BYTEARRAY_SPEC, object;
    str_iterator = str::iterator::SPEC, object;
    str_ascii_iterator = str::iterator::ASCII_SPEC, object;
    tuple_iterator = tuple::ITERATOR_SPEC, object;
    list_iterator = list::ITERATOR_SPEC, object;
    list_reverse_iterator = list::REVERSE_ITERATOR_SPEC, object;
    sequence_iterator = iterators::SEQUENCE_SPEC, object;
    callable_iterator = iterators::CALLABLE_SPEC, object;
    reversed = iterators::REVERSED_SPEC, object;
    enumerate = iterators::ENUMERATE_SPEC, object;
    map = iterators::MAP_SPEC, object;
    filter = iterators::FILTER_SPEC, object;
    zip = iterators::ZIP_SPEC, object;
    weak_reference = weakref::SPEC, object;
    weak_proxy = weakref::proxy::SPEC, object;
    weak_callable_proxy = weakref::proxy::CALLABLE_SPEC, object;
    builtin_function = builtin_function::SPEC, object;
    method = method::SPEC, object;
    method_descriptor = descriptors::method_descriptor::SPEC, object;
    classmethod_descriptor = descriptors::classmethod_descriptor::SPEC, object;
    wrapper_descriptor = descriptors::slot_wrapper::SPEC, object;
    method_wrapper = descriptors::method_wrapper::SPEC, object;
    getset_descriptor = descriptors::getset::SPEC, object;
    member_descriptor = descriptors::member::SPEC, object;
    classmethod = classmethod::SPEC, object;
    staticmethod = staticmethod::SPEC, object;
    property = property::SPEC, object;
    super_ = super_::SPEC, object;
    mappingproxy = mappingproxy::SPEC, object;
    module = module::SPEC, object;
    namespace = namespace::SPEC, object;
    generic_alias = generic_alias::SPEC, object;
    union_type = union_type::SPEC, object;
    none = singletons::NONE_SPEC, object;
    not_implemented = singletons::NOT_IMPLEMENTED_SPEC, object;
    ellipsis = singletons::ELLIPSIS_SPEC, object;
    function = function::SPEC, object;
    code = code::SPEC, object;
    cell = cell::SPEC, object;
    generator = generator::SPEC, object;
    coroutine = generator::COROUTINE_SPEC, object;
    async_generator = async_generator::SPEC, object;
    anext_awaitable = async_generator::ANEXT_SPEC, object;
    async_generator_value = async_generator::VALUE_SPEC, object;
    async_generator_asend = async_generator::step::SEND_SPEC, object;
    async_generator_athrow = async_generator::step::THROW_SPEC, object;
    module_spec = module_spec::SPEC, object;
    builtin_importer = module_spec::BUILTIN_IMPORTER, object;
    frozen_importer = module_spec::FROZEN_IMPORTER, object;
    path_finder = module_spec::PATH_FINDER, object;
    zip_hook = module_spec::ZIP_HOOK, object;
    folder_hook = module_spec::FOLDER_HOOK, object;
    type_var = type_parameter::TYPE_VAR, object;
    param_spec = type_parameter::PARAM_SPEC, object;
    type_var_tuple = type_parameter::TYPE_VAR_TUPLE, object;
    type_alias = type_parameter::alias::SPEC, object;
    coroutine_wrapper = generator::coroutine_wrapper::SPEC, object;
    frame = frame::SPEC, object;
    traceback = traceback::SPEC, object;
    host_function = host_function::SPEC, object;
}
