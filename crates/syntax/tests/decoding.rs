//! From bytes to text: marks, declarations, and CPython's words for what cannot be decoded.

use syntax::{Mode, ParseOptions, Source};

/// A codec for tests: knows one encoding, in which the euro sign is a byte.
fn with_euro(name: &str, bytes: &[u8]) -> Result<String, String> {
    match name {
        "with-euro" => Ok(bytes
            .iter()
            .map(|&byte| {
                if byte == 0x80 {
                    '€'
                } else {
                    char::from(byte)
                }
            })
            .collect()),
        _ => Err(format!("no codec for {name} and {} bytes", bytes.len())),
    }
}

fn message(bytes: &[u8]) -> String {
    match Source::from_bytes_by(bytes, &mut with_euro) {
        Ok(source) => format!("ok {:?}", source.text()),
        Err(e) => format!("{} ({}, {})", e.msg, e.lineno, e.offset),
    }
}

#[test]
fn declared_encodings_are_used() {
    assert_eq!(message(b"\xef\xbb\xbfx"), "ok \"x\"");
    assert_eq!(
        message(b"# coding: latin-1\n\xe9"),
        "ok \"# coding: latin-1\\né\""
    );
    assert_eq!(
        message(b"#!x\n# -*- coding=with-euro -*-\n\x80"),
        "ok \"#!x\\n# -*- coding=with-euro -*-\\n€\""
    );
    assert_eq!(
        message(b"# vim: set fileencoding=utf8 :\n\xc3\xa9"),
        "ok \"# vim: set fileencoding=utf8 :\\né\""
    );
    assert_eq!(
        message(b"# coding: ISO_8859_1_xx\n\xff"),
        "ok \"# coding: ISO_8859_1_xx\\nÿ\""
    );
    // A declaration after a line of code is a comment like any other.
    assert_eq!(
        message(b"x\n# coding: foo\n"),
        "ok \"x\\n# coding: foo\\n\""
    );
    assert_eq!(message(b"a\r\nb\rc"), "ok \"a\\nb\\nc\"");
}

#[test]
fn undecodable_sources_are_refused_as_in_cpython() {
    let utf8 = "(unicode error) 'utf-8' codec can't decode byte";
    assert_eq!(
        message(b"\xff=1"),
        format!("{utf8} 0xff in position 0: invalid start byte (1, 1)")
    );
    assert_eq!(
        message(b"a=\"\xe9\"\n"),
        format!("{utf8} 0xe9 in position 0: unexpected end of data (1, 3)")
    );
    assert_eq!(
        message(b"a\nb\nc=\"a\xe9\"\n"),
        format!("{utf8} 0xe9 in position 1: unexpected end of data (3, 3)")
    );
    assert_eq!(
        message(b"# coding: foo\nx"),
        "no codec for foo and 15 bytes (0, -1)"
    );
    assert_eq!(
        message(b"# coding: ascii\n\xff"),
        "'ascii' codec can't decode byte 0xff in position 16: ordinal not in range(128) (0, -1)"
    );
    assert_eq!(
        message(b"\xef\xbb\xbf# coding: latin-1\nx"),
        "encoding problem: iso-8859-1 with BOM (0, -1)"
    );
    assert_eq!(
        message(b"x=1\0"),
        "source code string cannot contain null bytes (0, 0)"
    );
    let unknown = Source::from_bytes(b"# coding: foo\nx").unwrap_err();
    assert_eq!(unknown.msg, "unknown encoding: foo");
    let file = Source::from_file(b"x\n\"\xe9\"", "m.py").unwrap_err();
    assert_eq!(
        file.msg,
        "Non-UTF-8 code starting with '\\xe9' in file m.py on line 2, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details"
    );
    let null = Source::from_file(b"x\ny\0", "m.py").unwrap_err();
    assert_eq!(
        (&*null.msg, null.lineno),
        ("source code cannot contain null bytes", 2)
    );
}

#[test]
fn offsets_become_lines_and_columns() {
    let source = Source::from_text("é = 1\nab\n").unwrap();
    let place = source.position(3);
    assert_eq!((place.line, place.column), (1, 3));
    let place = source.char_position(3);
    assert_eq!((place.line, place.column), (1, 2));
    assert_eq!(source.position(7).line, 2);
    assert_eq!(source.line_text(2), "ab\n");
    assert_eq!(source.line_text(3), "");
    assert_eq!(source.last_line(), 2);
    assert!(syntax::parse(&source, Mode::Exec, ParseOptions::default()).is_ok());
}
