# What a parser tells after a handler failed, and of encodings and buffers that were asked for.
from pyexpat import ExpatError, ParserCreate


def attempt(what, *args):
    try:
        print(repr(what(*args)))
    except Exception as error:
        print(type(error).__name__, error)


DOCUMENT = b'<a x="1">t&amp;<b/><!--c--><?p d?></a>'
for name in ("StartElementHandler", "EndElementHandler", "CharacterDataHandler", "CommentHandler",
             "ProcessingInstructionHandler", "DefaultHandler", "DefaultHandlerExpand"):
    parser = ParserCreate()

    def fail(*args):
        raise KeyError(name)

    setattr(parser, name, fail)
    attempt(parser.Parse, DOCUMENT, True)
    print(parser.ErrorCode, parser.ErrorLineNumber, parser.CurrentColumnNumber,
          parser.CurrentByteIndex)
    attempt(parser.Parse, DOCUMENT, True)
    print(parser.ErrorCode)

# An encoding is looked up when there is something to read.
parser = ParserCreate("bogus")
attempt(parser.Parse, b"<a/>")
parser = ParserCreate("bogus")
attempt(parser.Parse, "<a/>", True)
for encoding in ("utf-16", "utf-16le", "cp1252", "shift_jis", "nosuch"):
    text = []
    parser = ParserCreate()
    parser.CharacterDataHandler = text.append
    attempt(parser.Parse, b'<?xml version="1.0"  encoding="%s"?><a>\xe4</a>' % encoding.encode())
    print(text, parser.ErrorLineNumber, parser.ErrorColumnNumber)

# Who gives a buffer a size has a buffer.
parser = ParserCreate()
parser.buffer_size = 10
print(parser.buffer_text)
text = []
parser.CharacterDataHandler = text.append
parser.Parse(b"<a>one\ntwo\nthree\nfour</a>", True)
print(text)


class File:
    def __init__(self, result):
        self.result = result

    def read(self, size):
        return self.result


for result in (3, "<a/>", None, memoryview(b"<a/>"), b"x" * 3000, bytearray()):
    attempt(ParserCreate().ParseFile, File(result))
