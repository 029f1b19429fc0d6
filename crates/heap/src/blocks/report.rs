//! The text of `sys._debugmallocstats`, in CPython's layout.

use std::fmt::{self, Write};

use super::arena::ARENA_SIZE;
use super::pool::POOL_SIZE;
use super::size_class::SMALL_MAX;
use super::stats::HeapStats;

impl HeapStats {
    /// Writes the statistics as CPython's allocator does.
    pub fn write_malloc_stats(&self, out: &mut dyn Write) -> fmt::Result {
        let classes = self.classes.len();
        writeln!(
            out,
            "Small block threshold = {SMALL_MAX}, in {classes} size classes.\n"
        )?;
        writeln!(
            out,
            "class   size   num pools   blocks in use  avail blocks"
        )?;
        writeln!(
            out,
            "-----   ----   ---------   -------------  ------------"
        )?;
        for (index, class) in self.classes.iter().enumerate() {
            if class.pools > 0 {
                let (size, pools) = (class.size, class.pools);
                let (used, free) = (class.used, class.free);
                writeln!(out, "{index:5} {size:6} {pools:11} {used:15} {free:13}")?;
            }
        }
        writeln!(out)?;
        line(out, "# arenas allocated total", self.arenas_mapped)?;
        line(out, "# arenas reclaimed", self.arenas_reclaimed())?;
        line(out, "# arenas highwater mark", self.arenas_highwater)?;
        line(out, "# arenas allocated current", self.arenas)?;
        let label = format!("{} arenas * {ARENA_SIZE} bytes/arena", self.arenas);
        line(out, &label, self.arena_bytes())?;
        writeln!(out)?;
        line(out, "# bytes in allocated blocks", self.small_bytes())?;
        line(out, "# bytes in available blocks", self.available_bytes())?;
        let label = format!("{} unused pools * {POOL_SIZE} bytes", self.free_pools);
        line(out, &label, self.free_pools * POOL_SIZE)?;
        line(out, "# bytes lost to pool headers", self.header_bytes)?;
        line(out, "# bytes lost to quantization", self.quantization_bytes)?;
        line(out, "# bytes lost to arena alignment", 0)?;
        line(out, "Total", self.arena_bytes())?;
        writeln!(out)?;
        line(out, "# large blocks", self.large_count)?;
        line(out, "# bytes in large blocks", self.large_bytes)
    }
}

/// A label padded to 35 columns, and a number with commas in 20.
fn line(out: &mut dyn Write, label: &str, number: usize) -> fmt::Result {
    writeln!(out, "{label:<35}={:>21}", with_commas(number))
}

fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_aligned() {
        assert_eq!(with_commas(0), "0");
        assert_eq!(with_commas(999), "999");
        assert_eq!(with_commas(1_234_567), "1,234,567");
        let mut text = String::new();
        line(&mut text, "# arenas allocated total", 2).unwrap();
        assert_eq!(
            text,
            "# arenas allocated total           =                    2\n"
        );
    }
}
