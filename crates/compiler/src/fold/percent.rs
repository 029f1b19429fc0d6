//! `"…%s…" % (a, b)` with simple conversions compiles like an f-string.

use bytecode::Wtf8;

/// A part of a format string.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    Literal(Wtf8),
    /// The next argument: its conversion as `FORMAT_VALUE` encodes it, and the format
    /// specification, if there is one.
    Field {
        conversion: u32,
        spec: Option<String>,
    },
}

/// Splits a format string; `None` if it has conversions with a meaning of their own, or does not
/// take that many arguments.
pub(crate) fn percent_format(format: &Wtf8, args: usize) -> Option<Vec<Piece>> {
    let points: Vec<u32> = format.code_points().collect();
    let mut pieces = Vec::new();
    let mut literal = Wtf8::new();
    let mut fields = 0;
    let mut i = 0;
    while let Some(&c) = points.get(i) {
        i += 1;
        if c != u32::from('%') {
            literal.push_code_point(c);
            continue;
        }
        if points.get(i) == Some(&u32::from('%')) {
            literal.push_code_point(c);
            i += 1;
            continue;
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        pieces.push(field(&points, &mut i)?);
        fields += 1;
    }
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    (fields == args).then_some(pieces)
}

fn digits(points: &[u32], i: &mut usize) -> Option<String> {
    let mut out = String::new();
    while let Some(c) = points.get(*i).copied().and_then(char::from_u32) {
        if !c.is_ascii_digit() {
            break;
        }
        out.push(c);
        *i += 1;
    }
    // As CPython has it.
    (out.len() < 3).then_some(out)
}

fn field(points: &[u32], i: &mut usize) -> Option<Piece> {
    let at = |i: usize| points.get(i).copied().and_then(char::from_u32);
    let mut left = false;
    while let Some(c) = at(*i).filter(|c| "-+ #0".contains(*c)) {
        // Signs, zeros and alternative forms mean nothing for strings, or something else.
        if c != '-' {
            return None;
        }
        left = true;
        *i += 1;
    }
    let width = digits(points, i)?;
    let mut spec = String::new();
    if !left && !width.is_empty() && width.parse::<u32>().is_ok_and(|w| w > 0) {
        spec.push('>');
    }
    spec.push_str(&width);
    if at(*i) == Some('.') {
        *i += 1;
        let precision = digits(points, i)?;
        spec.push('.');
        spec.push_str(if precision.is_empty() {
            "0"
        } else {
            &precision
        });
    }
    let conversion = match at(*i)? {
        's' => 1,
        'r' => 2,
        'a' => 3,
        _ => return None,
    };
    *i += 1;
    let spec = Some(spec).filter(|s| !s.is_empty());
    Some(Piece::Field { conversion, spec })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_conversions_become_fields() {
        let pieces = percent_format(&Wtf8::from("a%%%-5s%10.3r"), 2);
        assert_eq!(
            pieces,
            Some(vec![
                Piece::Literal(Wtf8::from("a%")),
                Piece::Field {
                    conversion: 1,
                    spec: Some("5".to_owned()),
                },
                Piece::Field {
                    conversion: 2,
                    spec: Some(">10.3".to_owned()),
                },
            ])
        );
        assert_eq!(percent_format(&Wtf8::from("%d"), 1), None);
        assert_eq!(percent_format(&Wtf8::from("%s"), 2), None);
    }
}
