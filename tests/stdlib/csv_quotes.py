"""Lines with quotes where they belong, and where they do not."""
import csv
import io

lines = ['a,"b,c",d', '"a ""quoted"" b",x', '"",""', 'a,"",', ',"x"', '"a"b,c', 'a"b"c', '"open\nline"', '"a"," b" ,c',
         '"x""",y', '"""x"', '"a",,"b"', '""', '"a"\r', '"a"\rb', 'a,"b"\r\n', '"a,b",c,d,"e"', '"a";"b"']
for settings in ({}, {"strict": True}, {"delimiter": ";"}, {"doublequote": False}, {"quoting": csv.QUOTE_NONE},
                 {"quoting": csv.QUOTE_NONNUMERIC}, {"skipinitialspace": True}, {"escapechar": "\\"}):
    for line in lines:
        try:
            print(list(csv.reader([line], **settings)))
        except (csv.Error, ValueError) as error:
            print(type(error).__name__, error)
print(list(csv.reader(['"two\n', 'lines",x\n', 'y,"z"\n'])))
old = csv.field_size_limit(5)
for line in ('"abcdef",x', '"abc",x', 'abc,"defg"'):
    try:
        print(list(csv.reader([line])))
    except csv.Error as error:
        print(error)
csv.field_size_limit(old)
for row in ([], [""], ["", ""], ["a", "b"], ["a,b"], ['q"'], ["x\ny"], ["a", 1], ["a", None], ("t", "u"), ["\r"]):
    out = io.StringIO()
    csv.writer(out).writerow(row)
    print(repr(out.getvalue()))
