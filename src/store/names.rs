//! Looking for a part of a name in the same way on both databases.

use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait as _, Func, LikeExpr},
};

/// Names that hold this part. A database folds only what it knows, so å, ä and ö are tried in both cases.
pub(super) fn holding(column: impl ColumnTrait, part: &str) -> Condition {
    let lower = part.to_lowercase();
    let mut letters = lower.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let like = |text: &str| {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        LikeExpr::new(format!("%{escaped}%")).escape('\\')
    };
    Condition::any()
        .add(Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(like(&lower)))
        .add(Expr::col(column.as_column_ref()).like(like(part)))
        .add(Expr::col(column.as_column_ref()).like(like(&capital)))
}
