"""A JSON encoder and decoder in plain Python: characters, dispatch on type, recursion."""
def dump(v):
    if v is None:
        return "null"
    if v is True:
        return "true"
    if v is False:
        return "false"
    if isinstance(v, (int, float)):
        return repr(v)
    if isinstance(v, str):
        return '"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(v, list):
        return "[" + ", ".join([dump(x) for x in v]) + "]"
    return "{" + ", ".join([dump(k) + ": " + dump(x) for k, x in v.items()]) + "}"
class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0
    def skip(self):
        while self.text[self.at] in " \n":
            self.at += 1
    def value(self):
        self.skip()
        c = self.text[self.at]
        if c == "{":
            self.at += 1
            result = {}
            while True:
                self.skip()
                if self.text[self.at] == "}":
                    self.at += 1
                    return result
                key = self.value()
                self.skip()
                self.at += 1
                result[key] = self.value()
                self.skip()
                if self.text[self.at] == ",":
                    self.at += 1
        if c == "[":
            self.at += 1
            items = []
            while True:
                self.skip()
                if self.text[self.at] == "]":
                    self.at += 1
                    return items
                items.append(self.value())
                self.skip()
                if self.text[self.at] == ",":
                    self.at += 1
        if c == '"':
            end = self.at + 1
            while self.text[end] != '"':
                end += 2 if self.text[end] == "\\" else 1
            raw = self.text[self.at + 1:end]
            self.at = end + 1
            return raw.replace('\\"', '"').replace("\\\\", "\\")
        start = self.at
        while self.text[self.at] not in ",]} \n":
            self.at += 1
        word = self.text[start:self.at]
        return {"null": None, "true": True, "false": False}.get(word, 0) if word.isalpha() else float(word) if "." in word else int(word)
data = {"users": [{"id": i, "name": f"user {i}", "tags": ["a", "b\"c", None], "score": i / 4, "ok": i % 2 == 0} for i in range(12000)]}
text = dump(data)
for _ in range(3):
    again = Parser(text).value()
    assert again == data
print(len(text), sum(u["id"] for u in again["users"]))
