//! Quoted-printable.

/// Lines are no longer than this.
const MAX_LINE: usize = 76;

/// What is encoded besides the characters that must be.
pub(super) struct Options {
    /// Spaces and tabs.
    pub tabs: bool,
    /// The data are text: line ends stay, white space before them is encoded.
    pub text: bool,
    /// For a header: spaces become underscores.
    pub header: bool,
}

/// Decodes; in a header an underscore is a space.
pub(super) fn decode(text: &[u8], header: bool) -> Vec<u8> {
    let mut data = Vec::with_capacity(text.len());
    let mut at = 0;
    let digit = |place: usize| text.get(place).and_then(|&c| char::from(c).to_digit(16));
    while let Some(&c) = text.get(at) {
        at += 1;
        match c {
            b'=' => match text.get(at) {
                None => break,
                // A soft line break.
                Some(b'\n' | b'\r') => {
                    while text.get(at).is_some_and(|&c| c != b'\n') {
                        at += 1;
                    }
                    at += 1;
                }
                Some(b'=') => {
                    data.push(b'=');
                    at += 1;
                }
                Some(_) => match (digit(at), digit(at + 1)) {
                    (Some(high), Some(low)) => {
                        data.push((high << 4 | low) as u8);
                        at += 2;
                    }
                    _ => data.push(b'='),
                },
            },
            b'_' if header => data.push(b' '),
            c => data.push(c),
        }
    }
    data
}

/// Encodes, breaking long lines.
pub(super) fn encode(data: &[u8], how: &Options) -> Vec<u8> {
    let mut text = Vec::with_capacity(data.len() + data.len() / 2);
    // The text's own line ends are kept.
    let crlf = data
        .iter()
        .position(|&c| c == b'\n')
        .is_some_and(|place| place > 0 && data[place - 1] == b'\r');
    let line_end: &[u8] = if crlf { b"\r\n" } else { b"\n" };
    let mut length = 0;
    let mut at = 0;
    while let Some(&c) = data.get(at) {
        let next = data.get(at + 1).copied();
        let at_line_end = match next {
            None => true,
            Some(b'\n') => true,
            Some(b'\r') => data.get(at + 2) == Some(&b'\n'),
            _ => false,
        };
        let is_break = how.text && (c == b'\n' || c == b'\r' && next == Some(b'\n'));
        let must = c > 126
            || c == b'='
            || how.header && c == b'_'
            || c == b'.'
                && length == 0
                && (next.is_none() || matches!(next, Some(b'\n' | b'\r' | 0)))
            || !how.text && (c == b'\r' || c == b'\n')
            || (c == b'\t' || c == b' ') && next.is_none()
            || c < 33 && !matches!(c, b'\r' | b'\n' | b'\t' | b' ')
            || c < 33
                && !matches!(c, b'\r' | b'\n')
                && (how.tabs || matches!(c, b'\t' | b' ') && how.text && at_line_end);
        if must {
            if length + 3 >= MAX_LINE && !matches!(next, None | Some(b'\n'))
                || length + 3 > MAX_LINE
            {
                text.push(b'=');
                text.extend_from_slice(line_end);
                length = 0;
            }
            text.push(b'=');
            text.push(b"0123456789ABCDEF"[usize::from(c >> 4)]);
            text.push(b"0123456789ABCDEF"[usize::from(c & 15)]);
            length += 3;
            at += 1;
            continue;
        }
        if is_break {
            text.extend_from_slice(line_end);
            at += if c == b'\r' { 2 } else { 1 };
            length = 0;
            continue;
        }
        if next.is_some() && next != Some(b'\n') && length + 1 >= MAX_LINE {
            text.push(b'=');
            text.extend_from_slice(line_end);
            length = 0;
        }
        text.push(if how.header && c == b' ' { b'_' } else { c });
        length += 1;
        at += 1;
    }
    text
}
