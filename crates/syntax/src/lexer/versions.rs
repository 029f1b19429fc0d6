//! Words that older versions of the language had free.

use crate::token::{Tok, Token};

/// Before 3.7 `async` and `await` were words of the language only in coroutines, and `async` before
/// `def`; elsewhere they were names.
pub(super) fn free_async_words(tokens: &mut [Token]) {
    // How deep the blocks are in which the open coroutine stands, and whether its block has begun.
    let mut coroutine: Option<(usize, bool)> = None;
    let mut depth = 0usize;
    for i in 0..tokens.len() {
        match tokens[i].kind {
            Tok::Indent => depth += 1,
            Tok::Dedent => depth = depth.saturating_sub(1),
            Tok::Newline => {
                if let Some((_, begun)) = &mut coroutine {
                    *begun = true;
                }
            }
            _ => {}
        }
        if matches!(
            tokens[i].kind,
            Tok::Indent | Tok::Dedent | Tok::Newline | Tok::TypeComment
        ) {
            continue;
        }
        if coroutine.is_some_and(|(outer, begun)| begun && depth <= outer) {
            coroutine = None;
        }
        match tokens[i].kind {
            Tok::Async if coroutine.is_none() => {
                if tokens.get(i + 1).is_some_and(|t| t.kind == Tok::Def) {
                    coroutine = Some((depth, false));
                } else {
                    tokens[i].kind = Tok::Name;
                }
            }
            Tok::Await if coroutine.is_none() => tokens[i].kind = Tok::Name,
            _ => {}
        }
    }
}
