//! `ouro.layout(obj)`.

use std::fmt::Write;

use runtime::Vm;
use runtime::object::layout::{BlockLayout, HeaderLayout, Layout, Part};
use runtime::object::{Dict, GetSetDef, PyResult, Ref, TypeSlots, TypeSpec, Value, class_flag};

use super::report::{self, Report, shown};

/// The class.
static LAYOUT: TypeSpec = TypeSpec {
    doc: "What lies in the blocks of an object.\n\nstr() shows it; the attributes have it as data.",
    flags: class_flag::NO_INSTANTIATION,
    slots: TypeSlots {
        repr: Some(repr),
        str: Some(report::text),
        ..TypeSlots::EMPTY
    },
    getset: &[
        shown!("type", "name of the object's type"),
        shown!("address", "the object's id"),
        shown!("size", "bytes of all blocks"),
        shown!("word", "the word of an immediate value, else None"),
        shown!("header", "the header as a dict, None for immediates"),
        shown!("blocks", "a dict for each block"),
        GetSetDef::read_only("data", "everything as a dict", report::data),
    ],
    ..TypeSpec::of::<Report>("ouro.Layout")
};

/// `ouro.layout(obj)`
pub fn layout(vm: &Vm, value: &Value) -> PyResult {
    let found = vm.layout(value);
    let kind = vm.full_class_name(vm.class_of(value));
    let shown = vm.safe_repr(value);
    // Everything was read before the first object of the answer is made.
    let (text, data) = match &found {
        Layout::Immediate { word, kind: tag } => {
            let text = immediate_text(&kind, &shown, *word, tag);
            (text, immediate_data(vm, value, &kind, *word, tag)?)
        }
        Layout::Object { header, blocks } => {
            let text = object_text(&kind, header, blocks);
            (text, object_data(vm, value, &kind, header, blocks)?)
        }
    };
    drop(found);
    Ok(report::make(vm, &LAYOUT, &text, data))
}

fn repr(vm: &Vm, this: &Value) -> PyResult {
    let item =
        |name: &str| Ok(vm.display(&vm.str_of(&report::item(vm, this, name)?)?.into_value()));
    let text = format!("<ouro.Layout: {}, {} bytes>", item("type")?, item("size")?);
    Ok(vm.str_value(&text))
}

fn immediate_text(kind: &str, shown: &str, word: u64, tag: &str) -> String {
    let how = match tag {
        "int" => "…1: the number, shifted left by one",
        "float" => "…10: the number's bits, rotated so that the usual exponents leave room",
        _ => "…100: a constant",
    };
    format!(
        "{kind} {shown}: immediate, no block\n  word  {word:#018x}  {word:#066b}\n  tag   {how}\n"
    )
}

fn immediate_data(vm: &Vm, value: &Value, kind: &str, word: u64, tag: &str) -> PyResult<Ref<Dict>> {
    let data = vm.dict();
    vm.define(&data, "type", vm.str_value(kind))?;
    vm.define(&data, "address", vm.int_u64(vm.id(value)))?;
    vm.define(&data, "size", vm.int_usize(size_of::<Value>()))?;
    vm.define(&data, "word", vm.int_u64(word))?;
    vm.define(&data, "tag", vm.str_value(tag))?;
    vm.define(&data, "header", Value::NONE)?;
    vm.define(&data, "blocks", vm.list_from(Vec::new())?.into_value())?;
    Ok(data)
}

fn object_text(kind: &str, header: &HeaderLayout, blocks: &[BlockLayout]) -> String {
    let total: usize = blocks.iter().map(|block| block.room).sum();
    let address = blocks.first().map_or(0, |block| block.address);
    let plural = if blocks.len() == 1 { "" } else { "s" };
    let count = match header.count {
        Some(count) => format!("{count} references"),
        None => "immortal".to_owned(),
    };
    let mut text = format!(
        "{kind} at {address:#x}: {total} bytes in {} block{plural}, {count}, {}\n",
        blocks.len(),
        header.generation
    );
    for block in blocks {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{} block at {:#x}: {} bytes asked for, {} taken",
            block.name, block.address, block.bytes, block.room
        );
        let width = block
            .parts
            .iter()
            .map(|part| part.name.chars().count())
            .max();
        let width = width.unwrap_or(0).min(30);
        for Part {
            offset,
            size,
            name,
            text: what,
            ..
        } in &block.parts
        {
            let _ = writeln!(text, "  {offset:5} {size:5}  {name:<width$}  {what}");
        }
    }
    text
}

fn object_data(
    vm: &Vm,
    value: &Value,
    kind: &str,
    header: &HeaderLayout,
    blocks: &[BlockLayout],
) -> PyResult<Ref<Dict>> {
    let total: usize = blocks.iter().map(|block| block.room).sum();
    let data = vm.dict();
    vm.define(&data, "type", vm.str_value(kind))?;
    vm.define(&data, "address", vm.int_u64(vm.id(value)))?;
    vm.define(&data, "size", vm.int_usize(total))?;
    vm.define(&data, "word", Value::NONE)?;
    vm.define(&data, "header", header_data(vm, header)?)?;
    let mut shown = Vec::new();
    for block in blocks {
        shown.push(block_data(vm, block)?);
    }
    vm.define(&data, "blocks", vm.list_from(shown)?.into_value())?;
    Ok(data)
}

fn header_data(vm: &Vm, header: &HeaderLayout) -> PyResult {
    let number = |number: Option<u32>| number.map_or(Value::NONE, |n| vm.int(i64::from(n)));
    let data = vm.dict();
    vm.define(&data, "count", number(header.count))?;
    vm.define(&data, "generation", vm.str_value(header.generation))?;
    vm.define(&data, "position", number(header.position))?;
    let flags: Vec<Value> = header.flags.iter().map(|flag| vm.str_value(flag)).collect();
    vm.define(&data, "flags", vm.list_from(flags)?.into_value())?;
    Ok(data.into_value())
}

fn block_data(vm: &Vm, block: &BlockLayout) -> PyResult {
    let data = vm.dict();
    vm.define(&data, "name", vm.str_value(block.name))?;
    vm.define(&data, "address", vm.int_u64(block.address))?;
    vm.define(&data, "bytes", vm.int_usize(block.bytes))?;
    vm.define(&data, "room", vm.int_usize(block.room))?;
    let mut parts = Vec::new();
    for part in &block.parts {
        let shown = vm.dict();
        vm.define(&shown, "offset", vm.int_usize(part.offset))?;
        vm.define(&shown, "size", vm.int_usize(part.size))?;
        vm.define(&shown, "name", vm.str_value(&part.name))?;
        vm.define(&shown, "text", vm.str_value(&part.text))?;
        let id = part
            .value
            .as_ref()
            .map_or(Value::NONE, |value| vm.int_u64(vm.id(value)));
        vm.define(&shown, "id", id)?;
        parts.push(shown.into_value());
    }
    vm.define(&data, "parts", vm.list_from(parts)?.into_value())?;
    Ok(data.into_value())
}
