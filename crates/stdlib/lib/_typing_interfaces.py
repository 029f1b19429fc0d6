"""The protocols of one method and the classes of files that typing has."""

from abc import abstractmethod
import sys

from typing import Any, AnyStr, Generic, List, Optional, Protocol, T_co, Union, runtime_checkable

# The members belong to typing, whose name their messages, pickles and representations show.
__name__ = "typing"


@runtime_checkable
class SupportsInt(Protocol):
    """What int() converts."""

    __slots__ = ()

    @abstractmethod
    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """What float() converts."""

    __slots__ = ()

    @abstractmethod
    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """What complex() converts."""

    __slots__ = ()

    @abstractmethod
    def __complex__(self) -> complex:
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """What bytes() converts."""

    __slots__ = ()

    @abstractmethod
    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """What can be an index."""

    __slots__ = ()

    @abstractmethod
    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """What has an absolute value, of type T_co."""

    __slots__ = ()

    @abstractmethod
    def __abs__(self) -> T_co:
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """What can be rounded, to type T_co."""

    __slots__ = ()

    @abstractmethod
    def __round__(self, ndigits: int = 0) -> T_co:
        pass


class IO(Generic[AnyStr]):
    """A file, of texts or of bytes: what open() gives.

    Files for reading, for writing and for both are not told apart.
    """

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> "IO[AnyStr]":
        """The file itself."""

    @abstractmethod
    def __exit__(self, type, value, traceback) -> None:
        """Close the file."""

    # What it is.

    @property
    @abstractmethod
    def name(self) -> str:
        """What was opened."""

    @property
    @abstractmethod
    def mode(self) -> str:
        """How it was opened."""

    @property
    @abstractmethod
    def closed(self) -> bool:
        """Whether it was closed."""

    @abstractmethod
    def readable(self) -> bool:
        """Whether it can be read."""

    @abstractmethod
    def writable(self) -> bool:
        """Whether it can be written."""

    @abstractmethod
    def seekable(self) -> bool:
        """Whether seek() and tell() work."""

    @abstractmethod
    def isatty(self) -> bool:
        """Whether somebody sits there and types."""

    @abstractmethod
    def fileno(self) -> int:
        """The descriptor."""

    # What is done with it.

    @abstractmethod
    def read(self, n: int = -1) -> AnyStr:
        """Read so many characters or bytes, or all that follow."""

    @abstractmethod
    def readline(self, limit: int = -1) -> AnyStr:
        """Read one line, or its beginning."""

    @abstractmethod
    def readlines(self, hint: int = -1) -> List[AnyStr]:
        """Read the lines that follow, or as many as make up the hint."""

    @abstractmethod
    def write(self, s: AnyStr) -> int:
        """Write, and tell how many characters or bytes."""

    @abstractmethod
    def writelines(self, lines: List[AnyStr]) -> None:
        """Write several texts; no line ends are put between them."""

    @abstractmethod
    def flush(self) -> None:
        """Hand what was written to the system."""

    @abstractmethod
    def tell(self) -> int:
        """The present position."""

    @abstractmethod
    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a position, and tell it."""

    @abstractmethod
    def truncate(self, size: int = None) -> int:
        """Cut the file off, at the present position if no size is given."""

    @abstractmethod
    def close(self) -> None:
        """Write what is left and give the descriptor back."""


class BinaryIO(IO[bytes]):
    """A file of bytes."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> "BinaryIO":
        """The file itself."""

    @abstractmethod
    def write(self, s: Union[bytes, bytearray]) -> int:
        """Write, and tell how many bytes."""


class TextIO(IO[str]):
    """A file of texts."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> "TextIO":
        """The file itself."""

    @property
    @abstractmethod
    def buffer(self) -> BinaryIO:
        """The file of bytes behind it."""

    @property
    @abstractmethod
    def encoding(self) -> str:
        """The name of the encoding."""

    @property
    @abstractmethod
    def errors(self) -> Optional[str]:
        """What becomes of what cannot be encoded or decoded."""

    @property
    @abstractmethod
    def newlines(self) -> Any:
        """The line ends that were read so far."""

    @property
    @abstractmethod
    def line_buffering(self) -> bool:
        """Whether every line goes to the system at once."""


class _DeprecatedType(type):
    """Namespaces of earlier releases, which warn when they are used."""

    def __getattribute__(cls, name):
        scope = type.__getattribute__(cls, "__dict__")
        if name in ("__dict__", "__module__") or (
                name not in scope and name not in scope["__all__"]):
            return super().__getattribute__(name)
        import warnings
        title = type.__getattribute__(cls, "__name__")
        warnings.warn(f"{title} is deprecated, import directly from typing instead. "
                      f"{title} will be removed in Python 3.12.",
                      DeprecationWarning, stacklevel=2)
        if name in scope:
            return super().__getattribute__(name)
        return getattr(sys.modules[__name__], name)


class io(metaclass=_DeprecatedType):
    """IO, TextIO and BinaryIO under an old name."""

    __all__ = ["IO", "TextIO", "BinaryIO"]
    IO = IO
    TextIO = TextIO
    BinaryIO = BinaryIO


class re(metaclass=_DeprecatedType):
    """Pattern and Match under an old name."""

    __all__ = ["Pattern", "Match"]


io.__name__ = "typing.io"
re.__name__ = "typing.re"
sys.modules["typing.io"] = io
sys.modules["typing.re"] = re
