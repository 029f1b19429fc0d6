//! What lies in the blocks of an object, word by word.
//!
//! Everything here reads; what it tells of addresses goes through `Vm::id`, so that in deterministic
//! mode it is the same in every run.
#![allow(unsafe_code)]

use std::ptr::NonNull;

use heap::header::flag;
use heap::{Generation, Header};

use super::class::{Class, TypeSpec, class_flag};
use super::fields::{Buffer, Field, FieldKind};
use super::payload::{Object, block_bytes};
use super::value::Value;
use super::{Bytes, Int, List, Str, Tuple, instance};
use crate::vm::Vm;
use crate::vm::generator::Generator;

/// Items of a list or tuple that are shown one by one.
const SHOWN_ITEMS: usize = 64;

/// One stretch of a block.
#[derive(Clone, Debug)]
pub struct Part {
    /// Offset from the block's start.
    pub offset: usize,
    /// Bytes.
    pub size: usize,
    /// What it is.
    pub name: String,
    /// What is in it, in words.
    pub text: String,
    /// The value in it, if it holds one.
    pub value: Option<Value>,
}

/// A block of an object.
#[derive(Clone, Debug)]
pub struct BlockLayout {
    /// What the block is for: "object", "items", "table", "attributes".
    pub name: &'static str,
    /// Its address, as `id()` would tell it.
    pub address: u64,
    /// Bytes asked for.
    pub bytes: usize,
    /// Bytes it occupies.
    pub room: usize,
    /// Its contents, by offset.
    pub parts: Vec<Part>,
}

/// The header's contents.
#[derive(Clone, Debug)]
pub struct HeaderLayout {
    /// The reference count; None if the object is immortal.
    pub count: Option<u32>,
    /// "untracked", "young", "middle", "old", "permanent" or "condemned".
    pub generation: &'static str,
    /// Index in the generation's array; None if it is in none.
    pub position: Option<u32>,
    /// The flags that are set.
    pub flags: Vec<&'static str>,
}

/// Where everything of a value lies.
#[derive(Clone, Debug)]
pub enum Layout {
    /// No object: the word is the value.
    Immediate {
        /// The word.
        word: u64,
        /// "int", "float" or "constant".
        kind: &'static str,
    },
    /// An object and its blocks; its own is the first.
    Object {
        /// The header.
        header: HeaderLayout,
        /// The blocks.
        blocks: Vec<BlockLayout>,
    },
}

fn generation_name(generation: Generation) -> &'static str {
    match generation {
        Generation::Untracked => "untracked",
        Generation::Young => "young",
        Generation::Middle => "middle",
        Generation::Old => "old",
        Generation::Permanent => "permanent",
        Generation::Condemned => "condemned",
    }
}

fn header_layout(header: &Header, is_str: bool) -> HeaderLayout {
    let generation = header.generation();
    let names = [
        (flag::FINALIZED, "finalized"),
        (flag::WEAKLY_REFERENCED, "weakly referenced"),
        (flag::COUNTED, "counted"),
        (flag::DYING, "dying"),
        (flag::DEFERRED, "deferred"),
        (flag::USER0, if is_str { "interned" } else { "flag 0" }),
        (flag::LEAF, "owns no object"),
        (flag::USER1, "flag 1"),
    ];
    HeaderLayout {
        count: (!header.is_immortal()).then(|| header.count()),
        generation: generation_name(generation),
        position: (generation != Generation::Untracked).then(|| header.position()),
        flags: names
            .into_iter()
            .filter(|(bit, _)| header.has(*bit))
            .map(|(_, name)| name)
            .collect(),
    }
}

fn part(offset: usize, size: usize, name: impl Into<String>, text: impl Into<String>) -> Part {
    Part {
        offset,
        size,
        name: name.into(),
        text: text.into(),
        value: None,
    }
}

/// Bytes of a live block.
struct Bytewise(*const u8);

impl Bytewise {
    /// # Safety
    /// The block has that many bytes at the offset, and they were written.
    unsafe fn word(&self, offset: usize) -> u64 {
        // SAFETY: by the caller's word.
        unsafe { self.0.add(offset).cast::<u64>().read_unaligned() }
    }

    /// # Safety
    /// As for `word`, with `size` of at most 8 bytes.
    unsafe fn number(&self, offset: usize, size: usize) -> u64 {
        let mut bytes = [0u8; 8];
        for (index, byte) in bytes.iter_mut().enumerate().take(size) {
            // SAFETY: by the caller's word.
            *byte = unsafe { self.0.add(offset + index).read() };
        }
        u64::from_le_bytes(bytes)
    }
}

impl Vm {
    /// The blocks of a value and what lies where in them.
    pub fn layout(&self, value: &Value) -> Layout {
        let (Some(object), Some(bytes)) = (value.object(), block_bytes(value)) else {
            let kind = if value.as_small_int().is_some() {
                "int"
            } else if value.as_small_float().is_some() {
                "float"
            } else {
                "constant"
            };
            return Layout::Immediate {
                word: value.word(),
                kind,
            };
        };
        // SAFETY: a value's object is live.
        let header = header_layout(unsafe { object.as_ref() }, value.payload::<Str>().is_some());
        let mut blocks = vec![BlockLayout {
            name: "object",
            address: self.id(value),
            bytes,
            room: self.heap.rounded(bytes),
            parts: self.object_parts(value, object.as_ptr().cast(), bytes, &header),
        }];
        blocks.extend(self.overflow_block(value));
        let spec = self.class_of(value).native_spec();
        if let Some(buffer) = spec.and_then(|spec| (spec.buffer)(value)) {
            blocks.push(self.buffer_block(value, &buffer));
        }
        Layout::Object { header, blocks }
    }

    /// The address of a block as `id()` would tell it.
    pub fn block_id(&self, address: usize, bytes: usize) -> u64 {
        match NonNull::new(address as *mut u8) {
            Some(block) if self.is_deterministic() => self.heap.stable_id(block, bytes),
            _ => address as u64,
        }
    }

    fn object_parts(
        &self,
        value: &Value,
        start: *const u8,
        bytes: usize,
        header: &HeaderLayout,
    ) -> Vec<Part> {
        let class = self.class_of(value);
        let spec = class.native_spec();
        let count = header
            .count
            .map_or_else(|| "immortal".to_owned(), |n| n.to_string());
        let place = match header.position {
            Some(place) => format!("{place} of the {} generation", header.generation),
            None => "not tracked".to_owned(),
        };
        let class_part = Part {
            value: Some(class.to_value()),
            ..part(8, 6, "class", self.describe(class.as_value()))
        };
        let mut flags = vec![header.generation];
        flags.extend(&header.flags);
        let mut parts = vec![
            part(0, 4, "count", count),
            part(4, 4, "position", place),
            class_part,
            part(14, 2, "flags", flags.join(", ")),
        ];
        let memory = Bytewise(start);
        let mut end = 16;
        if let Some(spec) = spec {
            end = spec.basic_size.min(bytes);
            let mut fields: Vec<&Field> = spec.fields.iter().collect();
            fields.sort_by_key(|field| field.offset);
            parts.extend(fields.into_iter().map(|field| {
                // SAFETY: the declaration is that of the object's own representation.
                unsafe { self.field_part(&memory, field) }
            }));
        }
        let tail = match value.object() {
            Some(object) if class.has_flag(class_flag::HAS_TAIL) => {
                // SAFETY: `value` is of this class.
                unsafe { instance::tail_bytes(object, class) }
            }
            _ => 0,
        };
        let tail_start = bytes - tail;
        if tail_start > end {
            parts.extend(self.trailing_parts(value, spec, end, tail_start - end));
        }
        if tail > 0 {
            parts.extend(self.tail_parts(value, class, &memory, tail_start));
        }
        let room = self.heap.rounded(bytes);
        if room > bytes {
            parts.push(part(
                bytes,
                room - bytes,
                "unused",
                "rounded up to the size class",
            ));
        }
        parts
    }

    /// # Safety
    /// The field belongs to the payload behind the header at the start of the memory.
    unsafe fn field_part(&self, memory: &Bytewise, field: &Field) -> Part {
        let offset = Object::<u64>::PAYLOAD_OFFSET + field.offset;
        let name = field.name;
        let size = field.size;
        // SAFETY: by the caller's word the payload has this field.
        unsafe {
            match field.kind {
                FieldKind::Value => self.value_part(offset, name, memory.word(offset)),
                FieldKind::Bool => {
                    let set = memory.number(offset, 1) & 1 == 1;
                    part(offset, size, name, set.to_string())
                }
                FieldKind::Unsigned => {
                    part(offset, size, name, memory.number(offset, size).to_string())
                }
                FieldKind::Signed => {
                    let shift = 64 - 8 * size as u32;
                    let number = (memory.number(offset, size) as i64) << shift >> shift;
                    part(offset, size, name, number.to_string())
                }
                FieldKind::Float => {
                    let number = f64::from_bits(memory.word(offset));
                    part(offset, size, name, format!("{number:?}"))
                }
                FieldKind::Opaque => part(offset, size, name, "…"),
            }
        }
    }

    /// A word that is a value or 0.
    ///
    /// # Safety
    /// The word is 0 or owned by a live object.
    unsafe fn value_part(&self, offset: usize, name: impl Into<String>, word: u64) -> Part {
        if word == 0 {
            return part(offset, 8, name, "empty");
        }
        // SAFETY: by the caller's word.
        let value = unsafe { Value::from_slot(&word) }.clone();
        let text = self.safe_repr(&value);
        Part {
            value: Some(value),
            ..part(offset, 8, name, text)
        }
    }

    /// What follows the payload of variable size.
    fn trailing_parts(
        &self,
        value: &Value,
        spec: Option<&'static TypeSpec>,
        offset: usize,
        size: usize,
    ) -> Vec<Part> {
        if let Some(tuple) = value.payload::<Tuple>() {
            return self.item_parts(offset, tuple.as_slice(), size / 8);
        }
        let text = if let Some(text) = value.payload::<Str>() {
            format!("{} code points", text.len())
        } else if let Some(bytes) = value.payload::<Bytes>() {
            format!("{} bytes", bytes.as_slice().len())
        } else if let Some(int) = value.payload::<Int>() {
            let limbs: Vec<String> = int.limbs().iter().map(|l| format!("{l:#x}")).collect();
            limbs.join(", ")
        } else if let Some(generator) = value.payload::<Generator>() {
            let code = generator.frame().code();
            format!("{} variables, the frame, operands", code.localsplus)
        } else {
            String::new()
        };
        let name = match spec.map(|spec| spec.name) {
            Some("str") => "text",
            Some("bytes") => "contents",
            Some("int") => "limbs",
            Some("generator" | "coroutine" | "async_generator") => "frame",
            _ => "inline storage",
        };
        vec![part(offset, size, name, text)]
    }

    fn item_parts(&self, offset: usize, items: &[Value], room: usize) -> Vec<Part> {
        let mut parts: Vec<Part> = items
            .iter()
            .take(SHOWN_ITEMS)
            .enumerate()
            .map(|(index, item)| Part {
                value: Some(item.clone()),
                ..part(
                    offset + index * 8,
                    8,
                    format!("[{index}]"),
                    self.safe_repr(item),
                )
            })
            .collect();
        let shown = parts.len();
        if items.len() > shown {
            let more = items.len() - shown;
            parts.push(part(
                offset + shown * 8,
                more * 8,
                format!("[{shown}] to [{}]", items.len() - 1),
                format!("{more} more items"),
            ));
        }
        if room > items.len() {
            let free = room - items.len();
            parts.push(part(
                offset + items.len() * 8,
                free * 8,
                "room",
                format!("for {free} more items"),
            ));
        }
        parts
    }

    /// Member slots, the dictionary word, inline attributes (see `instance`).
    fn tail_parts(
        &self,
        value: &Value,
        class: &Class,
        memory: &Bytewise,
        start: usize,
    ) -> Vec<Part> {
        let mut parts = Vec::new();
        let names = self.member_slot_names(class);
        for index in 0..usize::from(class.member_count.get()) {
            let name = names.get(index).map_or("a hidden slot", String::as_str);
            let offset = start + index * 8;
            // SAFETY: a member slot of the live instance: 0 or a value.
            parts.push(unsafe { self.value_part(offset, format!(".{name}"), memory.word(offset)) });
        }
        if !class.has_flag(class_flag::HAS_DICT) {
            return parts;
        }
        let word_at = start + usize::from(class.member_count.get()) * 8;
        // SAFETY: the dictionary word follows the member slots.
        let word = unsafe { memory.word(word_at) };
        let object = value.object();
        // SAFETY: a value's object is live.
        let capacity = object.map_or(0, |object| unsafe { object.as_ref() }.inline_capacity());
        if let Some(dict) = instance::materialised(value) {
            parts.push(Part {
                value: Some(dict.to_value()),
                ..part(word_at, 8, "__dict__", self.describe(dict.as_value()))
            });
            if capacity > 0 {
                parts.push(part(
                    word_at + 8,
                    capacity * 8,
                    "inline attributes",
                    "not used any more",
                ));
            }
            return parts;
        }
        let mut names = Vec::new();
        class.keys.each_name(|name| names.push(self.display(name)));
        if word & 1 == 0 {
            parts.push(part(word_at, 8, "attributes", "in a block of their own"));
            if capacity > 0 {
                parts.push(part(
                    word_at + 8,
                    capacity * 8,
                    "inline attributes",
                    "not used any more",
                ));
            }
            return parts;
        }
        let set = word >> 4 & 15;
        parts.push(part(
            word_at,
            8,
            "attributes",
            format!("{set} set, room for {capacity} inside"),
        ));
        for index in 0..capacity {
            let offset = word_at + 8 + index * 8;
            let name = names.get(index).map_or("room", String::as_str);
            let name = match name {
                "room" => "room".to_owned(),
                name => format!(".{name}"),
            };
            // SAFETY: an inline slot of the live instance: 0 or a value.
            parts.push(unsafe { self.value_part(offset, name, memory.word(offset)) });
        }
        parts
    }

    /// The names of all member slots, inherited ones first.
    fn member_slot_names(&self, class: &Class) -> Vec<String> {
        let mut names = match class
            .base
            .get()
            .and_then(|base| base.downcast::<Class>().ok())
        {
            Some(base) if class.member_count.get() > 0 => self.member_slot_names(&base),
            _ => Vec::new(),
        };
        names.extend(
            class
                .member_names
                .borrow()
                .iter()
                .map(|name| self.display(name)),
        );
        names
    }

    /// The block of an instance whose attributes do not fit inside it.
    fn overflow_block(&self, value: &Value) -> Option<BlockLayout> {
        let bytes = instance::overflow_bytes(value);
        if bytes == 0 {
            return None;
        }
        let address = instance::overflow_address(value)?;
        let mut parts = vec![part(
            0,
            32,
            "order",
            "how many there are, in which order they came",
        )];
        let attributes = self.slot_attributes(value);
        let mut names = Vec::new();
        self.class_of(value)
            .keys
            .each_name(|name| names.push(self.display(name)));
        for index in 0..(bytes - 32) / 8 {
            let offset = 32 + index * 8;
            let name = names.get(index);
            let found = name.and_then(|name| attributes.iter().find(|(known, _)| known == name));
            parts.push(match (name, found) {
                (Some(name), Some((_, value))) => Part {
                    value: Some(value.clone()),
                    ..part(offset, 8, format!(".{name}"), self.safe_repr(value))
                },
                (Some(name), None) => part(offset, 8, format!(".{name}"), "empty"),
                _ => part(offset, 8, "room", "empty"),
            });
        }
        Some(BlockLayout {
            name: "attributes",
            address: self.block_id(address, bytes),
            bytes,
            room: self.heap.rounded(bytes),
            parts,
        })
    }

    fn buffer_block(&self, value: &Value, buffer: &Buffer) -> BlockLayout {
        let room = self.heap.rounded(buffer.bytes);
        let mut parts = match value.payload::<List>() {
            Some(list) => {
                let items = list.with(<[Value]>::to_vec);
                self.item_parts(0, &items, buffer.bytes / 8)
            }
            None => self.table_parts(value, buffer),
        };
        if room > buffer.bytes {
            let unused = room - buffer.bytes;
            parts.push(part(
                buffer.bytes,
                unused,
                "unused",
                "rounded up to the size class",
            ));
        }
        BlockLayout {
            name: buffer.name,
            address: self.block_id(buffer.address, buffer.bytes),
            bytes: buffer.bytes,
            room,
            parts,
        }
    }

    /// The contents of a dict's table, a set's or a bytearray's.
    fn table_parts(&self, value: &Value, buffer: &Buffer) -> Vec<Part> {
        let Some(dict) = value.payload::<super::Dict>() else {
            let text = match value.payload::<super::Set>() {
                Some(set) => format!(
                    "{} keys in {} slots of hash and key",
                    set.len(),
                    buffer.bytes / 16
                ),
                None => format!("{} bytes", buffer.bytes),
            };
            return vec![part(0, buffer.bytes, buffer.name, text)];
        };
        let (index, stride, used) = dict.table_shape();
        let mut parts = vec![part(0, index, "index", "places of the entries, by hash")];
        let entries = dict.to_vec();
        let mut offset = index;
        for (key, value) in entries.iter().take(SHOWN_ITEMS) {
            let name = format!("[{}]", self.safe_repr(key));
            parts.push(Part {
                value: Some(value.clone()),
                ..part(offset, stride, name, self.safe_repr(value))
            });
            offset += stride;
        }
        if buffer.bytes > offset {
            let text = format!(
                "{used} of {} places taken",
                (buffer.bytes - index) / stride.max(1)
            );
            parts.push(part(offset, buffer.bytes - offset, "entries", text));
        }
        parts
    }
}
