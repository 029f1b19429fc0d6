//! The heap as text.

use std::fmt::Write;

use heap::{ArenaMap, PoolMap};

use super::snapshot::{GENERATIONS, POOLS, Snapshot, used_bytes};

/// Pools in a line of the map.
const COLUMNS: usize = 16;
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A number of bytes, short.
pub fn bytes(bytes: usize) -> String {
    match bytes {
        0..10_240 => format!("{bytes} B"),
        10_240..10_485_760 => format!("{} KiB", bytes / 1024),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

/// One line about everything.
pub fn summary(shot: &Snapshot) -> String {
    let stats = &shot.stats;
    format!(
        "{} arenas, {} pools, {} blocks, {} in objects",
        stats.arenas,
        stats.arenas * POOLS - stats.free_pools,
        stats.allocated_blocks(),
        bytes(shot.object_bytes())
    )
}

/// The whole map: arenas pool by pool, size classes, generations.
pub fn map(shot: &Snapshot) -> String {
    let mut text = format!("heap: {}\n", summary(shot));
    for arena in &shot.arenas {
        text.push('\n');
        arena_map(shot, arena, &mut text);
    }
    text.push('\n');
    size_classes(shot, &mut text);
    text.push('\n');
    text.push_str(&generations(shot));
    text
}

/// Each pool as its block size and how full it is, in eighths.
fn arena_map(shot: &Snapshot, arena: &ArenaMap, text: &mut String) {
    let used: usize = arena.pools.iter().map(used_bytes).sum();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "arena {} at {:#x}: {} of {POOLS} pools in use, {} of 256 KiB in blocks",
        arena.serial,
        shot.shown_address(arena, arena.address),
        arena.pools.len(),
        bytes(used)
    );
    let mut cells: Vec<String> = vec!["   ·".to_owned(); POOLS];
    for pool in &arena.pools {
        if let Some(cell) = cells.get_mut(pool.index) {
            *cell = format!("{:3}{}", pool.block_size, fill(pool));
        }
    }
    for line in cells.chunks(COLUMNS) {
        let _ = writeln!(text, "  {}", line.join(" "));
    }
}

fn fill(pool: &PoolMap) -> char {
    let eighths = (pool.used * 8).div_ceil(pool.capacity.max(1));
    EIGHTHS.get(eighths).copied().unwrap_or('█')
}

fn size_classes(shot: &Snapshot, text: &mut String) {
    text.push_str("size class   pools    used    free   fill\n");
    for class in shot.stats.classes.iter().filter(|class| class.pools > 0) {
        let fill = 100 * class.used / (class.used + class.free).max(1);
        let _ = writeln!(
            text,
            "{:8} B {:7} {:7} {:7} {fill:5}%",
            class.size, class.pools, class.used, class.free
        );
    }
    let _ = writeln!(
        text,
        "larger: {} blocks, {}",
        shot.stats.large_count,
        bytes(shot.stats.large_bytes)
    );
}

/// The generations, a line each.
pub fn generations(shot: &Snapshot) -> String {
    let mut text =
        String::from("generation   objects   count   threshold   collections   collected\n");
    for (index, name) in GENERATIONS.iter().enumerate() {
        let _ = writeln!(
            text,
            "{index} {name:<8} {:9} {:7} {:11} {:13} {:11}",
            shot.generations[index],
            shot.counts[index],
            shot.thresholds[index],
            shot.collections[index].collections,
            shot.collections[index].collected
        );
    }
    let _ = writeln!(text, "permanent  {:9}", shot.permanent);
    text
}
