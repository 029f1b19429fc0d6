"""Checks of finished enumerations, for `enum.verify` and for tests of `enum._simple_enum`."""

from enum import Flag, _high_bit, _is_single_bit, _iter_bits_lsb


def check_continuous(enumeration):
    """Refuses gaps between the lowest value and the highest, of flags between the bits."""
    values = {item.value for item in enumeration}
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    if issubclass(enumeration, Flag):
        kind = "flag"
        wanted = (1 << bit for bit in range(_high_bit(low) + 1, _high_bit(high)))
    else:
        kind = "enum"
        wanted = range(low + 1, high)
    missing = ", ".join([str(value) for value in wanted if value not in values])
    if missing:
        text = f"invalid {kind} {enumeration.__name__!r}: missing values {missing}"
        # However many there are.
        raise ValueError(text[:256])


def check_named_flags(enumeration):
    """Refuses aliases of several bits some of which no member names."""
    canonical = enumeration._member_names_
    values = [item.value for item in enumeration]
    names, bits = [], 0
    for name, alias in enumeration._member_map_.items():
        if name in canonical or alias.value < 0:
            continue
        missed = [bit for bit in _iter_bits_lsb(alias.value) if bit not in values]
        if missed:
            names.append(name)
            for bit in missed:
                bits |= bit
    if not names:
        return
    if len(names) == 1:
        who = f"alias {names[0]} is missing"
    else:
        who = f"aliases {', '.join(names[:-1])} and {names[-1]} are missing"
    what = "value" if _is_single_bit(bits) else "combined values of"
    raise ValueError(f"invalid Flag {enumeration.__name__!r}: {who} {what} 0x{bits:x} "
                     f"[use enum.show_flag_values(value) for details]")


# Methods that both classes may inherit, and so are in neither namespace.
_INHERITED = ("__str__", "__repr__", "__reduce_ex__", "__format__",
              "__getnewargs_ex__", "__getnewargs__", "__reduce__")


def differences(checked_enum, simple_enum):
    """What is unlike in two classes that should be the same enumeration, as lines of text."""
    checked, simple = checked_enum.__dict__, simple_enum.__dict__
    members = {**checked_enum._member_map_, **simple_enum._member_map_}
    unlike = {"__module__", "_member_map_", "_value2member_map_", "__doc__", *members}
    found = []
    for key in {**checked, **simple}:
        if key in unlike:
            continue
        if key not in simple:
            found.append(f"missing key: {key!r}")
        elif key not in checked:
            found.append(f"extra key:   {key!r}")
        elif (checked[key] != simple[key] and not callable(checked[key])
                and not isinstance(checked[key], property)):
            found.append(_mismatch(f"{key!r}:", checked[key], simple[key]))
    found.sort()
    for name in members:
        if name not in simple:
            found.append(f"missing member from simple enum: {name!r}")
        elif name not in checked:
            found.append(f"extra member in simple enum: {name!r}")
        else:
            found.extend(_member_differences(name, checked_enum[name], simple_enum[name]))
    for method in _INHERITED:
        if method in simple or method in checked:
            continue
        one, other = getattr(checked_enum, method, None), getattr(simple_enum, method, None)
        if hasattr(one, "__func__"):
            one, other = one.__func__, other.__func__
        if one != other:
            found.append(_mismatch(f"{method!r}:", one, other))
    return found


def _mismatch(what, checked, simple):
    return f"{what}\n         checked -> {checked!r}\n         simple  -> {simple!r}"


def _member_differences(name, checked_member, simple_member):
    checked, simple = checked_member.__dict__, simple_member.__dict__
    found = []
    for key in {**checked, **simple}:
        if key in ("__module__", "__objclass__", "_inverted_"):
            continue
        if key not in simple:
            found.append(f"missing key {key!r} not in the simple enum member {name!r}")
        elif key not in checked:
            found.append(f"extra key {key!r} in simple enum member {name!r}")
        elif checked[key] != simple[key]:
            found.append(_mismatch(f"{key!r}:", checked[key], simple[key]))
    if found:
        yield f"{name!r} member mismatch:\n      " + "\n      ".join(found)
