//! The text of `--stats`: what the interpreter's counters say.

use std::fmt::Write;

use runtime::Vm;
use runtime::vm::statistics::Counts;

const FORMS_SHOWN: usize = 30;
const PAIRS_SHOWN: usize = 20;

/// What was counted since counting began; empty where nothing is counted.
pub fn text(vm: &Vm) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(vm, &mut out);
    out
}

fn write(vm: &Vm, out: &mut String) -> std::fmt::Result {
    if let Some(counts) = vm.interp.statistics.counts() {
        forms(&counts, out)?;
        pairs(&counts, out)?;
        specialisation(&counts, out)?;
    }
    allocations(vm, out)?;
    collector(vm, out)
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    }
}

fn forms(counts: &Counts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "Instructions: {} dispatched", counts.instructions)?;
    writeln!(out, "       count   share  so far  instruction and form")?;
    let mut sum = 0;
    for form in counts.forms.iter().take(FORMS_SHOWN) {
        sum += form.count;
        writeln!(
            out,
            "{:12} {:6.2}% {:6.2}%  {:?}{}",
            form.count,
            percent(form.count, counts.instructions),
            percent(sum, counts.instructions),
            form.opcode,
            form.name
                .map(|name| format!(" ({name})"))
                .unwrap_or_default(),
        )?;
    }
    writeln!(out)
}

fn pairs(counts: &Counts, out: &mut String) -> std::fmt::Result {
    let all: u64 = counts.pairs.iter().map(|pair| pair.2).sum();
    writeln!(out, "Pairs of instructions")?;
    writeln!(out, "       count   share  pair")?;
    for (first, second, count) in counts.pairs.iter().take(PAIRS_SHOWN) {
        let share = percent(*count, all);
        writeln!(out, "{count:12} {share:6.2}%  {first:?} {second:?}")?;
    }
    writeln!(out)
}

fn specialisation(counts: &Counts, out: &mut String) -> std::fmt::Result {
    writeln!(out, "Specialisation and inline caches")?;
    writeln!(
        out,
        "instruction              special        plain    hits  specialised  given up"
    )?;
    for entry in &counts.specialisation {
        let name = format!("{:?}", entry.opcode);
        writeln!(
            out,
            "{name:18} {:13} {:12} {:6.2}% {:12} {:9}",
            entry.hits,
            entry.plain,
            percent(entry.hits, entry.hits + entry.plain),
            entry.specialised,
            entry.missed,
        )?;
    }
    writeln!(out)
}

fn allocations(vm: &Vm, out: &mut String) -> std::fmt::Result {
    let counts = vm.heap.allocation_counts();
    let Some((large, small)) = counts.split_last() else {
        return Ok(());
    };
    let all: u64 = counts.iter().sum();
    writeln!(out, "Allocations: {all}")?;
    writeln!(out, "       count   share  block size")?;
    let sizes = vm.heap.stats().classes.map(|class| class.size.to_string());
    let classes = sizes.iter().map(String::as_str).zip(small);
    for (size, &count) in classes.chain([("large", large)]) {
        if count > 0 {
            writeln!(out, "{count:12} {:6.2}%  {size}", percent(count, all))?;
        }
    }
    writeln!(out)
}

fn collector(vm: &Vm, out: &mut String) -> std::fmt::Result {
    writeln!(out, "Collections")?;
    writeln!(
        out,
        "generation   number      examined     collected   seconds  longest"
    )?;
    for (generation, stats) in vm.heap.generation_stats().iter().enumerate() {
        writeln!(
            out,
            "{generation:10} {:8} {:13} {:13} {:9.6} {:8.6}",
            stats.collections,
            stats.examined,
            stats.collected,
            stats.nanoseconds as f64 / 1e9,
            stats.longest_nanoseconds as f64 / 1e9,
        )?;
    }
    writeln!(out)
}
