//! `from __future__ import …` at the head of a module.

use bytecode::{CodeFlags, Location};
use syntax::SyntaxError;
use syntax::ast::{Constant, ExprKind, Mod, Stmt, StmtKind};

use crate::report::{Reporter, Res};

/// What the head of a module asks for.
pub struct Future {
    pub features: CodeFlags,
    /// Where the last such import begins: a later one is an error.
    pub last: Option<u32>,
}

/// Features that are always on: they may be imported, and set no flag.
const MANDATORY: [&str; 8] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "generator_stop",
];

/// Reads the imports that stand before everything but the docstring.
pub fn scan(module: &Mod, report: &Reporter<'_>) -> Res<Future> {
    let mut future = Future {
        features: CodeFlags(0),
        last: None,
    };
    let (Mod::Module(body) | Mod::Interactive(body)) = module else {
        return Ok(future);
    };
    let skip = usize::from(docstring(body).is_some());
    for stmt in &body[skip..] {
        let StmtKind::ImportFrom { module, names, .. } = &stmt.kind else {
            break;
        };
        if module.as_ref().is_none_or(|m| &*m.id != "__future__") {
            break;
        }
        let at = report.location(stmt.range);
        for alias in names {
            match &*alias.name {
                name if MANDATORY.contains(&name) => {}
                "barry_as_FLUFL" => {
                    future.features = future.features.with(CodeFlags::FUTURE_BARRY_AS_BDFL);
                }
                "annotations" => {
                    future.features = future.features.with(CodeFlags::FUTURE_ANNOTATIONS);
                }
                "braces" => return fail(report, at, "not a chance".to_owned()),
                name => {
                    return fail(report, at, format!("future feature {name} is not defined"));
                }
            }
        }
        future.last = Some(stmt.range.start);
    }
    Ok(future)
}

fn fail<T>(report: &Reporter<'_>, at: Location, msg: String) -> Res<T> {
    report
        .error_at(at, msg)
        .map_err(|mut error: Box<SyntaxError>| {
            // These errors have a place but no extent.
            error.end_lineno = error.lineno;
            error.end_offset = SyntaxError::NO_OFFSET;
            error
        })
}

/// The docstring's expression, if the body begins with one.
pub fn docstring(body: &[Stmt]) -> Option<&syntax::ast::Expr> {
    match body.first() {
        Some(Stmt {
            kind: StmtKind::Expr { value },
            ..
        }) if matches!(&value.kind, ExprKind::Constant(Constant::Str { .. })) => Some(value),
        _ => None,
    }
}
