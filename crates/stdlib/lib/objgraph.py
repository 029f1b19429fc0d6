"""Which objects there are and what keeps them: the functions of objgraph, on the collector's view
of the heap, with drawings that need no other program."""

import collections
import gc
import operator
import os
import sys
import types

__version__ = "3.6.1"

__all__ = [
    "at", "at_addrs", "by_type", "count", "find_backref_chain", "find_ref_chain",
    "get_leaking_objects", "get_new_ids", "growth", "is_proper_module", "most_common_types",
    "show_backrefs", "show_chain", "show_growth", "show_most_common_types", "show_refs",
    "typestats",
]


def _short_typename(obj):
    return type(obj).__name__


def _long_typename(obj):
    cls = type(obj)
    module = getattr(cls, "__module__", None)
    return f"{module}.{cls.__name__}" if module else cls.__name__


def count(typename, objects=None):
    """Count objects tracked by the garbage collector with a given class name.

    The class name can optionally be fully qualified.
    """
    if objects is None:
        objects = gc.get_objects()
    try:
        name_of = _long_typename if "." in typename else _short_typename
        return sum(1 for obj in objects if name_of(obj) == typename)
    finally:
        del objects  # Do not keep what was counted alive in a traceback.


def typestats(objects=None, shortnames=True, filter=None):
    """Count the number of instances for each type tracked by the GC.

    Note that the GC does not track simple objects like int or str.

    Note that classes with the same name but defined in different modules
    will be lumped together if ``shortnames`` is True.
    """
    if objects is None:
        objects = gc.get_objects()
    name_of = _short_typename if shortnames else _long_typename
    try:
        stats = {}
        for obj in objects:
            if filter and not filter(obj):
                continue
            name = name_of(obj)
            stats[name] = stats.get(name, 0) + 1
        return stats
    finally:
        del objects


def most_common_types(limit=10, objects=None, shortnames=True, filter=None):
    """Count the names of types with the most instances.

    Returns a list of (type_name, count), sorted most-frequent-first.
    """
    stats = sorted(typestats(objects, shortnames=shortnames, filter=filter).items(),
                   key=operator.itemgetter(1), reverse=True)
    return stats[:limit] if limit else stats


def show_most_common_types(limit=10, objects=None, shortnames=True, file=None, filter=None):
    """Print the table of types of most common instances."""
    if file is None:
        file = sys.stdout
    stats = most_common_types(limit, objects, shortnames=shortnames, filter=filter)
    width = max((len(name) for name, _ in stats), default=0)
    for name, number in stats:
        file.write("%-*s %i\n" % (width, name, number))


def growth(limit=10, peak_stats={}, shortnames=True, filter=None):
    """Count the increase in peak object since last call.

    Returns a list of (type_name, total_count, increase_delta),
    descending order by increase_delta.
    """
    gc.collect()
    stats = typestats(shortnames=shortnames, filter=filter)
    deltas = {}
    for name, number in stats.items():
        before = peak_stats.get(name, 0)
        if number > before:
            deltas[name] = number - before
            peak_stats[name] = number
    ranked = sorted(deltas.items(), key=operator.itemgetter(1), reverse=True)
    if limit:
        ranked = ranked[:limit]
    return [(name, stats[name], delta) for name, delta in ranked]


def show_growth(limit=10, peak_stats=None, shortnames=True, file=None, filter=None):
    """Show the increase in peak object counts since last call.

    if ``peak_stats`` is None, peak counts will recorded in a global dictionary.
    """
    if peak_stats is None:
        result = growth(limit, shortnames=shortnames, filter=filter)
    else:
        result = growth(limit, peak_stats, shortnames, filter)
    if not result:
        return
    if file is None:
        file = sys.stdout
    width = max(len(name) for name, _, _ in result)
    for name, total, delta in result:
        file.write("%-*s%9d %+9d\n" % (width, name, total, delta))


def get_new_ids(skip_update=False, limit=10, sortby="deltas", shortnames=None, file=None,
                _state={}, _shortnames={None: True}):
    """Find and display new objects allocated since last call.

    Shows the increase in object counts since last call to this
    function and returns the memory address ids for new objects.
    """
    if not _state:
        _state.update(old=collections.defaultdict(set), current=collections.defaultdict(set),
                      new=collections.defaultdict(set))
    if shortnames is None:
        shortnames = _shortnames[None]
    else:
        _shortnames[None] = shortnames
    name_of = _short_typename if shortnames else _long_typename
    gc.collect()
    old, current, new = _state["old"], _state["current"], _state["new"]
    new.clear()
    if not skip_update:
        old.clear()
        old.update({name: set(ids) for name, ids in current.items()})
        current.clear()
        for obj in gc.get_objects():
            current[name_of(obj)].add(id(obj))
    rows = []
    for name in set(old) | set(current):
        added = current[name] - old[name] if name in old else set(current[name])
        new[name] = added
        if added:
            rows.append((name, len(old.get(name, ())), len(current.get(name, ())), len(added),
                         len(added) - len(old.get(name, set()) - current.get(name, set()))))
    place = {"old": 1, "current": 2, "new": 3, "deltas": 4}[sortby]
    rows.sort(key=operator.itemgetter(place), reverse=True)
    if limit is not None:
        rows = rows[:limit]
    if file is None:
        file = sys.stdout
    if rows:
        width = max(len(row[0]) for row in rows)
        print("=" * (width + 13 * 4), file=file)
        print("%-*s%13s%13s%13s%13s"
              % (width, "Type", "Old_ids", "Current_ids", "New_ids", "Count_Deltas"), file=file)
        print("=" * (width + 13 * 4), file=file)
        for name, before, now, added, delta in rows:
            print("%-*s%13d%13d%+13d%+13d" % (width, name, before, now, added, delta), file=file)
        print("=" * (width + 13 * 4), file=file)
    return new


def get_leaking_objects(objects=None):
    """Return objects that do not have any referents.

    These could indicate reference-counting bugs in C code.  Or they could
    be legitimate.

    Of the given objects, or else of all that are tracked, those are returned that no tracked object
    refers to.
    """
    gc.collect()
    everything = gc.get_objects()
    if objects is None:
        objects = everything
    try:
        ids = {id(obj) for obj in objects}
        for obj in everything:
            if obj is not objects:
                ids.difference_update(id(referent) for referent in gc.get_referents(obj))
        return [obj for obj in objects if id(obj) in ids]
    finally:
        del objects, everything


def by_type(typename, objects=None):
    """Return objects tracked by the garbage collector with a given class name.

    The class name can optionally be fully qualified.
    """
    if objects is None:
        objects = gc.get_objects()
    try:
        name_of = _long_typename if "." in typename else _short_typename
        return [obj for obj in objects if name_of(obj) == typename]
    finally:
        del objects


def at(addr):
    """Return an object at a given memory address.

    The reverse of id(obj).  Only works for objects that are tracked by the garbage collector.
    """
    for obj in gc.get_objects():
        if id(obj) == addr:
            return obj
    return None


def at_addrs(address_set):
    """Return a list of objects for a given set of memory addresses."""
    return [obj for obj in gc.get_objects() if id(obj) in address_set]


def is_proper_module(obj):
    """Returns ``True`` if ``obj`` can be treated like a garbage collector root.

    That is, if ``obj`` is a module that is in ``sys.modules``.
    """
    return (isinstance(obj, types.ModuleType)
            and obj is sys.modules.get(getattr(obj, "__name__", None)))


# Chains ------------------------------------------------------------------------------------

def find_ref_chain(obj, predicate, max_depth=20, extra_ignore=()):
    """Find a shortest chain of references leading from obj.

    The end of the chain will be some object that matches your predicate.

    Returns ``[obj, ...]``; just ``[obj]`` if there is no such chain.
    """
    return _find_chain(obj, predicate, gc.get_referents, max_depth, extra_ignore)[::-1]


def find_backref_chain(obj, predicate, max_depth=20, extra_ignore=()):
    """Find a shortest chain of references leading to obj.

    The start of the chain will be some object that matches your predicate.

    Returns ``[..., obj]``; just ``[obj]`` if there is no such chain.
    """
    return _find_chain(obj, predicate, gc.get_referrers, max_depth, extra_ignore)


def _find_chain(obj, predicate, edges, max_depth=20, extra_ignore=()):
    """Goes along edges, nearest objects first; the chain from what was found back to obj."""
    queue = [obj]
    depth = {id(obj): 0}
    came_from = {id(obj): None}
    ignore = set(extra_ignore)
    for own in (extra_ignore, queue, depth, came_from, ignore, sys._getframe(),
                sys._getframe(1)):
        ignore.add(id(own))
    gc.collect()
    while queue:
        target = queue.pop(0)
        if predicate(target):
            chain = [target]
            while came_from[id(target)] is not None:
                target = came_from[id(target)]
                chain.append(target)
            return chain
        next_depth = depth[id(target)] + 1
        if next_depth > max_depth:
            continue
        neighbours = edges(target)
        ignore.add(id(neighbours))
        for neighbour in neighbours:
            if isinstance(neighbour, types.FrameType) and neighbour.f_globals is globals():
                continue
            if id(neighbour) not in depth and id(neighbour) not in ignore:
                depth[id(neighbour)] = next_depth
                came_from[id(neighbour)] = target
                queue.append(neighbour)
    return [obj]


# Drawings ----------------------------------------------------------------------------------

def show_backrefs(objs, max_depth=3, extra_ignore=(), filter=None, too_many=10,
                  highlight=None, filename=None, extra_info=None, refcounts=False,
                  shortnames=True, output=None, extra_node_attrs=None):
    """Generate an object reference graph ending at ``objs``.

    The graph will show you what objects refer to ``objs``, directly and
    indirectly.  ``filename`` may end in .dot or .svg; ``output`` is a file to write DOT to.
    """
    return _show_graph(objs, gc.get_referrers, True, is_proper_module, max_depth, extra_ignore,
                       filter, too_many, highlight, filename, extra_info, refcounts, shortnames,
                       output, extra_node_attrs)


def show_refs(objs, max_depth=3, extra_ignore=(), filter=None, too_many=10,
              highlight=None, filename=None, extra_info=None, refcounts=False,
              shortnames=True, output=None, extra_node_attrs=None):
    """Generate an object reference graph starting at ``objs``.

    The graph will show you what objects are reachable from ``objs``, directly
    and indirectly.  ``filename`` may end in .dot or .svg; ``output`` is a file to write DOT to.
    """
    return _show_graph(objs, gc.get_referents, False, lambda x: False, max_depth, extra_ignore,
                       filter, too_many, highlight, filename, extra_info, refcounts, shortnames,
                       output, extra_node_attrs)


def show_chain(*chains, **kw):
    """Show a chain (or several chains) of object references.

    Useful in combination with :func:`find_ref_chain` or
    :func:`find_backref_chain`.
    """
    backrefs = kw.pop("backrefs", True)
    chains = [chain for chain in chains if chain]

    def in_chains(x, ids={id(obj) for chain in chains for obj in chain}):
        return id(x) in ids

    max_depth = max(map(len, chains)) - 1
    kw.setdefault("max_depth", max_depth)
    if backrefs:
        return show_backrefs([chain[-1] for chain in chains], filter=in_chains, **kw)
    return show_refs([chain[0] for chain in chains], filter=in_chains, **kw)


def _show_graph(objs, edges, backwards, cull, max_depth, extra_ignore, filter, too_many, highlight,
                filename, extra_info, refcounts, shortnames, output, extra_node_attrs):
    if filename and output:
        raise ValueError("Cannot specify both output and filename.")
    if not isinstance(objs, (list, tuple)):
        objs = [objs]
    nodes, links = _collect_graph(objs, edges, backwards, cull, max_depth, extra_ignore, filter,
                                  too_many)
    for node in nodes:
        node.label = _obj_label(node.obj, extra_info, refcounts, shortnames)
    text = _dot(nodes, links, objs, backwards, highlight, max_depth, extra_node_attrs)
    if output is not None:
        output.write(text)
        return
    if filename is None:
        import tempfile
        fd, filename = tempfile.mkstemp(".dot", "objgraph-")
        os.close(fd)
    base, dot, extension = filename.rpartition(".")
    if extension != "svg" or not dot:
        # Other pictures than SVG take Graphviz, which is not asked for.
        dot_name = filename if extension == "dot" else (base or filename) + ".dot"
        _write(dot_name, text)
        print(f"Graph written to {dot_name} ({len(nodes)} nodes)")
        if extension == "dot":
            return
        filename = (base or filename) + ".svg"
    _write(filename, _svg(nodes, links, objs, backwards))
    print(f"Image generated as {filename}")


def _write(filename, text):
    with open(filename, "w", encoding="utf-8") as file:
        file.write(text)


class _Node:
    """An object of a drawing."""

    __slots__ = "obj", "depth", "number", "skipped", "links", "label"

    def __init__(self, obj, depth, number):
        self.obj = obj
        self.depth = depth
        self.number = number
        # References beyond too_many; those drawn, in order.
        self.skipped = 0
        self.links = []
        self.label = ""


def _collect_graph(objs, edges, backwards, cull, max_depth, extra_ignore, filter, too_many):
    """The nodes of a drawing, nearest first, and the references between them as triples of
    source, target and label."""
    ignore = set(extra_ignore)
    found, nodes, links = {}, [], []
    frame = sys._getframe()
    own = [objs, extra_ignore, ignore, found, nodes, links, frame, frame.f_back, frame.f_back.f_back,
           frame.f_back.f_back.f_back]
    own.append(own)
    ignore.update(map(id, own))
    gc.collect()
    for obj in objs:
        if id(obj) not in found:
            nodes.append(_Node(obj, 0, len(nodes)))
            found[id(obj)] = nodes[-1]
    # The list grows while it is walked.
    for node in nodes:
        ignore.add(id(node))
        target = node.obj
        if node.depth >= max_depth or cull(target):
            continue
        neighbours = edges(target)
        ignore.add(id(neighbours))
        taken = 0
        for other in neighbours:
            if id(other) in ignore:
                continue
            if isinstance(other, types.FrameType) and other.f_globals is globals():
                continue
            if filter and not filter(other):
                continue
            if taken >= too_many:
                node.skipped += 1
                continue
            taken += 1
            place = found.get(id(other))
            if place is None:
                place = found[id(other)] = _Node(other, node.depth + 1, len(nodes))
                ignore.add(id(place))
                nodes.append(place)
            source, other_end = (place, node) if backwards else (node, place)
            link = source, other_end, _edge_label(source.obj, other_end.obj)
            ignore.add(id(link))
            node.links.append(link)
            links.append(link)
    return nodes, links


_FUNCTION_PARTS = ("__code__", "__globals__", "__builtins__", "__module__", "__defaults__", "__kwdefaults__",
                   "__doc__", "__name__", "__dict__", "__closure__", "__qualname__", "__annotations__")


def _edge_label(source, target):
    """By what name one object refers to another, and the weight of that in a drawing."""
    if isinstance(target, dict) and target is getattr(source, "__dict__", None):
        return "__dict__", 10
    if isinstance(source, types.FrameType):
        for name in ("f_locals", "f_globals"):
            if target is getattr(source, name):
                return name, 10
    if isinstance(source, types.MethodType):
        for name in ("__self__", "__func__"):
            if target is getattr(source, name):
                return name, 10
    if isinstance(source, types.FunctionType):
        for name in _FUNCTION_PARTS:
            if target is getattr(source, name, None):
                return name, 10
    if isinstance(source, dict):
        for key, value in source.items():
            if value is target:
                if isinstance(key, str) and key.isidentifier():
                    return key, 2
                return _obj_label(key), None
        return None
    return None


def _safe_repr(obj):
    """A short text for an object whose repr may fail."""
    try:
        return repr(obj)[:40]
    except Exception:
        return "(unrepresentable)"


def _obj_label(obj, extra_info=None, refcounts=False, shortnames=True):
    cls = type(obj)
    name = cls.__name__ if shortnames else f"{cls.__module__}.{cls.__name__}"
    if refcounts:
        # Without the references of the drawing: this call's, the node's, and those of the calls above.
        name += " [%d]" % (sys.getrefcount(obj) - 4)
    lines = [name, _short_repr(obj)]
    if extra_info:
        lines.append(str(extra_info(obj)))
    return "\n".join(lines)


def _short_repr(obj):
    """What an object is, in one line."""
    if isinstance(obj, (type, types.ModuleType, types.BuiltinFunctionType)):
        return obj.__name__
    if isinstance(obj, types.MethodType):
        name = getattr(obj.__func__, "__name__", None) or _safe_repr(obj.__func__)
        return name + (" (bound)" if obj.__self__ is not None else "")
    if isinstance(obj, types.LambdaType) and obj.__name__ == "<lambda>":
        code = obj.__code__
        return f"lambda: {os.path.basename(code.co_filename)}:{code.co_firstlineno}"
    if isinstance(obj, types.FrameType):
        return f"{obj.f_code.co_filename}:{obj.f_lineno}"
    if isinstance(obj, (tuple, list, dict, set)):
        return f"{len(obj)} items"
    return _safe_repr(obj)


def _dot_text(text):
    for plain, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\0", "\\\\0")):
        text = text.replace(plain, written)
    return text


def _dot(nodes, links, objs, backwards, highlight, max_depth, extra_node_attrs):
    """The graph in Graphviz's language."""
    def name_of(node):
        return f"o{id(node.obj)}"

    def fade(level):
        return 1.0 - 0.7 * level / max_depth if max_depth else 1.0

    lines = ["digraph ObjectGraph {", "  node[shape=box, style=filled, fillcolor=white];"]
    roots = {id(obj) for obj in objs}
    lines += [f"  {name_of(node)}[fontcolor=red];" for node in nodes if id(node.obj) in roots]
    for node in nodes:
        name = name_of(node)
        attributes = f'label="{_dot_text(node.label)}"'
        if extra_node_attrs is not None:
            attributes += "".join(f', {key}="{_dot_text(value)}"'
                                  for key, value in (extra_node_attrs(node.obj) or {}).items())
        lines.append(f"  {name}[{attributes}];")
        hue, saturation, value = 0, 0, fade(node.depth)
        if isinstance(node.obj, types.ModuleType):
            hue, saturation = 0.3, 1
        if highlight and highlight(node.obj):
            hue, saturation, value = 0.6, 0.6, 0.5 + value * 0.5
        lines.append(f'  {name}[fillcolor="{hue:g},{saturation:g},{value:g}"];')
        if value < 0.5:
            lines.append(f"  {name}[fontcolor=white];")
        if hasattr(type(node.obj), "__del__"):
            lines.append(f"  {name}->{name}_has_a_del[color=red,style=dotted,len=0.25,weight=10];")
            lines.append(f'  {name}_has_a_del[label="__del__",shape=doublecircle,height=0.25,'
                         f'color=red,fillcolor="0,.5,1",fontsize=6];')
        for source, target, label in node.links:
            suffix = ""
            if label is not None:
                text, weight = label
                suffix = f' [label="{_dot_text(text)}"' + (f",weight={weight}]" if weight else "]")
            lines.append(f"  {name_of(source)} -> {name_of(target)}{suffix};")
        if node.skipped:
            more = f"too_many_{name}"
            label = f"{node.skipped} more " + ("backreferences" if backwards else "references")
            edge = f"{more}->{name}" if backwards else f"{name}->{more}"
            lines.append(f"  {edge}[color=red,style=dotted,len=0.25,weight=10];")
            lines.append(f'  {more}[label="{label}",shape=box,height=0.25,color=red,'
                         f'fillcolor="0,1,{fade(node.depth + 1):g}",fontsize=6];')
            lines.append(f"  {more}[fontcolor=white];")
    lines.append("}")
    return "\n".join(lines) + "\n"


def _svg(nodes, links, objs, backwards):
    """The graph as a picture: a row for each distance, straight references between the boxes."""
    rows = {}
    for node in nodes:
        rows.setdefault(node.depth, []).append(node)
    depths = sorted(rows, reverse=backwards)
    width_of = {node.number: 24 + 7 * max(map(len, node.label.split("\n"))) for node in nodes}
    box_height, gap_x, gap_y, margin = 44, 24, 70, 20
    row_width = {depth: sum(width_of[node.number] + gap_x for node in rows[depth]) - gap_x
                 for depth in depths}
    width = max(row_width.values(), default=0) + 2 * margin
    height = len(depths) * (box_height + gap_y) - gap_y + 2 * margin
    places, boxes = {}, []
    roots = {id(obj) for obj in objs}
    for number, depth in enumerate(depths):
        x = (width - row_width[depth]) / 2
        y = margin + number * (box_height + gap_y)
        for node in rows[depth]:
            w = width_of[node.number]
            places[node.number] = (x, y, w)
            color = "#ffd9d9" if id(node.obj) in roots else "#eef3ff"
            boxes.append(f'<rect x="{x:.0f}" y="{y:.0f}" width="{w}" height="{box_height}" rx="4" '
                         f'fill="{color}" stroke="#445"/>')
            lines = node.label.split("\n")
            for line_number, line in enumerate(lines[:3]):
                baseline = y + 17 + 15 * line_number
                weight = "bold" if line_number == 0 else "normal"
                boxes.append(f'<text x="{x + w / 2:.0f}" y="{baseline:.0f}" text-anchor="middle" '
                             f'font-weight="{weight}">{_escaped(line)}</text>')
            if node.skipped:
                boxes.append(f'<text x="{x + w:.0f}" y="{y - 4:.0f}" text-anchor="end" '
                             f'fill="#b00">{node.skipped} more</text>')
            x += w + gap_x
    arrows = []
    for source, target, label in links:
        x1, y1, w1 = places[source.number]
        x2, y2, w2 = places[target.number]
        start = (x1 + w1 / 2, y1 + box_height if y2 > y1 else y1)
        end = (x2 + w2 / 2, y2 if y2 > y1 else y2 + box_height)
        if y1 == y2:
            start, end = (x1 + w1 / 2, y1), (x2 + w2 / 2, y2)
            middle = (start[0] + end[0]) / 2
            path = f"M{start[0]:.0f},{start[1]:.0f} Q{middle:.0f},{y1 - 30:.0f} " \
                   f"{end[0]:.0f},{end[1]:.0f}"
            text_place = middle, y1 - 18
        else:
            path = f"M{start[0]:.0f},{start[1]:.0f} L{end[0]:.0f},{end[1]:.0f}"
            text_place = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        arrows.append(f'<path d="{path}" fill="none" stroke="#667" marker-end="url(#tip)"/>')
        if label:
            arrows.append(f'<text x="{text_place[0]:.0f}" y="{text_place[1]:.0f}" '
                          f'text-anchor="middle" fill="#335">{_escaped(label[0])}</text>')
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'font-family="sans-serif" font-size="12">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#667"/></marker></defs>',
        '<rect width="100%" height="100%" fill="white"/>',
        *arrows, *boxes, "</svg>",
    ]) + "\n"


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
