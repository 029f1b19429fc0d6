//! The normal forms: decomposition, canonical order, composition.

use super::old;
use super::tables::Tables;

// Hangul syllables are composed by arithmetic.
const S_BASE: u32 = 0xAC00;
const L_BASE: u32 = 0x1100;
const V_BASE: u32 = 0x1161;
const T_BASE: u32 = 0x11A7;
const L_COUNT: u32 = 19;
const V_COUNT: u32 = 21;
const T_COUNT: u32 = 28;
const S_COUNT: u32 = L_COUNT * V_COUNT * T_COUNT;

/// A normal form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    pub compose: bool,
    pub compatible: bool,
}

impl Form {
    /// The form of a name.
    pub fn named(name: &str) -> Option<Form> {
        let (compose, compatible) = match name {
            "NFC" => (true, false),
            "NFKC" => (true, true),
            "NFD" => (false, false),
            "NFKD" => (false, true),
            _ => return None,
        };
        Some(Form {
            compose,
            compatible,
        })
    }
}

fn decompose(tables: &Tables, c: u32, compatible: bool, of_old: bool, out: &mut Vec<u32>) {
    if of_old && let Some(c) = old::normal(c) {
        return out.push(c);
    }
    if (S_BASE..S_BASE + S_COUNT).contains(&c) {
        let s = c - S_BASE;
        out.push(L_BASE + s / (V_COUNT * T_COUNT));
        out.push(V_BASE + s % (V_COUNT * T_COUNT) / T_COUNT);
        if !s.is_multiple_of(T_COUNT) {
            out.push(T_BASE + s % T_COUNT);
        }
        return;
    }
    match tables.decompositions.get(&c) {
        // Decompositions nest a few levels at most.
        Some((tag, parts)) if *tag == 0 || compatible => {
            parts
                .iter()
                .for_each(|&part| decompose(tables, part, compatible, of_old, out));
        }
        _ => out.push(c),
    }
}

fn pair(tables: &Tables, a: u32, b: u32) -> Option<u32> {
    if (L_BASE..L_BASE + L_COUNT).contains(&a) && (V_BASE..V_BASE + V_COUNT).contains(&b) {
        return Some(S_BASE + ((a - L_BASE) * V_COUNT + (b - V_BASE)) * T_COUNT);
    }
    let is_lv = (S_BASE..S_BASE + S_COUNT).contains(&a) && (a - S_BASE).is_multiple_of(T_COUNT);
    if is_lv && (T_BASE + 1..T_BASE + T_COUNT).contains(&b) {
        return Some(a + (b - T_BASE));
    }
    tables.pairs.get(&(a, b)).copied()
}

/// The normal form of a text, by Unicode 3.2 if that is asked for.
pub(super) fn normalize(text: impl Iterator<Item = u32>, form: Form, of_old: bool) -> Vec<u32> {
    let tables = Tables::get();
    let mut points = Vec::new();
    text.for_each(|c| decompose(tables, c, form.compatible, of_old, &mut points));
    // Marks behind a starter are put in the order of their classes.
    let class = |c: u32| tables.record(c).combining;
    let mut start = 0;
    while start < points.len() {
        if class(points[start]) == 0 {
            start += 1;
            continue;
        }
        let run = points[start..]
            .iter()
            .take_while(|&&c| class(c) != 0)
            .count();
        points[start..start + run].sort_by_key(|&c| class(c));
        start += run;
    }
    if !form.compose {
        return points;
    }
    let mut composed: Vec<u32> = Vec::with_capacity(points.len());
    let mut starter: Option<usize> = None;
    // The class of what stands between the starter and the next character; 0 for nothing.
    let mut between = 0;
    for c in points {
        let own = class(c);
        if let Some(place) = starter
            && (between < own || place + 1 == composed.len())
            && let Some(both) = pair(tables, composed[place], c)
        {
            composed[place] = both;
            continue;
        }
        if own == 0 {
            starter = Some(composed.len());
        }
        between = own;
        composed.push(c);
    }
    composed
}
