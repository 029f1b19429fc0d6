"""Parse command lines: options, positional arguments, subcommands, and their help.

    parser = argparse.ArgumentParser(description='sum the integers')
    parser.add_argument('integers', metavar='int', nargs='+', type=int)
    parser.add_argument('--log', default=sys.stdout, type=argparse.FileType('w'))
    args = parser.parse_args()

An `Action` describes one argument and says what to do with its values. A container (parser or
group) holds actions. The parser writes down the kind of each string of the command line as a
letter (O option, A argument, - for --) and matches that against the numbers of values that the
actions want. The formatters make usage and help from the actions.
"""

import os as _os
import sys as _sys

from _argparse_actions import (
    ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, Action, ArgumentError,
    ArgumentTypeError, BooleanOptionalAction, FileType, Namespace, _AppendAction,
    _AppendConstAction, _AttributeHolder, _copy_items, _CountAction, _ExtendAction,
    _get_action_name, _HelpAction, _StoreAction, _StoreConstAction, _StoreFalseAction,
    _StoreTrueAction, _SubParsersAction, _UNRECOGNIZED_ARGS_ATTR, _VersionAction)
from _argparse_containers import _ActionsContainer, _ArgumentGroup, _MutuallyExclusiveGroup
from _argparse_help import (
    ArgumentDefaultsHelpFormatter, HelpFormatter, MetavarTypeHelpFormatter,
    RawDescriptionHelpFormatter, RawTextHelpFormatter)

__all__ = [
    'ArgumentParser', 'ArgumentError', 'ArgumentTypeError', 'BooleanOptionalAction',
    'FileType', 'HelpFormatter', 'ArgumentDefaultsHelpFormatter',
    'RawDescriptionHelpFormatter', 'RawTextHelpFormatter', 'MetavarTypeHelpFormatter',
    'Namespace', 'Action', 'ONE_OR_MORE', 'OPTIONAL', 'PARSER', 'REMAINDER', 'SUPPRESS',
    'ZERO_OR_MORE',
]


def _(message):
    # Only a program that has imported gettext can have chosen another language.
    gettext = _sys.modules.get('gettext')
    return message if gettext is None else gettext.gettext(message)


def ngettext(singular, plural, n):
    gettext = _sys.modules.get('gettext')
    if gettext is None:
        return singular if n == 1 else plural
    return gettext.ngettext(singular, plural, n)


class _Run:
    """One parse of a command line: what was seen so far, and what is left over."""

    def __init__(self, parser, arg_strings, namespace):
        self.parser = parser
        self.args = arg_strings
        self.namespace = namespace
        self.extras = []
        self.seen = set()
        self.seen_non_default = set()
        self.positionals = parser._get_positional_actions()
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            members = group._group_actions
            for at, action in enumerate(members):
                self.conflicts.setdefault(action, []).extend(
                    members[:at] + members[at + 1:])
        # The kind of each string, and for options what is known about them.
        self.options = {}
        kinds = []
        for at, text in enumerate(arg_strings):
            if text == '--':
                kinds.append('-' + 'A' * (len(arg_strings) - at - 1))
                break
            option = parser._parse_optional(text)
            if option is None:
                kinds.append('A')
            else:
                kinds.append('O')
                self.options[at] = option
        self.pattern = ''.join(kinds)

    def take_action(self, action, strings, option_string=None):
        """Give an action its values."""
        self.seen.add(action)
        values = self.parser._get_values(action, strings)
        # A positional that matched nothing has its default and does not count.
        if values is not action.default:
            self.seen_non_default.add(action)
            for other in self.conflicts.get(action, ()):
                if other in self.seen_non_default:
                    raise ArgumentError(action, _('not allowed with argument %s')
                                        % _get_action_name(other))
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def consume_optional(self, start):
        """Handle the option at an index, and others joined to it as in -xyz; give the index
        after it and its values."""
        action, name, explicit = self.options[start]
        parser = self.parser
        found = []
        while True:
            if action is None:
                self.extras.append(self.args[start])
                return start + 1
            if explicit is None:
                count = parser._match_argument(action, self.pattern[start + 1:])
                stop = start + 1 + count
                found.append((action, self.args[start + 1:stop], name))
                break
            count = parser._match_argument(action, 'A')
            if count == 0 and name[1] not in parser.prefix_chars and explicit != '':
                # What follows a flag's letter is the next flag.
                found.append((action, [], name))
                name = name[0] + explicit[0]
                if name not in parser._option_string_actions:
                    raise ArgumentError(action, _('ignored explicit argument %r') % explicit)
                action = parser._option_string_actions[name]
                explicit = explicit[1:] or None
            elif count == 1:
                stop = start + 1
                found.append((action, [explicit], name))
                break
            else:
                raise ArgumentError(action, _('ignored explicit argument %r') % explicit)
        for action, strings, name in found:
            self.take_action(action, strings, name)
        return stop

    def consume_positionals(self, start):
        """Handle as many positionals as match at an index; give the index after them."""
        counts = self.parser._match_arguments_partial(self.positionals, self.pattern[start:])
        for action, count in zip(self.positionals, counts):
            strings = self.args[start:start + count]
            start += count
            self.take_action(action, strings)
        self.positionals = self.positionals[len(counts):]
        return start

    def consume(self):
        """Handle the whole command line."""
        at = 0
        last_option = max(self.options, default=-1)
        while at <= last_option:
            next_option = min(index for index in self.options if index >= at)
            if at != next_option:
                end = self.consume_positionals(at)
                # The positionals may have taken the option too, if they take all.
                if end > at:
                    at = end
                    continue
            if at not in self.options:
                self.extras.extend(self.args[at:next_option])
                at = next_option
            at = self.consume_optional(at)
        end = self.consume_positionals(at)
        self.extras.extend(self.args[end:])

    def finish(self):
        """Check that nothing is missing, and convert defaults that are strings."""
        parser, namespace = self.parser, self.namespace
        missing = []
        for action in parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif (isinstance(action.default, str) and hasattr(namespace, action.dest)
                    and action.default is getattr(namespace, action.dest)):
                setattr(namespace, action.dest, parser._get_value(action, action.default))
        if missing:
            parser.error(_('the following arguments are required: %s') % ', '.join(missing))
        for group in parser._mutually_exclusive_groups:
            if group.required and not any(action in self.seen_non_default
                                          for action in group._group_actions):
                names = [_get_action_name(action) for action in group._group_actions
                         if action.help is not SUPPRESS]
                parser.error(_('one of the arguments %s is required') % ' '.join(names))


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Object for parsing command line strings into Python objects.

    prog                   the program's name (default: of sys.argv[0])
    usage                  the usage message (default: made from the arguments)
    description, epilog    texts before and after the arguments in the help
    parents                parsers whose arguments to take over
    formatter_class        makes the help
    prefix_chars           characters that options begin with
    fromfile_prefix_chars  characters that names of files with more arguments begin with
    argument_default       the default of all arguments
    conflict_handler       'error' or 'resolve', for options of the same name
    add_help               add -h and --help
    allow_abbrev           let long options be shortened
    exit_on_error          exit on errors, instead of raising ArgumentError
    """

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[],
                 formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None,
                 argument_default=None, conflict_handler='error', add_help=True,
                 allow_abbrev=True, exit_on_error=True):
        _ActionsContainer.__init__(self, description=description, prefix_chars=prefix_chars,
                                   argument_default=argument_default,
                                   conflict_handler=conflict_handler)
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.allow_abbrev = fromfile_prefix_chars, allow_abbrev
        self.add_help, self.exit_on_error = add_help, exit_on_error
        self._positionals = self.add_argument_group(_('positional arguments'))
        self._optionals = self.add_argument_group(_('options'))
        self._subparsers = None

        def identity(string):
            return string
        self.register('type', None, identity)
        if self.add_help:
            prefix = '-' if '-' in prefix_chars else prefix_chars[0]
            self.add_argument(prefix + 'h', prefix * 2 + 'help', action='help',
                              default=SUPPRESS, help=_('show this help message and exit'))
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(getattr(parent, '_defaults', ()))

    def _get_kwargs(self):
        return [(name, getattr(self, name)) for name in (
            'prog', 'usage', 'description', 'formatter_class', 'conflict_handler',
            'add_help')]

    def add_subparsers(self, **kwargs):
        """Add an argument that chooses a subcommand; gives the object whose add_parser makes
        subcommands."""
        if self._subparsers is not None:
            self.error(_('cannot have multiple subparser arguments'))
        kwargs.setdefault('parser_class', type(self))
        if 'title' in kwargs or 'description' in kwargs:
            title = kwargs.pop('title', 'subcommands')
            description = kwargs.pop('description', None)
            self._subparsers = self.add_argument_group(title, description)
        else:
            self._subparsers = self._positionals
        if kwargs.get('prog') is None:
            # The name and the positionals that must come before.
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, self._get_positional_actions(),
                                self._mutually_exclusive_groups, '')
            kwargs['prog'] = formatter.format_help().strip()
        action = self._pop_action_class(kwargs, 'parsers')(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        group = self._optionals if action.option_strings else self._positionals
        group._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions if not action.option_strings]

    def parse_args(self, args=None, namespace=None):
        """Parse the strings (default: sys.argv[1:]) into a namespace; unknown ones are an
        error."""
        args, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error(_('unrecognized arguments: %s') % ' '.join(rest))
        return args

    def parse_known_args(self, args=None, namespace=None):
        """Parse the strings; give the namespace and the list of unknown strings."""
        args = _sys.argv[1:] if args is None else list(args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if (action.dest is not SUPPRESS and action.default is not SUPPRESS
                    and not hasattr(namespace, action.dest)):
                setattr(namespace, action.dest, action.default)
        for dest, default in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, default)
        if self.exit_on_error:
            try:
                namespace, args = self._parse_known_args(args, namespace)
            except ArgumentError as error:
                self.error(str(error))
        else:
            namespace, args = self._parse_known_args(args, namespace)
        # Those that a subcommand did not know.
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            args.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, args

    def _parse_known_args(self, arg_strings, namespace):
        if self.fromfile_prefix_chars is not None:
            arg_strings = self._read_args_from_files(arg_strings)
        run = _Run(self, arg_strings, namespace)
        run.consume()
        run.finish()
        return namespace, run.extras

    def _read_args_from_files(self, arg_strings):
        """Replace names of argument files by the arguments in them."""
        result = []
        for text in arg_strings:
            if not text or text[0] not in self.fromfile_prefix_chars:
                result.append(text)
                continue
            try:
                with open(text[1:], encoding=_sys.getfilesystemencoding(),
                          errors=_sys.getfilesystemencodeerrors()) as file:
                    found = [arg for line in file.read().splitlines()
                             for arg in self.convert_arg_line_to_args(line)]
                    result.extend(self._read_args_from_files(found))
            except OSError as error:
                self.error(str(error))
        return result

    def convert_arg_line_to_args(self, arg_line):
        """Give the arguments in a line of an argument file: the whole line is one."""
        return [arg_line]

    def _match_argument(self, action, arg_strings_pattern):
        """Give the number of strings that an option takes."""
        import re
        match = re.match(self._get_nargs_pattern(action), arg_strings_pattern)
        if match is not None:
            return len(match.group(1))
        if action.nargs is None:
            message = _('expected one argument')
        elif action.nargs == OPTIONAL:
            message = _('expected at most one argument')
        elif action.nargs == ONE_OR_MORE:
            message = _('expected at least one argument')
        else:
            message = ngettext('expected %s argument', 'expected %s arguments',
                               action.nargs) % action.nargs
        raise ArgumentError(action, message)

    def _match_arguments_partial(self, actions, arg_strings_pattern):
        """Give the numbers of strings that as many positionals as possible take."""
        import re
        for count in range(len(actions), 0, -1):
            pattern = ''.join(map(self._get_nargs_pattern, actions[:count]))
            match = re.match(pattern, arg_strings_pattern)
            if match is not None:
                return [len(part) for part in match.groups()]
        return []

    def _parse_optional(self, arg_string):
        """Give (action, option, explicit value) of a string that is an option, with None as
        the action if it is unknown; None if it is a value."""
        if not arg_string or arg_string[0] not in self.prefix_chars:
            return None
        known = self._option_string_actions
        if arg_string in known:
            return known[arg_string], arg_string, None
        if len(arg_string) == 1:
            return None
        name, equals, explicit = arg_string.partition('=')
        if equals and name in known:
            return known[name], name, explicit
        candidates = self._get_option_tuples(arg_string)
        if len(candidates) > 1:
            matches = ', '.join(name for action, name, explicit in candidates)
            self.error(_('ambiguous option: %(option)s could match %(matches)s')
                       % {'option': arg_string, 'matches': matches})
        if candidates:
            return candidates[0]
        if self._negative_number_matcher.match(arg_string):
            if not self._has_negative_number_optionals:
                return None
        if ' ' in arg_string:
            return None
        return None, arg_string, None

    def _get_option_tuples(self, option_string):
        """Give the options that a string may be short for."""
        chars = self.prefix_chars
        known = self._option_string_actions
        result = []
        if option_string[1] in chars:
            if self.allow_abbrev:
                prefix, equals, explicit = option_string.partition('=')
                explicit = explicit if equals else None
                result = [(action, name, explicit) for name, action in known.items()
                          if name.startswith(prefix)]
        else:
            # A long option with one dash, or a flag with its value or other flags.
            for name, action in known.items():
                if name == option_string[:2]:
                    result.append((action, name, option_string[2:]))
                elif name.startswith(option_string):
                    result.append((action, name, None))
        return result

    def _get_nargs_pattern(self, action):
        """Give the regular expression for the kinds of strings that the action takes."""
        nargs = action.nargs
        patterns = {
            None: '(-*A-*)',
            OPTIONAL: '(-*A?-*)',
            ZERO_OR_MORE: '(-*[A-]*)',
            ONE_OR_MORE: '(-*A[A-]*)',
            REMAINDER: '([-AO]*)',
            PARSER: '(-*A[-AO]*)',
            SUPPRESS: '(-*-*)',
        }
        pattern = patterns.get(nargs)
        if pattern is None:
            pattern = '(-*%s-*)' % '-*'.join('A' * nargs)
        if action.option_strings:
            # '--' ends the values of an option.
            pattern = pattern.replace('-*', '').replace('-', '')
        return pattern

    def parse_intermixed_args(self, args=None, namespace=None):
        """Like parse_args, with options and positionals in any order."""
        args, rest = self.parse_known_intermixed_args(args, namespace)
        if rest:
            self.error(_('unrecognized arguments: %s') % ' '.join(rest))
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """Like parse_known_args, with options and positionals in any order.

        Parses twice: the options with the positionals left out, then the rest.
        """
        positionals = self._get_positional_actions()
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError('parse_intermixed_args: positional arg'
                                f' with nargs={action.nargs}')
        if any(action in positionals for group in self._mutually_exclusive_groups
               for action in group._group_actions):
            raise TypeError('parse_intermixed_args: positional in mutuallyExclusiveGroup')
        usage = self.usage
        try:
            if self.usage is None:
                # Made now, while the positionals look as they should.
                self.usage = self.format_usage()[7:]
            saved = [(action, action.nargs, action.default) for action in positionals]
            try:
                for action in positionals:
                    action.nargs = action.default = SUPPRESS
                namespace, rest = self.parse_known_args(args, namespace)
                for action in positionals:
                    if getattr(namespace, action.dest, None) == []:
                        from warnings import warn
                        warn(f'Do not expect {action.dest} in {namespace}')
                        delattr(namespace, action.dest)
            finally:
                for action, nargs, default in saved:
                    action.nargs, action.default = nargs, default
            saved = [(holder, holder.required) for holder in
                     self._get_optional_actions() + self._mutually_exclusive_groups]
            try:
                for holder, _required in saved:
                    holder.required = False
                return self.parse_known_args(rest, namespace)
            finally:
                for holder, required in saved:
                    holder.required = required
        finally:
            self.usage = usage

    def _get_values(self, action, arg_strings):
        """Convert the strings for an action, and check them."""
        nargs = action.nargs
        if nargs not in (PARSER, REMAINDER) and '--' in arg_strings:
            arg_strings.remove('--')
        if not arg_strings and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
        elif not arg_strings and nargs == ZERO_OR_MORE and not action.option_strings:
            if action.default is None:
                value = arg_strings
            else:
                value = action.default
                self._check_value(action, value)
        elif len(arg_strings) == 1 and nargs in (None, OPTIONAL):
            value = self._get_value(action, arg_strings[0])
            self._check_value(action, value)
        elif nargs == SUPPRESS:
            value = SUPPRESS
        else:
            value = [self._get_value(action, text) for text in arg_strings]
            if nargs == PARSER:
                self._check_value(action, value[0])
            elif nargs != REMAINDER:
                for item in value:
                    self._check_value(action, item)
        return value

    def _get_value(self, action, arg_string):
        type_func = self._registry_get('type', action.type, action.type)
        if not callable(type_func):
            raise ArgumentError(action, _('%r is not callable') % type_func)
        try:
            return type_func(arg_string)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error))
        except (TypeError, ValueError):
            name = getattr(action.type, '__name__', repr(action.type))
            raise ArgumentError(action, _('invalid %(type)s value: %(value)r')
                                % {'type': name, 'value': arg_string})

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            choices = ', '.join(map(repr, action.choices))
            raise ArgumentError(
                action, _('invalid choice: %(value)r (choose from %(choices)s)')
                % {'value': value, 'choices': choices})

    def format_usage(self):
        """Give the usage message."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        """Give the help message."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        """Print the usage message, to standard output by default."""
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        """Print the help message, to standard output by default."""
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            try:
                (file or _sys.stderr).write(message)
            except (AttributeError, OSError):
                pass

    def exit(self, status=0, message=None):
        """Exit, after printing a message to standard error."""
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        """Print the usage and the message to standard error and exit with status 2.

        A subclass that overrides it must not return.
        """
        self.print_usage(_sys.stderr)
        self.exit(2, _('%(prog)s: error: %(message)s\n')
                  % {'prog': self.prog, 'message': message})
