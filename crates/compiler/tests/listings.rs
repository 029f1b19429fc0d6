//! Listings of the code that each family of constructs compiles to, beside their source.

use std::path::Path;

use syntax::{Mode, ParseOptions, Source};

fn listing(family: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/listings/{family}.py"));
    let text = std::fs::read_to_string(path).expect("the family's source");
    let source = Source::from_text(&text).expect("a text without null characters");
    let parsed = syntax::parse(&source, Mode::Exec, ParseOptions::default()).expect("it parses");
    let options = compiler::Options::default();
    let compiled = compiler::compile(&parsed.module, "<listing>", &source, options);
    let code = compiled.expect("it compiles").code;
    format!("{text}\n{}", bytecode::disassemble::disassemble(&code))
}

macro_rules! listings {
    ($($family:ident)*) => {
        $(
            #[test]
            fn $family() {
                insta::assert_snapshot!(stringify!($family), listing(stringify!($family)));
            }
        )*

        #[test]
        fn every_source_has_its_test() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/listings");
            let count = std::fs::read_dir(folder).expect("the folder").count();
            assert_eq!(count, [$(stringify!($family)),*].len());
        }
    };
}

listings! {
    assignment
    async_code
    calls
    classes
    comprehensions
    conditions
    constants
    exceptions
    functions
    generators
    imports
    loops
    patterns
    strings
    type_params
    with_statements
}

/// The attributes that a method assigns on its first parameter tell how large instances become.
#[test]
fn methods_know_the_attributes_they_assign() {
    let text = "class C:\n def m(self, o):\n  self.a = 1\n  o.x = 2\n  self.__b, self.a = 3\n\
                \x20 for self.c in o: pass\n  self.d += 1\n";
    let source = Source::from_text(text).expect("a text without null characters");
    let parsed = syntax::parse(&source, Mode::Exec, ParseOptions::default()).expect("it parses");
    let options = compiler::Options::default();
    let compiled = compiler::compile(&parsed.module, "<listing>", &source, options);
    let module = compiled.expect("it compiles").code;
    let class = module.nested().next().expect("the class");
    let method = class.nested().next().expect("the method");
    let names: Vec<&str> = method.static_attributes.iter().map(|n| &**n).collect();
    assert_eq!(names, ["a", "_C__b", "c", "d"]);
}
