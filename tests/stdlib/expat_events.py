# pyexpat: the events of documents, fed as a whole and piece by piece, and the errors of those that are wrong.
import pyexpat

def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except BaseException as ex: print(type(ex),ex, vars(ex))
P=pyexpat.ParserCreate
t(P,1);t(P,namespace_separator=1);t(P,namespace_separator="ab");t(P,intern=1);t(P().Parse,1);t(P().Parse,b"<a/>",1);p=P();t(p.Parse,b"<a/>",1);t(p.Parse,b"<a/>",1)
for d in (b"",b"<a>",b"<a></b>",b"<a",b"<a b=1/>",b"<a/><b/>",b"<a b='1' b='2'/>",b"x<a/>",b"x <a/>",b"<a>&foo;</a>",b"<a>\xff</a>",b"<a>&#0;</a>",b"\n <?xml version='1.0'?><a/>",b"<a>]]></a>",b"<a><!-- -- --></a>",b"<a><![CDATA[",b"<a><?xml ?></a>",b"<a/>x",b"<a/>  ",b"<?xml?><a/>",b"<?xml version='1.0'",b"<!DOCTYPE a [<!ENTITY x 'y&x;'>]><a>&x;</a>",b"<a b='&u;'/>",b"<a b='<'/>",b"</a>",b"<a></a",b"<a>&#x110000;</a>",b"<a>&x</a>",b"<1/>",b"<a 1='2'/>",b"<a b='c'd='e'/>",b"<!DOCTYPE a><a/>",b"<!DOCTYPE a [<!FOO>]><a/>",b"<a>\x01</a>", "<a>é\n\x02</a>".encode(), b"<x:a/>",b"<a xmlns:x=''/>",b"\xfe\xff\x00<\x00a\x00/\x00>", "<a>\u20ac</a>".encode('utf-16'), b"<?xml version='1.0' encoding='iso-8859-1'?><a>\xe9</a>",b"<?xml version='1.0' encoding='cp1252'?><a>\x80</a>",b"<?xml version='1.0' encoding='ascii'?><a>\x80</a>",b"<a>\xe2\x82"):
    for sep in (None,' '):
        p=P(namespace_separator=sep)
        out=[]
        def add(n): return lambda *a: out.append((n,)+a)
        for n in ('StartElement','EndElement','CharacterData','Comment','ProcessingInstruction','StartCdataSection','EndCdataSection','StartNamespaceDecl','EndNamespaceDecl','StartDoctypeDecl','EndDoctypeDecl','XmlDecl','EntityDecl','ElementDecl','AttlistDecl','NotationDecl','UnparsedEntityDecl','SkippedEntity','Default'):
            setattr(p,n+'Handler',add(n))
        p.DefaultHandlerExpand = add('Default')
        print(d,sep)
        t(p.Parse,d,1); print(out); print(p.CurrentLineNumber,p.CurrentColumnNumber,p.CurrentByteIndex,p.ErrorCode)
doc=b'''<?xml version="1.0" encoding="iso-8859-1" standalone="no"?>
<?xml-stylesheet href="stylesheet.css"?>
<!-- comment data -->
<!DOCTYPE quotations SYSTEM "quotations.dtd" [
<!ELEMENT root ANY>
<!ELEMENT b (c|d+,e?)*>
<!ATTLIST root attr1 CDATA #REQUIRED attr2 CDATA #IMPLIED k (x|y) "x">
<!NOTATION notation SYSTEM "notation.jpeg">
<!ENTITY acirc "&#226;">
<!ENTITY external_entity SYSTEM "entity.file">
<!ENTITY unparsed_entity SYSTEM "entity.file" NDATA notation>
%unparsed_entity;
]>
<root attr1="value1" attr2="value2&#8000;">
<myns:subelement xmlns:myns="http://www.python.org/namespace">
     Contents of subelements
</myns:subelement>
<sub2><![CDATA[contents of CDATA section]]></sub2>
&external_entity;
&skipped_entity;
&acirc;
\xb5
</root>
'''.replace(b'<!ELEMENT b (c|d+,e?)*>',b'<!ELEMENT b (c|d+|e?)*>')
for sep in (None,'!'):
  for chunk in (len(doc),7,1):
    p=P(namespace_separator=sep); out=[]
    for n in ('StartElement','EndElement','CharacterData','Comment','ProcessingInstruction','StartCdataSection','EndCdataSection','StartNamespaceDecl','EndNamespaceDecl','StartDoctypeDecl','EndDoctypeDecl','XmlDecl','EntityDecl','ElementDecl','AttlistDecl','NotationDecl','UnparsedEntityDecl','ExternalEntityRef'):
        setattr(p,n+'Handler',(lambda n: lambda *a: out.append((n, *a, p.CurrentLineNumber)) or 1)(n))
    if chunk!=len(doc): p.buffer_text=True
    try:
        for i in range(0,len(doc),chunk): p.Parse(doc[i:i+chunk])
        p.Parse(b"",1)
    except Exception as e: print(e)
    for o in out: print(o)
