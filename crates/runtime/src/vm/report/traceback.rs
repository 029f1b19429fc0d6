//! The calls of a traceback as text.

use super::source_line::write_source_line;
use crate::object::{Tuple, Value};
use crate::vm::Vm;

/// A line repeated more often than this is counted only.
const REPEATED_AT_MOST: usize = 3;
/// Calls shown unless `sys.tracebacklimit` says otherwise.
const DEFAULT_LIMIT: i64 = 1000;

/// One call.
struct Entry {
    file: String,
    line: i64,
    function: String,
    /// First and last line, first and last column, as far as they are known.
    position: [Option<i64>; 4],
}

fn entry(vm: &Vm, traceback: &Value) -> Option<Entry> {
    let frame = vm.quiet_attr(traceback, "tb_frame")?;
    let code = vm.quiet_attr(&frame, "f_code")?;
    let number = |value: Value| value.as_small_int();
    let line = vm.quiet_attr(traceback, "tb_lineno").and_then(number)?;
    let last = vm
        .quiet_attr(traceback, "tb_lasti")
        .and_then(number)
        .unwrap_or(-1);
    Some(Entry {
        file: vm.display(&vm.quiet_attr(&code, "co_filename")?),
        line,
        function: vm.display(&vm.quiet_attr(&code, "co_name")?),
        position: position(vm, &code, last).unwrap_or_default(),
    })
}

fn position(vm: &Vm, code: &Value, last: i64) -> Option<[Option<i64>; 4]> {
    let index = usize::try_from(last).ok()? / 2;
    let method = vm.quiet_attr(code, "co_positions")?;
    let positions = vm.quietly(vm.call0(&method).and_then(|i| vm.collect(&i)))?;
    let position = positions.get(index)?.payload::<Tuple>()?;
    let [start_line, end_line, start, end] = position.as_slice() else {
        return None;
    };
    Some([start_line, end_line, start, end].map(Value::as_small_int))
}

/// The lines of a traceback with each one's margin, without the header; empty if there is
/// nothing to show.
pub fn format_traceback(vm: &Vm, traceback: &Value, margin: &str) -> String {
    let mut text = String::new();
    let limit = match vm.sys_attribute("tracebacklimit") {
        Some(limit) if limit.is_int() => {
            let limit = limit.as_int().and_then(|i| i.to_i64()).unwrap_or(i64::MAX);
            if limit <= 0 {
                return text;
            }
            limit
        }
        _ => DEFAULT_LIMIT,
    };
    let mut chain = Vec::new();
    let mut current = Some(traceback.clone());
    while let Some(traceback) = current.filter(|t| !t.is_none()) {
        current = vm.quiet_attr(&traceback, "tb_next");
        chain.push(traceback);
    }
    let skipped = chain.len().saturating_sub(limit as usize);
    let mut previous: Option<(String, i64, String)> = None;
    let mut repeated = 0;
    for traceback in &chain[skipped..] {
        let Some(entry) = entry(vm, traceback) else {
            continue;
        };
        let same = previous.as_ref().is_some_and(|(file, line, function)| {
            *file == entry.file && *line == entry.line && *function == entry.function
        });
        if !same {
            write_repeated(&mut text, repeated, margin);
            previous = Some((entry.file.clone(), entry.line, entry.function.clone()));
            repeated = 0;
        }
        repeated += 1;
        if repeated <= REPEATED_AT_MOST {
            text.push_str(&format!(
                "{margin}  File \"{}\", line {}, in {}\n",
                entry.file, entry.line, entry.function
            ));
            write_source_line(
                vm,
                &mut text,
                &entry.file,
                entry.line,
                entry.position,
                margin,
            );
        }
    }
    write_repeated(&mut text, repeated, margin);
    text
}

fn write_repeated(text: &mut String, repeated: usize, margin: &str) {
    let more = repeated.saturating_sub(REPEATED_AT_MOST);
    if more > 0 {
        let s = if more > 1 { "s" } else { "" };
        text.push_str(&format!(
            "{margin}  [Previous line repeated {more} more time{s}]\n"
        ));
    }
}
