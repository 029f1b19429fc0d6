//! Compiles the modules in `lib/` to code objects, so that importing one reads neither a file nor
//! source text.
//!
//! All code lies in one file and all texts in another, and a table of the modules, sorted by name,
//! says where: what programs need of it while they run is then not strewn over megabytes of
//! constants that they do not.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=lib");
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("lib");
    let target = PathBuf::from(variable("OUT_DIR"));
    let mut files = Vec::new();
    collect(&root, &mut files);
    let mut modules: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|file| (module_name(&root, &file), file))
        .collect();
    modules.sort();
    let (mut codes, mut texts) = (Vec::new(), Vec::new());
    let mut table = String::from("&[\n");
    for (name, file) in &modules {
        let package = file.ends_with("__init__.py");
        let path = file
            .strip_prefix(&root)
            .unwrap_or(file)
            .display()
            .to_string();
        let text = std::fs::read(file).unwrap_or_else(|error| panic!("{path}: {error}"));
        let code = append(&mut codes, &compile(file, &path, &text));
        let text = append(&mut texts, &text);
        writeln!(
            table,
            "    Entry {{ name: {name:?}, file: {path:?}, package: {package}, \
             code: {code:?}, text: {text:?} }},"
        )
        .expect("writing to a string");
    }
    table.push_str("]\n");
    write(&target.join("modules.rs"), table.as_bytes());
    write(&target.join("modules.code"), &codes);
    write(&target.join("modules.text"), &texts);
}

/// Where the bytes lie in what they were appended to.
fn append(all: &mut Vec<u8>, bytes: &[u8]) -> std::ops::Range<u32> {
    let place = |length: usize| u32::try_from(length).expect("a library of less than 4 GiB");
    let start = place(all.len());
    all.extend_from_slice(bytes);
    start..place(all.len())
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            files.push(path);
        }
    }
}

fn module_name(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).unwrap_or(file).with_extension("");
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    match &parts[..] {
        [package @ .., last] if last == "__init__" => package.join("."),
        parts => parts.join("."),
    }
}

fn compile(file: &Path, path: &str, text: &[u8]) -> Vec<u8> {
    let shown = format!("<library>/{path}");
    let fail = |line: String| -> ! { panic!("{}: {line}", file.display()) };
    let source =
        syntax::Source::from_file(text, &shown).unwrap_or_else(|error| fail(format!("{error:?}")));
    let parsed = syntax::parse(&source, syntax::Mode::Exec, syntax::ParseOptions::default())
        .unwrap_or_else(|error| fail(format!("{error:?}")));
    let options = compiler::Options {
        from_file: true,
        ..compiler::Options::default()
    };
    let compiled = compiler::compile(&parsed.module, &shown, &source, options)
        .unwrap_or_else(|error| fail(format!("{error:?}")));
    bytecode::marshal::to_bytes(&compiled.code)
}
