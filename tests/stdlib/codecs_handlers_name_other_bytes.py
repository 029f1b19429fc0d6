"""Handlers of decoding errors that name other bytes to go on with."""
import codecs
def case(name,f):
    try: print(name,'->',ascii(f()))
    except BaseException as e: print(name,type(e).__name__,e)
state={}
def replace(new,pos,text='?'):
    def h(e):
        state['n']=state.get('n',0)+1
        if state['n']>5: raise ValueError('too often')
        e.object=new; return (text,pos)
    return h
codecs.register_error('x.abc0',replace(b'abc',0)); codecs.register_error('x.abc1',replace(b'abc',1)); codecs.register_error('x.empty',replace(b'',0))
codecs.register_error('x.neg',replace(b'abc',-1)); codecs.register_error('x.out',replace(b'abc',4)); codecs.register_error('x.str',replace('abc',0)); codecs.register_error('x.bad',replace(b'ab\xffcd',0)); codecs.register_error('x.bad3',replace(b'ab\xffcd',3)); codecs.register_error('x.ba',replace(bytearray(b'abc'),0)); codecs.register_error('x.none',replace(None,0))
def delete(e): del e.object; return ('?',0)
codecs.register_error('x.del',delete)
def bounds(e): e.start=0; e.end=0; return ('!',e.start+2)
codecs.register_error('x.bounds',bounds)
def same(e): e.object=bytes(e.object); return ('=',e.end)
codecs.register_error('x.same',same)
def copy(e): e.object=bytes(bytearray(e.object)); return ('c',e.end)
codecs.register_error('x.copy',copy)
bad={'ascii':b'q\xffrs','utf-8':b'q\xffrs','utf-8-sig':b'\xef\xbb\xbfq\xffrs','utf-16':b'\xff\xfeq\0\0\xd8','utf-16-le':b'q\0\0\xdcx\0','utf-16-be':b'\0q\xdc\0\0x','utf-32':b'\xff\xfe\0\0q\0\0\0\xff\xff\xff\xff','utf-32-le':b'\xff\xff\xff\xffq\0\0\0','utf-7':b'q+\xffrs','unicode_escape':b'q\\xzrs','raw_unicode_escape':b'q\\uzzzz','cp1252':b'q\x81rs','cp1006':b'q\xff','charmap':b'q','gbk':b'q\xff\xff','iso2022_jp':b'q\x1b$zz','shift_jis':b'q\xa0\xff'}
for enc,b in bad.items():
    for h in ('abc0','abc1','empty','neg','out','str','bad','bad3','ba','none','del','bounds','same','copy'):
        state.clear()
        if enc in ('gbk','iso2022_jp','shift_jis') and h not in ('abc0','none','same','copy'): continue
        if h=='bounds' and enc in ('utf-7','utf-16','utf-16-le','utf-16-be','utf-32','utf-32-le'): continue
        case(f'{enc} {h}',lambda:b.decode(enc,'x.'+h))
case('charmap',lambda:codecs.charmap_decode(b'qab','x.abc1',{113:'Q',97:'A',98:'B'}))
case('charmap2',lambda:codecs.charmap_decode(b'aqb','x.abc0',{97:'A',98:'B',99:'C'}))
case('charmap3',lambda:codecs.charmap_decode(b'aqb','x.abc0','x'*98))
