//! The East Asian encodings, whose tables are those of the crate `encoding_rs`.
//!
//! These are the tables of the WHATWG's Encoding Standard: `shift_jis` is the superset that is also
//! called `cp932`, `gb2312` is `gbk`, `euc_kr` is `cp949`, `big5` has the Hong Kong characters.
//! CPython knows narrower forms of them, too; see docs/compatibility.md.

use encoding_rs::{
    BIG5, DecoderResult, EUC_JP, EUC_KR, EncoderResult, Encoding, GB18030, GBK, ISO_2022_JP,
    SHIFT_JIS,
};

use super::decode::Decoder;
use super::encode::Encoder;
use crate::object::PyResult;

const ILLEGAL: &str = "illegal multibyte sequence";
const INCOMPLETE: &str = "incomplete multibyte sequence";
/// Switches ISO-2022-JP back to ASCII, where a text must end.
const TO_ASCII: &[u8] = b"\x1b(B";

/// An encoding with CPython's canonical name.
pub struct MultiByte {
    /// CPython's name.
    pub name: &'static str,
    encoding: &'static Encoding,
    /// What comes before decides what bytes mean.
    stateful: bool,
}

/// The encodings, by number in `Codec::MultiByte`.
pub static ENCODINGS: [MultiByte; 11] = [
    plain("big5", BIG5),
    plain("big5hkscs", BIG5),
    plain("cp932", SHIFT_JIS),
    plain("cp949", EUC_KR),
    plain("euc_jp", EUC_JP),
    plain("euc_kr", EUC_KR),
    plain("gb18030", GB18030),
    plain("gb2312", GBK),
    plain("gbk", GBK),
    MultiByte {
        name: "iso2022_jp",
        encoding: ISO_2022_JP,
        stateful: true,
    },
    plain("shift_jis", SHIFT_JIS),
];

const fn plain(name: &'static str, encoding: &'static Encoding) -> MultiByte {
    MultiByte {
        name,
        encoding,
        stateful: false,
    }
}

impl MultiByte {
    /// How much of an input that may go on can be decoded without knowing what comes.
    fn settled(&self, input: &[u8]) -> usize {
        let escape = input.iter().rposition(|&byte| byte == 0x1B);
        match escape {
            Some(at) if self.stateful && !input[at..].starts_with(TO_ASCII) => input
                .windows(TO_ASCII.len())
                .rposition(|window| window == TO_ASCII)
                .map_or(
                    input.iter().position(|&byte| byte == 0x1B).unwrap_or(0),
                    |at| at + TO_ASCII.len(),
                ),
            _ => input.len(),
        }
    }

    /// Decodes all of the input; returns how much was used.
    pub(super) fn decode(&self, job: &mut Decoder<'_>) -> PyResult<usize> {
        let input = job.input;
        let end = if job.last {
            input.len()
        } else {
            self.settled(input)
        };
        let mut at = 0;
        'resume: while at < end {
            let mut decoder = self.encoding.new_decoder_without_bom_handling();
            let mut piece = String::with_capacity(4096);
            loop {
                let (result, read) = decoder.decode_to_string_without_replacement(
                    &input[at..end],
                    &mut piece,
                    false,
                );
                at += read;
                job.out.push_str(&piece);
                piece.clear();
                match result {
                    DecoderResult::OutputFull => {}
                    DecoderResult::Malformed(bad, behind) => {
                        // CPython goes on behind the first byte, whatever made it illegal.
                        let start = at - usize::from(behind) - usize::from(bad);
                        at = job.error(start, start + 1, ILLEGAL)?;
                        continue 'resume;
                    }
                    DecoderResult::InputEmpty => break,
                }
            }
            let (result, _) = decoder.decode_to_string_without_replacement(&[], &mut piece, true);
            job.out.push_str(&piece);
            if let DecoderResult::Malformed(bad, behind) = result {
                let start = end - usize::from(bad) - usize::from(behind);
                if !job.last {
                    return Ok(start);
                }
                at = job.error(start, end, INCOMPLETE)?;
            }
        }
        Ok(at)
    }

    /// Encodes all of the text.
    pub(super) fn encode(&self, job: &mut Encoder<'_>) -> PyResult<()> {
        let len = job.text.len();
        let mut at = 0;
        while at < len {
            // Surrogates are no characters that the tables could know.
            let text: String = (at..len)
                .map_while(|place| char::from_u32(job.text.at(place)))
                .collect();
            let mut encoder = self.encoding.new_encoder();
            let mut rest = text.as_str();
            let mut piece = Vec::with_capacity(4096);
            loop {
                let (result, read) =
                    encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut piece, true);
                at += rest[..read].chars().count();
                rest = &rest[read..];
                job.out.append(&mut piece);
                piece.reserve(4096);
                match result {
                    EncoderResult::InputEmpty => break,
                    EncoderResult::OutputFull => {}
                    EncoderResult::Unmappable(_) => {
                        // What was read ends with the character that cannot be written.
                        let next = self.refuse(job, at - 1)?;
                        if next != at {
                            at = next;
                            break;
                        }
                    }
                }
            }
            if at < len && char::from_u32(job.text.at(at)).is_none() {
                at = self.refuse(job, at)?;
            }
        }
        Ok(())
    }

    fn refuse(&self, job: &mut Encoder<'_>, at: usize) -> PyResult<usize> {
        let encoding = self.encoding;
        job.error(at, at + 1, ILLEGAL, 1, |c, out| {
            let Some(c) = char::from_u32(c) else {
                return false;
            };
            let text = c.to_string();
            let (bytes, _, unmappable) = encoding.encode(&text);
            if !unmappable {
                out.extend_from_slice(&bytes);
            }
            !unmappable
        })
    }
}
