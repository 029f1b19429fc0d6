//! Tokens to tree.  This is the one file that touches the generated LALRPOP parser.

mod builder;
mod calls;
pub(crate) mod depth;
mod feed;
mod patterns;
mod strings;
mod targets;
mod versions;

use crate::ast::{Mod, Range};
use crate::error::{SyntaxError, SyntaxWarning};
use crate::lexer::Lexed;
use crate::source::Source;
use crate::token::{Tok, Token};
use crate::{Mode, ParseOptions};
use builder::{Builder, Failure};
use lalrpop_util::{ParseError, lalrpop_mod};

lalrpop_mod!(
    #[allow(clippy::all, unused_qualifications, missing_docs)]
    grammar,
    "/python.rs"
);

/// Parses the tokens of a text; gives the warnings found as far as it came, too.
pub(crate) fn parse(
    source: &Source,
    mode: Mode,
    lexed: &Lexed,
) -> (Result<Mod, Rejection>, Vec<SyntaxWarning>) {
    let builder = Builder::new(source, mode, lexed.options, &lexed.tokens);
    let tokens = match mode {
        Mode::Single => first_statement(&lexed.tokens),
        Mode::Exec | Mode::Eval | Mode::FuncType => None,
    };
    let tokens = tokens.as_deref().unwrap_or(&lexed.tokens);
    let feed = feed::Feed::new(source.text(), tokens, mode, &builder.last);
    let parsed = grammar::TopParser::new().parse(&builder, feed);
    let parsed = parsed.map_err(|error| match error {
        ParseError::User {
            error: Failure::Error(error),
        } => Rejection::Final(error),
        ParseError::User {
            error: Failure::Reject(range),
        } => Rejection::Unnamed(range),
        ParseError::UnrecognizedToken {
            token: (start, _, end),
            ..
        }
        | ParseError::ExtraToken {
            token: (start, _, end),
        } => Rejection::Unnamed(Range::new(start, end)),
        ParseError::UnrecognizedEof { location, .. } | ParseError::InvalidToken { location } => {
            Rejection::Unnamed(Range::new(location, location))
        }
    });
    if let Err(Rejection::Unnamed(place)) = &parsed {
        builder.warn_of_strings(place.start);
    }
    (parsed, builder.into_warnings())
}

/// What is wrong with the value of a literal: CPython computes it before it looks at the next
/// token.
pub(crate) fn literal_error(
    source: &Source,
    mode: Mode,
    options: ParseOptions,
    tokens: &[Token],
    literal: Token,
) -> Option<Box<SyntaxError>> {
    let builder = Builder::new(source, mode, options, tokens);
    let built = match literal.kind {
        Tok::String => builder.string(literal.start, literal.end),
        Tok::Int => builder.integer(literal.start, literal.end),
        _ => return None,
    };
    match built {
        Err(Failure::Error(error)) => Some(error),
        Ok(_) | Err(Failure::Reject(_)) => None,
    }
}

/// Why a text was rejected.
pub(crate) enum Rejection {
    /// An error that is worded already.
    Final(Box<SyntaxError>),
    /// A mistake at this place, which `diagnose` shall name.
    Unnamed(Range),
}

/// True if the tokens begin with a compound statement.
pub(crate) fn begins_block(tokens: &[Token]) -> bool {
    let compound = |first: &Token| {
        matches!(
            first.kind,
            Tok::If
                | Tok::For
                | Tok::While
                | Tok::With
                | Tok::Try
                | Tok::Def
                | Tok::Class
                | Tok::Async
                | Tok::At
                | Tok::Indent
        )
    };
    let line_end = tokens.iter().position(|t| t.kind == Tok::Newline);
    // A line with a colon before a block is the header of a match statement (or an error).
    let block_follows = |end: usize| {
        let header = end > 0 && tokens[end - 1].kind == Tok::Colon;
        header && tokens.get(end + 1).is_some_and(|t| t.kind == Tok::Indent)
    };
    tokens.first().is_some_and(compound) || line_end.is_some_and(block_follows)
}

/// The tokens of the first statement of a prompt's input, if more may follow it: a line that
/// does not begin with the keyword of a compound statement.  What follows is checked as text.
fn first_statement(tokens: &[Token]) -> Option<Vec<Token>> {
    if begins_block(tokens) {
        return None;
    }
    let end = tokens.iter().position(|t| t.kind == Tok::Newline)?;
    let mut statement = tokens[..=end].to_vec();
    let at = tokens[end].end;
    statement.push(Token {
        kind: Tok::EndMarker,
        start: at,
        end: at,
    });
    Some(statement)
}
