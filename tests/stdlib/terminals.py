# Terminals and their settings.
import fcntl
import os
import struct
import termios


def tried(function, *args):
    try:
        print(function.__name__, repr(function(*args)))
    except BaseException as error:
        print(function.__name__, type(error).__name__, error)


ours, theirs = os.openpty()
print(os.isatty(theirs), os.get_inheritable(ours), os.get_inheritable(theirs))
settings = termios.tcgetattr(theirs)
print(settings)
tried(termios.tcgetattr, os.pipe()[0])
tried(termios.tcgetattr, "a")
tried(termios.tcgetattr, -1)
tried(termios.tcsetattr, theirs, termios.TCSANOW, settings)
tried(termios.tcsetattr, theirs, termios.TCSANOW, settings[:-1])
tried(termios.tcsetattr, theirs, termios.TCSANOW, tuple(settings))
tried(termios.tcsetattr, theirs, 9, settings)
for characters in [1], ["x"] * 32, [b"xx"] * 32, 5:
    tried(termios.tcsetattr, theirs, termios.TCSANOW, settings[:6] + [characters])
tried(termios.tcsetattr, theirs, termios.TCSANOW, ["a"] + settings[1:])
changed = termios.tcgetattr(theirs)
changed[3] &= ~termios.ICANON
changed[6][termios.VMIN], changed[6][termios.VTIME] = 2, 7
termios.tcsetattr(theirs, termios.TCSADRAIN, changed)
print(termios.tcgetattr(theirs)[6][:8])
tried(termios.tcsendbreak, theirs, 0)
tried(termios.tcdrain, theirs)
tried(termios.tcflush, theirs, 99)
tried(termios.tcflush, theirs, termios.TCIFLUSH)
tried(termios.tcflow, theirs, 99)
tried(termios.tcgetwinsize, theirs)
tried(termios.tcsetwinsize, theirs, (25, 80))
tried(termios.tcgetwinsize, theirs)
for size in 1, (1, 2, 3), ("a", 1), (2**20, 1), (-1, 1):
    tried(termios.tcsetwinsize, theirs, size)
print(os.get_terminal_size(theirs))
print(termios.error.__mro__)

room = bytearray(8)
print(fcntl.ioctl(theirs, termios.TIOCGWINSZ, room), struct.unpack("HHHH", room))
print(struct.unpack("HHHH", fcntl.ioctl(theirs, termios.TIOCGWINSZ, bytes(8))))
tried(fcntl.ioctl, theirs, termios.TIOCGWINSZ, b"x" * 2000)
tried(fcntl.ioctl, os.pipe()[0], termios.TIOCGWINSZ, b"x" * 8)
tried(fcntl.ioctl, -1, 0)

os.write(ours, b"typed\n")
print(os.read(theirs, 100))
