# no-stress: the tour measures what explicit collections find
with open("../../docs/tour.py", encoding="utf-8") as f:
    source = f.read()
exec(compile(source, "tour.py", "exec"))
