//! `--gc-trace`: a line for every collection.

use std::fmt::Write;

use heap::{Cause, CollectionRecord};

/// The form of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object.
    Json,
    /// For reading.
    Text,
}

impl Format {
    /// The line, with its newline, about the collection with this number.
    pub fn line(self, number: u64, record: &CollectionRecord) -> String {
        match self {
            Format::Json => json(number, record),
            Format::Text => text(number, record),
        }
    }
}

/// The name of a cause in traces.
fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Explicit => "explicit",
        Cause::Threshold => "threshold",
        Cause::Shutdown => "shutdown",
        Cause::Stress => "stress",
    }
}

fn json(number: u64, record: &CollectionRecord) -> String {
    let trash: Vec<String> = record
        .trash
        .iter()
        .map(|(name, count)| format!("{}:{count}", quoted(name)))
        .collect();
    let counts = |counts: [i32; 3]| format!("{counts:?}").replace(' ', "");
    let mut line = format!(
        "{{\"collection\":{number},\"cause\":\"{}\",\"generation\":{}",
        cause(record.cause),
        record.generation
    );
    for (name, count) in [
        ("examined", record.examined),
        ("reachable", record.reachable),
        ("unreachable", record.unreachable),
    ] {
        // Writing to a string cannot fail.
        let _ = write!(line, ",\"{name}\":{count}");
    }
    let _ = write!(line, ",\"trash\":{{{}}}", trash.join(","));
    for (name, count) in [
        ("finalized", record.finalized),
        ("resurrected", record.resurrected),
        ("weakrefs_cleared", record.weakrefs_cleared),
        ("callbacks", record.callbacks),
        ("collected", record.collected),
        ("moved", record.moved),
        ("untracked", record.untracked),
    ] {
        let _ = write!(line, ",\"{name}\":{count}");
    }
    let _ = writeln!(
        line,
        ",\"pause_ns\":{},\"counts_before\":{},\"counts_after\":{}}}",
        record.nanoseconds,
        counts(record.counts_before),
        counts(record.counts_after)
    );
    line
}

/// A class name as a JSON string.
fn quoted(name: &str) -> String {
    let mut quoted = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn text(number: u64, record: &CollectionRecord) -> String {
    let mut line = format!(
        "gc {number}: generation {}, {}: {} examined, {} reachable, {} unreachable",
        record.generation,
        cause(record.cause),
        record.examined,
        record.reachable,
        record.unreachable
    );
    if !record.trash.is_empty() {
        let trash: Vec<String> = record
            .trash
            .iter()
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        let _ = write!(line, " ({})", trash.join(", "));
    }
    for (count, what) in [
        (record.finalized, "finalised"),
        (record.resurrected, "resurrected"),
        (record.weakrefs_cleared, "weak references cleared"),
        (record.callbacks, "callbacks"),
        (record.moved, "moved"),
        (record.untracked, "untracked"),
    ] {
        if count > 0 {
            let _ = write!(line, ", {count} {what}");
        }
    }
    let counts = |[young, middle, old]: [i32; 3]| format!("{young} {middle} {old}");
    let _ = writeln!(
        line,
        "; {} collected in {} us; counts {} -> {}",
        record.collected,
        record.nanoseconds / 1000,
        counts(record.counts_before),
        counts(record.counts_after)
    );
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> CollectionRecord {
        CollectionRecord {
            generation: 2,
            cause: Cause::Explicit,
            examined: 12,
            reachable: 9,
            unreachable: 3,
            trash: vec![("No\"de".to_owned(), 2), ("dict".to_owned(), 1)],
            finalized: 1,
            resurrected: 0,
            weakrefs_cleared: 1,
            callbacks: 0,
            moved: 0,
            untracked: 0,
            collected: 3,
            nanoseconds: 2500,
            counts_before: [5, 1, 0],
            counts_after: [0, 0, 0],
        }
    }

    #[test]
    fn lines_tell_everything() {
        assert_eq!(
            Format::Json.line(7, &record()),
            "{\"collection\":7,\"cause\":\"explicit\",\"generation\":2,\"examined\":12,\
             \"reachable\":9,\"unreachable\":3,\"trash\":{\"No\\\"de\":2,\"dict\":1},\
             \"finalized\":1,\"resurrected\":0,\"weakrefs_cleared\":1,\"callbacks\":0,\
             \"collected\":3,\"moved\":0,\"untracked\":0,\"pause_ns\":2500,\
             \"counts_before\":[5,1,0],\"counts_after\":[0,0,0]}\n"
        );
        assert_eq!(
            Format::Text.line(7, &record()),
            "gc 7: generation 2, explicit: 12 examined, 9 reachable, 3 unreachable \
             (2 No\"de, 1 dict), 1 finalised, 1 weak references cleared; \
             3 collected in 2 us; counts 5 1 0 -> 0 0 0\n"
        );
    }
}
