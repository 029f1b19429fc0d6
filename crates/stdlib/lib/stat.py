"""Names for the parts of what os.stat() and os.lstat() tell, and tests of a file's mode."""

# Places of the items in the tuple that os.stat() gives.
(ST_MODE, ST_INO, ST_DEV, ST_NLINK, ST_UID, ST_GID, ST_SIZE,
 ST_ATIME, ST_MTIME, ST_CTIME) = range(10)

# The kind of a file is in the mode's upper four bits; the three kinds of 0 exist on other systems.
S_IFIFO, S_IFCHR, S_IFDIR, S_IFBLK = 0o010000, 0o020000, 0o040000, 0o060000
S_IFREG, S_IFLNK, S_IFSOCK = 0o100000, 0o120000, 0o140000
S_IFDOOR = S_IFPORT = S_IFWHT = 0

# Permissions: of the owner, of the group, of others; then what is special about execution.
S_IRUSR, S_IWUSR, S_IXUSR, S_IRWXU = 0o400, 0o200, 0o100, 0o700
S_IRGRP, S_IWGRP, S_IXGRP, S_IRWXG = 0o040, 0o020, 0o010, 0o070
S_IROTH, S_IWOTH, S_IXOTH, S_IRWXO = 0o004, 0o002, 0o001, 0o007
S_ISUID, S_ISGID, S_ISVTX = 0o4000, 0o2000, 0o1000
S_ENFMT = S_ISGID
S_IREAD, S_IWRITE, S_IEXEC = S_IRUSR, S_IWUSR, S_IXUSR

# Flags of BSD systems, those that the owner may set and those that the superuser may.
UF_NODUMP, UF_IMMUTABLE, UF_APPEND, UF_OPAQUE = 0x1, 0x2, 0x4, 0x8
UF_NOUNLINK, UF_COMPRESSED, UF_HIDDEN = 0x10, 0x20, 0x8000
SF_ARCHIVED, SF_IMMUTABLE, SF_APPEND = 0x10000, 0x20000, 0x40000
SF_NOUNLINK, SF_SNAPSHOT = 0x100000, 0x200000

# Attributes of Windows files, from the lowest bit up; bit 3 was the label of a volume.
FILE_ATTRIBUTE_READONLY, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_SYSTEM = 1 << 0, 1 << 1, 1 << 2
FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ARCHIVE, FILE_ATTRIBUTE_DEVICE = 1 << 4, 1 << 5, 1 << 6
FILE_ATTRIBUTE_NORMAL, FILE_ATTRIBUTE_TEMPORARY, FILE_ATTRIBUTE_SPARSE_FILE = 1 << 7, 1 << 8, 1 << 9
FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_COMPRESSED = 1 << 10, 1 << 11
FILE_ATTRIBUTE_OFFLINE, FILE_ATTRIBUTE_NOT_CONTENT_INDEXED = 1 << 12, 1 << 13
FILE_ATTRIBUTE_ENCRYPTED, FILE_ATTRIBUTE_INTEGRITY_STREAM = 1 << 14, 1 << 15
FILE_ATTRIBUTE_VIRTUAL, FILE_ATTRIBUTE_NO_SCRUB_DATA = 1 << 16, 1 << 17


def S_IFMT(mode):
    """The bits that tell the kind of the file."""
    return mode & 0o170000


def S_IMODE(mode):
    """The bits that os.chmod() can set."""
    return mode & 0o7777


# The kinds are written as numbers: these functions are called for every file of a tree.

def S_ISREG(mode):
    """Whether it is a regular file."""
    return mode & 0o170000 == 0o100000


def S_ISDIR(mode):
    """Whether it is a directory."""
    return mode & 0o170000 == 0o040000


def S_ISLNK(mode):
    """Whether it is a symbolic link."""
    return mode & 0o170000 == 0o120000


def S_ISFIFO(mode):
    """Whether it is a named pipe."""
    return mode & 0o170000 == 0o010000


def S_ISSOCK(mode):
    """Whether it is a socket."""
    return mode & 0o170000 == 0o140000


def S_ISCHR(mode):
    """Whether it is a character device."""
    return mode & 0o170000 == 0o020000


def S_ISBLK(mode):
    """Whether it is a block device."""
    return mode & 0o170000 == 0o060000


def S_ISDOOR(mode):
    """Whether it is a door: never here, as only Solaris has them."""
    return False


def S_ISPORT(mode):
    """Whether it is an event port: never here, as only Solaris has them."""
    return False


def S_ISWHT(mode):
    """Whether it is a whiteout: never here, as only BSD systems have them."""
    return False


_KINDS = {
    S_IFLNK: "l", S_IFSOCK: "s", S_IFREG: "-", S_IFBLK: "b",
    S_IFDIR: "d", S_IFCHR: "c", S_IFIFO: "p",
}


def filemode(mode):
    """A mode as `ls -l` shows it, such as '-rwxr-xr-x'."""
    text = [_KINDS.get(S_IFMT(mode), "?")]
    for shift, special, with_x, without_x in (
        (6, S_ISUID, "s", "S"), (3, S_ISGID, "s", "S"), (0, S_ISVTX, "t", "T"),
    ):
        bits = mode >> shift
        text.append("r" if bits & 4 else "-")
        text.append("w" if bits & 2 else "-")
        if mode & special:
            text.append(with_x if bits & 1 else without_x)
        else:
            text.append("x" if bits & 1 else "-")
    return "".join(text)
