//! Sets of characters, ready for matching: a table for Latin-1, ranges and categories for the rest.

use std::collections::HashMap;
use std::sync::OnceLock;

use runtime::types::str::unicode::{self, Mapping};

use super::node::{Category, Item, flag};

/// What flags make of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Cases differ.
    Exact,
    /// ASCII letters match in both cases.
    Ascii,
    /// All letters match in all their cases.
    Unicode,
}

/// How characters are classified and compared in a part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules {
    pub case: Case,
    /// `\w` and the like know all of Unicode.
    pub unicode: bool,
}

impl Rules {
    /// The rules of flags.
    pub fn of(flags: u32) -> Rules {
        let unicode = flags & flag::UNICODE != 0;
        let case = match flags & flag::IGNORECASE != 0 {
            false => Case::Exact,
            true if unicode => Case::Unicode,
            true => Case::Ascii,
        };
        Rules { case, unicode }
    }

    /// A character in the case in which it is compared.
    pub fn fold(self, c: u32) -> u32 {
        match self.case {
            Case::Exact => c,
            Case::Ascii => ascii_lower(c),
            Case::Unicode => lower(c),
        }
    }

    /// True if two characters are equal.
    pub fn same(self, a: u32, b: u32) -> bool {
        a == b || self.fold(a) == self.fold(b)
    }
}

pub(super) fn ascii_lower(c: u32) -> u32 {
    if (0x41..=0x5A).contains(&c) {
        c | 0x20
    } else {
        c
    }
}

/// The lower case of a character, one character.
pub(super) fn lower(c: u32) -> u32 {
    if c < 128 {
        return ascii_lower(c);
    }
    mapped(c, Mapping::Lower)
}

/// The upper case of a character, the first where there are several.
pub(super) fn upper(c: u32) -> u32 {
    mapped(c, Mapping::Upper)
}

fn mapped(c: u32, mapping: Mapping) -> u32 {
    let mut first = None;
    unicode::map(c, mapping, |mapped| first = first.or(Some(mapped)));
    first.unwrap_or(c)
}

/// Lower-case characters that match each other although lower case alone does not make them equal:
/// those with the same upper case.
fn equals() -> &'static HashMap<u32, Vec<u32>> {
    static EQUALS: OnceLock<HashMap<u32, Vec<u32>>> = OnceLock::new();
    EQUALS.get_or_init(|| {
        let mut by_upper: HashMap<Vec<u32>, Vec<u32>> = HashMap::new();
        for c in 0..0x1_0000 {
            if lower(c) != c {
                continue;
            }
            let mut key = Vec::new();
            unicode::map(c, Mapping::Upper, |mapped| key.push(mapped));
            if key != [c] {
                by_upper.entry(key).or_default().push(c);
            }
        }
        let mut equals: HashMap<u32, Vec<u32>> = HashMap::new();
        for group in by_upper.into_values().filter(|group| group.len() > 1) {
            for &c in &group {
                equals.insert(
                    c,
                    group.iter().copied().filter(|&other| other != c).collect(),
                );
            }
        }
        equals
    })
}

/// The other characters that a lower-case one matches where case is ignored.
pub(super) fn partners(c: u32) -> &'static [u32] {
    match c {
        // Most ASCII letters have none, which saves the table.
        0x69 => &[0x131],
        0x73 => &[0x17F],
        0..=0x7F => &[],
        _ => equals().get(&c).map_or(&[], Vec::as_slice),
    }
}

/// True for a character of a category.
pub(super) fn in_category(category: Category, c: u32, unicode: bool) -> bool {
    match category {
        Category::Digit => is_digit(c, unicode),
        Category::NotDigit => !is_digit(c, unicode),
        Category::Space => is_space(c, unicode),
        Category::NotSpace => !is_space(c, unicode),
        Category::Word => is_word(c, unicode),
        Category::NotWord => !is_word(c, unicode),
    }
}

fn is_digit(c: u32, unicode: bool) -> bool {
    (0x30..=0x39).contains(&c) || unicode && c >= 128 && unicode::decimal(c).is_some()
}

fn is_space(c: u32, unicode: bool) -> bool {
    if unicode {
        unicode::is_space(c)
    } else {
        matches!(c, 9..=13 | 32)
    }
}

/// `\w` of a character.
#[inline]
pub(super) fn is_word(c: u32, unicode: bool) -> bool {
    match c {
        0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A => true,
        0..=0x7F => false,
        _ => unicode && unicode::is_alnum(c),
    }
}

/// A set of characters.
pub(super) struct CharSet {
    /// Membership of U+0000 to U+00FF.
    pub table: Box<[bool; 256]>,
    negated: bool,
    rules: Rules,
    /// Ranges beyond Latin-1 (of folded characters), sorted.
    ranges: Vec<(u32, u32)>,
    categories: Vec<Category>,
}

impl CharSet {
    /// The set of items under rules.
    pub fn new(items: &[Item], negated: bool, rules: Rules) -> CharSet {
        let mut ranges = Vec::new();
        let mut categories = Vec::new();
        for item in items {
            match *item {
                Item::Literal(c) => add_range(&mut ranges, c, c, rules),
                Item::Range(low, high) => add_range(&mut ranges, low, high, rules),
                Item::Category(category) => categories.push(category),
            }
        }
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match merged.last_mut() {
                Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
                _ => merged.push((low, high)),
            }
        }
        let mut set = CharSet {
            table: Box::new([false; 256]),
            negated,
            rules,
            ranges: merged,
            categories,
        };
        for c in 0..256u32 {
            set.table[c as usize] = set.compute(c);
        }
        set
    }

    /// The set of a table and of all characters beyond it or none of them.
    pub fn of_table(table: Box<[bool; 256]>, others: bool) -> CharSet {
        CharSet {
            table,
            negated: others,
            rules: Rules {
                case: Case::Exact,
                unicode: false,
            },
            ranges: Vec::new(),
            categories: Vec::new(),
        }
    }

    /// True if the set may have members beyond Latin-1.
    pub fn has_others(&self) -> bool {
        if self.negated {
            return true;
        }
        let beyond = self.ranges.iter().any(|&(_, high)| high > 255);
        let by_case = self.rules.case == Case::Unicode;
        let by_category = self.categories.iter().any(|category| {
            self.rules.unicode
                || matches!(
                    category,
                    Category::NotDigit | Category::NotSpace | Category::NotWord
                )
        });
        beyond || by_case || by_category
    }

    fn compute(&self, c: u32) -> bool {
        let folded = self.rules.fold(c);
        let found = self.in_ranges(folded)
            || self
                .categories
                .iter()
                .any(|&category| in_category(category, folded, self.rules.unicode));
        found != self.negated
    }

    fn in_ranges(&self, c: u32) -> bool {
        let place = self.ranges.partition_point(|&(low, _)| low <= c);
        place > 0 && self.ranges[place - 1].1 >= c
    }

    /// Membership.
    #[inline(always)]
    pub fn has(&self, c: u32) -> bool {
        match self.table.get(c as usize) {
            Some(&known) => known,
            None => self.has_wide(c),
        }
    }

    #[inline(never)]
    fn has_wide(&self, c: u32) -> bool {
        self.compute(c)
    }
}

/// Adds a range, folded, with the characters that match its members.
fn add_range(ranges: &mut Vec<(u32, u32)>, low: u32, high: u32, rules: Rules) {
    match rules.case {
        Case::Exact => ranges.push((low, high)),
        Case::Ascii => {
            ranges.push((low, high));
            let (from, to) = (low.max(0x41), high.min(0x5A));
            if from <= to {
                ranges.push((from | 0x20, to | 0x20));
            }
        }
        Case::Unicode => {
            // Beyond the second plane there are no letters with case.
            const LAST_CASED: u32 = 0x1_FFFF;
            ranges.push((low, high));
            for c in low..=high.min(LAST_CASED) {
                let folded = lower(c);
                if folded != c {
                    ranges.push((folded, folded));
                }
                ranges.extend(partners(folded).iter().map(|&p| (p, p)));
            }
        }
    }
}
