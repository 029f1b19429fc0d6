import struct
def t(f,*a):
    try: print(f,a,f and struct.pack(f,*a))
    except BaseException as e: print(f,a,type(e).__name__,e)
for o in ('','<','>'):
    for c in 'bBhHiIlLqQnNP':
        if o and c in 'nNP': continue
        for v in (1,-1,0,127,128,255,256,32767,-32768,65535,2**31-1,2**31,2**32-1,2**63-1,2**63,2**64-1,-2**63,1<<70,'a',1.0,True): t(o+c,v)
t('f',1e300);t('<f',1e300);t('e',1e6);t('d','x');t('?',[]);t('c','a');t('c',b'aa');t('c',b'a');t('s','x');t('p',1);t('3p',b'abcdef');t('0s',b'a');t('0p',b'a');t('5s',b'ab')
for x in (0.0,-0.0,1.5,65504.0,65519.0,65520.0,5.96e-8,2.98e-8,2.99e-8,6.1e-5,float('inf'),1/3,6.1035e-05): t('<e',x)
t('5',1);t('ii',1);t('ii',1,2,3);t('z');t('i'*3,1,2,3);t('99999999999999999999i',1);t('9223372036854775807i',1);t('i\0',1)
t(' 2h i',1,2,3); t('hq',1,2); t('h0q',1); t('<n',1);t('xxb',1);t('f',1.1)
def u(f,*a,**k):
    try: print(f.__name__,a,f(*a,**k))
    except BaseException as e: print(f.__name__,a,type(e).__name__,e)
u(struct.unpack,'i',b'123'); u(struct.unpack_from,'i',b'123456',4);u(struct.unpack_from,'i',b'123456',-2);u(struct.unpack_from,'i',b'123456',-9);u(struct.unpack_from,'i',b'123456',offset=1)
u(struct.iter_unpack,'i',b'123');u(struct.iter_unpack,'0i',b'123')
b=bytearray(6)
u(struct.pack_into,'i',b);u(struct.pack_into,'i',b,1);u(struct.pack_into,'i',b,4,1);u(struct.pack_into,'i',b,-2,1);u(struct.pack_into,'i',b,-9,1);u(struct.pack_into,'i',b'abcdef',0,1);u(struct.pack_into,'i');u(struct.pack_into,'<i',b,-5,77);print(b)
u(struct.pack);u(struct.calcsize,'i\x00');u(struct.calcsize,5);u(struct.unpack,'i',5);u(struct.Struct,'é');u(struct.Struct,5)
s=struct.Struct('<ih'); print(s.size,s.format); print(list(struct.iter_unpack('i',b'12345678')))
for f,b in (('<hhl',b'12345678'),('>Qd',bytes(range(16))),('>e?c',b'<\0\5a'),('5p3s',b'\3abcdefg'),('<f',b'\0\0\x80\x7f'),('bBx',b'\xff\xff1'),('<e',b'\x01\x00'),('>q',b'\xff'*8)): u(struct.unpack,f,b)
u(s.pack,1); u(struct.pack_into,'i',bytearray(9),'x',1); u(struct.pack,'e','x'); u(struct.pack,'i',None)
print(struct.error.__module__, struct.error.__name__, struct.Struct)
