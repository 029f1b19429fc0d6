//! The East Asian encodings.
//!
//! `tables` has the tables of those in which a few bytes stand for a character whatever comes before
//! (`plain`); `hz` and `iso2022` switch between tables, and keep in a [`State`] which one holds.

mod hz;
mod iso2022;
mod plain;
mod tables;

use std::cell::Cell;

use super::decode::Decoder;
use super::encode::Encoder;
use crate::object::PyResult;
use iso2022::Variant;

const ILLEGAL: &str = "illegal multibyte sequence";
const INCOMPLETE: &str = "incomplete multibyte sequence";

/// What is kept between the pieces of a text: eight bytes, as CPython shows them in the states of
/// incremental codecs.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct State(pub [u8; 8]);

/// What decoding at some place comes to.
enum Read {
    /// A character, and how many bytes it took.
    One(u32, usize),
    Two(u32, u32, usize),
    /// Bytes that stand for no character.
    Skip(usize),
    /// So many bytes are wrong.
    Bad(usize),
    /// More bytes are needed.
    Short,
}

/// What encoding at some place comes to.
enum Written {
    /// So many characters were written.
    Done(usize),
    Bad,
    /// The next character must be known.
    Short,
}

#[derive(Clone, Copy)]
enum Kind {
    /// By the table of that number.
    Plain(usize),
    Hz,
    Iso2022(&'static Variant),
}

/// An encoding with CPython's canonical name.
pub struct MultiByte {
    /// CPython's name.
    pub name: &'static str,
    kind: Kind,
}

macro_rules! encodings {
    ($($name:literal $kind:expr;)*) => { &[$(MultiByte { name: $name, kind: $kind }),*] };
}

/// The encodings, by number in `Codec::MultiByte`.
pub static ENCODINGS: &[MultiByte] = encodings! {
    "gb2312" Kind::Plain(tables::GB2312);
    "gbk" Kind::Plain(1);
    "gb18030" Kind::Plain(tables::GB18030);
    "euc_kr" Kind::Plain(tables::EUC_KR);
    "cp949" Kind::Plain(4);
    "johab" Kind::Plain(5);
    "big5" Kind::Plain(6);
    "cp950" Kind::Plain(7);
    "big5hkscs" Kind::Plain(8);
    "euc_jp" Kind::Plain(tables::EUC_JP);
    "euc_jis_2004" Kind::Plain(tables::EUC_JIS_2004);
    "euc_jisx0213" Kind::Plain(tables::EUC_JISX0213);
    "shift_jis" Kind::Plain(12);
    "cp932" Kind::Plain(13);
    "shift_jis_2004" Kind::Plain(14);
    "shift_jisx0213" Kind::Plain(tables::SHIFT_JISX0213);
    "hz" Kind::Hz;
    "iso2022_jp" Kind::Iso2022(&iso2022::JP);
    "iso2022_jp_1" Kind::Iso2022(&iso2022::JP_1);
    "iso2022_jp_2" Kind::Iso2022(&iso2022::JP_2);
    "iso2022_jp_2004" Kind::Iso2022(&iso2022::JP_2004);
    "iso2022_jp_3" Kind::Iso2022(&iso2022::JP_3);
    "iso2022_jp_ext" Kind::Iso2022(&iso2022::JP_EXT);
    "iso2022_kr" Kind::Iso2022(&iso2022::KR);
};

impl MultiByte {
    /// Whether each character is written and read by itself.
    pub fn is_stateless(&self) -> bool {
        match self.kind {
            Kind::Plain(table) => !tables::table(table).has_pairs(),
            Kind::Hz | Kind::Iso2022(_) => false,
        }
    }

    /// The state at the beginning of a text that is encoded, or decoded.
    pub fn initial(&self, decoding: bool) -> State {
        match self.kind {
            Kind::Iso2022(_) => iso2022::initial(decoding),
            _ => State::default(),
        }
    }

    /// The state of a decoder that goes on behind a mistake, or begins anew.
    pub fn reset_decoder(&self, state: State) -> State {
        match self.kind {
            Kind::Iso2022(_) => iso2022::reset(state),
            _ => State::default(),
        }
    }

    fn read(&self, input: &[u8], state: &mut State) -> Read {
        match self.kind {
            Kind::Plain(table) => plain::read(table, input),
            Kind::Hz => hz::read(input, state),
            Kind::Iso2022(variant) => iso2022::read(variant, input, state),
        }
    }

    fn write(
        &self,
        c: u32,
        next: Option<u32>,
        last: bool,
        state: &mut State,
        out: &mut Vec<u8>,
    ) -> Written {
        match self.kind {
            Kind::Plain(table) => plain::write(table, c, next, last, out),
            Kind::Hz => hz::write(c, state, out),
            Kind::Iso2022(variant) => iso2022::write(variant, c, next, last, state, out),
        }
    }

    /// What ends a text in that state.
    pub fn finish(&self, state: &mut State, out: &mut Vec<u8>) {
        match self.kind {
            Kind::Plain(_) => {}
            Kind::Hz => hz::finish(state, out),
            Kind::Iso2022(_) => iso2022::finish(state, out),
        }
    }

    /// Decodes the input; returns how much was used.
    pub(super) fn decode(&self, job: &mut Decoder<'_>, state: &mut State) -> PyResult<usize> {
        let input = job.input;
        let mut at = 0;
        while let Some(rest) = input.get(at..)
            && !rest.is_empty()
        {
            match self.read(rest, state) {
                Read::One(c, used) => {
                    job.out.push(c);
                    at += used;
                }
                Read::Two(a, b, used) => {
                    job.out.push(a);
                    job.out.push(b);
                    at += used;
                }
                Read::Skip(used) => at += used,
                Read::Bad(length) => at = job.error(at, at + length, ILLEGAL)?,
                Read::Short if !job.last => break,
                Read::Short => at = job.error(at, input.len(), INCOMPLETE)?,
            }
        }
        Ok(at)
    }

    /// Encodes the text; returns how many characters were written, which are all of them where `last`.
    pub(super) fn encode(
        &self,
        job: &mut Encoder<'_>,
        state: &mut State,
        last: bool,
    ) -> PyResult<usize> {
        let len = job.text.len();
        let mut at = 0;
        while at < len {
            let next = (at + 1 < len).then(|| job.text.at(at + 1));
            match self.write(job.text.at(at), next, last, state, &mut job.out) {
                Written::Done(used) => at += used,
                Written::Short => break,
                Written::Bad => {
                    let inside = Cell::new(*state);
                    at = job.error(at, at + 1, ILLEGAL, 1, |c, out| {
                        let mut state = inside.get();
                        let done = self.write(c, None, true, &mut state, out);
                        inside.set(state);
                        matches!(done, Written::Done(_))
                    })?;
                    *state = inside.get();
                }
            }
        }
        Ok(at)
    }
}
