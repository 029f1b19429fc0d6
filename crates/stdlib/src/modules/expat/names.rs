//! Names with prefixes, and the name spaces that these stand for.

use super::errors::Code;
use super::event::Event;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// What prefixes stand for here; the latest binding of a prefix holds.
#[derive(Clone)]
pub(super) struct Names {
    /// What stands between a name space and a name; None where names are not looked into.
    separator: Option<String>,
    /// Whether names end with their prefixes.
    pub with_prefixes: bool,
    bindings: Vec<(Option<String>, Option<String>)>,
}

/// A start tag with its names resolved.
pub(super) struct Resolved {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub specified: usize,
    /// How many bindings it makes.
    pub bindings: usize,
}

impl Names {
    pub fn new(separator: Option<String>) -> Names {
        Names {
            separator,
            with_prefixes: false,
            bindings: Vec::new(),
        }
    }

    pub fn are_resolved(&self) -> bool {
        self.separator.is_some()
    }

    /// The bindings as a parser of an entity is told them, each `prefix=uri`.
    pub fn context(&self) -> Vec<String> {
        let mut seen = Vec::new();
        let mut parts = Vec::new();
        for (prefix, uri) in self.bindings.iter().rev() {
            if seen.contains(&prefix) {
                continue;
            }
            seen.push(prefix);
            if let Some(uri) = uri {
                parts.push(format!("{}={uri}", prefix.as_deref().unwrap_or_default()));
            }
        }
        if self.are_resolved() {
            parts.push(format!("xml={XML}"));
        }
        parts
    }

    /// Takes a binding from such a context.
    pub fn restore(&mut self, prefix: &str, uri: &str) {
        let prefix = (!prefix.is_empty()).then(|| prefix.to_owned());
        self.bindings.push((prefix, Some(uri.to_owned())));
    }

    fn uri(&self, prefix: Option<&str>) -> Option<&str> {
        if prefix == Some("xml") {
            return Some(XML);
        }
        let found = self
            .bindings
            .iter()
            .rev()
            .find(|(known, _)| known.as_deref() == prefix);
        found.and_then(|(_, uri)| uri.as_deref())
    }

    fn full(&self, uri: &str, local: &str, prefix: Option<&str>) -> String {
        let separator = self.separator.as_deref().unwrap_or_default();
        let mut name = format!("{uri}{separator}{local}");
        if let Some(prefix) = prefix
            && self.with_prefixes
            && !separator.is_empty()
        {
            name.push_str(separator);
            name.push_str(prefix);
        }
        name
    }

    /// Notes what an attribute binds; an error where it must not.
    fn bind(&mut self, prefix: Option<&str>, uri: &str) -> Result<(), Code> {
        match prefix {
            Some("xmlns") => return Err(Code::RESERVED_XMLNS),
            Some("xml") if uri != XML => return Err(Code::RESERVED_XML),
            Some("xml") => {}
            Some(_) if uri.is_empty() => return Err(Code::UNDECLARING_PREFIX),
            _ if uri == XML || uri == XMLNS => return Err(Code::RESERVED_URI),
            _ => {}
        }
        // A separator within the name of a name space would make names ambiguous.
        if let Some(separator) = self.separator.as_deref()
            && !separator.is_empty()
            && uri.contains(separator)
            && !is_uri_character(separator)
        {
            return Err(Code::SYNTAX);
        }
        let uri = (!uri.is_empty()).then(|| uri.to_owned());
        self.bindings.push((prefix.map(str::to_owned), uri));
        Ok(())
    }

    /// Resolves the names of a start tag; what it binds is told in `events`.
    pub fn resolve(
        &mut self,
        name: String,
        attributes: Vec<(String, String)>,
        specified: usize,
        events: &mut Vec<Event>,
    ) -> Result<Resolved, Code> {
        if !self.are_resolved() {
            return Ok(Resolved {
                name,
                attributes,
                specified,
                bindings: 0,
            });
        }
        let before = self.bindings.len();
        let mut kept = Vec::new();
        let mut kept_specified = specified;
        for (place, (attribute, value)) in attributes.into_iter().enumerate() {
            let prefix = match attribute.strip_prefix("xmlns") {
                Some("") => None,
                Some(rest) if rest.starts_with(':') => Some(rest[1..].to_owned()),
                _ => {
                    kept.push((attribute, value));
                    continue;
                }
            };
            if place < specified {
                kept_specified -= 1;
            }
            self.bind(prefix.as_deref(), &value)?;
            events.push(Event::StartNamespace {
                prefix,
                uri: (!value.is_empty()).then_some(value),
            });
        }
        let mut full_names = Vec::with_capacity(kept.len());
        for (attribute, value) in kept {
            let full = match attribute.split_once(':') {
                None => attribute,
                Some((prefix, local)) => match self.uri(Some(prefix)) {
                    Some(uri) => self.full(uri, local, Some(prefix)),
                    None => return Err(Code::UNBOUND_PREFIX),
                },
            };
            if full_names.iter().any(|(known, _)| *known == full) {
                return Err(Code::DUPLICATE_ATTRIBUTE);
            }
            full_names.push((full, value));
        }
        let name = self.element(&name)?;
        Ok(Resolved {
            name,
            attributes: full_names,
            specified: kept_specified,
            bindings: self.bindings.len() - before,
        })
    }

    fn element(&self, name: &str) -> Result<String, Code> {
        match name.split_once(':') {
            Some((prefix, local)) => match self.uri(Some(prefix)) {
                Some(uri) => Ok(self.full(uri, local, Some(prefix))),
                None => Err(Code::UNBOUND_PREFIX),
            },
            None => Ok(match self.uri(None) {
                Some(uri) => self.full(uri, name, None),
                None => name.to_owned(),
            }),
        }
    }

    /// Forgets the latest bindings, telling so.
    pub fn leave(&mut self, count: usize, events: &mut Vec<Event>) {
        for _ in 0..count {
            if let Some((prefix, _)) = self.bindings.pop() {
                events.push(Event::EndNamespace { prefix });
            }
        }
    }
}

fn is_uri_character(separator: &str) -> bool {
    separator
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}
