//! Hosts that call programs that call hosts: nested runs, limits in them, interpreters of many threads.

use std::cell::RefCell;
use std::rc::Rc;
use std::thread;

use ouro::{Config, Error, Interpreter, Limit, Object, Output};

fn python() -> Interpreter {
    Interpreter::new(Config::default())
}

/// The class of the exception that a run ended with.
fn class(run: Result<(), Error>) -> String {
    match run {
        Err(Error::Script(error)) => error.class,
        other => format!("{other:?}"),
    }
}

#[test]
fn host_functions_call_back() -> Result<(), Error> {
    let python = python();
    python.register("twice", |function: Object, value: i64| {
        let once: i64 = function.call((value,)).map_err(|e| e.to_string())?;
        function.call::<i64>((once,)).map_err(|e| e.to_string())
    });
    python.exec(
        "
nested = twice(lambda n: twice(lambda m: m * 3, n), 2)
def fail(n):
    raise KeyError(n)
try:
    twice(fail, 1)
except RuntimeError as error:
    said = str(error)
",
    )?;
    assert_eq!(python.get::<i64>("nested")?, 162);
    assert!(python.get::<String>("said")?.contains("KeyError"));
    Ok(())
}

#[test]
fn endless_calls_back_raise() {
    let python = python();
    python.register("again", |function: Object| {
        function
            .call::<()>((function.clone(),))
            .map_err(|e| e.to_string())
    });
    assert_eq!(class(python.exec("again(again)")), "RuntimeError");
    assert_eq!(python.eval::<i64>("1 + 1").ok(), Some(2));
}

#[test]
fn limits_hold_in_nested_runs() {
    let python = Interpreter::new(Config {
        step_limit: Some(50_000),
        heap_limit: Some(32 << 20),
        stderr: Output::Discard,
        ..Config::default()
    });
    python.register("run", |function: Object| {
        function.call::<()>(()).map_err(|e| e.to_string())
    });
    let steps = python.exec(
        "
def endless():
    while True:
        pass
while True:
    try:
        run(endless)
    except BaseException:
        pass
",
    );
    assert!(
        matches!(steps, Err(Error::Limit(Limit::Steps, _))),
        "{steps:?}"
    );
    let greedy = python.exec(
        "
kept = []
class Grower:
    def __del__(self):
        kept.append(bytearray(1 << 20))
        Grower()
while True:
    Grower()
",
    );
    assert!(matches!(greedy, Err(Error::Limit(..))), "{greedy:?}");
    assert!(python.exec("kept.clear()").is_ok());
    assert_eq!(python.eval::<i64>("6 * 7").ok(), Some(42));
}

#[test]
fn recursion_is_bounded() {
    let python = Interpreter::new(Config {
        recursion_limit: Some(50),
        ..Config::default()
    });
    let run = python.exec("def f(n): return n and f(n - 1)\nassert f(30) == 0\nf(100)");
    assert_eq!(class(run), "RecursionError");
}

#[test]
fn many_threads_have_interpreters() {
    let threads: Vec<_> = (0..4)
        .map(|number: i64| {
            thread::spawn(move || {
                let mut sums = Vec::new();
                for round in 0..3 {
                    let python = python();
                    let made = python
                        .set("number", number + round)
                        .and_then(|()| python.exec("items = [[i] for i in range(1000)]"))
                        .and_then(|()| python.exec("items.append(items); del items[:500]"))
                        .and_then(|()| python.eval::<i64>("number + len(items)"));
                    sums.push(made.map_err(|e| e.to_string()));
                    assert_eq!(python.finalize(), 0);
                }
                sums
            })
        })
        .collect();
    for (number, thread) in threads.into_iter().enumerate() {
        let expected: Vec<_> = (0..3)
            .map(|round| Ok(number as i64 + round + 501))
            .collect();
        assert_eq!(thread.join().ok(), Some(expected));
    }
}

#[test]
fn interpreters_end_within_each_other() -> Result<(), Error> {
    let outer = python();
    outer.register("inner", |text: String| {
        let python = python();
        python.exec(&text).map_err(|e| e.to_string())?;
        python.get::<i64>("result").map_err(|e| e.to_string())
    });
    outer.exec("values = [inner(f'result = {n} ** 2') for n in range(5)]")?;
    assert_eq!(outer.get::<Vec<i64>>("values")?, [0, 1, 4, 9, 16]);
    assert_eq!(class(outer.exec("inner('1 / 0')")), "RuntimeError");
    Ok(())
}

#[test]
fn the_end_runs_what_programs_left() {
    let written = Rc::new(RefCell::new(String::new()));
    let sink = Rc::clone(&written);
    let python = Interpreter::new(Config {
        stdout: Output::Sink(Box::new(move |text| sink.borrow_mut().push_str(text))),
        ..Config::default()
    });
    let run = python.exec(
        "
import atexit
class Loud:
    def __del__(self):
        print('gone', self.name)
one = Loud(); one.name = 'one'
two = Loud(); two.name = 'two'; two.me = two
atexit.register(print, 'at exit')
",
    );
    assert!(run.is_ok());
    drop(python);
    assert_eq!(*written.borrow(), "at exit\ngone one\ngone two\n");
}
