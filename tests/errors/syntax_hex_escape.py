s = "abc\xg1"
