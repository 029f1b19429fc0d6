//! Nodes to instructions.

use runtime::{PyResult, Vm};

use super::charset::{CharSet, Rules};
use super::first::{First, combine_flags, first_of, first_of_node, is_exact};
use super::node::{At, Greed, Item, MAX_REPEAT, Node, Width, flag, width};
use super::parse::Parsed;
use super::program::{Inst, NO_SET, Place, Program, Single};
use super::source::raise_error;

struct Compiler<'a> {
    vm: &'a Vm,
    widths: &'a [Option<Width>],
    code: Vec<Inst>,
    sets: Vec<CharSet>,
    strings: Vec<Vec<u32>>,
    registers: u32,
}

/// Compiles a parsed pattern.
pub(super) fn compile(vm: &Vm, parsed: &Parsed) -> PyResult<Program> {
    let mut compiler = Compiler {
        vm,
        widths: &parsed.widths,
        code: Vec::new(),
        sets: Vec::new(),
        strings: Vec::new(),
        registers: 0,
    };
    compiler.sequence(&parsed.nodes, parsed.flags, None)?;
    compiler.code.push(Inst::Match);
    let mut prefix = Vec::new();
    collect_prefix(&parsed.nodes, parsed.flags, &mut prefix);
    let (first, empty) = first_of(&parsed.nodes, parsed.flags);
    let first = if empty || first.is_all() {
        NO_SET
    } else {
        compiler.guard(&first)
    };
    let min_width = width(&parsed.nodes, &parsed.widths).0;
    Ok(Program {
        code: compiler.code,
        sets: compiler.sets,
        strings: compiler.strings,
        marks: (parsed.widths.len() - 1) * 2,
        registers: compiler.registers as usize,
        prefix,
        first,
        anchored: is_anchored(&parsed.nodes, parsed.flags),
        min_width: usize::try_from(min_width).unwrap_or(usize::MAX),
    })
}

fn is_anchored(nodes: &[Node], flags: u32) -> bool {
    match nodes.first() {
        Some(Node::At(At::BeginningOfString)) => true,
        Some(Node::At(At::Beginning)) => flags & flag::MULTILINE == 0,
        Some(Node::Group {
            add, remove, body, ..
        }) => is_anchored(body, combine_flags(flags, *add, *remove)),
        _ => false,
    }
}

/// Appends what a sequence must begin with; true if that is all of it.
fn collect_prefix(nodes: &[Node], flags: u32, prefix: &mut Vec<u32>) -> bool {
    nodes.iter().all(|node| match node {
        Node::Literal(c) if is_exact(*c, flags) => {
            prefix.push(*c);
            true
        }
        Node::Group {
            add, remove, body, ..
        } => collect_prefix(body, combine_flags(flags, *add, *remove), prefix),
        _ => false,
    })
}

impl Compiler<'_> {
    fn here(&self) -> u32 {
        self.code.len() as u32
    }

    fn set(&mut self, set: CharSet) -> u32 {
        self.sets.push(set);
        self.sets.len() as u32 - 1
    }

    fn guard(&mut self, first: &First) -> u32 {
        self.set(CharSet::of_table(first.table.clone(), first.others))
    }

    /// A guard of what follows, if anything is known about it.
    fn guard_of(&mut self, first: Option<&First>) -> u32 {
        match first {
            Some(first) if !first.is_all() => self.guard(first),
            _ => NO_SET,
        }
    }

    /// Compiles a sequence; `tail` says with what the text behind it must begin, if that is known.
    fn sequence(&mut self, nodes: &[Node], flags: u32, tail: Option<&First>) -> PyResult<()> {
        let _guard = self.vm.enter_native("")?;
        let mut place = 0;
        while let Some(node) = nodes.get(place) {
            if let Node::Literal(c) = node
                && is_exact(*c, flags)
            {
                let mut text = vec![*c];
                while let Some(Node::Literal(c)) = nodes.get(place + text.len())
                    && is_exact(*c, flags)
                {
                    text.push(*c);
                }
                place += text.len();
                if text.len() == 1 {
                    self.code.push(Inst::One(Single::Literal(*c)));
                } else {
                    self.strings.push(text);
                    let index = self.strings.len() as u32 - 1;
                    self.code.push(Inst::Text(index));
                }
                continue;
            }
            let rest = &nodes[place + 1..];
            let (mut after, empty) = first_of(rest, flags);
            let after = if !empty {
                Some(after)
            } else if let Some(tail) = tail {
                after.add(tail);
                Some(after)
            } else {
                None
            };
            self.node(node, flags, after.as_ref())?;
            place += 1;
        }
        Ok(())
    }

    /// The condition of a node that matches exactly one character.
    fn single(&mut self, node: &Node, flags: u32) -> Option<Single> {
        let rules = Rules::of(flags);
        Some(match node {
            Node::Literal(c) if is_exact(*c, flags) => Single::Literal(*c),
            Node::Literal(c) => {
                Single::Set(self.set(CharSet::new(&[Item::Literal(*c)], false, rules)))
            }
            Node::NotLiteral(c) if is_exact(*c, flags) => Single::NotLiteral(*c),
            Node::NotLiteral(c) => {
                Single::Set(self.set(CharSet::new(&[Item::Literal(*c)], true, rules)))
            }
            Node::Any if flags & flag::DOTALL != 0 => Single::All,
            Node::Any => Single::NotNewline,
            Node::Set { negated, items } => {
                Single::Set(self.set(CharSet::new(items, *negated, rules)))
            }
            _ => return None,
        })
    }

    fn node(&mut self, node: &Node, flags: u32, tail: Option<&First>) -> PyResult<()> {
        if let Some(single) = self.single(node, flags) {
            self.code.push(Inst::One(single));
            return Ok(());
        }
        match node {
            Node::At(at) => self.code.push(Inst::At(place_of(*at, flags))),
            Node::Repeat {
                greed,
                min,
                max,
                body,
            } => self.repeat(*greed, (*min, *max), body, flags, tail)?,
            Node::Branch(branches) => self.branch(branches, flags, tail)?,
            Node::Group {
                index,
                add,
                remove,
                body,
            } => {
                let flags = combine_flags(flags, *add, *remove);
                match index {
                    Some(index) => {
                        let mark = (index - 1) * 2;
                        self.code.push(Inst::Mark(mark));
                        self.sequence(body, flags, tail)?;
                        self.code.push(Inst::Mark(mark + 1));
                    }
                    None => self.sequence(body, flags, tail)?,
                }
            }
            Node::Atomic(body) => {
                self.code.push(Inst::Atomic);
                self.sequence(body, flags, None)?;
                self.code.push(Inst::AtomicEnd);
            }
            Node::Look {
                ahead,
                negated,
                body,
            } => self.look(*ahead, *negated, body, flags)?,
            Node::Reference(group) => self.code.push(Inst::Reference {
                group: *group,
                rules: Rules::of(flags),
            }),
            Node::Conditional { group, yes, no } => {
                let test = self.code.len();
                self.code.push(Inst::IfGroup {
                    group: *group,
                    no: 0,
                });
                self.sequence(yes, flags, tail)?;
                let jump = self.code.len();
                if no.is_some() {
                    self.code.push(Inst::Jump(0));
                }
                let start = self.here();
                if let Some(Inst::IfGroup { no, .. }) = self.code.get_mut(test) {
                    *no = start;
                }
                if let Some(no) = no {
                    self.sequence(no, flags, tail)?;
                    self.code[jump] = Inst::Jump(self.here());
                }
            }
            Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::Set { .. } => {}
        }
        Ok(())
    }

    fn look(&mut self, ahead: bool, negated: bool, body: &[Node], flags: u32) -> PyResult<()> {
        let mut back = 0;
        if !ahead {
            let (low, high) = width(body, self.widths);
            if low != high {
                let message = "look-behind requires fixed-width pattern";
                return Err(raise_error(self.vm, message, None));
            }
            back = match u32::try_from(low) {
                Ok(back) if back < MAX_REPEAT => back,
                _ => return Err(raise_error(self.vm, "looks too much behind", None)),
            };
        }
        let start = self.code.len();
        self.code.push(Inst::Look { back });
        self.sequence(body, flags, None)?;
        if negated {
            self.code.push(Inst::NotLookEnd);
            let next = self.here();
            self.code[start] = Inst::NotLook { back, next };
        } else {
            self.code.push(Inst::LookEnd);
        }
        Ok(())
    }

    fn branch(&mut self, branches: &[Vec<Node>], flags: u32, tail: Option<&First>) -> PyResult<()> {
        let mut jumps = Vec::new();
        for (i, branch) in branches.iter().enumerate() {
            if i + 1 == branches.len() {
                self.sequence(branch, flags, tail)?;
                break;
            }
            let (mut first, empty) = first_of(branch, flags);
            let guard = match (empty, tail) {
                (false, _) => self.guard_of(Some(&first)),
                (true, Some(tail)) => {
                    first.add(tail);
                    self.guard_of(Some(&first))
                }
                (true, None) => NO_SET,
            };
            let fork = self.code.len();
            self.code.push(Inst::Match);
            self.sequence(branch, flags, tail)?;
            jumps.push(self.code.len());
            self.code.push(Inst::Jump(0));
            self.code[fork] = Inst::Fork {
                first: fork as u32 + 1,
                second: self.here(),
                guard,
            };
        }
        let end = self.here();
        for jump in jumps {
            self.code[jump] = Inst::Jump(end);
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        greed: Greed,
        (min, max): (u32, u32),
        body: &[Node],
        flags: u32,
        tail: Option<&First>,
    ) -> PyResult<()> {
        if let [node] = body
            && let Some(single) = self.single(node, flags)
        {
            let (own, _) = first_of_node(node, flags);
            // No shorter repetition can be followed by what must follow: the longest is final.
            let greed = match (greed, tail) {
                (Greed::Greedy, Some(tail)) if own.is_disjoint(tail) => Greed::Possessive,
                _ => greed,
            };
            let guard = if greed == Greed::Possessive {
                NO_SET
            } else {
                self.guard_of(tail)
            };
            self.code.push(Inst::Repeat {
                single,
                min,
                max,
                greed,
                guard,
            });
            return Ok(());
        }
        let (first, empty) = first_of(body, flags);
        let guard = if empty {
            NO_SET
        } else {
            self.guard_of(Some(&first))
        };
        let possessive = greed == Greed::Possessive;
        // What follows must not speak against a choice that is final.
        let tail = tail.filter(|_| !possessive);
        if possessive {
            self.code.push(Inst::Atomic);
        }
        if (min, max) == (0, 1) {
            let fork = self.code.len();
            self.code.push(Inst::Match);
            self.sequence(body, flags, tail)?;
            let (body, end) = (fork as u32 + 1, self.here());
            self.code[fork] = match greed {
                Greed::Lazy => Inst::Fork {
                    first: end,
                    second: body,
                    guard: self.guard_of(tail),
                },
                _ => Inst::Fork {
                    first: body,
                    second: end,
                    guard,
                },
            };
        } else {
            let register = self.registers;
            self.registers += 1;
            self.code.push(Inst::Enter(register));
            let jump = self.code.len();
            self.code.push(Inst::Jump(0));
            let start = self.here();
            if possessive {
                self.code.push(Inst::Atomic);
            }
            // Behind the body comes the body again or what follows.
            let around = match tail {
                Some(tail) if !empty => {
                    let mut around = first.clone();
                    around.add(tail);
                    Some(around)
                }
                _ => None,
            };
            self.sequence(body, flags, around.as_ref())?;
            if possessive {
                self.code.push(Inst::AtomicEnd);
            }
            self.code[jump] = Inst::Jump(self.here());
            self.code.push(Inst::Next {
                register,
                min,
                max,
                lazy: greed == Greed::Lazy,
                body: start,
                guard,
            });
        }
        if possessive {
            self.code.push(Inst::AtomicEnd);
        }
        Ok(())
    }
}

fn place_of(at: At, flags: u32) -> Place {
    let multiline = flags & flag::MULTILINE != 0;
    let unicode = flags & flag::UNICODE != 0;
    match at {
        At::Beginning if multiline => Place::BeginningOfLine,
        At::Beginning | At::BeginningOfString => Place::Beginning,
        At::End if multiline => Place::EndOfLine,
        At::End => Place::End,
        At::EndOfString => Place::EndOfString,
        At::Boundary => Place::Boundary { unicode },
        At::NotBoundary => Place::NotBoundary { unicode },
    }
}
