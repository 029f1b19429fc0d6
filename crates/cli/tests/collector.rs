//! What the collector does, as snapshots: every script of `tests/memory/collector` runs in
//! deterministic mode with `--gc-trace`; its output and the line of each collection are compared
//! with `tests/snapshots/collector/NAME.snap`.
//!
//! A script begins with `gc.collect(); gc.freeze()`, so that only its own objects are examined.  The
//! collections up to that one and those of the shutdown depend on the library and are left out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn run(script: &Path, switches: &[&str]) -> (String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_ouro"))
        .arg("--deterministic")
        .args(switches)
        .arg(script.file_name().expect("a script has a name"))
        .current_dir(script.parent().expect("a script lies in a folder"))
        .env_clear()
        .output()
        .expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&done.stdout), text(&done.stderr))
}

/// Output and trace of a script, the collections numbered from its first own one.
fn observe(script: &Path) -> String {
    let (stdout, stderr) = run(script, &["--gc-trace"]);
    let mut text = stdout;
    text.push_str("--- collections\n");
    let mut number = 0;
    let mut begun = false;
    for line in stderr.lines() {
        let Some(rest) = line.strip_prefix("{\"collection\":") else {
            // Errors belong to what happened.
            let _ = writeln!(text, "{line}");
            continue;
        };
        if rest.contains("\"cause\":\"shutdown\"") {
            continue;
        }
        if begun {
            number += 1;
            let record = rest.split_once(',').map_or("", |(_, record)| record);
            let _ = writeln!(text, "{number} {{{record}");
        }
        begun |= rest.contains("\"cause\":\"explicit\"");
    }
    text
}

#[test]
fn collections_are_as_recorded() {
    let folder = root()
        .join("memory/collector")
        .canonicalize()
        .expect("the scripts are there");
    let mut scripts: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder is readable")
        .map(|entry| entry.expect("the folder is readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    scripts.sort();
    assert!(
        scripts.len() >= 60,
        "there are only {} scripts",
        scripts.len()
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots/collector"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for script in scripts {
            let name = script
                .file_stem()
                .expect("a script has a name")
                .to_string_lossy();
            let observed = observe(&script);
            insta::assert_snapshot!(name.as_ref(), observed);
        }
    });
}

/// Ids, reprs, hashes, clocks, random numbers, heap maps and traces repeat exactly.
#[test]
fn deterministic_runs_repeat() {
    let folder = std::env::temp_dir().join(format!("ouro-deterministic-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let script = folder.join("everything.py");
    fs::write(
        &script,
        "import gc, ouro, posix, time\n\
         class Node: pass\n\
         nodes = [Node() for _ in range(1000)]\n\
         print(nodes[7], id(nodes), id([0] * 5000), hash('text'), hash(Node), {Node() for _ in range(5)})\n\
         print(time.time(), time.monotonic(), time.perf_counter_ns(), time.localtime(), posix.urandom(8))\n\
         time.sleep(3600)\n\
         print(time.time(), set('abcdefgh'))\n\
         nodes[0].me = nodes[0]\n\
         print(ouro.layout(nodes[3]), ouro.explain(nodes[4]))\n\
         del nodes[:500]\n\
         print(gc.collect())\n\
         print(ouro.heap(), ouro.heap().html())\n",
    )
    .expect("the script is writable");
    let first = run(&script, &["--gc-trace"]);
    assert!(first.0.contains("Node object at 0x"), "{}", first.1);
    for _ in 0..3 {
        assert!(run(&script, &["--gc-trace"]) == first, "two runs differ");
    }
    fs::remove_dir_all(&folder).expect("the temporary folder goes");
}

/// The objects' blocks add up to what the heap has given out, and what `sys.getsizeof` tells of each object that can
/// be reached is the room of its blocks.
#[test]
fn sizes_add_up_to_the_heap() {
    let folder = std::env::temp_dir().join(format!("ouro-sizes-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    let script = folder.join("sizes.py");
    fs::write(
        &script,
        "import collections, functools, ouro, weakref\n\
         class Node:\n    pass\n\
         class Slotted:\n    __slots__ = ('a', 'b')\n\
         def gen():\n    yield\n\
         keep = [Node() for _ in range(500)] + [Slotted() for _ in range(500)]\n\
         for i, node in enumerate(keep[:500]):\n    node.a, node.b, node.c = i, [i], {i: str(i)}\n\
         keep[0].__dict__\n\
         for i in range(25):\n    setattr(keep[1], f'x{i}', i)\n\
         more = [list(range(100)), set(range(50)), bytearray(1000), 'x' * 3000, 10 ** 500, gen(), lambda: keep]\n\
         heap = ouro.heap()\n\
         print(heap.bytes - heap.object_bytes)\n\
         import gc, sys\n\
         seen, queue = {}, gc.get_objects()\n\
         while queue:\n    found = queue.pop()\n    \
             if id(found) not in seen:\n        seen[id(found)] = found\n        \
                 queue += gc.get_referents(found)\n\
         rooms = lambda x: sum(block['room'] for block in ouro.layout(x).blocks) or 8\n\
         print(len(seen) > 1000, [x for x in list(seen.values()) \
             if x is not seen and x is not queue and rooms(x) != sys.getsizeof(x)])\n",
    )
    .expect("the script is writable");
    let (stdout, stderr) = run(&script, &[]);
    assert_eq!(stdout, "0\nTrue []\n", "{stderr}");
    fs::remove_dir_all(&folder).expect("the temporary folder goes");
}
