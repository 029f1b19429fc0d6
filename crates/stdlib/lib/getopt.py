"""Parse command lines as the C function getopt does.

    getopt.getopt(sys.argv[1:], "ho:v", ["help", "output="])

gives the list of (option, value) pairs and the list of what is left. A colon after a letter and
an equals sign after a word mean that the option has a value; words may be shortened.
"""

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]

import os


class GetoptError(Exception):
    """The command line is wrong; `msg` says how, `opt` is the option."""

    msg = opt = ''

    def __init__(self, msg, opt=''):
        super().__init__(msg, opt)
        self.msg, self.opt = msg, opt

    def __str__(self):
        return self.msg


error = GetoptError


def _words(longopts):
    return [longopts] if isinstance(longopts, str) else list(longopts)


def getopt(args, shortopts, longopts=[]):
    """Parse options up to the first argument that is none."""
    opts = []
    longopts = _words(longopts)
    while args and args[0].startswith('-') and args[0] != '-':
        if args[0] == '--':
            args = args[1:]
            break
        opts, args = _option(opts, args, shortopts, longopts)
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    """Parse options that may stand anywhere among the arguments.

    They end at the first argument if shortopts begins with '+', or if POSIXLY_CORRECT is set.
    """
    opts, rest = [], []
    longopts = _words(longopts)
    in_front = shortopts.startswith('+')
    if in_front:
        shortopts = shortopts[1:]
    in_front = in_front or bool(os.environ.get("POSIXLY_CORRECT"))
    while args:
        if args[0] == '--':
            rest += args[1:]
            break
        if args[0][:1] == '-' and args[0] != '-':
            opts, args = _option(opts, args, shortopts, longopts)
        elif in_front:
            rest += args
            break
        else:
            rest.append(args[0])
            args = args[1:]
    return opts, rest


def _option(opts, args, shortopts, longopts):
    if args[0].startswith('--'):
        return do_longs(opts, args[0][2:], longopts, args[1:])
    return do_shorts(opts, args[0][1:], shortopts, args[1:])


def do_longs(opts, opt, longopts, args):
    """Parse one word; its value may be in the next argument."""
    opt, equals, value = opt.partition('=')
    if not equals:
        value = None
    has_arg, opt = long_has_args(opt, longopts)
    if has_arg:
        if value is None:
            if not args:
                raise GetoptError(f'option --{opt} requires argument', opt)
            value, args = args[0], args[1:]
    elif value is not None:
        raise GetoptError(f'option --{opt} must not have an argument', opt)
    opts.append(('--' + opt, value or ''))
    return opts, args


def long_has_args(opt, longopts):
    """Tell whether the word, which may be shortened, has a value; give the whole word."""
    candidates = [word for word in longopts if word.startswith(opt)]
    if not candidates:
        raise GetoptError(f'option --{opt} not recognized', opt)
    if opt in candidates:
        return False, opt
    if opt + '=' in candidates:
        return True, opt
    if len(candidates) > 1:
        raise GetoptError(f'option --{opt} not a unique prefix', opt)
    word = candidates[0]
    return word.endswith('='), word.removesuffix('=')


def do_shorts(opts, optstring, shortopts, args):
    """Parse letters after one dash."""
    for place, opt in enumerate(optstring, 1):
        if not short_has_arg(opt, shortopts):
            opts.append(('-' + opt, ''))
            continue
        # The value is what is left of the word, or the next one.
        value = optstring[place:]
        if not value:
            if not args:
                raise GetoptError(f'option -{opt} requires argument', opt)
            value, *args = args
        opts.append(('-' + opt, value))
        break
    return opts, args


def short_has_arg(opt, shortopts):
    """Tell whether the letter's option has a value."""
    at = shortopts.find(opt)
    if opt == ':' or at < 0:
        raise GetoptError(f'option -{opt} not recognized', opt)
    return shortopts.startswith(':', at + 1)


if __name__ == '__main__':
    import sys
    print(getopt(sys.argv[1:], "a:b", ["alpha=", "beta"]))
