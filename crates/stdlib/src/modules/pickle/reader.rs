//! Reading pickles.
//!
//! A pickle is a program for a stack machine. Its opcodes are looked through first ([`extent`]): one that is cut
//! short, or has an opcode that is not known here, is not begun, so that nothing is made twice when the classes in Python
//! read it instead. What is on the stack is checked as it is taken off: an opcode that does not find what it
//! needs gives up, too.

use runtime::object::{Dict, List, PyResult, Set, Str, Tuple, Value};
use runtime::vm::Vm;

use super::opcode::*;
use super::{Done, Failure, result_of};

/// `_pickle_machine.loads`
pub(super) fn loads(vm: &Vm, args: &[Value]) -> PyResult {
    let data = vm.copied_bytes(&args[1])?;
    let Extent::Whole(_) = extent(&data) else {
        return Ok(Value::NONE);
    };
    let mut reader = Reader {
        vm,
        rest: &data,
        stack: Vec::new(),
        marks: Vec::new(),
        memo: Vec::new(),
        protocol: 0,
        find: &args[2],
    };
    result_of(reader.run().map(|value| vm.tuple_value([value])))
}

/// The next bytes, `count` of them.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> Done<&'a [u8]> {
    let (taken, behind) = rest.split_at_checked(count).ok_or(Failure::Unsupported)?;
    *rest = behind;
    Ok(taken)
}

/// The bytes up to the next line's end, which is passed.
fn line<'a>(rest: &mut &'a [u8]) -> Done<&'a [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n');
    let line = take(rest, end.ok_or(Failure::Unsupported)?)?;
    take(rest, 1)?;
    Ok(line)
}

/// The next number, of `size` bytes.
fn number(rest: &mut &[u8], size: usize) -> Done<usize> {
    let mut bytes = [0; 8];
    bytes[..size].copy_from_slice(take(rest, size)?);
    usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| Failure::Unsupported)
}

/// What an opcode has behind it: so many bytes, or bytes behind their number, which takes so many.
#[derive(Clone, Copy)]
enum Operand {
    Bytes(usize),
    Counted(usize),
    /// So many lines.
    Lines(usize),
}

fn operand(opcode: u8) -> Option<Operand> {
    Some(match opcode {
        MARK | STOP | POP | POP_MARK | NONE | REDUCE | APPEND | BUILD | EMPTY_DICT | APPENDS
        | EMPTY_LIST | SETITEM | TUPLE | EMPTY_TUPLE | SETITEMS | NEWOBJ | TUPLE1 | TUPLE2
        | TUPLE3 | NEWTRUE | NEWFALSE | EMPTY_SET | ADDITEMS | FROZENSET | STACK_GLOBAL
        | MEMOIZE => Operand::Bytes(0),
        BININT1 | BINGET | BINPUT | PROTO => Operand::Bytes(1),
        BININT2 => Operand::Bytes(2),
        BININT | LONG_BINGET | LONG_BINPUT => Operand::Bytes(4),
        BINFLOAT | FRAME => Operand::Bytes(8),
        LONG1 | SHORT_BINBYTES | SHORT_BINUNICODE => Operand::Counted(1),
        LONG4 | BINBYTES | BINUNICODE => Operand::Counted(4),
        BINBYTES8 | BINUNICODE8 | BYTEARRAY8 => Operand::Counted(8),
        GLOBAL => Operand::Lines(2),
        _ => return None,
    })
}

/// How far a pickle reaches.
enum Extent {
    /// So many bytes.
    Whole(usize),
    /// Farther than the bytes that are there.
    Cut,
    /// It has opcodes that are not known here, or is of an older protocol than 2.
    Unknown,
}

fn extent(data: &[u8]) -> Extent {
    let mut rest = data;
    match data {
        [] | [PROTO] => return Extent::Cut,
        [PROTO, 2..=5, ..] => {}
        _ => return Extent::Unknown,
    }
    loop {
        let Some((&opcode, behind)) = rest.split_first() else {
            return Extent::Cut;
        };
        rest = behind;
        let complete = match operand(opcode) {
            None => return Extent::Unknown,
            Some(Operand::Bytes(count)) if opcode == FRAME => {
                // The frame is there.
                number(&mut rest, count).is_ok_and(|length| length <= rest.len())
            }
            Some(Operand::Bytes(count)) => take(&mut rest, count).is_ok(),
            Some(Operand::Counted(size)) => number(&mut rest, size)
                .and_then(|count| take(&mut rest, count))
                .is_ok(),
            Some(Operand::Lines(count)) => (0..count).all(|_| line(&mut rest).is_ok()),
        };
        if !complete {
            return Extent::Cut;
        }
        if opcode == STOP {
            return Extent::Whole(data.len() - rest.len());
        }
    }
}

/// `_pickle_machine.length`
pub(super) fn length(vm: &Vm, args: &[Value]) -> PyResult {
    let data = vm.copied_bytes(&args[1])?;
    Ok(match extent(&data) {
        Extent::Whole(length) => vm.int_usize(length),
        Extent::Cut => Value::NONE,
        Extent::Unknown => Value::small_int(0),
    })
}

struct Reader<'a> {
    vm: &'a Vm,
    rest: &'a [u8],
    stack: Vec<Value>,
    /// Where the items above each mark begin.
    marks: Vec<usize>,
    memo: Vec<Option<Value>>,
    protocol: u8,
    find: &'a Value,
}

impl<'a> Reader<'a> {
    /// A pickle takes nothing from below the last mark.
    fn floor(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }

    fn pop(&mut self) -> Done<Value> {
        if self.stack.len() <= self.floor() {
            return Err(Failure::Unsupported);
        }
        self.stack.pop().ok_or(Failure::Unsupported)
    }

    fn top(&self) -> Done<&Value> {
        if self.stack.len() <= self.floor() {
            return Err(Failure::Unsupported);
        }
        self.stack.last().ok_or(Failure::Unsupported)
    }

    /// The topmost values.
    fn pop_several(&mut self, count: usize) -> Done<std::vec::Drain<'_, Value>> {
        let start = self.stack.len().checked_sub(count);
        match start.filter(|start| *start >= self.floor()) {
            Some(start) => Ok(self.stack.drain(start..)),
            None => Err(Failure::Unsupported),
        }
    }

    /// The values above the last mark, which goes.
    fn pop_mark(&mut self) -> Done<std::vec::Drain<'_, Value>> {
        let start = self.marks.pop().ok_or(Failure::Unsupported)?;
        Ok(self.stack.drain(start..))
    }

    fn put(&mut self, index: usize) -> Done {
        // More than the pickle has bytes are no numbers of its objects.
        if index > self.memo.len() + (1 << 16) {
            return Err(Failure::Unsupported);
        }
        let value = self.top()?.clone();
        if index >= self.memo.len() {
            self.memo.resize(index + 1, None);
        }
        self.memo[index] = Some(value);
        Ok(())
    }

    fn get(&mut self, index: usize) -> Done {
        let known = self.memo.get(index).cloned().flatten();
        self.stack.push(known.ok_or(Failure::Unsupported)?);
        Ok(())
    }

    fn text(&mut self, size: usize) -> Done {
        let count = number(&mut self.rest, size)?;
        let bytes = take(&mut self.rest, count)?;
        let value = match std::str::from_utf8(bytes) {
            Ok(text) => self.vm.str_from_utf8(text)?.into_value(),
            Err(_) => {
                let vm = self.vm;
                let how = [vm.intern("utf-8"), vm.intern("surrogatepass")];
                vm.call_method(
                    &vm.try_bytes(bytes)?.into_value(),
                    &vm.intern("decode"),
                    &how,
                )?
            }
        };
        self.stack.push(value);
        Ok(())
    }

    fn run(&mut self) -> Done<Value> {
        let vm = self.vm;
        loop {
            vm.check_memory()?;
            let opcode = take(&mut self.rest, 1)?[0];
            match opcode {
                STOP => return self.pop(),
                PROTO => self.protocol = number(&mut self.rest, 1)? as u8,
                FRAME => drop(take(&mut self.rest, 8)?),
                MARK => self.marks.push(self.stack.len()),
                POP if self.stack.len() > self.floor() => drop(self.pop()?),
                POP | POP_MARK => drop(self.pop_mark()?),
                NONE => self.stack.push(Value::NONE),
                NEWTRUE => self.stack.push(Value::TRUE),
                NEWFALSE => self.stack.push(Value::FALSE),
                BININT1 | BININT2 => {
                    let size = if opcode == BININT1 { 1 } else { 2 };
                    let value = number(&mut self.rest, size)?;
                    self.stack.push(vm.int_usize(value));
                }
                BININT => {
                    let value = number(&mut self.rest, 4)? as u32 as i32;
                    self.stack.push(vm.int(value.into()));
                }
                LONG1 | LONG4 => self.long(if opcode == LONG1 { 1 } else { 4 })?,
                BINFLOAT => {
                    let mut bytes = [0; 8];
                    bytes.copy_from_slice(take(&mut self.rest, 8)?);
                    self.stack.push(vm.float(f64::from_be_bytes(bytes)));
                }
                SHORT_BINUNICODE => self.text(1)?,
                BINUNICODE => self.text(4)?,
                BINUNICODE8 => self.text(8)?,
                SHORT_BINBYTES | BINBYTES | BINBYTES8 | BYTEARRAY8 => {
                    let size = match opcode {
                        SHORT_BINBYTES => 1,
                        BINBYTES => 4,
                        _ => 8,
                    };
                    let count = number(&mut self.rest, size)?;
                    let bytes = take(&mut self.rest, count)?;
                    self.stack.push(match opcode {
                        BYTEARRAY8 => vm.bytearray_value(bytes)?,
                        _ => vm.try_bytes(bytes)?.into_value(),
                    });
                }
                EMPTY_TUPLE => self.stack.push(vm.tuple_value([])),
                EMPTY_LIST => self.stack.push(vm.list_from([])?.into_value()),
                EMPTY_DICT => self.stack.push(vm.dict().into_value()),
                EMPTY_SET => self.stack.push(vm.set().into_value()),
                TUPLE1 | TUPLE2 | TUPLE3 => {
                    let count = usize::from(opcode - TUPLE1) + 1;
                    let tuple = vm.tuple_value(self.pop_several(count)?);
                    self.stack.push(tuple);
                }
                TUPLE => {
                    let tuple = vm.tuple_value(self.pop_mark()?);
                    self.stack.push(tuple);
                }
                FROZENSET => {
                    let items: Vec<Value> = self.pop_mark()?.collect();
                    let set = vm.set_of_class(&vm.types.frozenset);
                    for item in &items {
                        set.add(vm, item)?;
                    }
                    self.stack.push(set.into_value());
                }
                MEMOIZE => self.put(self.memo.len())?,
                BINPUT | LONG_BINPUT => {
                    let size = if opcode == BINPUT { 1 } else { 4 };
                    let index = number(&mut self.rest, size)?;
                    self.put(index)?;
                }
                BINGET | LONG_BINGET => {
                    let size = if opcode == BINGET { 1 } else { 4 };
                    let index = number(&mut self.rest, size)?;
                    self.get(index)?;
                }
                APPEND => {
                    let item = self.pop()?;
                    self.append(vec![item], "append")?;
                }
                APPENDS => {
                    let items: Vec<Value> = self.pop_mark()?.collect();
                    self.append(items, "extend")?;
                }
                SETITEM => {
                    let pair: Vec<Value> = self.pop_several(2)?.collect();
                    self.set_items(&pair)?;
                }
                SETITEMS => {
                    let pairs: Vec<Value> = self.pop_mark()?.collect();
                    self.set_items(&pairs)?;
                }
                ADDITEMS => {
                    let items: Vec<Value> = self.pop_mark()?.collect();
                    self.add_items(&items)?;
                }
                GLOBAL => {
                    let mut names = [Value::NONE, Value::NONE];
                    for name in &mut names {
                        let text = std::str::from_utf8(line(&mut self.rest)?);
                        let text = text.map_err(|_| Failure::Unsupported)?;
                        *name = vm.str_from_utf8(text)?.into_value();
                    }
                    let [module, name] = names;
                    let protocol = Value::small_int(self.protocol.into());
                    let found = vm.call(self.find, &[protocol, module, name])?;
                    self.stack.push(found);
                }
                STACK_GLOBAL => {
                    let pair: Vec<Value> = self.pop_several(2)?.collect();
                    let is_str = |value: &Value| vm.class_of(value).is(&vm.types.str);
                    if !pair.iter().all(is_str) {
                        return Err(Failure::Unsupported);
                    }
                    let protocol = Value::small_int(self.protocol.into());
                    let [module, name] =
                        <[Value; 2]>::try_from(pair).map_err(|_| Failure::Unsupported)?;
                    let found = vm.call(self.find, &[protocol, module, name])?;
                    self.stack.push(found);
                }
                NEWOBJ => self.new_object()?,
                REDUCE => {
                    let arguments = self.pop()?;
                    let function = self.pop()?;
                    let Some(arguments) = arguments.payload::<Tuple>() else {
                        return Err(Failure::Unsupported);
                    };
                    let made = vm.call(&function, arguments)?;
                    self.stack.push(made);
                }
                BUILD => self.build()?,
                _ => return Err(Failure::Unsupported),
            }
        }
    }

    fn long(&mut self, size: usize) -> Done {
        let count = number(&mut self.rest, size)?;
        let bytes = take(&mut self.rest, count)?;
        if size == 4 && count > i32::MAX as usize {
            return Err(Failure::Unsupported);
        }
        let number = runtime::types::int::big::from_le_bytes(bytes, true);
        self.stack.push(self.vm.int_big(&number)?);
        Ok(())
    }

    fn append(&mut self, items: Vec<Value>, method: &str) -> Done {
        let vm = self.vm;
        let target = self.top()?;
        if vm.class_of(target).is(&vm.types.list)
            && let Some(list) = target.payload::<List>()
        {
            vm.list_extend(list, &items)?;
            return Ok(());
        }
        if method == "append" {
            vm.call_method(target, &vm.intern("append"), &items)?;
            return Ok(());
        }
        match vm.get_attr_opt(target, &vm.intern(method))? {
            Some(extend) => {
                let items = vm.list_from(items)?.into_value();
                vm.call1(&extend, &items)?;
            }
            None => {
                // Some classes have `append` only.
                let append = vm.get_attr(target, &vm.intern("append"))?;
                for item in &items {
                    vm.call1(&append, item)?;
                }
            }
        }
        Ok(())
    }

    fn set_items(&mut self, pairs: &[Value]) -> Done {
        let vm = self.vm;
        if !pairs.len().is_multiple_of(2) {
            return Err(Failure::Unsupported);
        }
        let target = self.top()?.clone();
        let plain = target
            .payload::<Dict>()
            .filter(|_| vm.class_of(&target).is(&vm.types.dict));
        for pair in pairs.chunks_exact(2) {
            match plain {
                Some(dict) => drop(dict.insert(vm, &pair[0], pair[1].clone())?),
                None => vm.set_item(&target, &pair[0], &pair[1])?,
            }
        }
        Ok(())
    }

    fn add_items(&mut self, items: &[Value]) -> Done {
        let vm = self.vm;
        let target = self.top()?.clone();
        if vm.class_of(&target).is(&vm.types.set)
            && let Some(set) = target.payload::<Set>()
        {
            for item in items {
                set.add(vm, item)?;
            }
            return Ok(());
        }
        if vm.is_instance_of(&target, &vm.types.set) {
            let items = vm.list_from(items.iter().cloned())?.into_value();
            vm.call_method(&target, &vm.intern("update"), &[items])?;
            return Ok(());
        }
        let add = vm.get_attr(&target, &vm.intern("add"))?;
        for item in items {
            vm.call1(&add, item)?;
        }
        Ok(())
    }

    fn new_object(&mut self) -> Done {
        let vm = self.vm;
        let arguments = self.pop()?;
        let class = self.pop()?;
        let Some(arguments) = arguments.payload::<Tuple>() else {
            return Err(Failure::Unsupported);
        };
        let new = vm.get_attr(&class, &vm.names.__new__)?;
        let mut values = vec![class];
        values.extend(arguments.iter().cloned());
        let made = vm.call(&new, &values)?;
        self.stack.push(made);
        Ok(())
    }

    /// Gives an object its state.
    fn build(&mut self) -> Done {
        let vm = self.vm;
        let state = self.pop()?;
        let object = self.top()?.clone();
        if let Some(set_state) = vm.get_attr_opt(&object, &vm.intern("__setstate__"))? {
            vm.call1(&set_state, &state)?;
            return Ok(());
        }
        let (state, slots) = match state.payload::<Tuple>().map(|pair| &pair[..]) {
            Some([state, slots]) => (state.clone(), slots.clone()),
            _ => (state, Value::NONE),
        };
        if vm.truth(&state)? {
            let Some(state) = state.payload::<Dict>() else {
                return Err(Failure::Unsupported);
            };
            let attributes = vm.get_attr(&object, &vm.names.__dict__)?;
            let mut place = 0;
            while let Some((name, value)) = state.next(&mut place) {
                let name = match name.as_ref_to::<Str>() {
                    Some(text) if vm.class_of(&name).is(&vm.types.str) => {
                        vm.intern_str(text).into_value()
                    }
                    _ => name,
                };
                vm.set_item(&attributes, &name, &value)?;
            }
        }
        if vm.truth(&slots)? {
            let Some(slots) = slots.payload::<Dict>() else {
                return Err(Failure::Unsupported);
            };
            let mut place = 0;
            while let Some((name, value)) = slots.next(&mut place) {
                vm.set_attr(&object, &name, &value)?;
            }
        }
        Ok(())
    }
}
