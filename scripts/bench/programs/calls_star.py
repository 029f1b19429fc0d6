"""Calls that pack and unpack arguments."""
def collect(*args, **kwargs):
    return len(args) + len(kwargs)
def forward(*args, **kwargs):
    return collect(*args, **kwargs)
def main():
    total = 0
    for i in range(1_500_000):
        total += forward(i, i, k=i) + collect(1, 2, 3)
    return total
print(main())
