//! Tells the linker how to lay the program out, so that as little of it as possible has to be in
//! memory (docs/decisions.md, "The executable").

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let manifest = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let order = manifest.join("hot_functions.ld");
    println!("cargo::rerun-if-changed={}", order.display());
    if variable("CARGO_CFG_TARGET_OS") != "linux" {
        return;
    }
    // At a fixed address nothing needs to be relocated when the program starts: the tables of types
    // and methods stay shared pages of the file.
    println!("cargo::rustc-link-arg-bins=-no-pie");
    if variable("PROFILE") != "release" {
        // Tools that look into the C library, and quick links, matter more.
        return;
    }
    // Functions that programs use lie together, those that every start runs first.
    println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", order.display());
    // Builds that keep functions nobody calls, such as those that count for a profile, keep some that only
    // the shared library has.
    println!("cargo::rerun-if-env-changed=OURO_SHARED_LIBC");
    let shared = std::env::var_os("OURO_SHARED_LIBC").is_some();
    let native = variable("HOST") == variable("TARGET");
    if variable("CARGO_CFG_TARGET_ENV") == "gnu" && native && !shared {
        link_statically();
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// Links the C library into the program where it is installed in that form: a shared one costs more than a
/// megabyte of memory and a third of the start.  Cargo offers no way to ask for this in one program
/// only, and the standard library names the shared libraries; so they are replaced, for this link, by
/// linker scripts that name the archives.
fn link_statically() {
    let libraries = ["c", "m", "pthread", "dl", "util", "rt"];
    let mut scripts = Vec::new();
    for library in libraries {
        let Some(archive) = archive(&format!("lib{library}.a")) else {
            return;
        };
        // Before 2.34 threads were a library of their own, which cannot be linked this simply.
        let own_threads = || std::fs::metadata(&archive).is_ok_and(|file| file.len() > 4096);
        if library == "pthread" && own_threads() {
            return;
        }
        scripts.push((library, format!("GROUP ( {} )\n", archive.display())));
    }
    let (Some(unwinder), Some(support)) = (archive("libgcc_eh.a"), archive("libgcc.a")) else {
        return;
    };
    let unwinder = format!("GROUP ( {} {} )\n", unwinder.display(), support.display());
    scripts.push(("gcc_s", unwinder));
    let folder = Path::new(&variable("OUT_DIR")).join("static");
    let written = std::fs::create_dir_all(&folder).and_then(|()| {
        scripts.iter().try_for_each(|(library, script)| {
            std::fs::write(folder.join(format!("lib{library}.so")), script)
        })
    });
    if let Err(error) = written {
        panic!("{}: {error}", folder.display());
    }
    println!("cargo::rustc-link-search=native={}", folder.display());
    println!("cargo::rustc-link-arg-bins=-static");
}

/// Where the compiler driver that will link finds an archive, if there is one.
fn archive(name: &str) -> Option<PathBuf> {
    let linker = std::env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let mut command = Command::new(linker);
    command.arg(format!("-print-file-name={name}"));
    let answer = command.output().ok()?;
    // The bare name is the answer where there is none.
    let path = PathBuf::from(String::from_utf8(answer.stdout).ok()?.trim());
    (path.is_absolute() && path.is_file()).then_some(path)
}
