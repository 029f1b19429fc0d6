//! The calls of a traceback as text.

use bytecode::Location;

use super::source_line::{SourceFiles, write_source_line};
use crate::object::Value;
use crate::vm::Vm;
use crate::vm::frame_object::FrameObject;
use crate::vm::traceback::Traceback;

/// A line repeated more often than this is counted only.
const REPEATED_AT_MOST: usize = 3;
/// Calls shown unless `sys.tracebacklimit` says otherwise.
const DEFAULT_LIMIT: i64 = 1000;

/// One call.
struct Entry {
    file: String,
    line: i64,
    function: String,
    location: Location,
}

fn entry(vm: &Vm, traceback: &Traceback) -> Option<Entry> {
    let frame = traceback.frame.get()?;
    let code = frame.payload::<FrameObject>()?.code(vm)?;
    let last = traceback.instruction(&code) as usize;
    let location = code.data.locations.get(last).copied();
    Some(Entry {
        file: vm.display(&code.filename),
        line: i64::from(traceback.line.get()),
        function: vm.display(&code.name),
        location: location.unwrap_or(Location::NONE),
    })
}

/// The lines of a traceback with each one's margin, without the header; empty if there is
/// nothing to show.
pub fn format_traceback(vm: &Vm, traceback: &Value, margin: &str) -> String {
    let mut text = String::new();
    let limit = match vm.sys_attribute("tracebacklimit") {
        Some(limit) if limit.is_int() => {
            let limit = limit.as_int().map_or(0, |i| {
                let most = if i.is_negative() { 0 } else { i64::MAX };
                i.to_i64().unwrap_or(most)
            });
            if limit <= 0 {
                return text;
            }
            limit
        }
        _ => DEFAULT_LIMIT,
    };
    let mut files = SourceFiles::default();
    let mut chain = Vec::new();
    let mut current = Some(traceback.clone());
    while let Some(traceback) = current.filter(|t| !t.is_none()) {
        current = traceback.payload::<Traceback>().and_then(|t| t.next.get());
        chain.push(traceback);
    }
    let skipped = chain.len().saturating_sub(limit as usize);
    let mut previous: Option<(String, i64, String)> = None;
    let mut repeated = 0;
    for traceback in &chain[skipped..] {
        let entry = traceback.payload::<Traceback>().and_then(|t| entry(vm, t));
        let Some(entry) = entry else { continue };
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
            if let Some(source) = files.line(vm, &entry.file, entry.line) {
                write_source_line(&mut text, source, entry.line, entry.location, margin);
            }
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
