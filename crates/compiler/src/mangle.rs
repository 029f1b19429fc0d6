//! Mangling of private names (language reference 6.2.1).

use std::borrow::Cow;

/// The name that `ident` stands for in the class `private`.
pub fn mangle<'n>(private: Option<&str>, ident: &'n str) -> Cow<'n, str> {
    let Some(class) = private else {
        return Cow::Borrowed(ident);
    };
    let class = class.trim_start_matches('_');
    let is_private = ident.starts_with("__") && !ident.ends_with("__") && !ident.contains('.');
    if !is_private || class.is_empty() {
        return Cow::Borrowed(ident);
    }
    Cow::Owned(format!("_{class}{ident}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_private_names_change() {
        for (class, ident, expected) in [
            (Some("C"), "__x", "_C__x"),
            (Some("__C"), "__x", "_C__x"),
            (Some("___"), "__x", "__x"),
            (Some("C"), "__x__", "__x__"),
            (Some("C"), "_x", "_x"),
            (Some("C"), "__a.b", "__a.b"),
            (None, "__x", "__x"),
        ] {
            assert_eq!(mangle(class, ident), expected);
        }
    }
}
