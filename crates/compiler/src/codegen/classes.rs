//! `class`.

use bytecode::opcode::intrinsic1;
use bytecode::{Const, Location, Opcode};
use syntax::ast::{ClassDef, Stmt};

use super::Compiler;
use super::unit::UnitKind;
use crate::report::Res;
use crate::symtable::{NodeRole, node_key};

impl<'a> Compiler<'a> {
    pub(super) fn class(&mut self, stmt: &'a Stmt, def: &'a ClassDef) -> Res {
        self.exprs(&def.decorator_list)?;
        let first_line = self.first_line(stmt, &def.decorator_list);
        let loc = self.at(stmt.range);
        let generic = !def.type_params.is_empty();
        if generic {
            self.enter_type_params(&def.type_params, &def.name.id, first_line);
            self.unit.private = Some(&def.name.id);
            self.type_params(&def.type_params)?;
            self.store_name(loc, ".type_params")?;
        }
        self.emit(loc, Opcode::LOAD_BUILD_CLASS, 0);
        self.emit(loc, Opcode::PUSH_NULL, 0);
        self.class_body(stmt, def, first_line)?;
        if generic {
            self.load_name(loc, ".type_params")?;
            self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::SUBSCRIPT_GENERIC);
            self.store_name(loc, ".generic_base")?;
            self.call_with(loc, 2, &def.bases, Some(".generic_base"), &def.keywords)?;
            let code = self.leave_scope(false);
            self.make_closure(loc, code, 0);
            self.emit(loc, Opcode::PUSH_NULL, 0);
            self.emit(loc, Opcode::CALL, 0);
        } else {
            self.call_with(loc, 2, &def.bases, None, &def.keywords)?;
        }
        self.apply_decorators(&def.decorator_list);
        self.store_name(loc, &def.name.id)
    }

    /// Pushes the function that fills the class's namespace, and the class's name.
    fn class_body(&mut self, stmt: &'a Stmt, def: &'a ClassDef, first_line: u32) -> Res {
        let scope = self.table.of_node(node_key(stmt, NodeRole::Body));
        self.enter_scope(UnitKind::Class, scope, &def.name.id, first_line);
        self.unit.private = Some(&def.name.id);
        let line = first_line as i32;
        let loc = Location {
            line,
            end_line: line,
            col: 0,
            end_col: 0,
        };
        self.load_name(loc, "__name__")?;
        self.store_name(loc, "__module__")?;
        let qualname = Const::str(&self.unit.qualname);
        self.load_const(loc, qualname);
        self.store_name(loc, "__qualname__")?;
        if !def.type_params.is_empty() {
            self.load_name(loc, ".type_params")?;
            self.store_name(loc, "__type_params__")?;
        }
        let needs_classdict = self.scope().needs_classdict;
        let needs_class_closure = self.scope().needs_class_closure;
        if needs_classdict {
            self.emit(loc, Opcode::LOAD_LOCALS, 0);
            let index = self.deref_index("__classdict__");
            self.emit(loc, Opcode::STORE_DEREF, index);
        }
        self.body(loc, &def.body)?;
        let none = Location::NONE;
        if needs_classdict {
            let index = self.deref_index("__classdict__");
            self.emit(none, Opcode::LOAD_CLOSURE, index);
            self.store_name(none, "__classdictcell__")?;
        }
        if needs_class_closure {
            let index = self.deref_index("__class__");
            self.emit(none, Opcode::LOAD_CLOSURE, index);
            self.emit(none, Opcode::COPY, 1);
            self.store_name(none, "__classcell__")?;
        } else {
            self.load_const(none, Const::None);
        }
        self.emit(none, Opcode::RETURN_VALUE, 0);
        let code = self.leave_scope(true);
        let loc = self.at(stmt.range);
        self.make_closure(loc, code, 0);
        self.load_const(loc, Const::str(&def.name.id));
        Ok(())
    }
}
