r"""Check and pretty-print JSON from the command line.

    $ echo '{"json":"obj"}' | python -m json.tool
    {
        "json": "obj"
    }
"""

import argparse
import json
import sys


def main():
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog='python -m json.tool',
        description='A simple command line interface for json module '
                    'to validate and pretty-print JSON objects.')
    parser.add_argument('infile', nargs='?', default=sys.stdin,
                        type=argparse.FileType(encoding="utf-8"),
                        help='a JSON file to be validated or pretty-printed')
    parser.add_argument('outfile', nargs='?', default=None,
                        help='write the output of infile to outfile')
    for switch, options in (
            ('--sort-keys', {'action': 'store_true',
                             'help': 'sort the output of dictionaries alphabetically by key'}),
            ('--no-ensure-ascii', {'action': 'store_false', 'dest': 'ensure_ascii',
                                   'help': 'disable escaping of non-ASCII characters'}),
            ('--json-lines', {'action': 'store_true',
                              'help': 'parse input using the JSON Lines format. Use with '
                                      '--no-indent or --compact to produce valid JSON Lines '
                                      'output.'})):
        parser.add_argument(switch, **options)
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--indent', default=4, type=int,
                       help='separate items with newlines and use this number '
                            'of spaces for indentation')
    group.add_argument('--tab', action='store_const', dest='indent', const='\t',
                       help='separate items with newlines and use tabs for indentation')
    group.add_argument('--no-indent', action='store_const', dest='indent', const=None,
                       help='separate items with spaces rather than newlines')
    group.add_argument('--compact', action='store_true',
                       help='suppress all whitespace separation (most compact)')
    options = parser.parse_args()

    dump_args = {'sort_keys': options.sort_keys, 'indent': options.indent,
                 'ensure_ascii': options.ensure_ascii}
    if options.compact:
        dump_args['indent'] = None
        dump_args['separators'] = ',', ':'
    try:
        with options.infile as infile:
            if options.json_lines:
                objects = [json.loads(line) for line in infile]
            else:
                objects = [json.load(infile)]
        # Opened only now: it may be the file that was read.  The standard output is closed too,
        # so that what it cannot take is known here.
        to_file = options.outfile is not None
        with open(options.outfile, 'w', encoding='utf-8') if to_file else sys.stdout as outfile:
            for obj in objects:
                json.dump(obj, outfile, **dump_args)
                outfile.write('\n')
    except ValueError as error:
        raise SystemExit(error)


if __name__ == '__main__':
    try:
        main()
    except BrokenPipeError as error:
        sys.exit(error.errno)
