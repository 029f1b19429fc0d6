"""A signal ends a system call that waits, whichever thread the system gave it to."""
import os
import signal
import socket
import threading


def handler(number, frame):
    raise ZeroDivisionError(threading.current_thread() is threading.main_thread())


signal.signal(signal.SIGALRM, handler)
read, write = os.pipe()
one, other = socket.socketpair()
stop = threading.Event()
idle = threading.Thread(target=stop.wait)
for call in (lambda: os.read(read, 1), lambda: one.recv(1), lambda: one.sendall(bytes(1 << 24)),
             lambda: open(read, closefd=False).read(1)):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        call()
    except ZeroDivisionError as problem:
        print("interrupted", problem)
    if not idle.is_alive():
        idle.start()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
signal.setitimer(signal.ITIMER_REAL, 0.01)
print(signal.sigwait({signal.SIGALRM}) == signal.SIGALRM)
stop.set()
idle.join()
