"""Sockets: pairs, servers, timeouts, datagrams, files, descriptors passed on, and addresses."""
import os
import socket
import threading

one, other = socket.socketpair()
one.sendall(b"hello")
print(other.recv(3), other.recv(10), one.family, one.type, one.proto)
other.settimeout(0.05)
try:
    other.recv(1)
except TimeoutError as problem:
    print(repr(problem), other.gettimeout(), other.getblocking())
other.setblocking(False)
try:
    other.recv(1)
except BlockingIOError as problem:
    print(problem.errno == socket.EAGAIN)
read, write = os.pipe()
socket.send_fds(one, [b"fd"], [write])
other.setblocking(True)
data, fds, flags, address = socket.recv_fds(other, 10, 2)
os.write(fds[0], b"through")
print(data, len(fds), flags, os.read(read, 10))
buffer = bytearray(4)
one.send(b"abcdef")
print(other.recv_into(buffer, 2), buffer, other.recvmsg(10)[:1])
one.shutdown(socket.SHUT_WR)
print(other.recv(5))
one.close()
other.close()
print(one.fileno(), one)
try:
    one.send(b"x")
except OSError as problem:
    print(problem)


def serve(server):
    connection, address = server.accept()
    with connection, connection.makefile("rwb") as file:
        for line in file:
            file.write(line.upper())
            file.flush()


with socket.create_server(("127.0.0.1", 0)) as server:
    thread = threading.Thread(target=serve, args=(server,))
    thread.start()
    with socket.create_connection(server.getsockname(), 5) as client:
        print(client.getpeername() == server.getsockname())
        with client.makefile("rwb") as file:
            file.write(b"one\ntwo\n")
            file.flush()
            print(file.readline(), file.readline())
    thread.join()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as left, \
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as right:
    left.bind(("127.0.0.1", 0))
    right.bind(("localhost", 0))
    left.sendto(b"datagram", right.getsockname())
    data, sender = right.recvfrom(100)
    print(data, sender == left.getsockname())
    left.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    print(left.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0)
    for wrong in (("x",), "x", ("127.0.0.1", 70000), ("127.0.0.1", "x")):
        try:
            left.bind(wrong)
        except Exception as problem:
            print(type(problem).__name__, problem)
print(socket.inet_aton("127.1"), socket.inet_ntoa(b"\1\2\3\4"), socket.ntohs(1), socket.htonl(1))
print(socket.inet_pton(socket.AF_INET6, "fe80::1"), socket.inet_ntop(socket.AF_INET6, bytes(16)))
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
print(socket.getservbyname("https", "tcp"), socket.getprotobyname("tcp"), socket.CMSG_LEN(4))
