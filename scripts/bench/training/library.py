"""Native parts of the library that no benchmark program is about, for the training of a profile-guided build."""

import array
import bisect
import collections
import csv
import datetime
import fractions
import functools
import hashlib
import heapq
import io
import itertools
import json
import re
import struct
import zlib

RECORDS = [{"id": i, "name": f"name {i}", "tags": ["a", "é", None, True], "size": i * 1.5} for i in range(400)]


def texts():
    text = json.dumps(RECORDS)
    assert json.loads(text) == RECORDS
    words = re.findall(r"\w+", text)
    counted = collections.Counter(words)
    lines = [re.sub(r"(\d+)", r"<\1>", word).title().center(20) for word in words]
    joined = "\n".join(lines).encode().decode().split()
    return len(text), len(counted), len(joined), "".join(sorted(set(text))).upper().strip()


def tables():
    out = io.StringIO()
    csv.writer(out).writerows((r["id"], r["name"], r["size"]) for r in RECORDS)
    out.seek(0)
    rows = list(csv.reader(out))
    packed = b"".join(struct.pack("<idH", i, i / 3, i & 0xFFFF) for i in range(2000))
    values = [sum(parts) for parts in struct.iter_unpack("<idH", packed)]
    numbers = array.array("d", values)
    return len(rows), sum(numbers), zlib.crc32(zlib.compress(packed)), hashlib.sha256(packed).hexdigest()[:8]


def sequences():
    heap = []
    for i in range(3000):
        heapq.heappush(heap, i * 7919 % 3001)
    ordered = [heapq.heappop(heap) for _ in range(len(heap))]
    queue = collections.deque(ordered, 500)
    queue.rotate(7)
    places = [bisect.bisect(ordered, i) for i in range(0, 3000, 7)]
    groups = [(key, len(list(items))) for key, items in itertools.groupby(ordered, lambda n: n // 100)]
    pairs = sum(a * b for a, b in itertools.combinations(range(60), 2))
    named = collections.namedtuple("Point", "x y")
    points = sorted((named(i % 13, i) for i in range(1000)), key=lambda p: (p.x, -p.y))
    return len(queue), sum(places), len(groups), pairs, points[0], functools.reduce(max, ordered)


def numbers():
    start = datetime.datetime(2000, 1, 1)
    days = [start + datetime.timedelta(days=i, seconds=i) for i in range(500)]
    total = sum(fractions.Fraction(i, 7) for i in range(1, 300))
    shown = [f"{i:>8,}|{i / 7:.3f}|{i:#x}|{i!r:^6}" for i in range(1000)]
    values = complex(1, 2) ** 2, round(2.675, 2), float("1e10"), int("123"), divmod(-7, 2)
    return days[-1].isoformat(), str(total), len("".join(shown)), values


def mistakes():
    count = 0
    for value in [1, "a", None, [], {}] * 300:
        try:
            try:
                value[0].missing
            except (TypeError, KeyError) as error:
                raise ValueError(str(error)) from error
        except (ValueError, IndexError, AttributeError):
            count += 1
        finally:
            count += 2
    return count


for _ in range(6):
    for part in (texts, tables, sequences, numbers, mistakes):
        print(part.__name__, part())
