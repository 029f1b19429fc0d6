//! `--stats`: what is counted is what ran, and counting changes nothing that a program sees.

use std::process::Command;

const PROGRAM: &str = "\
import weakref

class Point:
    def __init__(self, x):
        self.x = x

def total(n):
    sum = 0
    for i in range(n):
        sum += Point(i).x
    return sum

print(total(1000))
f = weakref.ref(total, lambda ref: print('gone'))
del total
print(f())
try:
    [].missing
except AttributeError as error:
    print(error)
";

fn run(switches: &[&str]) -> (String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_ouro"))
        .args(switches)
        .args(["-c", PROGRAM])
        .env_clear()
        .output()
        .expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&done.stdout), text(&done.stderr))
}

/// The count at the beginning of the first line that ends so.
fn count(stats: &str, ending: &str) -> u64 {
    let line = stats.lines().find(|line| line.ends_with(ending));
    let word = line.and_then(|line| line.split_whitespace().next());
    word.and_then(|word| word.parse().ok()).unwrap_or(0)
}

#[test]
fn counts_are_those_of_the_program() {
    let (_, stats) = run(&["--stats"]);
    assert_eq!(count(&stats, "  FOR_ITER (range)"), 1000, "{stats}");
    assert!(count(&stats, "  CALL (class)") >= 900, "{stats}");
    assert!(count(&stats, "  STORE_ATTR (slot)") >= 900, "{stats}");
    assert!(count(&stats, "%  32") >= 1000, "{stats}");
    for title in ["Pairs of instructions", "Specialisation", "Collections"] {
        assert!(stats.contains(title), "{stats}");
    }
    assert!(!stats.contains("(special)"), "a form has no name: {stats}");
}

#[test]
fn counting_changes_nothing() {
    let (plain, nothing) = run(&[]);
    let (counted, _) = run(&["--stats"]);
    assert_eq!(plain, counted);
    assert_eq!(nothing, "");
}
