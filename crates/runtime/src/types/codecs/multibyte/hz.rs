//! HZ (RFC 1843): GB 2312 between `~{` and `~}`.

use super::tables::{GB2312, Text, table};
use super::{Read, State, Written};

const MARK: u8 = b'~';

pub(super) fn read(input: &[u8], state: &mut State) -> Read {
    let chinese = state.0[0] != 0;
    match (input, chinese) {
        (&[MARK], _) => Read::Short,
        (&[MARK, MARK, ..], false) => Read::One(MARK.into(), 2),
        (&[MARK, b'{', ..], false) => {
            state.0[0] = 1;
            Read::Skip(2)
        }
        (&[MARK, b'\n', ..], false) => Read::Skip(2),
        (&[MARK, b'}', ..], true) => {
            state.0[0] = 0;
            Read::Skip(2)
        }
        (&[MARK | 0x80.., ..], _) => Read::Bad(1),
        (&[byte, ..], false) => Read::One(byte.into(), 1),
        (&[a, b, ..], true) => {
            let code = u32::from(a) << 8 | u32::from(b);
            match table(GB2312).decode(code | 0x8080) {
                Some(Text::One(c)) if b < 0x80 => Read::One(c, 2),
                _ => Read::Bad(1),
            }
        }
        _ => Read::Short,
    }
}

pub(super) fn write(c: u32, state: &mut State, out: &mut Vec<u8>) -> Written {
    if c < 0x80 {
        finish(state, out);
        out.push(c as u8);
        if c == u32::from(MARK) {
            out.push(MARK);
        }
        return Written::Done(1);
    }
    let Some(code) = table(GB2312).encode(c) else {
        return Written::Bad;
    };
    if state.0[0] == 0 {
        out.extend_from_slice(b"~{");
        state.0[0] = 1;
    }
    out.extend([(code >> 8) as u8 & 0x7F, code as u8 & 0x7F]);
    Written::Done(1)
}

pub(super) fn finish(state: &mut State, out: &mut Vec<u8>) {
    if state.0[0] != 0 {
        out.extend_from_slice(b"~}");
        state.0[0] = 0;
    }
}
