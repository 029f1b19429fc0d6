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

__all__ = [
    'ArgumentParser', 'ArgumentError', 'ArgumentTypeError', 'BooleanOptionalAction',
    'FileType', 'HelpFormatter', 'ArgumentDefaultsHelpFormatter',
    'RawDescriptionHelpFormatter', 'RawTextHelpFormatter', 'MetavarTypeHelpFormatter',
    'Namespace', 'Action', 'ONE_OR_MORE', 'OPTIONAL', 'PARSER', 'REMAINDER', 'SUPPRESS',
    'ZERO_OR_MORE',
]

SUPPRESS = '==SUPPRESS=='
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'
PARSER = 'A...'
REMAINDER = '...'
_UNRECOGNIZED_ARGS_ATTR = '_unrecognized_args'


def _(message):
    # Only a program that has imported gettext can have chosen another language.
    gettext = _sys.modules.get('gettext')
    return message if gettext is None else gettext.gettext(message)


def ngettext(singular, plural, n):
    gettext = _sys.modules.get('gettext')
    if gettext is None:
        return singular if n == 1 else plural
    return gettext.ngettext(singular, plural, n)


class _AttributeHolder:
    """Gives objects a repr that shows their attributes."""

    def __repr__(self):
        parts = [repr(arg) for arg in self._get_args()]
        unnamed = {}
        for name, value in self._get_kwargs():
            if name.isidentifier():
                parts.append(f'{name}={value!r}')
            else:
                unnamed[name] = value
        if unnamed:
            parts.append(f'**{unnamed!r}')
        return f'{type(self).__name__}({", ".join(parts)})'

    def _get_kwargs(self):
        return list(vars(self).items())

    def _get_args(self):
        return []


def _copy_items(items):
    if items is None:
        return []
    if type(items) is list:
        return items[:]
    import copy
    return copy.copy(items)


_ASCII_SPACE = dict.fromkeys(map(ord, '\t\n\r\f\v'), ' ')


def _one_spaced(text):
    """Make each run of white space one space, and drop it at the ends."""
    return ' '.join(filter(None, text.translate(_ASCII_SPACE).split(' '))).strip()


class HelpFormatter:
    """Formatter for generating usage messages and argument help strings.

    Only the name of this class is considered a public API. All the methods provided by the
    class are considered an implementation detail.
    """

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            import shutil
            width = shutil.get_terminal_size().columns - 2
        self._prog, self._width = prog, width
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position,
                                      max(width - 20, indent_increment * 2))
        # Where the section stands that is being formatted.
        self._current_indent = self._level = 0
        # The longest of what stands left of the help texts.
        self._action_max_length = 0
        self._current_section = self._root_section = self._Section(self, None)

    @property
    def _whitespace_matcher(self):
        import re
        return re.compile(r'\s+', re.ASCII)

    def _indent(self):
        self._level += 1
        self._current_indent += self._indent_increment

    def _dedent(self):
        self._level -= 1
        self._current_indent -= self._indent_increment
        assert self._current_indent >= 0, 'Indent decreased below 0.'

    class _Section:
        """Parts of the help below a heading: functions with arguments, called in the end."""

        def __init__(self, formatter, parent, heading=None):
            self.formatter, self.parent, self.heading = formatter, parent, heading
            self.items = []

        def format_help(self):
            formatter = self.formatter
            if self.parent is not None:
                formatter._indent()
            body = formatter._join_parts([func(*args) for func, args in self.items])
            if self.parent is not None:
                formatter._dedent()
            if not body:
                return ''
            heading = ''
            if self.heading is not SUPPRESS and self.heading is not None:
                heading = f'{" " * formatter._current_indent}{self.heading}:\n'
            return formatter._join_parts(['\n', heading, body, '\n'])

    def _add_item(self, func, args):
        self._current_section.items.append((func, args))

    def start_section(self, heading):
        inner = self._Section(self, self._current_section, heading)
        # Indented already while its arguments are measured.
        self._indent()
        self._add_item(inner.format_help, [])
        self._current_section = inner

    def end_section(self):
        self._dedent()
        self._current_section = self._current_section.parent

    def add_text(self, text):
        if text is not None and text is not SUPPRESS:
            self._add_item(self._format_text, [text])

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        invocations = [self._format_action_invocation(action)]
        for subaction in self._iter_indented_subactions(action):
            invocations.append(self._format_action_invocation(subaction))
        length = max(map(len, invocations)) + self._current_indent
        self._action_max_length = max(self._action_max_length, length)
        self._add_item(self._format_action, [action])

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        help = self._root_section.format_help()
        if help:
            while '\n\n\n' in help:
                help = help.replace('\n\n\n', '\n\n')
            help = help.strip('\n') + '\n'
        return help

    def _join_parts(self, part_strings):
        return ''.join(part for part in part_strings if part and part is not SUPPRESS)

    def _format_usage(self, usage, actions, groups, prefix):
        if prefix is None:
            prefix = _('usage: ')
        if usage is not None:
            usage = usage % dict(prog=self._prog)
        elif not actions:
            usage = str(self._prog)
        else:
            usage = self._make_usage(str(self._prog), actions, groups, prefix)
        return f'{prefix}{usage}\n\n'

    def _make_usage(self, prog, actions, groups, prefix):
        optionals = [action for action in actions if action.option_strings]
        positionals = [action for action in actions if not action.option_strings]
        text = self._format_actions_usage(optionals + positionals, groups)
        usage = ' '.join(part for part in (prog, text) if part)
        text_width = self._width - self._current_indent
        if len(prefix) + len(usage) <= text_width:
            return usage
        opt_parts = _usage_parts(self._format_actions_usage(optionals, groups))
        pos_parts = _usage_parts(self._format_actions_usage(positionals, groups))

        def get_lines(parts, indent, prefix=None):
            lines, line = [], []
            length = len(indent if prefix is None else prefix) - 1
            for part in parts:
                if length + 1 + len(part) > text_width and line:
                    lines.append(indent + ' '.join(line))
                    line = []
                    length = len(indent) - 1
                line.append(part)
                length += len(part) + 1
            if line:
                lines.append(indent + ' '.join(line))
            if prefix is not None:
                lines[0] = lines[0][len(indent):]
            return lines

        if len(prefix) + len(prog) <= 0.75 * text_width:
            # The program's name, then arguments below each other right of it.
            indent = ' ' * (len(prefix) + len(prog) + 1)
            lines = [prog]
            for parts in opt_parts, pos_parts:
                if parts and lines == [prog]:
                    # The first ones stand beside the name.
                    lines = get_lines([prog] + parts, indent, prefix)
                elif parts:
                    lines += get_lines(parts, indent)
        else:
            # The program's name is long and has a line of its own.
            indent = ' ' * len(prefix)
            lines = get_lines(opt_parts + pos_parts, indent)
            if len(lines) > 1:
                lines = get_lines(opt_parts, indent) + get_lines(pos_parts, indent)
            lines = [prog] + lines
        return '\n'.join(lines)

    def _format_actions_usage(self, actions, groups):
        """Give the actions as the usage line shows them, groups in brackets."""
        group_actions = set()
        # What to put before the action with that index.
        inserts = {}

        def insert(at, text):
            inserts[at] = f'{inserts[at]} {text}' if at in inserts and text in '[(' \
                else inserts.get(at, '') + text

        for group in groups:
            members = group._group_actions
            if not members:
                raise ValueError(f'empty group {group}')
            try:
                start = actions.index(members[0])
            except ValueError:
                continue
            end = start + len(members)
            if actions[start:end] != members:
                continue
            group_actions.update(members)
            shown = sum(action.help is not SUPPRESS for action in members)
            if not group.required:
                insert(start, '[')
                insert(end, ']')
            elif shown > 1:
                insert(start, '(')
                insert(end, ')')
            for at in range(start + 1, end):
                inserts[at] = '|'

        parts = []
        for at, action in enumerate(actions):
            if action.help is SUPPRESS:
                parts.append(None)
                if inserts.get(at) == '|':
                    inserts.pop(at)
                elif inserts.get(at + 1) == '|':
                    inserts.pop(at + 1)
                continue
            if not action.option_strings:
                part = self._format_args(
                    action, self._get_default_metavar_for_positional(action))
                # The group has brackets already.
                if action in group_actions and part[0] == '[' and part[-1] == ']':
                    part = part[1:-1]
            else:
                if action.nargs == 0:
                    part = action.format_usage()
                else:
                    args = self._format_args(
                        action, self._get_default_metavar_for_optional(action))
                    part = f'{action.option_strings[0]} {args}'
                if not action.required and action not in group_actions:
                    part = f'[{part}]'
            parts.append(part)
        for at in sorted(inserts, reverse=True):
            parts[at:at] = [inserts[at]]
        text = ' '.join(part for part in parts if part is not None)
        for bracket in '[(':
            text = text.replace(bracket + ' ', bracket)
        for bracket in '])':
            text = text.replace(' ' + bracket, bracket)
        # Groups of which nothing is shown.
        if any(pair in text for pair in ('[]', '()', '[)', '(]')):
            import re
            text = re.sub(r'[\[(] *[\])]', '', text)
        return text.strip()

    def _format_text(self, text):
        if '%(prog)' in text:
            text = text % dict(prog=self._prog)
        text_width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, text_width, ' ' * self._current_indent) + '\n\n'

    def _format_action(self, action):
        help_position = min(self._action_max_length + 2, self._max_help_position)
        help_width = max(self._width - help_position, 11)
        action_width = help_position - self._current_indent - 2
        header = self._format_action_invocation(action)
        indent = ' ' * self._current_indent
        first_indent = help_position
        if action.help and len(header) <= action_width:
            # The help begins on the same line.
            header = f'{indent}{header:<{action_width}}  '
            first_indent = 0
        else:
            header = f'{indent}{header}\n'
        parts = [header]
        if action.help and action.help.strip():
            help_text = self._expand_help(action)
            if help_text:
                first, *others = self._split_lines(help_text, help_width)
                parts.append(f'{" " * first_indent}{first}\n')
                parts += [f'{" " * help_position}{line}\n' for line in others]
        elif not header.endswith('\n'):
            parts.append('\n')
        for subaction in self._iter_indented_subactions(action):
            parts.append(self._format_action(subaction))
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            shown, = self._metavar_formatter(
                action, self._get_default_metavar_for_positional(action))(1)
            return shown
        if action.nargs == 0:
            return ', '.join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ', '.join(f'{option} {args}' for option in action.option_strings)

    def _metavar_formatter(self, action, default_metavar):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = '{%s}' % ','.join(str(choice) for choice in action.choices)
        else:
            result = default_metavar

        def format(tuple_size):
            return result if isinstance(result, tuple) else (result,) * tuple_size
        return format

    def _format_args(self, action, default_metavar):
        metavar = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs is None:
            return '%s' % metavar(1)
        if nargs == OPTIONAL:
            return '[%s]' % metavar(1)
        if nargs == ZERO_OR_MORE:
            names = metavar(1)
            return '[%s [%s ...]]' % names if len(names) == 2 else '[%s ...]' % names
        if nargs == ONE_OR_MORE:
            return '%s [%s ...]' % metavar(2)
        if nargs == REMAINDER:
            return '...'
        if nargs == PARSER:
            return '%s ...' % metavar(1)
        if nargs == SUPPRESS:
            return ''
        try:
            formats = ['%s' for _ in range(nargs)]
        except TypeError:
            raise ValueError("invalid nargs value") from None
        return ' '.join(formats) % metavar(nargs)

    def _expand_help(self, action):
        params = {name: value for name, value in dict(vars(action), prog=self._prog).items()
                  if value is not SUPPRESS}
        for name, value in params.items():
            if hasattr(value, '__name__'):
                params[name] = value.__name__
        if params.get('choices') is not None:
            params['choices'] = ', '.join(str(choice) for choice in params['choices'])
        return self._get_help_string(action) % params

    def _iter_indented_subactions(self, action):
        get_subactions = getattr(action, '_get_subactions', None)
        if get_subactions is not None:
            self._indent()
            yield from get_subactions()
            self._dedent()

    def _split_lines(self, text, width):
        import textwrap
        return textwrap.wrap(_one_spaced(text), width)

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.fill(_one_spaced(text), width, initial_indent=indent,
                             subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


def _usage_parts(text):
    """Split a usage line into pieces that stay together."""
    import re
    return re.findall(r'\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+', text)


class RawDescriptionHelpFormatter(HelpFormatter):
    """Help message formatter which retains any formatting in descriptions."""

    def _fill_text(self, text, width, indent):
        return ''.join(indent + line for line in text.splitlines(keepends=True))


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Help message formatter which retains formatting of all help text."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Help message formatter which adds default values to argument help."""

    def _get_help_string(self, action):
        help = '' if action.help is None else action.help
        if '%(default)' not in help and action.default is not SUPPRESS:
            if action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE):
                help += ' (default: %(default)s)'
        return help


class MetavarTypeHelpFormatter(HelpFormatter):
    """Help message formatter which uses the argument 'type' as the default metavar value
    (instead of the argument 'dest')."""

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__


def _get_action_name(argument):
    if argument is None:
        return None
    if argument.option_strings:
        return '/'.join(argument.option_strings)
    if argument.metavar not in (None, SUPPRESS):
        return argument.metavar
    if argument.dest not in (None, SUPPRESS):
        return argument.dest
    if argument.choices:
        return '{' + ','.join(argument.choices) + '}'
    return None


class ArgumentError(Exception):
    """An error from creating or using an argument (optional or positional).

    The string value of this exception is the message, augmented with information about the
    argument that caused it.
    """

    def __init__(self, argument, message):
        self.argument_name = _get_action_name(argument)
        self.message = message

    def __str__(self):
        text = ('%(message)s' if self.argument_name is None else
                _('argument %(argument_name)s: %(message)s'))
        return text % {'argument_name': self.argument_name, 'message': self.message}


class ArgumentTypeError(Exception):
    """An error from trying to convert a command line string to a type."""


class Action(_AttributeHolder):
    """Information about how to convert command line strings to Python objects.

    option_strings  the option's names; empty for a positional argument
    dest            the attribute that gets the value
    nargs           how many strings: None one, a number, '?', '*' or '+'
    const           the value where the option has none of its own
    default         the value where the argument is missing
    type            converts a string
    choices         a container of what is allowed, after conversion
    required        whether the option must be given
    help, metavar   what the help shows

    Subclasses override __call__.
    """

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None,
                 choices=None, required=False, help=None, metavar=None):
        self.option_strings, self.dest = option_strings, dest
        self.nargs, self.const, self.default = nargs, const, default
        self.type, self.choices, self.required = type, choices, required
        self.help, self.metavar = help, metavar

    def _get_kwargs(self):
        return [(name, getattr(self, name)) for name in (
            'option_strings', 'dest', 'nargs', 'const', 'default', 'type', 'choices',
            'required', 'help', 'metavar')]

    def format_usage(self):
        return self.option_strings[0]

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(_('.__call__() not defined'))


_deprecated_default = object()


class BooleanOptionalAction(Action):
    """An option with a counterpart: --foo stores True and --no-foo False."""

    def __init__(self, option_strings, dest, default=None, type=_deprecated_default,
                 choices=_deprecated_default, required=False, help=None,
                 metavar=_deprecated_default):
        names = []
        for name in option_strings:
            names.append(name)
            if name.startswith('--'):
                names.append('--no-' + name[2:])
        extra = {}
        for field, value in ('type', type), ('choices', choices), ('metavar', metavar):
            if value is _deprecated_default:
                continue
            extra[field] = value
            import warnings
            warnings.warn(f"{field!r} is deprecated as of Python 3.12 and will be "
                          "removed in Python 3.14.", DeprecationWarning, stacklevel=3)
        super().__init__(option_strings=names, dest=dest, nargs=0, default=default,
                         required=required, help=help, **extra)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            negative = option_string.startswith('--no-')
            setattr(namespace, self.dest, not negative)

    def format_usage(self):
        return ' | '.join(self.option_strings)


class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None,
                 choices=None, required=False, help=None, metavar=None):
        if nargs == 0:
            raise ValueError('nargs for store actions must be != 0; if you '
                             'have nothing to store, actions such as store '
                             'true or store const may be more appropriate')
        if const is not None and nargs != OPTIONAL:
            raise ValueError(f'nargs must be {OPTIONAL!r} to supply const')
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required,
                         help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, values)


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False,
                 help=None, metavar=None):
        super().__init__(option_strings=option_strings, dest=dest, nargs=0, const=const,
                         default=default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings=option_strings, dest=dest, const=True,
                         default=default, required=required, help=help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings=option_strings, dest=dest, const=False,
                         default=default, required=required, help=help)


class _AppendAction(Action):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None,
                 choices=None, required=False, help=None, metavar=None):
        if nargs == 0:
            raise ValueError('nargs for append actions must be != 0; if arg '
                             'strings are not supplying the value to append, '
                             'the append const action may be more appropriate')
        if const is not None and nargs != OPTIONAL:
            raise ValueError(f'nargs must be {OPTIONAL!r} to supply const')
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required,
                         help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        items = _copy_items(getattr(namespace, self.dest, None))
        items.append(values)
        setattr(namespace, self.dest, items)


class _AppendConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False,
                 help=None, metavar=None):
        super().__init__(option_strings=option_strings, dest=dest, nargs=0, const=const,
                         default=default, required=required, help=help, metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        items = _copy_items(getattr(namespace, self.dest, None))
        items.append(self.const)
        setattr(namespace, self.dest, items)


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings=option_strings, dest=dest, nargs=0, default=default,
                         required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        count = getattr(namespace, self.dest, None)
        setattr(namespace, self.dest, (0 if count is None else count) + 1)


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings=option_strings, dest=dest, default=default, nargs=0,
                         help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS,
                 help="show program's version number and exit"):
        super().__init__(option_strings=option_strings, dest=dest, default=default, nargs=0,
                         help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        formatter = parser._get_formatter()
        formatter.add_text(parser.version if self.version is None else self.version)
        parser._print_message(formatter.format_help(), _sys.stdout)
        parser.exit()


class _SubParsersAction(Action):
    class _ChoicesPseudoAction(Action):
        """Stands for a subcommand in the help."""

        def __init__(self, name, aliases, help):
            metavar = f'{name} ({", ".join(aliases)})' if aliases else name
            super().__init__(option_strings=[], dest=name, help=help, metavar=metavar)

    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False,
                 help=None, metavar=None):
        self._prog_prefix = prog
        self._parser_class = parser_class
        self._name_parser_map = {}
        self._choices_actions = []
        super().__init__(option_strings=option_strings, dest=dest, nargs=PARSER,
                         choices=self._name_parser_map, required=required, help=help,
                         metavar=metavar)

    def add_parser(self, name, **kwargs):
        """Add a subcommand; gives its parser. The arguments are those of ArgumentParser, and
        `help` and `aliases`."""
        if kwargs.get('prog') is None:
            kwargs['prog'] = f'{self._prog_prefix} {name}'
        aliases = kwargs.pop('aliases', ())
        if name in self._name_parser_map:
            raise ArgumentError(self, _('conflicting subparser: %s') % name)
        for alias in aliases:
            if alias in self._name_parser_map:
                raise ArgumentError(self, _('conflicting subparser alias: %s') % alias)
        if 'help' in kwargs:
            self._choices_actions.append(
                self._ChoicesPseudoAction(name, aliases, kwargs.pop('help')))
        parser = self._parser_class(**kwargs)
        for known_as in (name, *aliases):
            self._name_parser_map[known_as] = parser
        return parser

    def _get_subactions(self):
        return self._choices_actions

    def __call__(self, parser, namespace, values, option_string=None):
        name, *arg_strings = values
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        try:
            subparser = self._name_parser_map[name]
        except KeyError:
            args = {'parser_name': name, 'choices': ', '.join(self._name_parser_map)}
            raise ArgumentError(
                self, _('unknown parser %(parser_name)r (choices: %(choices)s)') % args)
        # In a namespace of its own, so that its defaults count more than those of the parent.
        parsed, rest = subparser.parse_known_args(arg_strings, None)
        for key, value in vars(parsed).items():
            setattr(namespace, key, value)
        if rest:
            vars(namespace).setdefault(_UNRECOGNIZED_ARGS_ATTR, [])
            getattr(namespace, _UNRECOGNIZED_ARGS_ATTR).extend(rest)


class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        items = _copy_items(getattr(namespace, self.dest, None))
        items.extend(values)
        setattr(namespace, self.dest, items)


class FileType:
    """Factory for creating file object types: for `type=`, opens the file that is named.

    The arguments are those of open(); '-' means standard input or output.
    """

    def __init__(self, mode='r', bufsize=-1, encoding=None, errors=None):
        self._mode, self._bufsize = mode, bufsize
        self._encoding, self._errors = encoding, errors

    def __call__(self, string):
        if string == '-':
            if 'r' in self._mode:
                stream = _sys.stdin
            elif any(c in self._mode for c in 'wax'):
                stream = _sys.stdout
            else:
                raise ValueError(_('argument "-" with mode %r') % self._mode)
            return stream.buffer if 'b' in self._mode else stream
        try:
            return open(string, self._mode, self._bufsize, self._encoding, self._errors)
        except OSError as error:
            args = {'filename': string, 'error': error}
            raise ArgumentTypeError(_("can't open '%(filename)s': %(error)s") % args)

    def __repr__(self):
        parts = [repr(arg) for arg in (self._mode, self._bufsize) if arg != -1]
        parts += [f'{name}={value!r}' for name, value in
                  (('encoding', self._encoding), ('errors', self._errors))
                  if value is not None]
        return f'{type(self).__name__}({", ".join(parts)})'


class Namespace(_AttributeHolder):
    """Simple object for storing attributes; equal to others with the same attributes."""

    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __contains__(self, key):
        return key in vars(self)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented


class _NegativeNumberMatcher:
    """Recognizes -1, -1.5 and -.5, as a compiled regular expression would."""

    def match(self, text):
        if text[:1] != '-':
            return False
        whole, point, fraction = text[1:].partition('.')
        if not point:
            return whole.isdecimal()
        return fraction.isdecimal() and (not whole or whole.isdecimal())


_NEGATIVE_NUMBER = _NegativeNumberMatcher()


class _ActionsContainer:
    """What parsers and groups share: a set of actions and of ways to make them."""

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        super().__init__()
        self.description = description
        self.argument_default = argument_default
        self.prefix_chars = prefix_chars
        self.conflict_handler = conflict_handler
        self._registries = {}
        for name, action in (
                (None, _StoreAction), ('store', _StoreAction),
                ('store_const', _StoreConstAction), ('store_true', _StoreTrueAction),
                ('store_false', _StoreFalseAction), ('append', _AppendAction),
                ('append_const', _AppendConstAction), ('count', _CountAction),
                ('help', _HelpAction), ('version', _VersionAction),
                ('parsers', _SubParsersAction), ('extend', _ExtendAction)):
            self.register('action', name, action)
        # Raises if there is no such handler.
        self._get_handler()
        self._actions = []
        self._option_string_actions = {}
        self._action_groups = []
        self._mutually_exclusive_groups = []
        self._defaults = {}
        self._negative_number_matcher = _NEGATIVE_NUMBER
        # Shared with groups, hence a list: not empty if some option looks like a number.
        self._has_negative_number_optionals = []

    def register(self, registry_name, value, object):
        """Let `value` stand for an object, as an action or a type."""
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        return self._registries[registry_name].get(value, default)

    def set_defaults(self, **kwargs):
        """Set defaults, also for attributes that no argument sets."""
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        """Give the default of an attribute."""
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest, None)

    def add_argument(self, *args, **kwargs):
        """Add an argument; gives its action.

        add_argument(dest, ..., name=value, ...)
        add_argument(option_string, option_string, ..., name=value, ...)
        """
        if not args or len(args) == 1 and args[0][0] not in self.prefix_chars:
            if args and 'dest' in kwargs:
                raise ValueError('dest supplied twice for positional argument')
            kwargs = self._get_positional_kwargs(*args, **kwargs)
        else:
            kwargs = self._get_optional_kwargs(*args, **kwargs)
        dest = kwargs['dest']
        if 'default' not in kwargs:
            # What set_defaults() said counts more than what is said of all arguments.
            if dest in self._defaults or self.argument_default is not None:
                kwargs['default'] = self._defaults.get(dest, self.argument_default)
        action_class = self._pop_action_class(kwargs)
        if not callable(action_class):
            raise ValueError(f'unknown action "{action_class}"')
        action = action_class(**kwargs)
        type_func = self._registry_get('type', action.type, action.type)
        if not callable(type_func):
            raise ValueError(f'{type_func!r} is not callable')
        if type_func is FileType:
            raise ValueError(f'{type_func!r} is a FileType class object, instance of it'
                             ' must be passed')
        self._check_metavar(action)
        return self._add_action(action)

    def _check_metavar(self, action):
        # Only a parser can format.
        if hasattr(self, "_get_formatter"):
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs")

    def add_argument_group(self, *args, **kwargs):
        """Add a group of arguments that the help shows under a title."""
        group = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, **kwargs):
        """Add a group of arguments of which only one may be given."""
        group = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(group)
        return group

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for name in action.option_strings:
            self._option_string_actions[name] = action
        if not self._has_negative_number_optionals:
            if any(map(self._negative_number_matcher.match, action.option_strings)):
                self._has_negative_number_optionals.append(True)
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        """Take over the actions of a parent, in groups of the same titles."""
        by_title = {}
        for group in self._action_groups:
            if group.title in by_title:
                raise ValueError(_('cannot merge actions - two groups are named %r')
                                 % (group.title))
            by_title[group.title] = group
        new_home = {}
        for group in container._action_groups:
            if group.title not in by_title:
                by_title[group.title] = self.add_argument_group(
                    title=group.title, description=group.description,
                    conflict_handler=group.conflict_handler)
            for action in group._group_actions:
                new_home[action] = by_title[group.title]
        for group in container._mutually_exclusive_groups:
            exclusive = self.add_mutually_exclusive_group(required=group.required)
            for action in group._group_actions:
                new_home[action] = exclusive
        for action in container._actions:
            new_home.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if 'required' in kwargs:
            raise TypeError(_("'required' is an invalid argument for positionals"))
        nargs = kwargs.get('nargs')
        if (nargs not in (OPTIONAL, ZERO_OR_MORE)
                or nargs == ZERO_OR_MORE and 'default' not in kwargs):
            kwargs['required'] = True
        return dict(kwargs, dest=dest, option_strings=[])

    def _get_optional_kwargs(self, *args, **kwargs):
        chars = self.prefix_chars
        for name in args:
            if name[0] not in chars:
                raise ValueError(_('invalid option string %(option)r: must start with a '
                                   'character %(prefix_chars)r')
                                 % {'option': name, 'prefix_chars': chars})
        dest = kwargs.pop('dest', None)
        if dest is None:
            # The first long name, or else the first one.
            long_names = [name for name in args if len(name) > 1 and name[1] in chars]
            dest = (long_names or args)[0].lstrip(chars)
            if not dest:
                raise ValueError(_('dest= is required for options like %r') % args[-1])
            dest = dest.replace('-', '_')
        return dict(kwargs, dest=dest, option_strings=list(args))

    def _pop_action_class(self, kwargs, default=None):
        action = kwargs.pop('action', default)
        return self._registry_get('action', action, action)

    def _get_handler(self):
        try:
            return getattr(self, f'_handle_conflict_{self.conflict_handler}')
        except AttributeError:
            raise ValueError(_('invalid conflict_resolution value: %r')
                             % self.conflict_handler)

    def _check_conflict(self, action):
        conflicts = [(name, self._option_string_actions[name])
                     for name in action.option_strings if name in self._option_string_actions]
        if conflicts:
            self._get_handler()(action, conflicts)

    def _handle_conflict_error(self, action, conflicting_actions):
        message = ngettext('conflicting option string: %s', 'conflicting option strings: %s',
                           len(conflicting_actions))
        names = ', '.join(name for name, action in conflicting_actions)
        raise ArgumentError(action, message % names)

    def _handle_conflict_resolve(self, action, conflicting_actions):
        for name, action in conflicting_actions:
            action.option_strings.remove(name)
            self._option_string_actions.pop(name, None)
            # Without any name left it cannot be given any more.
            if not action.option_strings:
                action.container._remove_action(action)


def _warn_nesting(what):
    import warnings
    warnings.warn(f"Nesting {what} groups is deprecated.", category=DeprecationWarning,
                  stacklevel=3)


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        for name in 'conflict_handler', 'prefix_chars', 'argument_default':
            kwargs.setdefault(name, getattr(container, name))
        super().__init__(description=description, **kwargs)
        self.title = title
        self._group_actions = []
        # All but the group's own list is the container's.
        for name in ('_registries', '_actions', '_option_string_actions', '_defaults',
                     '_has_negative_number_optionals', '_mutually_exclusive_groups'):
            setattr(self, name, getattr(container, name))

    def _add_action(self, action):
        action = super()._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        _warn_nesting("argument")
        return super().add_argument_group(*args, **kwargs)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required
        self._container = container

    def _add_action(self, action):
        if action.required:
            raise ValueError(_('mutually exclusive arguments must be optional'))
        # It is the container's, which is asked for it first.
        added = self._container._add_action(action)
        self._group_actions.append(added)
        return added

    def _remove_action(self, action):
        self._group_actions.remove(action)
        self._container._remove_action(action)

    def add_mutually_exclusive_group(self, *args, **kwargs):
        _warn_nesting("mutually exclusive")
        return super().add_mutually_exclusive_group(*args, **kwargs)


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
