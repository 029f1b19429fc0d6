//! From bytes to text: marks, declarations, and CPython's words for what cannot be decoded.

use syntax::{Mode, ParseOptions, Source};

fn message(bytes: &[u8]) -> String {
    match Source::from_bytes(bytes) {
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
        message(b"#!x\n# -*- coding=cp1252 -*-\n\x80"),
        "ok \"#!x\\n# -*- coding=cp1252 -*-\\n€\""
    );
    assert_eq!(
        message(b"# vim: set fileencoding=utf8 :\n\xc3\xa9"),
        "ok \"# vim: set fileencoding=utf8 :\\né\""
    );
    assert_eq!(
        message(b"# coding: iso-8859-15\n\xa4"),
        "ok \"# coding: iso-8859-15\\n€\""
    );
    assert_eq!(
        message(b"# coding: ISO_8859_1_xx\n\xff"),
        "ok \"# coding: ISO_8859_1_xx\\nÿ\""
    );
    assert_eq!(
        message(b"# coding: koi8-r\n\xc1"),
        "ok \"# coding: koi8-r\\nа\""
    );
    assert_eq!(
        message(b"# coding: shift_jis\n\x82\xa0"),
        "ok \"# coding: shift_jis\\nあ\""
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
        "unknown encoding: foo (0, -1)"
    );
    assert_eq!(
        message(b"# coding: ascii\n\xff"),
        "'ascii' codec can't decode byte 0xff in position 16: ordinal not in range(128) (0, -1)"
    );
    assert_eq!(
        message(b"# coding: cp1251\n\"\x98\""),
        "'charmap' codec can't decode byte 0x98 in position 18: character maps to <undefined> (0, -1)"
    );
    assert_eq!(
        message(b"\xef\xbb\xbf# coding: latin-1\nx"),
        "encoding problem: iso-8859-1 with BOM (0, -1)"
    );
    assert_eq!(
        message(b"x=1\0"),
        "source code string cannot contain null bytes (0, 0)"
    );
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
