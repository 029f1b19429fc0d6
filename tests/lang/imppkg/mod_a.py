print("mod_a runs")
name = "module a"
