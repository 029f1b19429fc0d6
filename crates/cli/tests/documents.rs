//! Documents run by the `ouro` command: cells, tracebacks, recorded output; and the project's own documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder of its own for a test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("documents-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the folder can be made");
        Folder(folder)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).expect("the file can be written");
        path.to_string_lossy().into_owned()
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("the file is there")
    }
}

/// Standard output, standard error and the status.
fn ouro(args: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_ouro"))
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be run");
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code().unwrap_or(-1),
    )
}

const MARKDOWN: &str = r#"# A document

```python
import sys
x = [1]
print(sys.getrefcount(x), sys.argv[1:])
```

- in a list

  ```python
  def f(a):
      return 1 / (a - a)
  f(3)
  ```

```python
print("after", x, __name__)
```
"#;

#[test]
fn cells_share_a_namespace_and_stop_at_the_first_that_raises() {
    let folder = Folder::new("run");
    let file = folder.write("d.md", MARKDOWN);
    let (out, err, status) = ouro(&[&file, "word"]);
    assert_eq!((out.as_str(), status), ("2 ['word']\n", 1));
    assert_eq!(
        err,
        format!(
            "Traceback (most recent call last):\n  \
               File \"{file}\", line 14, in <module>\n    f(3)\n  \
               File \"{file}\", line 13, in f\n    return 1 / (a - a)\n           ~~^~~~~~~~~\n\
             ZeroDivisionError: division by zero\n"
        )
    );
    let (out, _, status) = ouro(&["--keep-going", &file]);
    assert_eq!((out.as_str(), status), ("2 []\nafter [1] __main__\n", 1));
    let (out, _, status) = ouro(&[&file, "--cell", "1,3"]);
    assert_eq!((out.as_str(), status), ("2 []\nafter [1] __main__\n", 0));
    let (out, _, status) = ouro(&[&file, "--keep-going", "--marks"]);
    let marked = "#### cell 1\n2 []\n#### cell 2\n#### raised ZeroDivisionError: division by zero\n\
                  #### cell 3\nafter [1] __main__\n#### 3 cells, 1 raised\n";
    assert_eq!((out.as_str(), status), (marked, 1));
    let (out, _, status) = ouro(&["--list", &file]);
    let listed = "   1  line 4        3 lines  import sys\n   2  line 12       3 lines  def f(a):\n   \
                  3  line 18       1 line   print(\"after\", x, __name__)\n";
    assert_eq!((out.as_str(), status), (listed, 0));
}

#[test]
fn processes_with_fresh_interpreters_leave_the_document_alone() {
    let folder = Folder::new("spawn");
    let text = "```python\nimport multiprocessing as mp\n\
                with mp.get_context('spawn').Pool(1) as pool:\n    print(pool.map(abs, [-1, -2]))\n```\n";
    let (out, errors, status) = ouro(&[&folder.write("spawn.md", text)]);
    assert_eq!((out.as_str(), errors.as_str(), status), ("[1, 2]\n", "", 0));
}

#[test]
fn what_cannot_be_run_is_told() {
    let folder = Folder::new("refused");
    let refused = |args: &[&str], message: &str| {
        let (out, err, status) = ouro(args);
        assert_eq!((out.as_str(), status), ("", 2), "{args:?}: {err}");
        assert!(err.contains(message), "{args:?}: {err}");
    };
    let file = folder.write("d.md", MARKDOWN);
    refused(
        &[&file, "--cell", "4"],
        "d.md has 3 cells; there is no cell 4",
    );
    refused(
        &["--check", &file],
        "no output is recorded; --update records it",
    );
    refused(
        &["--list", "-c", "1"],
        "--list takes a document (.md, .txt, .ipynb)",
    );
    refused(&["--list", &folder.write("s.py", "1")], "which '");
    refused(
        &[&folder.write("e.md", "# Nothing")],
        "e.md: no Python cells",
    );
    refused(
        &[&folder.write("n.ipynb", "{\"cells\": [}")],
        "n.ipynb, line 1, column 12: not a notebook",
    );
    refused(
        &[&folder.write("o.ipynb", "{}")],
        "o.ipynb: not a notebook: it has no cells",
    );
    let (out, _, status) = ouro(&[&folder.write("program.txt", "print('plain')")]);
    assert_eq!((out.as_str(), status), ("plain\n", 0));
}

#[test]
fn recorded_output_is_compared_and_written() {
    let folder = Folder::new("check");
    let file = folder.write("d.md", MARKDOWN);
    let (out, _, status) = ouro(&["--update", "--keep-going", &file]);
    assert!(
        out.ends_with("d.md: 3 of 3 cells recorded anew\n") && status == 0,
        "{out}"
    );
    let recorded = folder.read("d.md");
    assert!(recorded.contains("```output\n2 []\n```\n"), "{recorded}");
    assert!(
        recorded
            .contains("  ```output\n  #### raised ZeroDivisionError: division by zero\n  ```\n"),
        "{recorded}"
    );
    let (_, _, status) = ouro(&["--check", "--keep-going", &file]);
    assert_eq!(status, 0);
    folder.write("d.md", &recorded.replace("2 []", "3 []"));
    let (out, _, status) = ouro(&["--check", "--keep-going", &file]);
    assert_eq!(status, 1);
    let shown = "d.md, line 4: cell 1\n  ...\n  -3 []\n  +2 []\n";
    assert!(
        out.contains(shown) && out.ends_with("d.md: 2 of 3 cells as recorded\n"),
        "{out}"
    );
    let (_, _, status) = ouro(&["--check", "--mask", r"\d \[", "--keep-going", &file]);
    assert_eq!(status, 0);
}

#[test]
fn records_may_lie_in_files() {
    let folder = Folder::new("record");
    let text = "Text\n\nIn [1]:\nx = object()\nprint(x)\n\nIn [None]:\nprint(type(x), end='')\n## End\nmore\n";
    let file = folder.write("export.txt", text);
    let (out, _, status) = ouro(&[&file]);
    assert!(
        out.starts_with("<object object at 0x") && status == 0,
        "{out}"
    );
    let (_, _, status) = ouro(&["--check", "--update", &file]);
    assert_eq!(status, 0);
    let recorded = folder.read("export.txt.out");
    assert!(
        recorded.starts_with("#### cell 1\n<object object at 0x"),
        "{recorded}"
    );
    assert!(
        recorded.ends_with(">\n#### cell 2\n<class 'object'>\n"),
        "{recorded}"
    );
    let (_, _, status) = ouro(&["--check", &file]);
    assert_eq!(status, 0);
    let other = folder.write(
        "other.out",
        "#### cell a.py\n<object object at 0x1>\n#### cell b.py\nno\n",
    );
    let (out, _, status) = ouro(&[&file, "--check", &other]);
    assert!(
        out.contains("  -no\n  +<class 'object'>\n") && status == 1,
        "{out}"
    );
}

#[test]
fn notebooks_show_values_and_take_outputs() {
    let folder = Folder::new("notebook");
    let text = r#"{
 "cells": [
  {"cell_type": "markdown", "source": ["text"]},
  {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null,
   "source": [
    "%matplotlib inline\n",
    "x = 3\n",
    "(x +\n",
    "  4)"
   ]},
  {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null,
   "source": [
    "print('é'); x;"
   ]},
  {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null,
   "source": "y = 1\ny / 0"}
 ],
 "metadata": {}, "nbformat": 4, "nbformat_minor": 5
}
"#;
    let file = folder.write("n.ipynb", text);
    let (out, err, status) = ouro(&[&file]);
    assert_eq!((out.as_str(), status), ("7\né\n", 1));
    assert!(
        err.contains(&format!(
            "File \"{file}[cell 3]\", line 2, in <module>\n    y / 0\n"
        )),
        "{err}"
    );
    let (_, err, _) = ouro(&[&file, "--cell", "2"]);
    assert!(
        err.contains(&format!("File \"{file}\", line 13, in <module>")),
        "{err}"
    );
    assert!(
        err.ends_with("NameError: name 'x' is not defined\n"),
        "{err}"
    );
    assert_eq!(ouro(&["--update", "--keep-going", &file]).2, 0);
    assert_eq!(ouro(&["--check", "--keep-going", &file]).2, 0);
    let written = folder.read("n.ipynb");
    assert!(
        written.contains("\"ename\": \"ZeroDivisionError\""),
        "{written}"
    );
}

/// The tour says what it prints.
#[test]
fn the_projects_documents_hold() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let tour = docs.join("tour.md");
    let (out, err, status) = ouro(&["--check", &tour.to_string_lossy()]);
    assert_eq!(status, 0, "{out}{err}");
}
