//! The kinds of payload native modules define; those below 1000 belong to the runtime.

use runtime::object::Kind;

/// `_random.Random`.
pub(crate) const RANDOM: Kind = Kind(1000);
/// `posix.ScandirIterator`.
pub(crate) const SCANDIR_ITERATOR: Kind = Kind(1001);
/// `os.DirEntry`.
pub(crate) const DIR_ENTRY: Kind = Kind(1002);
/// `_abc._abc_data`.
pub(crate) const ABC_DATA: Kind = Kind(1003);
