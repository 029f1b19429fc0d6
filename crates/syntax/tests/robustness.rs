//! Inputs of extreme size or depth end in a result or an error, on a stack of 16 MB.

use syntax::{Mode, ParseOptions, Source, SyntaxErrorKind};

fn on_main_stack(f: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(f)
        .unwrap()
        .join()
        .unwrap();
}

fn outcome(text: &str) -> Result<(), (SyntaxErrorKind, String)> {
    let source = Source::from_text(text).map_err(|e| (e.kind, e.msg))?;
    match syntax::parse(&source, Mode::Exec, ParseOptions::default()) {
        Ok(_) => Ok(()),
        Err(e) => Err((e.kind, e.msg)),
    }
}

fn kind(text: &str) -> Option<SyntaxErrorKind> {
    outcome(text).err().map(|(kind, _)| kind)
}

#[test]
fn deep_nesting_is_an_error() {
    on_main_stack(|| {
        for open in ["(", "[", "{", "f(", "x["] {
            let (kind, msg) = outcome(&open.repeat(100_000)).unwrap_err();
            assert_eq!(
                (kind, &*msg),
                (SyntaxErrorKind::Syntax, "too many nested parentheses")
            );
        }
        for prefix in ["-", "not ", "lambda: ", "a if b else ", "a ** "] {
            let text = prefix.repeat(100_000) + "x";
            assert_eq!(kind(&text), Some(SyntaxErrorKind::Memory), "{prefix}");
        }
        for suffix in [".a", "()", "[0]", "+1", " | b", " * c"] {
            let text = "x".to_owned() + &suffix.repeat(1_000_000);
            assert_eq!(kind(&text), Some(SyntaxErrorKind::Recursion), "{suffix}");
        }
        let elifs = "if a: b\n".to_owned() + &"elif c: d\n".repeat(100_000);
        assert_eq!(kind(&elifs), Some(SyntaxErrorKind::Memory));
        let blocks: String = (0..101)
            .map(|i| format!("{}if x:\n", " ".repeat(i)))
            .collect();
        assert_eq!(kind(&blocks), Some(SyntaxErrorKind::Indentation));
    });
}

#[test]
fn the_deepest_trees_of_cpython_are_accepted() {
    on_main_stack(|| {
        for prefix in ["-", "not ", "lambda: ", "a if b else "] {
            assert_eq!(outcome(&(prefix.repeat(2980) + "x")), Ok(()));
        }
        for suffix in [".a", "+1", "()", "[0]"] {
            assert_eq!(outcome(&("x".to_owned() + &suffix.repeat(2980))), Ok(()));
        }
        assert_eq!(outcome(&("[".repeat(200) + &"]".repeat(200))), Ok(()));
    });
}

#[test]
fn wrong_deep_texts_are_diagnosed() {
    on_main_stack(|| {
        for (open, close) in [("[", "]"), ("(", ")"), ("f(", ")")] {
            let text = open.repeat(198) + "x y" + &close.repeat(198);
            let (_, msg) = outcome(&text).unwrap_err();
            assert_eq!(msg, "invalid syntax. Perhaps you forgot a comma?");
        }
        assert_eq!(
            outcome(&("-".repeat(2900) + "x y")).unwrap_err().1,
            "invalid syntax"
        );
    });
}

#[test]
fn large_flat_texts_are_read() {
    on_main_stack(|| {
        let texts = [
            format!("x = [{}]", "1,".repeat(1_000_000)),
            format!("x = {{{}}}", "1: 'a',".repeat(300_000)),
            format!("x{}", " and x".repeat(300_000)),
            format!("x{}", " < x".repeat(300_000)),
            "'a' ".repeat(300_000),
            format!("f'{}'", "{x}".repeat(100_000)),
            format!("{}y", "x = ".repeat(300_000)),
            format!("'{}'", "a".repeat(10_000_000)),
            "a".repeat(10_000_000),
            format!("0x{}", "f".repeat(1_000_000)),
            format!("match x:\n case {}1: pass", "1 | ".repeat(300_000)),
            "\\\n".repeat(300_000) + "x",
        ];
        for text in texts {
            assert_eq!(outcome(&text), Ok(()), "{text:.40}");
        }
    });
}

#[test]
fn huge_decimals_are_refused_as_in_cpython() {
    let (kind, msg) = outcome(&"1".repeat(4301)).unwrap_err();
    assert_eq!(kind, SyntaxErrorKind::Syntax);
    let start = "Exceeds the limit (4300 digits) for integer string conversion: value has 4301";
    assert!(msg.starts_with(start), "{msg}");
    assert_eq!(outcome(&"1".repeat(4300)), Ok(()));
}
