//! What begins with a parenthesis: groups, lookaround, conditions, flags, comments.

use runtime::PyResult;

use super::escape::is_digit;
use super::node::{MAX_GROUPS, Node, flag};
use super::parse::Parser;
use super::source::{Token, shown};

/// The flag a letter stands for.
fn flag_of(token: Token) -> Option<u32> {
    if token.escaped.is_some() {
        return None;
    }
    Some(match shown(token.c) {
        'i' => flag::IGNORECASE,
        'L' => flag::LOCALE,
        'm' => flag::MULTILINE,
        's' => flag::DOTALL,
        'x' => flag::VERBOSE,
        'a' => flag::ASCII,
        't' => flag::TEMPLATE,
        'u' => flag::UNICODE,
        _ => return None,
    })
}

/// What a group turns out to be after its first characters.
#[derive(Default)]
struct Opening {
    captures: bool,
    atomic: bool,
    name: Option<Vec<u32>>,
    add: u32,
    remove: u32,
}

impl Parser<'_> {
    /// A group, behind its opening parenthesis.
    pub(super) fn group(
        &mut self,
        verbose: bool,
        first: bool,
        nodes: &mut Vec<Node>,
        set_verbose: &mut dyn FnMut(bool),
    ) -> PyResult<()> {
        let start = self.source.tell() - 1;
        let mut opening = Opening {
            captures: true,
            ..Opening::default()
        };
        if self.source.take('?')? {
            let Some(token) = self.source.get()? else {
                return Err(self.source.error("unexpected end of pattern", 0));
            };
            let c = if token.escaped.is_some() {
                '\\'
            } else {
                shown(token.c)
            };
            match c {
                'P' => {
                    if self.named(&mut opening, nodes)? {
                        return Ok(());
                    }
                }
                ':' => opening.captures = false,
                '#' => return self.comment(start),
                '=' | '!' | '<' => return self.lookaround(c, verbose, start, nodes),
                '(' => return self.conditional(verbose, start, nodes),
                '>' => {
                    opening.captures = false;
                    opening.atomic = true;
                }
                _ if flag_of(token).is_some() || c == '-' => {
                    let Some((add, remove)) = self.inline_flags(token)? else {
                        if !first || !nodes.is_empty() {
                            let offset = self.source.tell() - start;
                            let message = "global flags not at the start of the expression";
                            return Err(self.source.error(message, offset));
                        }
                        set_verbose(self.flags & flag::VERBOSE != 0);
                        return Ok(());
                    };
                    opening.captures = false;
                    opening.add = add;
                    opening.remove = remove;
                }
                _ => {
                    let message = format!("unknown extension ?{}", token.text());
                    return Err(self.source.error(&message, token.len() + 1));
                }
            }
        }
        let index = if opening.captures {
            Some(self.open_group(opening.name.take())?)
        } else {
            None
        };
        let verbose =
            (verbose || opening.add & flag::VERBOSE != 0) && opening.remove & flag::VERBOSE == 0;
        let body = self.alternatives(verbose, false)?;
        self.expect_close(start)?;
        if let Some(index) = index {
            self.close_group(index, &body);
        }
        nodes.push(if opening.atomic {
            Node::Atomic(body)
        } else {
            Node::Group {
                index,
                add: opening.add,
                remove: opening.remove,
                body,
            }
        });
        Ok(())
    }

    fn expect_close(&mut self, start: usize) -> PyResult<()> {
        if self.source.take(')')? {
            return Ok(());
        }
        let offset = self.source.tell() - start;
        Err(self
            .source
            .error("missing ), unterminated subpattern", offset))
    }

    /// `(?P<name>…` and `(?P=name)`; true if that is all.
    fn named(&mut self, opening: &mut Opening, nodes: &mut Vec<Node>) -> PyResult<bool> {
        if self.source.take('<')? {
            let name = self.source.get_until('>', "group name")?;
            self.source.check_group_name(&name, 1)?;
            opening.name = Some(name);
            return Ok(false);
        }
        if self.source.take('=')? {
            let name = self.source.get_until(')', "group name")?;
            self.source.check_group_name(&name, 1)?;
            let group = self.known_group(&name)?;
            if !self.is_closed(group) {
                let message = "cannot refer to an open group";
                return Err(self.source.error(message, name.len() + 1));
            }
            self.check_lookbehind_group(group)?;
            nodes.push(Node::Reference(group));
            return Ok(true);
        }
        match self.source.get()? {
            None => Err(self.source.error("unexpected end of pattern", 0)),
            Some(token) => {
                let message = format!("unknown extension ?P{}", token.text());
                Err(self.source.error(&message, token.len() + 2))
            }
        }
    }

    fn known_group(&self, name: &[u32]) -> PyResult<u32> {
        match self.group_named(name) {
            Some(group) => Ok(group),
            None => {
                let message = format!("unknown group name {}", self.source.repr(name)?);
                Err(self.source.error(&message, name.len() + 1))
            }
        }
    }

    fn comment(&mut self, start: usize) -> PyResult<()> {
        loop {
            if self.source.next.is_none() {
                let offset = self.source.tell() - start;
                return Err(self.source.error("missing ), unterminated comment", offset));
            }
            if self.source.get()?.is_some_and(|token| token.is(')')) {
                return Ok(());
            }
        }
    }

    fn lookaround(
        &mut self,
        mut c: char,
        verbose: bool,
        start: usize,
        nodes: &mut Vec<Node>,
    ) -> PyResult<()> {
        let ahead = c != '<';
        let outer = self.lookbehind_groups;
        if !ahead {
            let Some(token) = self.source.get()? else {
                return Err(self.source.error("unexpected end of pattern", 0));
            };
            if !token.is('=') && !token.is('!') {
                let message = format!("unknown extension ?<{}", token.text());
                return Err(self.source.error(&message, token.len() + 2));
            }
            c = shown(token.c);
            if outer.is_none() {
                self.lookbehind_groups = Some(self.group_count());
            }
        }
        let body = self.alternatives(verbose, false)?;
        if !ahead && outer.is_none() {
            self.lookbehind_groups = None;
        }
        self.expect_close(start)?;
        nodes.push(Node::Look {
            ahead,
            negated: c == '!',
            body,
        });
        Ok(())
    }

    fn conditional(&mut self, verbose: bool, start: usize, nodes: &mut Vec<Node>) -> PyResult<()> {
        let name = self.source.get_until(')', "group name")?;
        let group = if name.iter().all(|&c| is_digit(c)) {
            let digits: String = name.iter().map(|&c| shown(c)).collect();
            let group = digits.parse().unwrap_or(u64::MAX);
            if group == 0 {
                return Err(self.source.error("bad group number", name.len() + 1));
            }
            if group >= u64::from(MAX_GROUPS) {
                let digits = digits.trim_start_matches('0');
                let message = format!("invalid group reference {digits}");
                return Err(self.source.error(&message, name.len() + 1));
            }
            let group = group as u32;
            if !self.tested.iter().any(|&(known, _)| known == group) {
                let place = self.source.tell() - name.len() - 1;
                self.tested.push((group, place));
            }
            group
        } else {
            self.source.check_group_name(&name, 1)?;
            self.known_group(&name)?
        };
        self.check_lookbehind_group(group)?;
        let yes = self.branch(verbose)?;
        let no = if self.source.take('|')? {
            let no = self.branch(verbose)?;
            if self.source.next.is_some_and(|token| token.is('|')) {
                let message = "conditional backref with more than two branches";
                return Err(self.source.error(message, 0));
            }
            Some(no)
        } else {
            None
        };
        self.expect_close(start)?;
        nodes.push(Node::Conditional { group, yes, no });
        Ok(())
    }

    fn branch(&mut self, verbose: bool) -> PyResult<Vec<Node>> {
        let _guard = self.source.vm.enter_native("")?;
        self.sequence(verbose, false)
    }

    /// Flags behind `(?`: those turned on and off for a group, or None for global ones (set).
    fn inline_flags(&mut self, first: Token) -> PyResult<Option<(u32, u32)>> {
        let (mut add, mut remove) = (0, 0);
        let mut token = first;
        if !token.is('-') {
            loop {
                let flag = flag_of(token).unwrap_or(0);
                if self.source.is_text && flag == flag::LOCALE {
                    let message = "bad inline flags: cannot use 'L' flag with a str pattern";
                    return Err(self.source.error(message, 0));
                }
                if !self.source.is_text && flag == flag::UNICODE {
                    let message = "bad inline flags: cannot use 'u' flag with a bytes pattern";
                    return Err(self.source.error(message, 0));
                }
                add |= flag;
                if flag & flag::TYPES != 0 && add & flag::TYPES != flag {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.source.error(message, 0));
                }
                token = self.flag_token("missing -, : or )")?;
                if token.is(')') || token.is('-') || token.is(':') {
                    break;
                }
                self.check_flag(token, "missing -, : or )")?;
            }
        }
        if token.is(')') {
            self.flags |= add;
            return Ok(None);
        }
        if add & flag::GLOBAL != 0 {
            let message = "bad inline flags: cannot turn on global flag";
            return Err(self.source.error(message, 1));
        }
        if token.is('-') {
            token = self.flag_token("missing flag")?;
            self.check_flag(token, "missing flag")?;
            loop {
                let flag = flag_of(token).unwrap_or(0);
                if flag & flag::TYPES != 0 {
                    let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                    return Err(self.source.error(message, 0));
                }
                remove |= flag;
                token = self.flag_token("missing :")?;
                if token.is(':') {
                    break;
                }
                self.check_flag(token, "missing :")?;
            }
        }
        if remove & flag::GLOBAL != 0 {
            let message = "bad inline flags: cannot turn off global flag";
            return Err(self.source.error(message, 1));
        }
        if add & remove != 0 {
            let message = "bad inline flags: flag turned on and off";
            return Err(self.source.error(message, 1));
        }
        Ok(Some((add, remove)))
    }

    fn flag_token(&mut self, missing: &str) -> PyResult<Token> {
        match self.source.get()? {
            Some(token) => Ok(token),
            None => Err(self.source.error(missing, 0)),
        }
    }

    fn check_flag(&self, token: Token, missing: &str) -> PyResult<()> {
        if flag_of(token).is_some() {
            return Ok(());
        }
        let is_letter = token.escaped.is_none() && shown(token.c).is_alphabetic();
        let message = if is_letter { "unknown flag" } else { missing };
        Err(self.source.error(message, token.len()))
    }
}
