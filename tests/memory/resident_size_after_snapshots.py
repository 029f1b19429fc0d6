# no-stress: keeps so much alive that a collection at every safe point takes minutes
# Blocks that live on among freed ones keep no pages but their own resident, and the table of traces shrinks.
import gc
import os
import tracemalloc


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main():
    tracemalloc.start(10)
    before = resident()
    data = []
    for i in range(50000):
        data.append({"id": i, "data": f"item_{i}" * 10, "nested": {"value": i, "metadata": [i, i * 2, i * 3]}})
    full = tracemalloc.take_snapshot()
    allocated = resident()
    table = tracemalloc.get_tracemalloc_memory()
    data = data[::2]
    gc.collect()
    half = tracemalloc.take_snapshot()
    del data
    gc.collect()
    print("grown by the data:", allocated - before > 20_000_000)
    print("smaller without them:", resident() < allocated)
    print("smaller table:", tracemalloc.get_tracemalloc_memory() < table / 2)
    print(len(full.traces) > len(half.traces))


main()
