"""A signal that the main thread sends to itself is handled before the call returns, whatever threads there are."""
import os
import signal
import threading

stop = threading.Event()
idle = [threading.Thread(target=stop.wait) for _ in range(4)]
for thread in idle:
    thread.start()

calls = {
    "kill": lambda number: os.kill(os.getpid(), number),
    "raise_signal": signal.raise_signal,
    "pthread_kill": lambda number: signal.pthread_kill(threading.get_ident(), number),
}
for name, send in calls.items():
    late = 0
    for _ in range(200):
        try:
            send(signal.SIGINT)
            late += 1
        except KeyboardInterrupt:
            pass
    print(name, "late:", late)

seen = []
signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(threading.current_thread().name))
for name, send in calls.items():
    send(signal.SIGUSR1)
    print(name, seen)
    seen.clear()

# To another thread: the main thread still runs the handler.
signal.pthread_kill(idle[0].ident, signal.SIGUSR1)
while not seen:
    pass
print(seen)
seen.clear()

# A blocked one waits.
signal.signal(signal.SIGUSR2, signal.getsignal(signal.SIGUSR1))
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
signal.pthread_kill(threading.get_ident(), signal.SIGUSR2)
print(seen, signal.sigpending())
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR2})
print(seen)

stop.set()
for thread in idle:
    thread.join()

for wrong in (lambda: signal.pthread_kill(threading.get_ident(), 1000), lambda: os.kill(os.getpid(), 1000),
              lambda: os.kill(os.getpid(), -1), lambda: signal.pthread_kill("1", 2), lambda: signal.raise_signal(1000)):
    try:
        wrong()
    except (OSError, TypeError, ValueError) as problem:
        print(type(problem).__name__, problem)
os.kill(os.getpid(), 0)
