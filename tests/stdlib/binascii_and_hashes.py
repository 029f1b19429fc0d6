import binascii,_md5,_sha1,_sha2,_sha3,_blake2
def t(f,*a,**k):
    try: print(f.__name__,a,k,f(*a,**k))
    except BaseException as e: print(f.__name__,a,k,type(e).__name__,e)
b=binascii
t(b.a2b_hex,'abc');t(b.a2b_hex,'zz');t(b.a2b_hex,'é');t(b.a2b_hex,5);t(b.a2b_hex,'00ffAB')
for x in (b'YQ',b'Y',b'YWI=',b'YQ==x',b'Y\nQ=\n=',b'=YQ=',b'YQ=',b'YWJj=',b'!YQ==',b'YQ==YQ==',b'YQ=a=',b'',b'YWJjZA',b'YWJjZ',b'YWJj==',b'YWJj='):
    t(b.a2b_base64,x);t(b.a2b_base64,x,strict_mode=True)
t(b.b2a_base64,b'abc',newline=False);t(b.b2a_base64,b'abcd');t(b.b2a_uu,b'abc');t(b.b2a_uu,b'a'*46);t(b.a2b_uu,b'#86)C\n');t(b.a2b_uu,b'#86)');t(b.a2b_uu,b'#86)Cxx');t(b.a2b_uu,b'#\x80');t(b.b2a_uu,b'',backtick=True);t(b.a2b_uu,b'')
t(b.hexlify,b'abcdef','-',2);t(b.hexlify,b'abcdef','-',-4);t(b.hexlify,b'abc','--');t(b.hexlify,b'abc','');t(b.hexlify,b'abc',5);t(b.hexlify,b'abc',sep=':');t(b.hexlify,b'abcde',b' ',3);t(b.hexlify,b'')
t(b.crc32,b'abc');t(b.crc32,b'abc',5);t(b.crc_hqx,b'abc',0);t(b.crc32,b'abc',-1);t(b.crc32,b'',1<<40)
t(b.a2b_qp,b'a=20b=\nc=XY_',header=True);t(b.b2a_qp,b'a b \n=\xff.\n.\ntest\t\r\n'+b'x'*80);t(b.b2a_qp,b'a b_\t',quotetabs=True,istext=False,header=True)
for d in (b'',b'abc',b'x'*1000):
    for h in (_md5.md5,_sha1.sha1,_sha2.sha224,_sha2.sha256,_sha2.sha384,_sha2.sha512,_sha3.sha3_224,_sha3.sha3_256,_sha3.sha3_384,_sha3.sha3_512,_blake2.blake2b,_blake2.blake2s):
        o=h(d); o.update(b'yy'); c=o.copy(); c.update(b'z'); print(o.hexdigest(),c.hexdigest()[:8],o.name,o.digest_size,o.block_size,len(o.digest()))
    for h in (_sha3.shake_128,_sha3.shake_256): o=h(d); print(o.hexdigest(20),o.digest(3),o.block_size,o.digest_size,o.name)
print(_blake2.blake2b(b'a',digest_size=20,key=b'k',salt=b's',person=b'p').hexdigest(), _blake2.blake2s(b'a',fanout=2,depth=2,leaf_size=3,node_offset=4,node_depth=1,inner_size=32,last_node=True).hexdigest(),_blake2.blake2b.SALT_SIZE,_blake2.blake2s().MAX_KEY_SIZE)
t(_blake2.blake2b,b'',digest_size=65);t(_blake2.blake2b,b'',key=b'x'*65);t(_md5.md5,'a');t(_md5.md5,5);t(_blake2.blake2b,b'',depth=0);t(_blake2.blake2b,b'',fanout=256);t(_sha2.SHA256Type)
