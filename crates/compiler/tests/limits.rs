//! Trees that are deep or wide: no native stack overflows, nothing is quadratic.

use syntax::{Mode, ParseOptions, Source, SyntaxErrorKind};

/// Compiles on the stack that the interpreter gives itself.
fn compile(text: String) -> Result<(), SyntaxErrorKind> {
    let run = move || {
        let source = Source::from_text(&text).expect("a text without null characters");
        let parsed = syntax::parse(&source, Mode::Exec, ParseOptions::default());
        let module = parsed.map_err(|e| e.kind)?.module;
        let options = compiler::Options::default();
        compiler::compile(&module, "<limits>", &source, options)
            .map(drop)
            .map_err(|e| e.kind)
    };
    let thread = std::thread::Builder::new().stack_size(16 << 20);
    let worker = thread.spawn(run).expect("a thread can be made");
    worker.join().expect("no panic")
}

#[test]
fn deep_expressions_compile_up_to_the_limit() {
    let chains = [
        ("a", "+a"),
        ("a", ".a"),
        ("a", "()"),
        ("a", "[0]"),
        ("a", " if a else a"),
    ];
    for (first, next) in chains {
        assert_eq!(compile(first.to_owned() + &next.repeat(2900)), Ok(()));
    }
    for prefix in ["-", "not ", "lambda: "] {
        assert_eq!(compile(prefix.repeat(2900) + "a"), Ok(()), "{prefix}");
    }
    for next in ["+a", ".a", "()"] {
        let text = "a".to_owned() + &next.repeat(4000);
        assert_eq!(compile(text), Err(SyntaxErrorKind::Recursion), "{next}");
    }
}

#[test]
fn brackets_nest_as_deeply_as_the_parser_lets_them() {
    let nest = |open: &str, inner: &str, close: &str| open.repeat(190) + inner + &close.repeat(190);
    for text in [
        nest("[", "x", "]"),
        nest("f(*[", "x", "])"),
        nest("[", "x", " for x in y]"),
        nest("(", "x", " for x in y)"),
        nest("[x for x in ", "y", "]"),
        nest("(a and b or ", "c", ")"),
        nest("(a < ", "b", ")"),
        nest("[", "x", "]") + " = y",
        format!("match x:\n case {}: pass", nest("[", "x", "]")),
    ] {
        // Only that nothing overflows is asked: some are too deep for the parser.
        let _ = compile(text);
    }
}

#[test]
fn wide_code_compiles_fast() {
    let numbered = |n: usize, item: &dyn Fn(usize) -> String| (0..n).map(item).collect::<String>();
    for text in [
        format!("x = [{}]", "a,".repeat(100_000)),
        format!("f({})", "a,".repeat(100_000)),
        format!("a{}", " and a".repeat(50_000)),
        "a = b + 1\n".repeat(50_000),
        numbered(20_000, &|i| format!("x{i} = {i}\n")),
        format!(
            "def f():\n{}",
            numbered(10_000, &|i| format!("  x{i} = {i}\n"))
        ),
        format!("def f():\n{}", "  if a: return 1\n".repeat(10_000)),
        format!(
            "def f():\n{}",
            numbered(3000, &|i| format!(
                "  try: x{} = 1\n  except: y = x{}\n",
                i % 60,
                i % 50
            ))
        ),
        format!(
            "def f():\n{}{}",
            numbered(2000, &|i| format!("  x{i} = 1\n")),
            numbered(2000, &|i| format!("  def g{i}(): return x{i}\n"))
        ),
        format!(
            "match x:\n{}",
            numbered(10_000, &|i| format!(" case {i}: a\n"))
        ),
        format!("x = ({}y)", "1 and ".repeat(20_000)),
    ] {
        assert_eq!(compile(text), Ok(()));
    }
}

/// A tree from outside may use a target as a value; that must not become unsound code.
#[test]
fn unsound_trees_are_rejected() {
    use syntax::ast::{ExprContext, ExprKind, Mod, StmtKind};
    let source = Source::from_text("f(x)").expect("a text without null characters");
    let parsed = syntax::parse(&source, Mode::Exec, ParseOptions::default());
    let mut module = parsed.expect("it parses").module;
    let Mod::Module(body) = &mut module else {
        unreachable!("a module was parsed");
    };
    let StmtKind::Expr { value } = &mut body[0].kind else {
        unreachable!("it is an expression");
    };
    let ExprKind::Call { args, .. } = &mut value.kind else {
        unreachable!("it is a call");
    };
    args[0].kind = ExprKind::Name {
        id: "x".into(),
        ctx: ExprContext::Store,
    };
    let options = compiler::Options {
        untrusted: true,
        ..compiler::Options::default()
    };
    assert!(compiler::compile(&module, "<tree>", &source, options).is_err());
}
