//! The kinds of payload native modules define; those below 1000 belong to the runtime.

use runtime::object::Kind;

/// `_random.Random`.
pub(crate) const RANDOM: Kind = Kind(1000);
