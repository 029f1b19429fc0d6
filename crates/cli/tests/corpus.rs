//! Runs every script of `tests/` and compares it with what CPython 3.12.1 printed.
//!
//! A script `NAME.py` has its recorded stdout in `NAME.out`; in `tests/errors` also its stderr in
//! `NAME.err`. The status is in `NAME.status` where it is not zero. `scripts/record` writes these
//! files, `scripts/corpus` does the same comparison faster for daily work.
//!
//! The corpus runs three times: as it is, with a collection at every safe point, and without any
//! automatic collection. Nothing but the schedule may change, so the output must not. Scripts whose
//! subject is the schedule itself say so in a leading `# no-stress: why` line.
//!
//! Each run ends with `OURO_HEAP_CHECK`: the heap is validated while all objects are alive and after
//! everything was torn down, when no block may be left. `tests/heap_exceptions.txt` names the scripts
//! that cannot do without, with reasons.
//!
//! `tests/known_failures.txt` names the scripts that are known to differ. It can only shrink: a
//! script that fails without being listed is an error, and so is a listed one that agrees in all
//! three runs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const FOLDERS: [&str; 5] = ["lang", "types", "errors", "memory", "stdlib"];
const TIME_LIMIT: Duration = Duration::from_secs(60);
const SHOWN_DIFFS: usize = 40;

/// The ways the corpus is run: what each is called, and its switches.
const MODES: [(&str, &[(&str, &str)]); 3] = [
    ("as it is", &[]),
    ("collecting at every safe point", &[("OURO_GC_STRESS", "1")]),
    ("without automatic collection", &[("OURO_GC_DISABLE", "1")]),
];

/// One test for all modes, one after the other: each uses every core already, scripts that write files
/// have fixed names for them, and only all three together tell whether a known failure is gone.
#[test]
fn corpus_agrees_with_cpython() {
    let scripts = all_scripts();
    assert!(!scripts.is_empty(), "the corpus is missing");
    let known = known_failures();
    let mut failed = BTreeSet::new();
    let mut complaints = String::new();
    for (mode, switches) in MODES {
        let mut chosen = scripts.clone();
        if !switches.is_empty() {
            chosen.retain(|script| !is_marked_no_stress(script));
        }
        let failures = run_all(&chosen, switches);
        failed.extend(failures.iter().map(|(script, _)| label(script)));
        let new: Vec<_> = failures
            .iter()
            .filter(|(script, _)| !known.contains(&label(script)))
            .collect();
        println!(
            "{mode}: {} of {} scripts agree",
            chosen.len() - failures.len(),
            chosen.len()
        );
        if !new.is_empty() {
            let _ = writeln!(complaints, "\n{mode}:\n{}", report(&new, chosen.len()));
        }
    }
    let repaired: Vec<_> = known.difference(&failed).cloned().collect();
    if !repaired.is_empty() {
        let _ = writeln!(
            complaints,
            "\nthese agree now; take them off tests/known_failures.txt (scripts/corpus --update-known):\n{}",
            repaired.join("\n")
        );
    }
    assert!(complaints.is_empty(), "the corpus differs\n{complaints}");
}

/// The names in `tests/known_failures.txt`.
fn known_failures() -> BTreeSet<String> {
    listed("known_failures.txt")
}

/// The names in a list of `tests/`, without what stands behind a colon.
fn listed(file: &str) -> BTreeSet<String> {
    let list = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests")
        .join(file);
    let text = fs::read_to_string(list).expect("the list is readable");
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split(':').next().unwrap_or(line).to_owned())
        .collect()
}

/// Runs scripts with the given environment switches; those that differ, with what differs.
fn run_all(scripts: &[PathBuf], switches: &[(&str, &str)]) -> Vec<(PathBuf, String)> {
    let unchecked = listed("heap_exceptions.txt");
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(script) = scripts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut switches = switches.to_vec();
                    if !unchecked.contains(&label(script)) {
                        switches.push(("OURO_HEAP_CHECK", "1"));
                    }
                    if let Err(complaint) = run_one(script, &switches) {
                        failures
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push((script.clone(), complaint));
                    }
                }
            });
        }
    });
    let mut failures = failures
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    failures.sort();
    failures
}

fn all_scripts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let root = root
        .canonicalize()
        .expect("the workspace has a tests folder");
    let mut scripts = Vec::new();
    for folder in FOLDERS {
        let Ok(entries) = fs::read_dir(root.join(folder)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("the tests folder is readable").path();
            if path.extension().is_some_and(|extension| extension == "py") {
                scripts.push(path);
            }
        }
    }
    scripts.sort();
    scripts
}

fn is_marked_no_stress(script: &Path) -> bool {
    let source = fs::read(script).expect("the script is readable");
    source
        .split(|&byte| byte == b'\n')
        .take_while(|line| line.starts_with(b"#"))
        .any(|line| line.starts_with(b"# no-stress:"))
}

/// Runs one script from its own folder and says how it differs from its recording.
fn run_one(script: &Path, switches: &[(&str, &str)]) -> Result<(), String> {
    let Ok(expected_stdout) = fs::read(script.with_extension("out")) else {
        return Err("not recorded (scripts/record)\n".to_string());
    };
    let expected_status = match fs::read_to_string(script.with_extension("status")) {
        Ok(text) => text.trim().parse().expect("a status file holds a number"),
        Err(_) => 0,
    };
    let (stdout, stderr, status) = run(script, switches)?;
    let mut complaint = String::new();
    if status != expected_status {
        let _ = writeln!(complaint, "  status {status}, expected {expected_status}");
    }
    if stdout != expected_stdout {
        complaint += &difference("stdout", &expected_stdout, &stdout);
    }
    let folder = script.parent().expect("a script lies in a folder");
    let stderr = normalise(&stderr, folder);
    if folder.ends_with("errors") {
        let expected_stderr = fs::read(script.with_extension("err")).unwrap_or_default();
        if stderr.as_bytes() != expected_stderr {
            complaint += &difference("stderr", &expected_stderr, stderr.as_bytes());
        }
    } else if !complaint.is_empty() {
        for line in stderr
            .lines()
            .rev()
            .take(4)
            .collect::<Vec<_>>()
            .iter()
            .rev()
        {
            let _ = writeln!(complaint, "  stderr: {line}");
        }
    }
    if complaint.is_empty() {
        Ok(())
    } else {
        Err(complaint)
    }
}

type Outcome = (Vec<u8>, Vec<u8>, i32);

fn run(script: &Path, switches: &[(&str, &str)]) -> Result<Outcome, String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ouro"))
        .arg(script.file_name().expect("a script has a name"))
        .current_dir(script.parent().expect("a script lies in a folder"))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .envs(switches.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("  cannot start: {error}\n"))?;
    let mut stdout_pipe = child.stdout.take().expect("stdout is piped");
    let mut stderr_pipe = child.stderr.take().expect("stderr is piped");
    let stdout_reader = thread::spawn(move || read_all(&mut stdout_pipe));
    let stderr_reader = thread::spawn(move || read_all(&mut stderr_pipe));
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| format!("  {error}\n"))? {
            break status;
        }
        if start.elapsed() > TIME_LIMIT {
            // Already gone is as good as killed.
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("  no end after {} s\n", TIME_LIMIT.as_secs()));
        }
        thread::sleep(Duration::from_millis(2));
    };
    let stdout = stdout_reader.join().expect("a reader does not panic");
    let stderr = stderr_reader.join().expect("a reader does not panic");
    Ok((stdout, stderr, shell_status(status)))
}

fn read_all(pipe: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A pipe that breaks ends the output there; the comparison shows it.
    let _ = pipe.read_to_end(&mut bytes);
    bytes
}

/// The status as a shell shows it: 128 and the signal's number for a death by signal.
fn shell_status(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status
        .code()
        .unwrap_or_else(|| 128 + status.signal().unwrap_or(0))
}

/// Makes paths relative to the script's folder and masks addresses, as `scripts/record` does.
fn normalise(stderr: &[u8], folder: &Path) -> String {
    let text = String::from_utf8_lossy(stderr).replace(&format!("{}/", folder.display()), "");
    let mut parts = text.split("0x");
    let mut result = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_hexdigit());
        result += if rest.len() < part.len() {
            "0xADDR"
        } else {
            "0x"
        };
        result += rest;
    }
    result
}

/// The first lines in which two outputs differ.
fn difference(what: &str, expected: &[u8], actual: &[u8]) -> String {
    let expected = String::from_utf8_lossy(expected);
    let actual = String::from_utf8_lossy(actual);
    let (expected, actual): (Vec<_>, Vec<_>) =
        (expected.lines().collect(), actual.lines().collect());
    let same = expected
        .iter()
        .zip(&actual)
        .take_while(|(a, b)| a == b)
        .count();
    let mut text = format!("  {what} differs from line {}:\n", same + 1);
    for line in expected.iter().skip(same).take(3) {
        let _ = writeln!(text, "    - {line}");
    }
    for line in actual.iter().skip(same).take(3) {
        let _ = writeln!(text, "    + {line}");
    }
    text
}

fn label(script: &Path) -> String {
    let folder = script
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let name = script.file_stem().unwrap_or_default();
    format!("{}/{}", folder.to_string_lossy(), name.to_string_lossy())
}

/// The differences of the first failing scripts, then the names of all, then the count, so that the
/// end of a long log tells most.
fn report(failures: &[&(PathBuf, String)], total: usize) -> String {
    let mut text = String::new();
    for (script, complaint) in failures.iter().take(SHOWN_DIFFS) {
        let _ = write!(text, "{}:\n{complaint}", label(script));
    }
    if failures.len() > SHOWN_DIFFS {
        let _ = writeln!(text, "... and {} more", failures.len() - SHOWN_DIFFS);
    }
    for folder in FOLDERS {
        let names: Vec<_> = failures
            .iter()
            .filter(|failure| {
                failure
                    .0
                    .parent()
                    .is_some_and(|parent| parent.ends_with(folder))
            })
            .map(|failure| failure.0.file_stem().unwrap_or_default().to_string_lossy())
            .collect();
        if !names.is_empty() {
            let _ = writeln!(text, "{folder} ({}): {}", names.len(), names.join(" "));
        }
    }
    let _ = writeln!(text, "{} of {total} scripts fail", failures.len());
    text
}
