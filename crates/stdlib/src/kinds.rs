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
/// `itertools._tee_dataobject`.
pub(crate) const TEE_DATA: Kind = Kind(1071);
/// `collections.deque`.
pub(crate) const DEQUE: Kind = Kind(1100);
/// `_collections._deque_iterator`.
pub(crate) const DEQUE_ITERATOR: Kind = Kind(1101);
/// `_collections._deque_reverse_iterator`.
pub(crate) const DEQUE_REVERSE_ITERATOR: Kind = Kind(1102);
/// `_collections._tuplegetter`.
pub(crate) const TUPLE_GETTER: Kind = Kind(1103);
/// `functools.partial`.
pub(crate) const PARTIAL: Kind = Kind(1104);
/// `functools._lru_cache_wrapper`.
pub(crate) const LRU_CACHE: Kind = Kind(1105);
/// `functools.KeyWrapper`.
pub(crate) const KEY_WRAPPER: Kind = Kind(1106);
/// `operator.itemgetter`.
pub(crate) const ITEMGETTER: Kind = Kind(1107);
/// `operator.attrgetter`.
pub(crate) const ATTRGETTER: Kind = Kind(1108);
/// `operator.methodcaller`.
pub(crate) const METHODCALLER: Kind = Kind(1109);
/// `_struct.Struct`.
pub(crate) const STRUCT: Kind = Kind(1110);
/// `_struct.unpack_iterator`.
pub(crate) const STRUCT_ITERATOR: Kind = Kind(1111);
/// `_thread.lock`.
pub(crate) const LOCK: Kind = Kind(1112);
/// `_thread.RLock`.
pub(crate) const RLOCK: Kind = Kind(1113);
/// `_contextvars.Context`.
pub(crate) const CONTEXT: Kind = Kind(1114);
/// `_contextvars.ContextVar`.
pub(crate) const CONTEXT_VAR: Kind = Kind(1115);
/// `_contextvars.Token`.
pub(crate) const CONTEXT_TOKEN: Kind = Kind(1116);
/// `_thread._local`.
pub(crate) const THREAD_LOCAL: Kind = Kind(1117);
/// `_string formatter iterators`.
pub(crate) const FORMATTER_ITERATOR: Kind = Kind(1118);
/// `_queue.SimpleQueue`.
pub(crate) const SIMPLE_QUEUE: Kind = Kind(1119);
/// The class of `_contextvars.Token.MISSING`.
pub(crate) const TOKEN_MISSING: Kind = Kind(1120);
/// `re.Pattern`.
pub(crate) const PATTERN: Kind = Kind(1130);
/// `re.Match`.
pub(crate) const MATCH: Kind = Kind(1131);
/// `_sre.SRE_Scanner`.
pub(crate) const SCANNER: Kind = Kind(1132);
/// `ouro.Layout` and `ouro.Explanation`.
pub(crate) const WINDOW_REPORT: Kind = Kind(1150);
/// `ouro.Heap`, `ouro.Arena`, `ouro.Pool` and `ouro.Block`.
pub(crate) const WINDOW_VIEW: Kind = Kind(1151);
/// `_multiprocessing.SemLock`.
pub(crate) const SEM_LOCK: Kind = Kind(1121);
/// `select.poll`.
pub(crate) const POLL: Kind = Kind(1122);
/// Hash objects of `hashlib`.
pub(crate) const HASH: Kind = Kind(1133);
/// `array.array`.
pub(crate) const ARRAY: Kind = Kind(1140);
/// `array.arrayiterator`.
pub(crate) const ARRAY_ITERATOR: Kind = Kind(1141);
/// `_json.Scanner`.
pub(crate) const JSON_SCANNER: Kind = Kind(1142);
/// `_json.Encoder`.
pub(crate) const JSON_ENCODER: Kind = Kind(1143);
/// `pickle.PickleBuffer`.
pub(crate) const PICKLE_BUFFER: Kind = Kind(1160);
/// `_zlib.deflater`.
pub(crate) const DEFLATER: Kind = Kind(1161);
/// `_zlib.inflater`.
pub(crate) const INFLATER: Kind = Kind(1162);
/// `odict_iterator`.
pub(crate) const ORDERED_ITERATOR: Kind = Kind(1163);
/// `select.epoll`.
pub(crate) const EPOLL: Kind = Kind(1124);
/// `mmap.mmap`.
pub(crate) const MMAP: Kind = Kind(1170);
/// `pyexpat.xmlparser`.
pub(crate) const XML_PARSER: Kind = Kind(1125);
/// `_bz2.BZ2Compressor`.
pub(crate) const BZ2_COMPRESSOR: Kind = Kind(1126);
/// `_bz2.BZ2Decompressor`.
pub(crate) const BZ2_DECOMPRESSOR: Kind = Kind(1127);
/// `unicodedata.UCD`.
pub(crate) const UNICODE_DATABASE: Kind = Kind(1171);
/// `_lzma.LZMACompressor`.
pub(crate) const LZMA_COMPRESSOR: Kind = Kind(1172);
/// `_lzma.LZMADecompressor`.
pub(crate) const LZMA_DECOMPRESSOR: Kind = Kind(1173);
