"""Walking over strings character by character."""
def rot13(text):
    out = []
    for c in text:
        o = ord(c)
        if 97 <= o <= 122:
            out.append(chr((o - 97 + 13) % 26 + 97))
        else:
            out.append(c)
    return "".join(out)
def is_palindrome(s):
    i, j = 0, len(s) - 1
    while i < j:
        if s[i] != s[j]:
            return False
        i += 1
        j -= 1
    return True
def main():
    text = "the quick brown fox jumps over the lazy dog " * 50000
    once = rot13(text)
    vowels = 0
    for c in once:
        if c in "aeiou":
            vowels += 1
    half = text[:60_000]
    return vowels, rot13(once) == text, is_palindrome(half + half[::-1]), sum(map(ord, once)) % 9973
print(main())
