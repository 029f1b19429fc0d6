//! When a prompt asks for more lines; the answers are those of Python's `codeop`.

use syntax::{Completeness, Mode, completeness};

fn judge(text: &str) -> &'static str {
    match completeness(text, Mode::Single) {
        Completeness::Complete => "complete",
        Completeness::Incomplete => "incomplete",
        Completeness::Invalid(_) => "invalid",
    }
}

#[test]
fn prompt_input_is_judged_as_by_codeop() {
    let complete = [
        "",
        "   ",
        "# c",
        "x = 1",
        "x = 1; y",
        "if x: y\n",
        "if x:\n  y\n",
        "def f(): pass\n",
        "(1,\n2)",
        "'''a\nb'''",
        "x\\\n+1",
    ];
    let incomplete = [
        "if x:",
        "if x: y",
        "if x:\n  y",
        "def f():",
        "class A:\n  x = 1",
        "(1,",
        "[",
        "f(a,\nb",
        "'''a",
        "@d",
        "x = \\",
        "for x in y:\n  if z:",
        "try:",
        "try:\n  x",
        "try:\n  x\nexcept A:",
        "with a:",
        "match x:",
        "while 1:\n  pass",
        "{'a': 1,",
        "if x:\n  pass\nelse:",
        "def f(",
        "x +\\",
        "f'{",
        "f'''{",
        "a = {",
        "x = 'a\\",
    ];
    let invalid = [
        "x y",
        "1 +",
        ")",
        "'abc",
        "(]",
        "if",
        "x = 1\ny = 2",
        "return = 1",
        "  x",
        "def f(:",
        "if x:\n  y\nz",
        "if x:\ny",
        "for",
        "lambda",
        "def",
        "f'''{x}",
        "f'''",
    ];
    for text in complete {
        assert_eq!(judge(text), "complete", "{text:?}");
    }
    for text in incomplete {
        assert_eq!(judge(text), "incomplete", "{text:?}");
    }
    for text in invalid {
        assert_eq!(judge(text), "invalid", "{text:?}");
    }
}
