//! The instructions' handlers, one file for each family, and the table from opcode to handler.
#![allow(unsafe_code)]
#![allow(
    clippy::missing_safety_doc,
    reason = "handlers share one contract: see `macros`"
)]

pub mod macros;

mod arithmetic;
pub mod asynchronous;
mod attribute;
mod attribute_cache;
mod attribute_dict;
mod attribute_many;
mod build;
mod call;
mod call_class;
mod call_kept;
mod call_python;
mod call_spread;
mod compare;
mod exception;
mod format;
mod generator;
mod import;
mod intrinsic;
mod iterate;
mod jump;
mod leave;
mod local;
mod name;
mod native;
mod pattern;
mod stack;
mod subscript;
mod with;

use bytecode::Opcode;

pub use attribute::load_super_attr_slow;
pub use attribute_many::AttributeTable;
pub use call_python::{call_python, call_simple};
pub use compare::fused_handler as fused_compare;

use super::instr::Handler;
use crate::object::Value;

/// The handler of an instruction that has not specialised itself.
pub fn handler(op: Opcode, arg: u32) -> Handler {
    use Opcode::*;
    match op {
        CACHE => stack::unreachable,
        POP_TOP => stack::pop_top,
        PUSH_NULL => stack::push_null,
        END_FOR => stack::end_for,
        END_SEND => stack::end_send,
        NOP => stack::nop,
        UNARY_NEGATIVE => arithmetic::unary_negative,
        UNARY_NOT => arithmetic::unary_not,
        UNARY_INVERT => arithmetic::unary_invert,
        BINARY_SUBSCR => subscript::binary_subscr,
        BINARY_SLICE => subscript::binary_slice,
        STORE_SLICE => subscript::store_slice,
        GET_LEN => pattern::get_len,
        MATCH_MAPPING => pattern::match_mapping,
        MATCH_SEQUENCE => pattern::match_sequence,
        MATCH_KEYS => pattern::match_keys,
        PUSH_EXC_INFO => exception::push_exc_info,
        CHECK_EXC_MATCH => exception::check_exc_match,
        CHECK_EG_MATCH => exception::check_eg_match,
        WITH_EXCEPT_START => with::with_except_start,
        GET_AITER => asynchronous::get_aiter,
        GET_ANEXT => asynchronous::get_anext,
        BEFORE_ASYNC_WITH => with::before_async_with,
        BEFORE_WITH => with::before_with,
        END_ASYNC_FOR => asynchronous::end_async_for,
        CLEANUP_THROW => generator::cleanup_throw,
        STORE_SUBSCR => subscript::store_subscr,
        DELETE_SUBSCR => subscript::delete_subscr,
        GET_ITER => iterate::get_iter,
        GET_YIELD_FROM_ITER => generator::get_yield_from_iter,
        LOAD_BUILD_CLASS => name::load_build_class,
        LOAD_ASSERTION_ERROR => exception::load_assertion_error,
        RETURN_GENERATOR => generator::return_generator,
        RETURN_VALUE => leave::return_value,
        SETUP_ANNOTATIONS => name::setup_annotations,
        LOAD_LOCALS => name::load_locals,
        POP_EXCEPT => exception::pop_except,
        STORE_NAME => name::store_name,
        DELETE_NAME => name::delete_name,
        UNPACK_SEQUENCE => iterate::unpack_sequence,
        FOR_ITER => iterate::for_iter,
        UNPACK_EX => iterate::unpack_ex,
        STORE_ATTR => attribute::store_attr,
        DELETE_ATTR => attribute::delete_attr,
        STORE_GLOBAL => name::store_global,
        DELETE_GLOBAL => name::delete_global,
        SWAP => stack::swap,
        LOAD_CONST => stack::load_const,
        LOAD_NAME => name::load_name,
        BUILD_TUPLE => build::build_tuple,
        BUILD_LIST => build::build_list,
        BUILD_SET => build::build_set,
        BUILD_MAP => build::build_map,
        LOAD_ATTR => {
            if arg & 1 == 1 {
                attribute::load_method
            } else {
                attribute::load_attr
            }
        }
        COMPARE_OP => compare::handler(arg),
        IMPORT_NAME => import::import_name,
        IMPORT_FROM => import::import_from,
        JUMP_FORWARD | JUMP_BACKWARD_NO_INTERRUPT => jump::jump,
        POP_JUMP_IF_FALSE => jump::pop_jump_if_false,
        POP_JUMP_IF_TRUE => jump::pop_jump_if_true,
        LOAD_GLOBAL => name::load_global,
        IS_OP => compare::is_op,
        CONTAINS_OP => compare::contains_op,
        RERAISE => exception::reraise,
        COPY => stack::copy,
        RETURN_CONST => leave::return_const,
        BINARY_OP => arithmetic::binary_handler(arg),
        SEND => generator::send,
        LOAD_FAST => local::load_fast,
        STORE_FAST => local::store_fast,
        DELETE_FAST => local::delete_fast,
        LOAD_FAST_CHECK => local::load_fast_check,
        POP_JUMP_IF_NOT_NONE => jump::pop_jump_if_not_none,
        POP_JUMP_IF_NONE => jump::pop_jump_if_none,
        RAISE_VARARGS => exception::raise_varargs,
        GET_AWAITABLE => asynchronous::get_awaitable,
        MAKE_FUNCTION => build::make_function,
        BUILD_SLICE => build::build_slice,
        MAKE_CELL => local::make_cell,
        LOAD_CLOSURE => local::load_closure,
        LOAD_DEREF => local::load_deref,
        STORE_DEREF => local::store_deref,
        DELETE_DEREF => local::delete_deref,
        JUMP_BACKWARD => jump::jump_backward,
        LOAD_SUPER_ATTR => attribute::load_super_attr,
        CALL_FUNCTION_EX => call_spread::call_function_ex,
        LOAD_FAST_AND_CLEAR => local::load_fast_and_clear,
        LIST_APPEND => build::list_append,
        SET_ADD => build::set_add,
        MAP_ADD => build::map_add,
        COPY_FREE_VARS => local::copy_free_vars,
        YIELD_VALUE => generator::yield_value,
        RESUME => jump::resume,
        MATCH_CLASS => pattern::match_class,
        FORMAT_VALUE => format::format_value,
        BUILD_CONST_KEY_MAP => build::build_const_key_map,
        BUILD_STRING => format::build_string,
        LIST_EXTEND => build::list_extend,
        SET_UPDATE => build::set_update,
        DICT_MERGE => build::dict_merge,
        DICT_UPDATE => build::dict_update,
        CALL => call::call,
        CALL_KW => call::call_kw,
        CALL_INTRINSIC_1 => intrinsic::intrinsic_1,
        CALL_INTRINSIC_2 => intrinsic::intrinsic_2,
        LOAD_FROM_DICT_OR_GLOBALS => name::load_from_dict_or_globals,
        LOAD_FROM_DICT_OR_DEREF => local::load_from_dict_or_deref,
    }
}

/// The handler that runs an instruction and the one behind it in one step, for frequent pairs.  The
/// second keeps its own handler, for jumps.
pub fn pair_handler(first: Opcode, second: Opcode, immediate: bool) -> Option<Handler> {
    match (first, second) {
        (Opcode::LOAD_FAST, Opcode::LOAD_FAST) => Some(local::load_fast_load_fast),
        (Opcode::LOAD_FAST, Opcode::LOAD_CONST) if immediate => {
            Some(local::load_fast_load_immediate)
        }
        (Opcode::STORE_FAST, Opcode::LOAD_FAST) => Some(local::store_fast_load_fast),
        _ => None,
    }
}

/// The handler of `LOAD_CONST` and `RETURN_CONST` for a constant that needs no counting.
pub fn constant_handler(op: Opcode, constant: &Value) -> Handler {
    match (op, constant.is_heap()) {
        (Opcode::LOAD_CONST, true) => stack::load_const,
        (Opcode::LOAD_CONST, false) => stack::load_immediate,
        _ => leave::return_const,
    }
}

/// The name of a special form of an instruction, by its handler.
pub fn form_name(handler: Handler) -> &'static str {
    let tables = [
        attribute_cache::FORMS,
        attribute_dict::FORMS,
        attribute_many::FORMS,
        call_class::FORMS,
        native::FORMS,
        iterate::FORMS,
        subscript::FORMS,
        name::FORMS,
        local::FORMS,
    ];
    let mut known = tables.into_iter().flatten();
    match known.find(|(form, _)| std::ptr::fn_addr_eq(*form, handler)) {
        Some((_, name)) => name,
        None if compare::is_fused(handler) => "and jump",
        None => "special",
    }
}

/// True if the handler does the next instruction's work as long as that has a certain handler.
pub fn looks_at_next_handler(handler: Handler) -> bool {
    std::ptr::fn_addr_eq(handler, attribute_cache::load_fast_slot as Handler)
}
