//! The prompt on a terminal, typed at through a pseudo-terminal.
//!
//! The terminal echoes what is typed, so the tests look for what only running it can have written.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Terminal {
    child: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    seen: String,
}

impl Terminal {
    fn start(name: &str) -> Terminal {
        let home = std::env::temp_dir().join(format!("ouro-prompt-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a folder for the history");
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
        grantpt(&master).expect("its other side");
        unlockpt(&master).expect("its other side");
        let path = ptsname(&master, Vec::new()).expect("its name");
        let slave = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path.to_str().expect("a name in ASCII"))
            .expect("its other side");
        let side = || Stdio::from(slave.try_clone().expect("one more descriptor"));
        let child = Command::new(env!("CARGO_BIN_EXE_ouro"))
            .env("TERM", "xterm")
            .env("HOME", &home)
            .env("PAGER", "cat")
            .stdin(side())
            .stdout(side())
            .stderr(side())
            .spawn()
            .expect("the interpreter starts");
        let keyboard = File::from(master);
        let mut display = keyboard.try_clone().expect("one more descriptor");
        let (sender, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Reading fails when the other side is closed.
            while let Ok(count) = display.read(&mut bytes) {
                if count == 0 || sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut terminal = Terminal {
            child,
            keyboard,
            screen,
            seen: String::new(),
        };
        terminal.expect(">>> ");
        terminal
    }

    fn write(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("the terminal takes keys");
    }

    /// Waits until the text has been shown, and forgets what came up to it.
    fn expect(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen.find(text) {
                self.seen.drain(..at + text.len());
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.screen.recv_timeout(left) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("no {text:?} in {:?}", self.seen)
                }
            }
        }
    }

    fn paste(&mut self, text: &str) {
        self.write(&format!("\x1b[200~{text}\x1b[201~\r"));
    }

    /// Ends the input.  Before the prompt is shown the terminal would take the key for its own.
    fn leave(mut self) {
        self.expect(">>> ");
        self.write("\x04");
        let status = self.child.wait().expect("the interpreter ends");
        assert!(status.success(), "{status}");
    }
}

#[test]
fn completes_names_modules_and_attributes() {
    let mut terminal = Terminal::start("completion");
    terminal.write("import colle\t\r");
    terminal.write("from os.path import jo\t as j\r");
    terminal.write("collections.__na\t\r");
    terminal.expect("'collections'");
    terminal.write("'abc' + j('-', 'x')\r");
    terminal.expect("'abc-/x'");
    terminal.leave();
}

#[test]
fn heeds_readline() {
    let mut terminal = Terminal::start("readline");
    terminal.write("import readline\r");
    terminal.expect(">>> ");
    terminal.write("readline.add_history('print(6 * ' + '7)')\r");
    terminal.expect(">>> ");
    terminal.write("\x1b[A\r");
    terminal.expect("\n42");
    terminal.write("zebra = 'striped'.upper()\r");
    terminal.expect(">>> ");
    terminal.write("readline.set_completer(lambda word, n: ['zebra'][n:n + 1] == ['zebra'] and 'zebra' or None)\r");
    terminal.expect(">>> ");
    terminal.write("z\t\r");
    terminal.expect("'STRIPED'");
    terminal.write("readline.set_startup_hook(lambda: readline.insert_text('100 + '))\r");
    terminal.expect(">>> ");
    terminal.write("11\r");
    terminal.expect("111");
    terminal.write("\x15readline.set_startup_hook()\r");
    terminal.write("readline.get_history_item(2)\r");
    terminal.expect("'print(6 * 7)'");
    terminal.leave();
}

#[test]
fn runs_pasted_lines_statement_by_statement() {
    let mut terminal = Terminal::start("paste");
    terminal.paste("def f(a):\n    b = a\n\n    return b + 40\n\nf(2)\nprint('two', f(3))\n");
    terminal.expect("42");
    terminal.expect("two 43");
    // An empty line ends a block at the end.
    terminal.paste("class A:\n    def f(self):\n\n        return 6 * 9");
    terminal.expect("... ");
    terminal.write("\r");
    terminal.write("A().f()\r");
    terminal.expect("54");
    // The first exception ends it.
    terminal.paste("n = 1\n1 / 0\nn = 2\n");
    terminal.expect("ZeroDivisionError");
    terminal.write("'n is %d' % n\r");
    terminal.expect("'n is 1'");
    terminal.leave();
}

#[test]
fn keeps_what_is_typed_ahead() {
    let mut terminal = Terminal::start("ahead");
    terminal.write("a = 20\rb = 3\ra + b\rfor i in range(2):\r  print('line', i)\r\ra * b\r");
    terminal.expect("23");
    terminal.expect("line 1");
    terminal.expect("60");
    terminal.leave();
}

#[test]
fn helps() {
    let mut terminal = Terminal::start("help");
    terminal.write("help(str.join)\r");
    terminal.expect("join(self, iterable, /)");
    terminal.expect(">>> ");
    terminal.write("help()\r");
    terminal.expect("help> ");
    terminal.write("graphlib.CycleError\r");
    terminal.expect("class CycleError");
    terminal.expect("help> ");
    terminal.write("for\r");
    terminal.expect("compound_stmts");
    terminal.expect("help> ");
    terminal.write("no.such.thing\r");
    terminal.expect("No Python documentation found for 'no.such.thing'.");
    terminal.expect("help> ");
    terminal.write("q\r");
    terminal.leave();
}

#[test]
fn gives_up_a_line_and_calls_one_back() {
    let mut terminal = Terminal::start("keys");
    terminal.write("print('never' + '!')\x03");
    terminal.expect("\nKeyboardInterrupt");
    terminal.write("print(7 * 6)\r");
    terminal.expect("42");
    terminal.expect(">>> ");
    terminal.write("\x1b[A\r");
    terminal.expect("42");
    terminal.leave();
}
