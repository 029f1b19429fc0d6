//! What a program gets where the system has no memory left: MemoryError, and it goes on.

#![cfg(target_os = "linux")]

use std::process::Command;

/// Runs a program with so many KiB of address space.
fn run_within(kib: u32, program: &str) -> String {
    let done = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {kib}; exec \"$0\" -c \"$1\""))
        .arg(env!("CARGO_BIN_EXE_ouro"))
        .arg(program)
        .output()
        .expect("a shell");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{}", text(&done.stderr));
    text(&done.stdout)
}

#[test]
fn exhaustion_is_an_exception() {
    let program = r#"
def grow_objects():
    kept = []
    while True:
        kept.append([])

def grow_in_one_call():
    return "".join(map(str, range(10 ** 9)))

attempts = [
    grow_objects,
    grow_in_one_call,
    lambda: tuple(range(10 ** 9)),
    lambda: sorted(range(10 ** 9)),
    lambda: [i for i in range(10 ** 9)],
    lambda: {i: str(i) for i in range(10 ** 9)},
    lambda: __import__("collections").deque(range(10 ** 9)),
    lambda: "%*d" % (10 ** 9 * 2, 1),
    lambda: f"{1:0{10 ** 9 * 2}}",
    lambda: "a," * (5 * 10 ** 9),
    lambda: 1 << 10 ** 11,
    lambda: bytes(10 ** 8).hex() * 20,
    lambda: ("a" * 10 ** 8).encode("utf-32") * 5,
]
for attempt in attempts:
    try:
        attempt()
    except MemoryError:
        print("told")
print("alive")
"#;
    let printed = run_within(2_000_000, program);
    assert_eq!(printed, "told\n".repeat(13) + "alive\n");
}

/// Sizes that no program gets are refused one by one, in one process.
#[test]
fn sizes_beyond_all_memory_are_refused() {
    assert_eq!(
        run_within(500_000, include_str!("memory_sizes.py")),
        "alive\n"
    );
}

#[test]
fn a_small_address_space_holds_a_small_program() {
    assert_eq!(run_within(100_000, "print(sum(range(1000)))"), "499500\n");
}

/// Threads, too, take their share of it.
#[test]
fn a_small_address_space_holds_threads() {
    let program = "import threading
threads = [threading.Thread(target=print, args=('here\\n',), kwargs={'end': ''}) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]";
    assert_eq!(run_within(250_000, program), "here\n".repeat(4));
}
