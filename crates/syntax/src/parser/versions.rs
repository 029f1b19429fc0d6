//! What depends on the version of the language, on futures of syntax, and on type comments.

use super::builder::{Builder, Built, Failure, Param};
use crate::ast::*;

impl Builder<'_> {
    /// Refuses what came with 3.`minor` if the text must do without.
    pub(super) fn since(&self, minor: u8, what: &str) -> Built<()> {
        let Some(last) = self.last.get().filter(|_| !self.options.allows(minor)) else {
            return Ok(());
        };
        self.since_at(last.range(), minor, what)
    }

    /// The same, for what stands at a place.
    pub(super) fn since_at(&self, range: Range, minor: u8, what: &str) -> Built<()> {
        if self.options.allows(minor) {
            return Ok(());
        }
        let msg = format!("{what} only supported in Python 3.{minor} and greater");
        Err(self.error(range, msg))
    }

    /// An error at the token that was read last.
    pub(super) fn error_at_last(&self, msg: &str) -> Failure {
        let range = self.last.get().map_or(Range::default(), |t| t.range());
        self.error(range, msg)
    }

    /// The slash in a parameter list.
    pub(super) fn slash(&self) -> Built<Param> {
        self.since(8, "Positional-only parameters are")?;
        Ok(Param::Slash)
    }

    /// Underscores in a number.
    pub(super) fn underscores(&self, l: u32, r: u32) -> Built<()> {
        if self.options.feature_version.is_some() && self.slice(l, r).contains('_') {
            return self.since_at(Range::new(l, r), 6, "Underscores in numeric literals are");
        }
        Ok(())
    }

    /// `!=`, or with the future `barry_as_FLUFL` `<>`.
    pub(super) fn inequality(&self, l: u32, r: u32) -> Built<CmpOp> {
        let range = Range::new(l, r);
        match (self.slice(l, r) == "<>", self.options.barry) {
            (true, true) | (false, false) => Ok(CmpOp::NotEq),
            (true, false) => Err(Failure::Reject(range)),
            (false, true) => Err(self.error(range, "with Barry as BDFL, use '<>' instead of '!='")),
        }
    }

    /// The text of a type comment.
    pub(super) fn comment(&self, l: u32, r: u32) -> TypeComment {
        self.slice(l, r).into()
    }

    /// Gives a parameter list's last parameter its type comment.
    pub(super) fn comment_param(
        &self,
        mut params: Vec<Param>,
        comment: TypeComment,
        range: Range,
    ) -> Built<Vec<Param>> {
        match params.last_mut() {
            Some(Param::Plain(arg, _) | Param::DoubleStar(arg) | Param::Star(Some(arg))) => {
                arg.type_comment = Some(comment);
                Ok(params)
            }
            Some(Param::Star(None)) => Err(self.error(range, "bare * has associated type comment")),
            Some(Param::Slash) | None => Err(Failure::Reject(range)),
        }
    }
}
