//! What may differ between two right runs of a document: addresses, times and sizes.

use regex::Regex;

/// What is masked in every document, and what it is replaced by.
const ALWAYS: [(&str, &str); 8] = [
    (r"\b0x[0-9a-fA-F]+", "ADDRESS"),
    (r"(?i)\bid(\([^()]*\))?( ?[:=] ?)\d+", "id${1}${2}ID"),
    // Dates and clock times before plain numbers.
    (r"\b\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?", "TIME"),
    (r"\b\d\d:\d\d:\d\d(\.\d+)?", "TIME"),
    (r"(?i)[-+]?\d[\d,]*(\.\d+)? ?([kmgt]i?b|bytes?)\b", "SIZE"),
    (r"[-+]?\d[\d,]*(\.\d+)? ?B\b", "SIZE"),
    (
        r"[-+]?\d+(\.\d+)?(e[-+]?\d+)? ?(s|ms|us|µs|μs|ns|secs?|seconds?|milliseconds?|microseconds?|nanoseconds?|minutes?|초|밀리초)\b",
        "TIME",
    ),
    // Ids, counts of bytes and points in time, where nothing says so.
    (r"\b\d{9,}(\.\d+)?\b", "NUMBER"),
];

/// The masks of one document.
pub struct Masks {
    patterns: Vec<(Regex, &'static str)>,
}

impl Masks {
    /// The masks of every document, after those named on the command line or in this one.
    ///
    /// # Errors
    /// What is wrong with a pattern.
    pub fn new<'a>(own: impl Iterator<Item = &'a String>) -> Result<Masks, String> {
        let mut patterns = Vec::new();
        for pattern in own {
            let regex = Regex::new(pattern)
                .map_err(|error| format!("the mask '{pattern}' is no pattern: {error}"))?;
            patterns.push((regex, "MASKED"));
        }
        for (pattern, name) in ALWAYS {
            let regex = Regex::new(pattern).map_err(|error| error.to_string())?;
            patterns.push((regex, name));
        }
        Ok(Masks { patterns })
    }

    /// A line as it is compared.
    pub fn apply(&self, line: &str) -> String {
        let line = line.trim_end();
        let mut text = line.to_owned();
        for (regex, name) in &self.patterns {
            text = regex.replace_all(&text, *name).into_owned();
        }
        if text != line {
            // Columns move with the width of numbers.
            text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_run_to_run_is_masked() {
        let masks = Masks::new(std::iter::empty()).unwrap();
        for (left, right) in [
            ("<C object at 0x7f12>", "<C object at 0xabc>"),
            ("id(x): 140", "id(x): 9"),
            ("took 0.25 s", "took 1.5 s"),
            ("took 0.25s (12 ms)", "took 3s (8 ms)"),
            ("size:   56 bytes", "size: 1,024 bytes"),
            ("1.5 MiB", "12 MiB"),
            ("at 2024-01-02 10:11:12", "at 2025-03-04 01:02:03"),
        ] {
            assert_eq!(masks.apply(left), masks.apply(right));
        }
        for (left, right) in [
            ("refs: 2", "refs: 3"),
            ("x  y", "x y"),
            ("12 objects", "13 objects"),
        ] {
            assert_ne!(masks.apply(left), masks.apply(right));
        }
    }

    #[test]
    fn own_masks_come_first() {
        let own = [r"gen\d: \d+".to_owned()];
        let masks = Masks::new(own.iter()).unwrap();
        assert_eq!(masks.apply("gen0: 17 left"), masks.apply("gen1: 5 left"));
        assert!(Masks::new(["(".to_owned()].iter()).is_err());
    }
}
