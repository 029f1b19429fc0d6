# Signals: waiting for them, masks, timers, wake-up descriptors, and what is refused.
import os
import signal


def tried(function, *args, **kwargs):
    try:
        print(function.__name__, repr(function(*args, **kwargs)))
    except BaseException as error:
        print(function.__name__, type(error).__name__, error)


usr1 = signal.SIGUSR1
signal.pthread_sigmask(signal.SIG_BLOCK, [usr1])
tried(signal.sigtimedwait, [usr1], 0)
tried(signal.sigtimedwait, [usr1], 0.01)
tried(signal.sigtimedwait, [usr1], -1)
tried(signal.sigtimedwait, 1, 1)
tried(signal.sigtimedwait, [100], 1)
os.kill(os.getpid(), usr1)
info = signal.sigwaitinfo([usr1])
print(type(info), info.si_signo, info.si_errno, info.si_pid == os.getpid(), len(info))
os.kill(os.getpid(), usr1)
print(signal.sigtimedwait([usr1, signal.SIGUSR2], 5).si_signo)
os.kill(os.getpid(), usr1)
print(signal.sigwait([usr1]), signal.sigpending())
tried(signal.sigwait, [0])
tried(signal.sigwait, 1)
tried(signal.sigwait, ["a"])
tried(signal.pidfd_send_signal, 999, 1)
own = os.pidfd_open(os.getpid())
signal.pidfd_send_signal(own, usr1)
print(signal.sigwait([usr1]))
tried(signal.pthread_sigmask, "a", [])
tried(signal.pthread_sigmask, 1700, [])
tried(signal.pthread_sigmask, signal.SIG_BLOCK, object())
tried(signal.pthread_sigmask, signal.SIG_BLOCK, [-1])
tried(signal.pthread_sigmask, signal.SIG_BLOCK, [1 << 1000])
tried(signal.siginterrupt, 0, True)
tried(signal.set_wakeup_fd, 999)
tried(signal.set_wakeup_fd, "a")
reader, writer = os.pipe()
tried(signal.set_wakeup_fd, -5)
os.set_blocking(writer, False)
print(signal.set_wakeup_fd(writer, warn_on_full_buffer=False))
signal.pthread_sigmask(signal.SIG_UNBLOCK, [usr1])
signal.signal(usr1, lambda number, frame: print("handled", number))
signal.raise_signal(usr1)
print(os.read(reader, 10), signal.set_wakeup_fd(-1) == writer)
tried(signal.setitimer, 9, 1)
tried(signal.setitimer, 0, -1)
tried(signal.getitimer, 9)
print(signal.ItimerError, signal.ItimerError.__mro__[1])
for name in "signal", "getsignal", "pthread_sigmask", "sigpending", "sigwait", "valid_signals":
    print(name, getattr(signal, name).__module__)
