//! Writing pickles.
//!
//! Objects are written in depth-first order into the open frame; frames are closed at a size, and long texts stand
//! between them, so that a reader need not copy them. An object that was written gets a number, by which it is told when it
//! is met again; it is kept until the end, as its address could be another one's otherwise. What has a way of
//! its own to be pickled is asked for it in CPython's order: the dispatch table, then `__reduce_ex__`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use runtime::object::{ByteArray, Bytes, Dict, List, PyResult, Set, Str, Tuple, Value};
use runtime::types::int::big;
use runtime::vm::Vm;

use super::opcode::*;
use super::{Done, Failure, result_of};

/// Frames are closed between two objects as soon as they have so many bytes; longer texts are not in frames.
const FRAME_TARGET: usize = 64 * 1024;
/// Shorter frames have no header.
const FRAME_LEAST: usize = 4;
/// Most items that one opcode adds to a container.
const BATCH: usize = 1000;

/// Spreads the addresses of objects.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, address: u64) {
        self.0 = (self.0 ^ address)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(26);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

struct Writer<'a> {
    vm: &'a Vm,
    /// What is finished.
    out: Vec<u8>,
    /// The frame that is open.
    frame: Vec<u8>,
    /// The number that the reader gives to each object that was written.
    memo: HashMap<u64, u32, BuildHasherDefault<AddressHasher>>,
    /// The same objects: each lives as long as its address is in the memo.
    known: Vec<Value>,
    protocol: u8,
    names: &'a Value,
    table: &'a Value,
}

/// `_pickle_machine.dumps`
pub(super) fn dumps(vm: &Vm, args: &[Value]) -> PyResult {
    let Some(protocol @ 2..=5) = args[2].as_small_int() else {
        return Ok(Value::NONE);
    };
    let mut writer = Writer {
        vm,
        out: vec![PROTO, protocol as u8],
        frame: Vec::new(),
        memo: HashMap::default(),
        known: Vec::new(),
        protocol: protocol as u8,
        names: &args[3],
        table: &args[4],
    };
    let done = writer.save(&args[1]).and_then(|()| {
        writer.op(STOP);
        writer.end_frame();
        Ok(vm.try_bytes(&writer.out)?.into_value())
    });
    result_of(done)
}

impl<'a> Writer<'a> {
    fn op(&mut self, opcode: u8) {
        self.frame.push(opcode);
    }

    fn end_frame(&mut self) {
        if self.protocol >= 4 && self.frame.len() >= FRAME_LEAST {
            self.out.push(FRAME);
            self.out
                .extend_from_slice(&(self.frame.len() as u64).to_le_bytes());
        }
        self.out.append(&mut self.frame);
    }

    /// Writes bytes behind their number; `opcodes` are those for numbers of 1, 4 and 8 bytes.
    fn counted(&mut self, bytes: &[u8], opcodes: [Option<u8>; 3]) -> Done {
        let count = bytes.len();
        let [short, usual, long] = opcodes;
        let mut header = [0; 9];
        let header = match (u8::try_from(count), u32::try_from(count)) {
            (Ok(count), _) if let Some(short) = short => {
                (header[0], header[1]) = (short, count);
                &header[..2]
            }
            (_, Ok(count)) if let Some(usual) = usual => {
                header[0] = usual;
                header[1..5].copy_from_slice(&count.to_le_bytes());
                &header[..5]
            }
            _ => {
                header[0] = long.unwrap_or_default();
                header[1..9].copy_from_slice(&(count as u64).to_le_bytes());
                &header[..9]
            }
        };
        let target = if count >= FRAME_TARGET {
            self.end_frame();
            &mut self.out
        } else {
            &mut self.frame
        };
        let more = header.len() + count;
        target
            .try_reserve(more)
            .or_else(|_| target.try_reserve_exact(more))
            .map_err(|_| self.vm.memory_error())?;
        target.extend_from_slice(header);
        target.extend_from_slice(bytes);
        Ok(())
    }

    /// Notes the object on top of the reader's stack.
    fn memoize(&mut self, value: &Value) -> Done {
        let room = self.known.try_reserve(1).is_ok() && self.memo.try_reserve(1).is_ok();
        if !room {
            return Err(self.vm.memory_error().into());
        }
        let index = self.known.len() as u32;
        match u8::try_from(index) {
            _ if self.protocol >= 4 => self.op(MEMOIZE),
            Ok(index) => self.frame.extend([BINPUT, index]),
            Err(_) => {
                self.op(LONG_BINPUT);
                self.frame.extend_from_slice(&index.to_le_bytes());
            }
        }
        self.memo.insert(value.word(), index);
        self.known.push(value.clone());
        Ok(())
    }

    /// Writes an object that was written before by its number; false if it was not.
    fn recall(&mut self, value: &Value, before: &[u8]) -> bool {
        let Some(&index) = self.memo.get(&value.word()) else {
            return false;
        };
        self.frame.extend_from_slice(before);
        match u8::try_from(index) {
            Ok(index) => self.frame.extend([BINGET, index]),
            Err(_) => {
                self.op(LONG_BINGET);
                self.frame.extend_from_slice(&index.to_le_bytes());
            }
        }
        true
    }

    fn save(&mut self, value: &Value) -> Done {
        if self.frame.len() >= FRAME_TARGET {
            self.end_frame();
        }
        if let Some(i) = value.as_small_int() {
            self.save_int(i)?;
            return Ok(());
        }
        if value.is_none() {
            self.op(NONE);
            return Ok(());
        }
        if let Some(truth) = value.as_bool() {
            self.op(if truth { NEWTRUE } else { NEWFALSE });
            return Ok(());
        }
        let vm = self.vm;
        let types = vm.types;
        let class = vm.class_of(value);
        if class.is(&types.float)
            && let Some(number) = value.as_float()
        {
            self.op(BINFLOAT);
            self.frame.extend_from_slice(&number.to_be_bytes());
            return Ok(());
        }
        if class.is(&types.int) {
            self.save_big(value)?;
            return Ok(());
        }
        if self.recall(value, &[]) {
            return Ok(());
        }
        if class.is(&types.str)
            && let Some(text) = value.payload::<Str>()
        {
            return self.save_str(value, text);
        }
        if class.is(&types.bytes)
            && let Some(bytes) = value.payload::<Bytes>()
        {
            self.check_old(bytes.len(), 3)?;
            self.counted(
                bytes,
                [Some(SHORT_BINBYTES), Some(BINBYTES), Some(BINBYTES8)],
            )?;
            self.memoize(value)?;
            return Ok(());
        }
        let _guard = vm.enter_native(" while pickling an object")?;
        if class.is(&types.list)
            && let Some(list) = value.payload::<List>()
        {
            return self.save_list(value, list);
        }
        if class.is(&types.dict)
            && let Some(dict) = value.payload::<Dict>()
        {
            return self.save_dict(value, dict);
        }
        if class.is(&types.tuple)
            && let Some(tuple) = value.payload::<Tuple>()
        {
            return self.save_tuple(value, tuple);
        }
        if class.is(&types.set)
            && let Some(set) = value.payload::<Set>()
        {
            return self.save_set(value, set);
        }
        if class.is(&types.frozenset)
            && let Some(set) = value.payload::<Set>()
        {
            return self.save_frozenset(value, set);
        }
        if class.is(&types.bytearray)
            && let Some(array) = value.payload::<ByteArray>()
        {
            return self.save_bytearray(value, &array.buffer.to_vec());
        }
        self.save_other(value)
    }

    fn save_int(&mut self, number: i64) -> Done {
        if let Ok(byte) = u8::try_from(number) {
            self.frame.extend([BININT1, byte]);
        } else if let Ok(word) = u16::try_from(number) {
            self.op(BININT2);
            self.frame.extend_from_slice(&word.to_le_bytes());
        } else if let Ok(word) = i32::try_from(number) {
            self.op(BININT);
            self.frame.extend_from_slice(&word.to_le_bytes());
        } else {
            // One bit is for the sign.
            let bits = 64 - (number ^ (number >> 63)).leading_zeros() as usize;
            let bytes = number.to_le_bytes();
            self.counted(&bytes[..bits / 8 + 1], [Some(LONG1), Some(LONG4), None])?;
        }
        Ok(())
    }

    fn save_big(&mut self, value: &Value) -> Done {
        let Some(view) = value.as_int() else {
            return Ok(());
        };
        let mut room = [0];
        let number = view.signed(&mut room);
        let room = big::bit_length(number.limbs) as usize / 8 + 1;
        self.vm.check_room(room)?;
        let mut bytes = vec![0; room];
        big::to_le_bytes(number, true, &mut bytes);
        // A negative power of two needs no bit for the sign.
        if let [.., before, 0xFF] = bytes[..]
            && before & 0x80 != 0
        {
            bytes.pop();
        }
        self.counted(&bytes, [Some(LONG1), Some(LONG4), None])
    }

    fn save_str(&mut self, value: &Value, text: &Str) -> Done {
        self.check_old(text.len().saturating_mul(4), 2)?;
        let short = (self.protocol >= 4).then_some(SHORT_BINUNICODE);
        let opcodes = [short, Some(BINUNICODE), Some(BINUNICODE8)];
        if !text.is_ascii() {
            self.vm.check_room(text.len().saturating_mul(4))?;
        }
        match text.to_utf8() {
            Some(utf8) => self.counted(utf8.as_bytes(), opcodes)?,
            None => {
                let vm = self.vm;
                let how = [vm.intern("utf-8"), vm.intern("surrogatepass")];
                let bytes = vm.call_method(value, &vm.intern("encode"), &how)?;
                self.counted(&vm.copied_bytes(&bytes)?, opcodes)?;
            }
        }
        self.memoize(value)?;
        Ok(())
    }

    /// Before protocol 4 nothing has more than four bytes for its length; what `since` a protocol has an opcode is
    /// written another way before that.
    fn check_old(&self, length: usize, since: u8) -> Done {
        if self.protocol < since || self.protocol < 4 && u32::try_from(length).is_err() {
            return Err(Failure::Unsupported);
        }
        Ok(())
    }

    /// The call that makes a set, for protocols without opcodes for sets.
    fn save_set_by_call(&mut self, value: &Value, items: Vec<Value>) -> Done {
        let vm = self.vm;
        let items = vm.list_from(items)?.into_value();
        let arguments = vm.tuple_value([items]);
        let call = vm.tuple_value([vm.class_of(value).to_value(), arguments]);
        self.save_reduced(value, call)
    }

    fn save_bytearray(&mut self, value: &Value, bytes: &[u8]) -> Done {
        self.check_old(bytes.len(), 3)?;
        if self.protocol >= 5 {
            self.counted(bytes, [None, None, Some(BYTEARRAY8)])?;
            self.memoize(value)?;
            return Ok(());
        }
        let vm = self.vm;
        let copy = match bytes {
            [] => None,
            bytes => Some(vm.try_bytes(bytes)?.into_value()),
        };
        let arguments = vm.tuple_value(copy.into_iter().collect::<Vec<_>>());
        let call = vm.tuple_value([vm.types.bytearray.to_value(), arguments]);
        self.save_reduced(value, call)
    }

    fn save_list(&mut self, value: &Value, list: &List) -> Done {
        self.op(EMPTY_LIST);
        self.memoize(value)?;
        if list.len() == 1
            && let Some(item) = list.get(0)
        {
            self.save(&item)?;
            self.op(APPEND);
            return Ok(());
        }
        let mut place = 0;
        while place < list.len() {
            self.op(MARK);
            let end = place + BATCH;
            while place < end
                && let Some(item) = list.get(place)
            {
                self.save(&item)?;
                place += 1;
            }
            self.op(APPENDS);
        }
        Ok(())
    }

    fn save_dict(&mut self, value: &Value, dict: &Dict) -> Done {
        self.op(EMPTY_DICT);
        self.memoize(value)?;
        let size = dict.len();
        let mut place = 0;
        if size == 1
            && let Some((key, value)) = dict.next(&mut place)
        {
            self.save(&key)?;
            self.save(&value)?;
            self.op(SETITEM);
            return Ok(());
        }
        let mut count = BATCH;
        while size > 0 && count == BATCH {
            count = 0;
            self.op(MARK);
            while count < BATCH
                && let Some((key, value)) = dict.next(&mut place)
            {
                self.save(&key)?;
                self.save(&value)?;
                count += 1;
            }
            self.op(SETITEMS);
            if dict.len() != size {
                let error = &self.vm.types.exceptions.runtime_error;
                let message = "dictionary changed size during iteration";
                return Err(self.vm.raise(error, message).into());
            }
        }
        Ok(())
    }

    fn save_set(&mut self, value: &Value, set: &Set) -> Done {
        if self.protocol < 4 {
            return self.save_set_by_call(value, set.to_vec());
        }
        self.op(EMPTY_SET);
        self.memoize(value)?;
        let size = set.len();
        let mut place = 0;
        let mut count = BATCH;
        while size > 0 && count == BATCH {
            count = 0;
            self.op(MARK);
            while count < BATCH
                && let Some(item) = set.next(&mut place)
            {
                self.save(&item)?;
                count += 1;
            }
            self.op(ADDITEMS);
            if set.len() != size {
                let error = &self.vm.types.exceptions.runtime_error;
                return Err(self
                    .vm
                    .raise(error, "set changed size during iteration")
                    .into());
            }
        }
        Ok(())
    }

    fn save_frozenset(&mut self, value: &Value, set: &Set) -> Done {
        if self.protocol < 4 {
            return self.save_set_by_call(value, set.to_vec());
        }
        self.op(MARK);
        for item in set.to_vec() {
            self.save(&item)?;
        }
        // An item may contain the frozenset.
        if !self.recall(value, &[POP_MARK]) {
            self.op(FROZENSET);
            self.memoize(value)?;
        }
        Ok(())
    }

    fn save_tuple(&mut self, value: &Value, tuple: &Tuple) -> Done {
        let count = tuple.len();
        if count == 0 {
            self.op(EMPTY_TUPLE);
            return Ok(());
        }
        let short = count <= 3;
        if !short {
            self.op(MARK);
        }
        for item in tuple.iter() {
            self.save(item)?;
        }
        // An item may contain the tuple, which is complete in the memo then.
        let drop: &[u8] = if short {
            &[POP; 3][..count]
        } else {
            &[POP_MARK]
        };
        if !self.recall(value, drop) {
            self.op(match count {
                1 => TUPLE1,
                2 => TUPLE2,
                3 => TUPLE3,
                _ => TUPLE,
            });
            self.memoize(value)?;
        }
        Ok(())
    }

    /// An object of another class: by its name, or by what its reduction gives.
    fn save_other(&mut self, value: &Value) -> Done {
        let vm = self.vm;
        let class = vm.class_of(value);
        if class.is(&vm.types.function) {
            return self.save_global(value, &Value::NONE);
        }
        if class.is(&vm.types.type_) {
            for singleton in [Value::NONE, Value::NOT_IMPLEMENTED, Value::ELLIPSIS] {
                if value.is(vm.class_of(&singleton).as_value()) {
                    let of_one = vm.tuple_value([singleton]);
                    let call = vm.tuple_value([vm.types.type_.to_value(), of_one]);
                    return self.save_reduced(value, call);
                }
            }
            return self.save_global(value, &Value::NONE);
        }
        if class.kind == crate::kinds::PICKLE_BUFFER {
            return Err(Failure::Unsupported);
        }
        let Some(table) = self.table.payload::<Dict>() else {
            return Err(Failure::Unsupported);
        };
        let reduced = match table.get(vm, class.as_value())? {
            Some(reduce) => vm.call1(&reduce, value)?,
            None if class.is_subclass_of(&vm.types.type_) => {
                return self.save_global(value, &Value::NONE);
            }
            None => {
                let protocol = Value::small_int(self.protocol.into());
                vm.call_method(value, &vm.intern("__reduce_ex__"), &[protocol])?
            }
        };
        if vm.is_instance_of(&reduced, &vm.types.str) {
            return self.save_global(value, &reduced);
        }
        self.save_reduced(value, reduced)
    }

    /// A class or function, or what else is found under a name.
    fn save_global(&mut self, value: &Value, name: &Value) -> Done {
        let vm = self.vm;
        let found = vm.call(self.names, &[value.clone(), name.clone()])?;
        if let Some(bytes) = found.payload::<Bytes>() {
            self.frame.extend_from_slice(bytes);
            return Ok(());
        }
        if let Some(lines) = found.payload::<Str>().and_then(Str::to_utf8) {
            self.op(GLOBAL);
            self.frame.extend_from_slice(lines.as_bytes());
            self.memoize(value)?;
            return Ok(());
        }
        let Some([module, name]) = found.payload::<Tuple>().map(|found| &found[..]) else {
            return Err(Failure::Unsupported);
        };
        self.save(module)?;
        self.save(name)?;
        self.op(STACK_GLOBAL);
        self.memoize(value)?;
        Ok(())
    }

    /// An object as the call that makes it, its state and its items.
    fn save_reduced(&mut self, value: &Value, reduced: Value) -> Done {
        let vm = self.vm;
        let parts = match reduced.payload::<Tuple>() {
            Some(parts) if (2..=6).contains(&parts.len()) => parts,
            _ => return Err(Failure::Unsupported),
        };
        let part = |place: usize| parts.get(place).filter(|part| !part.is_none());
        let function = &parts[0];
        let Some(arguments) = parts[1].payload::<Tuple>() else {
            return Err(Failure::Unsupported);
        };
        // What is wrong with them is told by the classes in Python.
        let is_callable = |value: &Value| vm.class_of(value).slots().call.is_some();
        let is_iterator = |value: &Value| vm.class_of(value).slots().iternext.is_some();
        if !is_callable(function)
            || !part(3).is_none_or(is_iterator)
            || !part(4).is_none_or(is_iterator)
            || !part(5).is_none_or(is_callable)
        {
            return Err(Failure::Unsupported);
        }
        let name = vm.get_attr_opt(function, &vm.names.__name__)?;
        let is_called = |wanted: &str| {
            name.as_ref()
                .and_then(Value::payload::<Str>)
                .is_some_and(|name| name.equals_str(wanted))
        };
        if is_called("__newobj__") {
            let Some((class, rest)) = arguments.split_first() else {
                return Err(Failure::Unsupported);
            };
            self.check_class(class, value)?;
            self.save(class)?;
            let rest = vm.tuple_from_slice(rest).into_value();
            self.save(&rest)?;
            self.op(NEWOBJ);
        } else if is_called("__newobj_ex__") {
            let [class, _, _] = &arguments[..] else {
                return Err(Failure::Unsupported);
            };
            self.check_old(0, 4)?;
            self.check_class(class, value)?;
            for part in arguments.iter() {
                self.save(part)?;
            }
            self.op(NEWOBJ_EX);
        } else {
            self.save(function)?;
            self.save(&parts[1])?;
            self.op(REDUCE);
        }
        // The arguments may have led to the object itself.
        if !self.recall(value, &[POP]) {
            self.memoize(value)?;
        }
        if let Some(items) = part(3) {
            self.save_items(items)?;
        }
        if let Some(pairs) = part(4) {
            self.save_pairs(pairs)?;
        }
        if let Some(state) = part(2) {
            if let Some(setter) = part(5) {
                self.save(setter)?;
                self.save(value)?;
                self.save(state)?;
                self.frame.extend([TUPLE2, REDUCE, POP]);
            } else {
                self.save(state)?;
                self.op(BUILD);
            }
        }
        Ok(())
    }

    /// `__new__` is only called of the object's own class.
    fn check_class(&self, class: &Value, value: &Value) -> Done {
        let vm = self.vm;
        let own = vm.get_attr(value, &vm.names.__class__)?;
        if own.is(class) {
            Ok(())
        } else {
            Err(Failure::Unsupported)
        }
    }

    /// The items that a reduction gives for `append` and `extend`.
    fn save_items(&mut self, items: &Value) -> Done {
        let items = self.vm.collect(items)?;
        for batch in items.chunks(BATCH) {
            if let [item] = batch {
                self.save(item)?;
                self.op(APPEND);
                continue;
            }
            self.op(MARK);
            for item in batch {
                self.save(item)?;
            }
            self.op(APPENDS);
        }
        Ok(())
    }

    /// The pairs that a reduction gives for `__setitem__`.
    fn save_pairs(&mut self, pairs: &Value) -> Done {
        let pairs = self.vm.collect(pairs)?;
        for batch in pairs.chunks(BATCH) {
            let several = batch.len() > 1;
            if several {
                self.op(MARK);
            }
            for pair in batch {
                let Some([key, value]) = pair.payload::<Tuple>().map(|pair| &pair[..]) else {
                    return Err(Failure::Unsupported);
                };
                self.save(key)?;
                self.save(value)?;
            }
            self.op(if several { SETITEMS } else { SETITEM });
        }
        Ok(())
    }
}
