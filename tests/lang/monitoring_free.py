# A tool that gives its number back leaves its events and callbacks as they are.
import sys

monitoring = sys.monitoring
START = monitoring.events.PY_START
log = []


def target(count):
    for number in range(count):
        log.append(number)


def callback(code, offset):
    if code is target.__code__:
        log.append("start")
        monitoring.free_tool_id(1)


monitoring.use_tool_id(1, "first")
print(monitoring.register_callback(1, START, callback))
monitoring.set_events(1, START)
target(2)
print(log, monitoring.get_tool(1))
log.clear()
target(2)
print(log)
monitoring.use_tool_id(1, "second")
print(monitoring.get_tool(1), monitoring.get_events(1))
target(1)
print(log)
try:
    monitoring.set_events(1, 0)
except ValueError as error:
    print(error)
monitoring.use_tool_id(1, "third")
monitoring.set_events(1, 0)
print(monitoring.register_callback(1, START, None) is callback)
log.clear()
target(1)
print(log, monitoring.get_tool(1))
