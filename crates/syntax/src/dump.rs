//! The tree as text, in the format of Python's `ast.dump`.

mod repr;

use crate::ast::{Constant, Mod, Range};
use crate::source::Source;
use crate::tree::{TreeWriter, WriteTree};

/// What a dump shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct DumpOptions {
    /// Spaces of one level; `None` puts everything on one line.
    pub indent: Option<usize>,
    /// Positions too (`include_attributes`).
    pub attributes: bool,
}

/// `ast.dump(tree, indent=…, include_attributes=…)`.
pub fn dump(module: &Mod, source: &Source, options: DumpOptions) -> String {
    let mut out = Dumper {
        source,
        options,
        text: String::new(),
        level: 0,
        simple: true,
    };
    out.module(module, &[]);
    out.text
}

/// Writes nodes the way `ast.dump` does: with an indent, every field and list item stands on a
/// line of its own.
struct Dumper<'s> {
    source: &'s Source,
    options: DumpOptions,
    text: String,
    level: usize,
    /// The value just written is no node with fields and no list with items.
    simple: bool,
}

/// The fields of the node being written.
struct Fields {
    /// Where the separators before the fields stand in the text.
    separators: Vec<std::ops::Range<usize>>,
    simple: bool,
}

impl Dumper<'_> {
    fn separator(&mut self, first: bool) {
        match self.options.indent {
            Some(width) => {
                if !first {
                    self.text.push(',');
                }
                self.text.push('\n');
                self.text
                    .extend(std::iter::repeat_n(' ', width * self.level));
            }
            None if !first => self.text.push_str(", "),
            None => {}
        }
    }
}

impl TreeWriter for Dumper<'_> {
    type Fields = Fields;

    fn node(
        &mut self,
        class: &str,
        range: Option<Range>,
        fields: impl FnOnce(&mut Self, &mut Fields),
    ) {
        self.text.push_str(class);
        self.text.push('(');
        self.level += 1;
        let mut written = Fields {
            separators: Vec::new(),
            simple: true,
        };
        fields(self, &mut written);
        if let (Some(range), true) = (range, self.options.attributes) {
            let start = self.source.position(range.start);
            let end = self.source.position(range.end);
            let places = [
                ("lineno", start.line),
                ("col_offset", start.column),
                ("end_lineno", end.line),
                ("end_col_offset", end.column),
            ];
            for (name, value) in places {
                self.field(&mut written, name, |d| d.text.push_str(&value.to_string()));
            }
        }
        self.level -= 1;
        self.text.push(')');
        self.simple = written.separators.is_empty();
        if written.simple && written.separators.len() <= 3 {
            // Up to three simple fields share a line.
            for (i, place) in written.separators.into_iter().enumerate().rev() {
                self.text
                    .replace_range(place, if i == 0 { "" } else { ", " });
            }
        }
    }

    fn field(&mut self, fields: &mut Fields, name: &str, value: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        self.separator(fields.separators.is_empty());
        fields.separators.push(start..self.text.len());
        self.text.push_str(name);
        self.text.push('=');
        self.simple = true;
        value(self);
        fields.simple &= self.simple;
    }

    fn list<T>(
        &mut self,
        fields: &mut Fields,
        name: &str,
        items: &[T],
        mut item: impl FnMut(&mut Self, &T),
    ) {
        self.field(fields, name, |d| {
            d.text.push('[');
            d.level += 1;
            for (i, it) in items.iter().enumerate() {
                d.separator(i == 0);
                item(d, it);
            }
            d.level -= 1;
            d.text.push(']');
            d.simple = items.is_empty();
        });
    }

    fn identifier(&mut self, text: &str) {
        let text = repr::string(text.chars().map(u32::from));
        self.text.push_str(&text);
    }

    fn int(&mut self, value: i64) {
        self.text.push_str(&value.to_string());
    }

    fn constant(&mut self, value: &Constant) {
        self.text.push_str(&repr::constant(value));
    }

    fn none(&mut self) {
        self.text.push_str("None");
    }
}
