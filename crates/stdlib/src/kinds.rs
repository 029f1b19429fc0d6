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
/// `itertools.count`.
pub(crate) const COUNT: Kind = Kind(1050);
/// `itertools.cycle`.
pub(crate) const CYCLE: Kind = Kind(1051);
/// `itertools.repeat`.
pub(crate) const REPEAT: Kind = Kind(1052);
/// `itertools.accumulate`.
pub(crate) const ACCUMULATE: Kind = Kind(1053);
/// `itertools.chain`.
pub(crate) const CHAIN: Kind = Kind(1054);
/// `itertools.compress`.
pub(crate) const COMPRESS: Kind = Kind(1055);
/// `itertools.dropwhile`.
pub(crate) const DROPWHILE: Kind = Kind(1056);
/// `itertools.filterfalse`.
pub(crate) const FILTERFALSE: Kind = Kind(1057);
/// `itertools.takewhile`.
pub(crate) const TAKEWHILE: Kind = Kind(1058);
/// `itertools.starmap`.
pub(crate) const STARMAP: Kind = Kind(1059);
/// `itertools.batched`.
pub(crate) const BATCHED: Kind = Kind(1060);
/// `itertools.islice`.
pub(crate) const ISLICE: Kind = Kind(1061);
/// `itertools.pairwise`.
pub(crate) const PAIRWISE: Kind = Kind(1062);
/// `itertools.zip_longest`.
pub(crate) const ZIP_LONGEST: Kind = Kind(1063);
/// `itertools.groupby`.
pub(crate) const GROUPBY: Kind = Kind(1064);
/// `itertools._grouper`.
pub(crate) const GROUPER: Kind = Kind(1065);
/// `itertools._tee`.
pub(crate) const TEE: Kind = Kind(1066);
/// `itertools.product`.
pub(crate) const PRODUCT: Kind = Kind(1067);
/// `itertools.permutations`.
pub(crate) const PERMUTATIONS: Kind = Kind(1068);
/// `itertools.combinations`.
pub(crate) const COMBINATIONS: Kind = Kind(1069);
/// `itertools.combinations_with_replacement`.
pub(crate) const COMBINATIONS_WITH_REPLACEMENT: Kind = Kind(1070);
