//! `import` and `from … import`.

use bytecode::opcode::intrinsic1;
use bytecode::{Const, Location, Opcode};
use syntax::ast::{Alias, Name, Range};

use super::Compiler;
use crate::report::Res;

impl Compiler<'_> {
    pub(super) fn import(&mut self, loc: Location, names: &[Alias]) -> Res {
        for alias in names {
            self.load_const(loc, Const::Int(0));
            self.load_const(loc, Const::None);
            self.emit_name(loc, Opcode::IMPORT_NAME, &alias.name);
            let mut parts = alias.name.split('.');
            let top = parts.next().unwrap_or_default();
            let Some(asname) = &alias.asname else {
                self.store_name(loc, top)?;
                continue;
            };
            // `import a.b.c as d` walks down to the last module.
            let mut walked = false;
            for part in parts {
                if walked {
                    self.emit(loc, Opcode::SWAP, 2);
                    self.emit(loc, Opcode::POP_TOP, 0);
                }
                let index = self.raw_name_index(part);
                self.emit(loc, Opcode::IMPORT_FROM, index);
                walked = true;
            }
            self.store_name(loc, asname)?;
            if walked {
                self.emit(loc, Opcode::POP_TOP, 0);
            }
        }
        Ok(())
    }

    pub(super) fn import_from(
        &mut self,
        range: Range,
        module: Option<&Name>,
        names: &[Alias],
        level: u32,
    ) -> Res {
        let module = module.map_or("", |m| &*m.id);
        let loc = self.at(range);
        if module == "__future__" && self.last_future.is_none_or(|last| range.start > last) {
            let msg = "from __future__ imports must occur at the beginning of the file";
            return self.report.error_at(loc, msg);
        }
        self.load_const(loc, Const::Int(i64::from(level)));
        let wanted = names.iter().map(|a| Const::str(&a.name)).collect();
        self.load_const(loc, Const::Tuple(wanted));
        self.emit_name(loc, Opcode::IMPORT_NAME, module);
        if names.first().is_some_and(|a| &*a.name == "*") {
            self.emit(loc, Opcode::CALL_INTRINSIC_1, intrinsic1::IMPORT_STAR);
            self.emit(Location::NONE, Opcode::POP_TOP, 0);
            return Ok(());
        }
        for alias in names {
            self.emit_name(loc, Opcode::IMPORT_FROM, &alias.name);
            self.store_name(loc, alias.asname.as_ref().unwrap_or(&alias.name))?;
        }
        self.emit(loc, Opcode::POP_TOP, 0);
        Ok(())
    }
}
