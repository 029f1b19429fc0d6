//! Exceptions as text: traceback, type and message, notes; causes and contexts first; groups
//! with their members below.

use std::fmt::Write;

use super::source_line::write_error_text;
use super::suggestions::suggestion;
use super::traceback::format_traceback;
use crate::object::bytes::Bytes;
use crate::object::{Str, Tuple, Value, class_flag};
use crate::types::exceptions::Exception;
use crate::vm::Vm;

const CAUSE: &str = "The above exception was the direct cause of the following exception:";
const CONTEXT: &str = "During handling of the above exception, another exception occurred:";
/// Members of a group shown at most.
const MAX_WIDTH: usize = 15;
/// Groups within groups shown at most.
const MAX_DEPTH: usize = 10;

/// Writes one exception and what belongs to it.
pub(super) struct Printer<'a> {
    vm: &'a Vm,
    out: &'a mut String,
    seen: Vec<u64>,
    depth: usize,
    need_close: bool,
}

impl<'a> Printer<'a> {
    pub fn new(vm: &'a Vm, out: &'a mut String) -> Self {
        Printer {
            vm,
            out,
            seen: Vec::new(),
            depth: 0,
            need_close: false,
        }
    }

    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    fn margin(&self) -> String {
        let bar = if self.depth > 0 { "| " } else { "" };
        self.indent() + bar
    }

    /// Writes the exception with its causes and contexts.
    pub fn print(&mut self, exception: &Value) {
        // The chain can be long, so it is collected, not descended.
        let mut chain = vec![(exception.clone(), "")];
        self.seen.push(exception.word());
        while let Some((current, _)) = chain.last() {
            let Some(payload) = current.payload::<Exception>() else {
                break;
            };
            let (next, header) = match payload.cause.get().filter(|c| !c.is_none()) {
                Some(cause) => (cause, CAUSE),
                None if payload.suppress_context.get() => break,
                None => match payload.context.get().filter(|c| !c.is_none()) {
                    Some(context) => (context, CONTEXT),
                    None => break,
                },
            };
            if self.seen.contains(&next.word()) {
                break;
            }
            self.seen.push(next.word());
            chain.push((next, header));
        }
        let need_close = std::mem::take(&mut self.need_close);
        while let Some((exception, header)) = chain.pop() {
            // Only what follows last is inside the frame that is still to be closed.
            self.need_close = need_close && chain.is_empty();
            if self.is_group(&exception) {
                self.print_group(&exception);
            } else {
                self.print_one(&exception);
            }
            if !header.is_empty() {
                let margin = self.margin();
                let _ = write!(self.out, "{margin}\n{margin}{header}\n{margin}\n");
            }
        }
    }

    fn is_group(&self, exception: &Value) -> bool {
        let class = &self.vm.types.exceptions.base_exception_group;
        self.vm.is_instance_of(exception, class)
    }

    fn print_group(&mut self, exception: &Value) {
        if self.depth > MAX_DEPTH {
            let margin = self.margin();
            let _ = writeln!(self.out, "{margin}... (max_group_depth is {MAX_DEPTH})");
            return;
        }
        if self.depth == 0 {
            self.depth = 1;
        }
        self.print_one(exception);
        let members = self.vm.quiet_attr(exception, "exceptions");
        let members = members.as_ref().and_then(Value::payload::<Tuple>);
        let members = members.map_or(&[][..], |t| t.as_slice());
        let shown = if members.len() <= MAX_WIDTH {
            members.len()
        } else {
            MAX_WIDTH + 1
        };
        self.need_close = false;
        for (i, member) in members.iter().enumerate().take(shown) {
            let last = i + 1 == shown;
            self.need_close |= last;
            let cut = i >= MAX_WIDTH;
            let corner = if i == 0 { "+-" } else { "  " };
            let title = if cut {
                "...".to_owned()
            } else {
                (i + 1).to_string()
            };
            let indent = self.indent();
            let _ = writeln!(
                self.out,
                "{indent}{corner}+---------------- {title} ----------------"
            );
            self.depth += 1;
            if cut {
                let more = members.len() - MAX_WIDTH;
                let s = if more > 1 { "s" } else { "" };
                let margin = self.margin();
                let _ = writeln!(self.out, "{margin}and {more} more exception{s}");
            } else {
                self.print(member);
            }
            if last && self.need_close {
                let indent = self.indent();
                let _ = writeln!(self.out, "{indent}+------------------------------------");
                self.need_close = false;
            }
            self.depth -= 1;
        }
        if self.depth == 1 {
            self.depth = 0;
        }
    }

    fn print_one(&mut self, exception: &Value) {
        let vm = self.vm;
        let margin = self.margin();
        if !vm
            .class_of(exception)
            .has_flag(class_flag::EXCEPTION_SUBCLASS)
            && exception.payload::<Exception>().is_none()
        {
            let _ = writeln!(
                self.out,
                "{margin}TypeError: print_exception(): Exception expected for value, {} found",
                vm.class_name(exception)
            );
            return;
        }
        let traceback = exception
            .payload::<Exception>()
            .and_then(|e| e.traceback.get());
        if let Some(traceback) = traceback.filter(|t| !t.is_none()) {
            let lines = format_traceback(vm, &traceback, &margin);
            if !lines.is_empty() {
                let (margin, title) = match self.is_group(exception) {
                    true if self.depth == 1 => (self.indent() + "+ ", "Exception Group Traceback"),
                    true => (margin.clone(), "Exception Group Traceback"),
                    false => (margin.clone(), "Traceback"),
                };
                let _ = writeln!(self.out, "{margin}{title} (most recent call last):");
                self.out.push_str(&lines);
            }
        }
        let message = self.syntax_error(exception, &margin);
        let _ = write!(
            self.out,
            "{margin}{}",
            class_title(vm, vm.class_of(exception).as_value())
        );
        match message {
            Some(message) if message.is_none() => {}
            Some(message) => self.write_message(&message),
            None => self.write_message(exception),
        }
        if let Some(hint) = suggestion(vm, exception) {
            self.out.push_str(&hint);
        }
        self.out.push('\n');
        self.notes(exception, &margin);
    }

    fn write_message(&mut self, value: &Value) {
        match self.vm.quietly(self.vm.str_string(value)) {
            None => self.out.push_str(": <exception str() failed>"),
            Some(text) if text.is_empty() => {}
            Some(text) => {
                let _ = write!(self.out, ": {text}");
            }
        }
    }

    /// File, line and text of a `SyntaxError`; returns its message, None for other exceptions.
    fn syntax_error(&mut self, exception: &Value, margin: &str) -> Option<Value> {
        let vm = self.vm;
        vm.quiet_attr(exception, "print_file_and_line")?;
        let number = |name: &str| {
            vm.quiet_attr(exception, name)
                .and_then(|v| v.as_int().and_then(|i| i.to_i64()))
        };
        let message = vm.quiet_attr(exception, "msg")?;
        let file = vm.quiet_attr(exception, "filename")?;
        let file = if file.is_none() {
            "<string>".to_owned()
        } else {
            vm.quietly(vm.str_string(&file))?
        };
        let line = number("lineno")?;
        let _ = writeln!(self.out, "{margin}  File \"{file}\", line {line}");
        let text = vm.quiet_attr(exception, "text");
        if let Some(text) = text.as_ref().and_then(Value::payload::<Str>) {
            let text = text.to_display();
            // Of what is no plain SyntaxError only the beginning is marked.
            let end = if !vm.class_of(exception).is(&vm.types.exceptions.syntax_error) {
                -1
            } else if number("end_lineno").is_some_and(|end| end > line) {
                text.len() as i64
            } else {
                number("end_offset").unwrap_or(-1)
            };
            write_error_text(self.out, &text, number("offset").unwrap_or(-1), end, margin);
        }
        Some(message)
    }

    fn notes(&mut self, exception: &Value, margin: &str) {
        let vm = self.vm;
        let Some(notes) = vm
            .quiet_attr(exception, "__notes__")
            .filter(|n| !n.is_none())
        else {
            return;
        };
        let class = vm.class_of(&notes);
        let is_sequence = class.slots().sq_item.is_some()
            && !class.is_subclass_of(&vm.types.dict)
            && notes.payload::<Str>().is_none()
            && notes.payload::<Bytes>().is_none();
        if !is_sequence {
            let text = vm
                .quietly(vm.repr_string(&notes))
                .unwrap_or_else(|| "<__notes__ repr() failed>".to_owned());
            let _ = writeln!(self.out, "{margin}{text}");
            return;
        }
        for note in vm.quietly(vm.collect(&notes)).unwrap_or_default() {
            let text = vm
                .quietly(vm.str_string(&note))
                .unwrap_or_else(|| "<note str() failed>".to_owned());
            for line in text.split('\n') {
                let _ = writeln!(self.out, "{margin}{line}");
            }
        }
    }
}

/// The name of a class, with its module unless that is `builtins` or `__main__`.
pub(crate) fn class_title(vm: &Vm, class: &Value) -> String {
    let text = |name: &str| {
        vm.quiet_attr(class, name)
            .filter(|v| v.payload::<Str>().is_some())
            .map(|v| vm.display(&v))
    };
    let name = text("__qualname__").unwrap_or_else(|| "<unknown>".to_owned());
    match text("__module__") {
        None => format!("<unknown>.{name}"),
        Some(module) if module == "builtins" || module == "__main__" => name,
        Some(module) => format!("{module}.{name}"),
    }
}
