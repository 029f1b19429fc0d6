b"abc\xff".decode()
