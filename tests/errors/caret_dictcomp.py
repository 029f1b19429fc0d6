x = {k: v / 0 for k, v in {"a": 1}.items()}
