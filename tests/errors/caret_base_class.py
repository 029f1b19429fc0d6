class A(undefined_base): pass
