//! What interpreters leave behind.  Alone in its process, since it looks at the memory of all of it.

use ouro::{Config, Error, Interpreter};

fn python() -> Interpreter {
    Interpreter::new(Config::default())
}

/// Bytes of memory and of address space the process has.
fn process_bytes() -> (usize, usize) {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let mut pages = text
        .split(' ')
        .filter_map(|word| word.parse::<usize>().ok());
    let (space, resident) = (pages.next().unwrap_or(0), pages.next().unwrap_or(0));
    (resident * 4096, space * 4096)
}

#[test]
fn dropped_interpreters_give_their_memory_back() -> Result<(), Error> {
    let run = || -> Result<(), Error> {
        let python = python();
        python.register("twice", |n: i64| n * 2);
        python.exec(
            "import json, re, threading
class Node: pass
ring = [Node() for _ in range(1000)]
for a, b in zip(ring, ring[1:] + ring[:1]): a.next = b
texts = [str(twice(i)) * 100 for i in range(1000)]",
        )
    };
    for _ in 0..5 {
        run()?;
    }
    let (resident, space) = process_bytes();
    for _ in 0..50 {
        run()?;
    }
    let (resident_after, space_after) = process_bytes();
    assert!(
        resident_after < resident + (16 << 20) && space_after < space + (1 << 30),
        "{resident} {space} bytes became {resident_after} {space_after}"
    );
    Ok(())
}
