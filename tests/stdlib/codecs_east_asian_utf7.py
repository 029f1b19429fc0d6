"""UTF-7, East Asian encodings, Punycode and transforms of bytes."""
import os, tempfile
os.chdir(tempfile.mkdtemp())
import random, codecs, io
random.seed(7)
def t(f,*a):
    try: return f(*a)
    except Exception as e: return type(e).__name__+': '+str(e)
texts=['','abc','+-~\\','a+b','é','日本語テスト','x日y本z','😀a😀','\ud800x','A\u0301','中文字符','한국어','1-2','-日-','\x00\x7f\x80']
for enc in ('utf-7','cp932','gbk','gb18030','cp949','punycode'):
    for s in texts:
        for er in ('strict','ignore','replace','xmlcharrefreplace','backslashreplace'):
            if enc=='punycode' and er!='strict': continue
            r=t(s.encode,enc,er); print(enc,er,ascii(s),r)
            if isinstance(r,bytes): print('   ',ascii(t(r.decode,enc)))
for enc in ('utf-7',):
    for i in range(200):
        b=bytes(random.choice(b'+-AZaz09/ab\x80~\\ ') for _ in range(random.randint(0,10)))
        for er in ('strict','replace','ignore'):
            print(enc,er,b,ascii(t(b.decode,enc,er)))
        d=codecs.getincrementaldecoder(enc)()
        def inc():
            out=''
            for x in b: out+=d.decode(bytes([x]))
            return out+d.decode(b'',True)
        print(ascii(t(inc)))
for enc in ('cp932','euc_jp','gbk','cp949'):
    for i in range(11):
        b='日本語中文'.encode(enc)[:i]
        print(enc,b,ascii(t(b.decode,enc)), ascii(t(b.decode,enc,'replace')))
for enc in ('base64','hex','quopri','uu','rot13'):
    print(enc, t(codecs.encode, b'hello world\xff'*8 if enc!='rot13' else 'hello', enc))
    print(t(codecs.decode, codecs.encode(b'hello'*40 if enc!='rot13' else 'hello', enc),enc))
    print(t('a'.encode,enc)); print(t(b'a'.decode,enc)); 
for s in ['bücher','münchen','日本','a-b','','ü'*20,'-','abcæcdöefg']:
    p=s.encode('punycode'); print(p,p.decode('punycode')==s)
for b in [b'xx-\xff',b'a-!',b'99999999',b'ab-cd-zz9']: print(t(b.decode,'punycode'), t(b.decode,'punycode','ignore'))
open('sj.txt','w',encoding='shift_jis').write('日本\nabc\n'); print(open('sj.txt',encoding='shift_jis').readlines(), open('sj.txt','rb').read())
open('sj.txt','w',encoding='iso2022_jp').write('日本\nabc\n'*3); print(open('sj.txt',encoding='iso2022_jp').readlines(), open('sj.txt','rb').read())
