x = 'a' "b" '''c
d''' """e""" u'f' r'\n' b'\x00\377\n' Rb'\d' if 1 else b'a' b'b'
'\N{BULLET}\u00e9\U0001F600\x41\101\a\b\f\n\r\t\v\\\'\"\
continued \ud800'
f'a{b}c{d!r:>{w}.{p}}{e=}{f = !s:x}{{g}}' 'h' f"{'nested'}{f'{deep}'}"
f"""{
    a  # comment
    + b = }
{c:%Y-%m-%d
}"""
rf'\{a}\N' f'\N{DIGIT ONE}{x:\n}'
f'{(lambda x: 1)}{ {1: 2}[1] }{x:{y}{z}}{*a, b}{yield}'
