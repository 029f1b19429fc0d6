"""The native half of json: strings, scanner, encoder, hooks that interfere, malformed texts."""
import _json
import json


def show(call):
    try:
        print(ascii(call()))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)))


scan = json.JSONDecoder().scan_once
for text in ['a"', 'a\\u12', 'a\\u12zz"', '\\ud800\\udc00"', '\\ud800\\udc00', '\\ud800\\u0041"', 'a\n"',
             'a\\q"', '\\', '', '\xe9\u1234\\n"', '\U0001d834\\/"', '\\udc00\\ud800"']:
    show(lambda: _json.scanstring(text, 0))
    show(lambda: _json.scanstring(text, 0, False))
for args in [(1, 0), ('a"', -1), ('a"', 3), ('a"', 10 ** 30), ('a"',), ('a"', 0, 1, 2), ('a"', 0, [])]:
    show(lambda: _json.scanstring(*args))
for text in ['\x00\x1f "\\/\b\f\n\r\t', '\x7f\x80\xe9', '\u1234\ud800', '\U0001d834', '']:
    show(lambda: _json.encode_basestring(text))
    show(lambda: _json.encode_basestring_ascii(text))
show(lambda: _json.encode_basestring(b'x'))

for text in ['-', '-1.', '1e', '01', '-0', '-0.0', '1.5e+', '1E400', '-Infinity', 'NaN', 'nul', '[1,]', '[', '[,',
             '{"a":1,}', '{', '{"a"', '{"a":', '{"a":1 2', '[1 2', '[ ]', '{ }', ' 1', '\u0663',
             '123456789012345678', '-9223372036854775809', '[1.5, -2e-3, 0.1]', '{"a": {"a": "\xe9"}, "a": []}']:
    show(lambda: scan(text, 0))
    show(lambda: json.loads(text))
for args in [('1', -1), ('1', 1), (b'1', 0), ('1', 1.5), ('1',), ('1', 0, 0)]:
    show(lambda: scan(*args))
show(lambda: json.loads('{"a": 1.5, "b": [2, NaN]}', parse_float=lambda s: 'f' + s,
                        parse_int=lambda s: 'i' + s, parse_constant=lambda s: 'c' + s))
show(lambda: json.loads('[{"a": {"b": 1}}, {}]', object_hook=lambda d: list(d.items())))
show(lambda: json.loads('[{"a": {"b": 1}}, {}]', object_pairs_hook=tuple))
first, second = json.loads('[{"key": 1, "\u1234": 2}, {"k\\u0065y": 3, "\u1234": 4}]')
print([a is b for a, b in zip(first, second)])
for text in ['[' * 100000, '{"a":' * 100000]:
    show(lambda: json.loads(text))


class Number(int):
    def __repr__(self):
        return 'number'


class Real(float):
    def __repr__(self):
        return 'real'


class Items(dict):
    def items(self):
        return self.given


class Sequence(list):
    def __iter__(self):
        return iter([7, 8])


def items(given):
    result = Items(a=1)
    result.given = given
    return result


ring = []
ring.append(ring)
VALUES = [
    [Number(3), Real(2.5), {Number(3): 1, Real(2.5): 2}], Sequence([1]), (1, (), []), {True: 1, None: 2, 1.5: 3},
    items([(1, 2)]), items(5), items([(1, 2, 3)]), items(((2, 1), (1, 2))), {(): 1, 'a': 2}, {2: 1, 'a': 2},
    [1e400, -1e400], {'b': 1, '\U0001d834': 2, '\xe9': 3, '\u1234': 4}, [2 ** 63, -10 ** 30], ring, [{1}],
]
for value in VALUES:
    for options in [{}, {'skipkeys': True}, {'sort_keys': True}, {'allow_nan': False}, {'ensure_ascii': False},
                    {'separators': ('\xe9', '\U0001d834')}, {'default': sorted}]:
        show(lambda: json.dumps(value, **options))
show(lambda: json.dumps(ring, check_circular=False))
show(lambda: json.dumps(ring, default=lambda o: o))
show(lambda: json.dumps({1}, default=lambda o: o))
growing = [1, {1}, 3]
show(lambda: json.dumps(growing, default=lambda o: growing.append(4) or 2))
shrinking = {'a': {1}, 'b': 2}
show(lambda: json.dumps(shrinking, default=lambda o: shrinking.clear() or 2))
encoder = _json.make_encoder({}, None, lambda s: 3, None, ': ', ', ', False, False, True)
show(lambda: encoder('x', 0))
show(lambda: encoder(1))
show(lambda: encoder([1, 2], 0))
show(lambda: _json.make_encoder(1, 2, 3, 4, '5', '6', 7, 8, 9))
show(lambda: _json.make_encoder({}, 2, 3, 4, 5, '6', 7, 8, 9))
show(lambda: setattr(encoder, 'indent', 2))
