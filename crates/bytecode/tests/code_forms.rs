//! The byte forms and the verifier, on code made by hand.

use std::sync::Arc;

use bytecode::{
    Code, CodeFlags, Const, ExceptionEntry, Instr, LocalKind, LocalVar, Location, Opcode, Wtf8,
    marshal, verify,
};

fn sample() -> Code {
    let mut odd = Wtf8::from("a\u{1F600}");
    odd.push_code_point(0xD800);
    let at = |line, col| Location {
        line,
        end_line: line,
        col,
        end_col: col + 3,
    };
    Code {
        name: "f".into(),
        qualname: "C.f".into(),
        filename: Arc::from("sample.py"),
        first_line: 1,
        argcount: 1,
        posonlyargcount: 0,
        kwonlyargcount: 0,
        flags: CodeFlags::OPTIMIZED.with(CodeFlags::NEWLOCALS),
        stacksize: 3,
        localsplus: vec![LocalVar {
            name: "x".into(),
            kind: LocalKind::LOCAL,
        }],
        names: vec!["y".into()],
        consts: vec![
            Const::None,
            Const::Tuple(
                [
                    Const::Int(-5),
                    Const::Float(-0.0),
                    Const::BigInt("-ffff".into()),
                ]
                .into(),
            ),
            Const::Str(odd),
        ],
        instructions: vec![
            Instr::new(Opcode::RESUME, 0),
            Instr::new(Opcode::LOAD_FAST, 0),
            Instr::new(Opcode::LOAD_ATTR, 0),
            Instr::new(Opcode::CACHE, 0),
            Instr::new(Opcode::RETURN_VALUE, 0),
            Instr::new(Opcode::PUSH_EXC_INFO, 0),
            Instr::new(Opcode::RERAISE, 0),
        ],
        exception_table: vec![ExceptionEntry {
            start: 1,
            end: 5,
            target: 5,
            depth: 0,
            lasti: false,
        }],
        locations: vec![
            at(1, 0),
            at(2, 4),
            at(2, 4),
            at(2, 4),
            at(2, 100),
            Location::NONE,
            Location::line(9),
        ],
        static_attributes: vec!["y".into()],
    }
}

#[test]
fn marshal_gives_back_what_it_took() {
    let code = sample();
    let bytes = marshal::to_bytes(&code);
    assert_eq!(marshal::from_bytes(&bytes), Ok(code));
}

#[test]
fn damaged_bytes_are_an_error() {
    let bytes = marshal::to_bytes(&sample());
    for cut in 0..bytes.len() {
        assert!(marshal::from_bytes(&bytes[..cut]).is_err());
    }
    for i in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[i] ^= 0xFF;
        // Whatever it gives, it must not panic.
        drop(marshal::from_bytes(&damaged).map(|code| verify(&code)));
    }
}

#[test]
fn the_sample_verifies() {
    assert_eq!(verify(&sample()), Ok(()));
}

#[test]
fn faults_are_found() {
    let broken = |change: &dyn Fn(&mut Code)| {
        let mut code = sample();
        change(&mut code);
        verify(&code).expect_err("the code is wrong").message
    };
    assert!(broken(&|c| c.instructions[1].arg = 7).contains("out of range"));
    assert!(broken(&|c| c.instructions[1].op = Opcode::NOP).contains("needs 1 values"));
    assert!(broken(&|c| c.stacksize = 0).contains("handler's depth"));
    assert!(broken(&|c| c.instructions[3].op = Opcode::NOP).contains("CACHE"));
    assert!(broken(&|c| c.instructions[4].op = Opcode::POP_TOP).contains("depth"));
    assert!(broken(&|c| c.exception_table[0].end = 99).contains("exception table"));
    assert!(broken(&|c| c.exception_table[0].depth = 1).contains("handler"));
}

#[test]
fn byte_forms_are_cpythons() {
    let code = sample();
    assert_eq!(
        code.co_code(),
        [151, 0, 124, 0, 106, 0, 0, 0, 83, 0, 35, 0, 119, 0]
    );
    assert_eq!(
        code.co_lines(),
        [
            (0, 2, Some(1)),
            (2, 10, Some(2)),
            (10, 12, None),
            (12, 14, Some(9))
        ]
    );
    assert_eq!(code.co_exceptiontable(), [0x81, 4, 5, 0]);
    assert_eq!(
        code.co_linetable(),
        [
            0x80,
            0x03, // line 1, columns 0 to 3
            0x80 | 11 << 3 | 2,
            4,
            7, // one line on
            0x80 | 10 << 3,
            100,
            103,            // same line, far columns
            0x80 | 15 << 3, // nothing
            0x80 | 13 << 3,
            14, // seven lines on, no columns
        ]
    );
}
