//! The embedding interface beyond the guide's examples.

use std::thread;
use std::time::Duration;

use ouro::{Config, Error, Interpreter, Object, with_stack};

fn python() -> Interpreter {
    Interpreter::new(Config::default())
}

#[test]
fn many_instructions_run_on_a_small_native_stack() {
    // If handlers called one another instead of jumping, a few thousand instructions would end here.
    let total = with_stack(512 << 10, || {
        let python = python();
        python
            .exec(
                "
def work(n):
    total = 0
    for i in range(n):
        if i & 1:
            total += i
        else:
            total -= 1
    return total
total = work(2_000_000)
",
            )
            .map_err(|error| error.to_string())?;
        python
            .get::<i64>("total")
            .map_err(|error| error.to_string())
    });
    assert_eq!(total, Ok(999_999_000_000 + 1_000_000 - 1_000_000));
}

#[test]
fn deep_native_recursion_raises_on_a_small_stack() {
    let class = with_stack(1 << 20, || {
        let python = python();
        let run = python.exec(
            "
class Loop:
    def __repr__(self):
        return repr(self)
repr(Loop())
",
        );
        match run {
            Err(Error::Script(error)) => error.class,
            other => format!("{other:?}"),
        }
    });
    assert_eq!(class, "RecursionError");
}

#[test]
fn interpreters_of_one_thread_are_apart() -> Result<(), Error> {
    let (first, second) = (python(), python());
    first.exec("x = ['first']")?;
    second.exec("x = ['second']")?;
    let kept: Object = first.get("x")?;
    second.exec("x.append(1)")?;
    assert_eq!(kept.extract::<Vec<String>>()?, ["first"]);
    assert_eq!(second.finalize(), 0);
    first.exec("x.append('more')")?;
    assert_eq!(kept.call_method::<usize>("__len__", ())?, 2);
    Ok(())
}

#[test]
fn exits_are_told_from_errors() {
    let python = python();
    assert!(matches!(
        python.exec("raise SystemExit(3)"),
        Err(Error::Exit(3))
    ));
    assert!(matches!(python.exec("x ="), Err(Error::Script(e)) if e.class == "SyntaxError"));
    assert!(matches!(
        python.get::<i64>("missing"),
        Err(Error::NotFound(_))
    ));
}

#[test]
fn wrong_calls_of_host_functions_are_type_errors() -> Result<(), Error> {
    let python = python();
    python.register("double", |n: i64| n * 2);
    python.register("fail", || -> i64 { panic!("on purpose") });
    python.exec(
        "
said = []
for call in (lambda: double('x'), lambda: double(), lambda: double(n=1), lambda: fail()):
    try:
        call()
    except Exception as error:
        said.append(f'{type(error).__name__}: {error}')
",
    )?;
    let said: Vec<String> = python.get("said")?;
    assert_eq!(
        said,
        [
            "TypeError: double(): expected i64, got str",
            "TypeError: double() takes exactly one argument (0 given)",
            "TypeError: double() takes no keyword arguments",
            "SystemError: fail() panicked",
        ]
    );
    assert_eq!(python.call::<i64>("double", (21,))?, 42);
    Ok(())
}

#[test]
fn another_thread_can_interrupt() {
    let python = python();
    let interrupter = python.interrupter();
    let clock = thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        interrupter.interrupt();
    });
    let run = python.exec("while True: pass");
    assert!(matches!(run, Err(Error::Script(e)) if e.class == "KeyboardInterrupt"));
    assert!(clock.join().is_ok());
}

#[test]
fn objects_are_counted() -> Result<(), Error> {
    let python = python();
    python.exec("import sys\nx = object()")?;
    let before: u32 = python.eval("sys.getrefcount(x)")?;
    let held: Object = python.get("x")?;
    assert_eq!(python.eval::<u32>("sys.getrefcount(x)")?, before + 1);
    drop(held);
    assert_eq!(python.eval::<u32>("sys.getrefcount(x)")?, before);
    Ok(())
}

#[test]
fn objects_outlive_their_interpreter() -> Result<(), Error> {
    let python = python();
    python.exec("class Box: pass\nbox = Box()\nbox.text = 'kept'\nnumber = 5")?;
    let object: Object = python.get("box")?;
    let number: Object = python.get("number")?;
    let interrupter = python.interrupter();
    drop(python);
    interrupter.interrupt();
    assert_eq!(object.attr("text")?.extract::<String>()?, "kept");
    drop(object);
    assert_eq!(number.extract::<i64>()?, 5);
    drop(number);
    interrupter.interrupt();
    Ok(())
}
