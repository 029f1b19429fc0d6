"""The module readline without a prompt: history, files, completer, and what it refuses."""

import os
import readline
import tempfile

folder = tempfile.mkdtemp()
path, other = os.path.join(folder, "history"), os.path.join(folder, "none")


def check(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, str(error).split(":")[0])


for text in """
get_completer_delims() get_history_length() get_current_history_length() get_history_item(1) add_history('a')
add_history(1) add_history('b') add_history('c') get_history_item(0) get_history_item(1) get_history_item(9)
remove_history_item(5) remove_history_item(-1) replace_history_item(5,'x') replace_history_item(0,'x')
replace_history_item(-1,'x') get_history_item(1) get_history_item(-1) remove_history_item(1) get_history_item(2)
get_current_history_length() write_history_file(path) append_history_file(1,path) append_history_file(-1,path)
append_history_file(9,path) append_history_file(1,other) read_history_file(other) clear_history() read_history_file(path)
set_history_length(1) write_history_file(path) set_history_length('a') set_completer(1) set_completer(len) get_completer()
set_completer() get_completer() parse_and_bind('tab:complete') parse_and_bind(1) read_init_file(other) get_line_buffer()
get_begidx() get_endidx() get_completion_type() redisplay() set_startup_hook(1) set_startup_hook(len)
set_startup_hook() set_pre_input_hook(3) set_completion_display_matches_hook(3) set_completer_delims('ab')
get_completer_delims() set_completer_delims(1) set_auto_history(False)
""".split():
    check("readline." + text)
    if "file(" in text and os.path.exists(path):
        print(repr(open(path).read()), [readline.get_history_item(i) for i in range(6)])
print(sorted(name for name in dir(readline) if name[0] != "_" and callable(getattr(readline, name))))
import rlcompleter

print(readline.get_completer().__self__.__class__, rlcompleter.Completer({"abc": 1}).complete("ab", 0))
