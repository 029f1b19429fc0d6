//! Compiles the modules in `lib/` to code objects, so that importing one reads neither a file nor
//! source text.
//!
//! Writes each module's code to a file and a table of all modules, sorted by name, that includes
//! those files and the texts.

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
    let mut table = String::from("&[\n");
    for (name, file) in &modules {
        let package = file.ends_with("__init__.py");
        let path = file
            .strip_prefix(&root)
            .unwrap_or(file)
            .display()
            .to_string();
        let code = target.join(format!("{name}.code"));
        compile(file, &path, &code);
        writeln!(
            table,
            "    LibraryModule {{ name: {name:?}, file: {path:?}, package: {package}, \
             code: include_bytes!({code:?}), source: include_str!({file:?}) }},"
        )
        .expect("writing to a string");
    }
    table.push_str("]\n");
    write(&target.join("modules.rs"), table.as_bytes());
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

fn compile(file: &Path, path: &str, target: &Path) {
    let shown = format!("<library>/{path}");
    let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let fail = |line: String| -> ! { panic!("{}: {line}", file.display()) };
    let source = syntax::Source::from_file(&bytes, &shown)
        .unwrap_or_else(|error| fail(format!("{error:?}")));
    let parsed = syntax::parse(&source, syntax::Mode::Exec, syntax::ParseOptions::default())
        .unwrap_or_else(|error| fail(format!("{error:?}")));
    let options = compiler::Options {
        from_file: true,
        ..compiler::Options::default()
    };
    let compiled = compiler::compile(&parsed.module, &shown, &source, options)
        .unwrap_or_else(|error| fail(format!("{error:?}")));
    write(target, &bytecode::marshal::to_bytes(&compiled.code));
}
