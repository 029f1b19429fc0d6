//! The heap as a page: a template with its own style and script, and the picture as JSON in it.

use std::fmt::Write;

use heap::{ArenaMap, PoolMap};

use super::snapshot::{GENERATIONS, Snapshot};

const TEMPLATE: &str = include_str!("page.html");
/// Where the data goes in the template.
const PLACE: &str = "/*DATA*/null";

/// With more blocks than this the page tells used from free, not what is in each.
const MOST_OWNERS: usize = 400_000;

const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/";

/// The page.
pub fn html(shot: &Snapshot) -> String {
    TEMPLATE.replacen(PLACE, &json(shot), 1)
}

fn json(shot: &Snapshot) -> String {
    let stats = &shot.stats;
    let with_owners = stats.allocated_blocks() <= MOST_OWNERS;
    let mut text = String::from("{");
    for (name, number) in [
        ("objects", shot.object_count()),
        ("objectBytes", shot.object_bytes()),
        ("blocks", stats.allocated_blocks()),
        ("bytes", stats.allocated_bytes()),
        ("arenaBytes", stats.arena_bytes()),
        ("arenasEver", stats.arenas_mapped),
        ("peak", stats.peak_bytes),
        ("largeCount", stats.large_count),
        ("largeBytes", stats.large_bytes),
        ("permanent", shot.permanent),
    ] {
        // Writing to a string cannot fail.
        let _ = write!(text, "\"{name}\":{number},");
    }
    let classes = stats
        .classes
        .iter()
        .filter(|class| class.pools > 0)
        .map(|class| {
            format!(
                "[{},{},{},{}]",
                class.size, class.pools, class.used, class.free
            )
        });
    let _ = write!(text, "\"classes\":[{}],", join(classes));
    let types = shot
        .types
        .iter()
        .map(|kind| format!("[{},{},{}]", quoted(&kind.name), kind.objects, kind.bytes));
    let _ = write!(text, "\"types\":[{}],", join(types));
    let generations = (0..GENERATIONS.len()).map(|index| {
        let frequent = shot.generation_types[index]
            .iter()
            .map(|(name, count)| format!("[{},{count}]", quoted(name)));
        format!(
            "{{\"name\":\"{}\",\"objects\":{},\"count\":{},\"threshold\":{},\"collections\":{},\"collected\":{},\"types\":[{}]}}",
            GENERATIONS[index],
            shot.generations[index],
            shot.counts[index],
            shot.thresholds[index],
            shot.collections[index].collections,
            shot.collections[index].collected,
            join(frequent)
        )
    });
    let _ = write!(text, "\"generations\":[{}],", join(generations));
    let arenas = shot.arenas.iter().map(|arena| {
        let pools = arena
            .pools
            .iter()
            .map(|pool| pool_json(shot, arena, pool, with_owners));
        format!(
            "{{\"number\":{},\"address\":\"{:#x}\",\"pools\":[{}]}}",
            arena.serial,
            shot.shown_address(arena, arena.address),
            join(pools)
        )
    });
    let _ = write!(text, "\"arenas\":[{}]}}", join(arenas));
    text
}

/// Index, block size, capacity, used, offset of the first block, and the blocks: `.` or `..` for a
/// free one, `#` or `##` for a used one, or the number of its type in two digits.
fn pool_json(shot: &Snapshot, arena: &ArenaMap, pool: &PoolMap, with_owners: bool) -> String {
    let mut blocks = String::new();
    for block in 0..pool.capacity {
        let address = pool.first_block + block * pool.block_size;
        let owner = shot
            .owner(address)
            .filter(|owner| owner.kind < DIGITS.len() * DIGITS.len());
        match (pool.is_used(block), owner) {
            (false, _) => blocks.push_str(if with_owners { ".." } else { "." }),
            (true, Some(owner)) if with_owners => {
                for digit in [owner.kind / DIGITS.len(), owner.kind % DIGITS.len()] {
                    blocks.push(DIGITS.get(digit).map_or('0', |&digit| char::from(digit)));
                }
            }
            (true, _) => blocks.push_str(if with_owners { "##" } else { "#" }),
        }
    }
    format!(
        "[{},{},{},{},{},\"{:#x}\",\"{blocks}\"]",
        pool.index,
        pool.block_size,
        pool.capacity,
        pool.used,
        pool.first_block - pool.address,
        shot.shown_address(arena, pool.address)
    )
}

fn join(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

/// A JSON string that may stand in a script.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '<' => quoted.push_str("\\u003c"),
            c if c < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
