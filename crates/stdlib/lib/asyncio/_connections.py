"""The part of BaseEventLoop that makes connections: servers, clients, datagrams, pipes, child
processes, and the sending of files.

What depends on how the loop waits is left to subclasses: _make_socket_transport() and the like, the
sock_...() methods, _start_serving() and _stop_serving().  `base_events.socket` is asked through that
module, so that there is one place where it can be replaced.
"""

import os
import sys

from . import base_events, constants, exceptions, tasks
from ._server import Server, _SendfileFallbackProtocol

_PIPE, _STDOUT = -1, -2


def _set_reuseport(sock):
    socket = base_events.socket
    if not hasattr(socket, 'SO_REUSEPORT'):
        raise ValueError('reuse_port not supported by socket module')
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError:
        raise ValueError('reuse_port not supported by socket module, '
                         'SO_REUSEPORT defined but not implemented.')


def _set_nodelay(sock):
    """Have small writes sent at once, if it is a TCP socket."""
    socket = base_events.socket
    if (sock.type == socket.SOCK_STREAM and sock.proto == socket.IPPROTO_TCP
            and sock.family in (socket.AF_INET, socket.AF_INET6)):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _check_ssl_socket(sock):
    ssl = sys.modules.get('ssl')
    if ssl is not None and isinstance(sock, ssl.SSLSocket):
        raise TypeError("Socket cannot be of type SSLSocket")


def _port_number(port):
    """A port as a number, none being 0; None if it is the name of a service."""
    if port is None or port in ('', b''):
        return 0
    try:
        return int(port)
    except (TypeError, ValueError):
        return None


def _ipaddr_info(host, port, family, type, proto, flowinfo=0, scopeid=0):
    """What getaddrinfo() would find, if the host is an address already and not a name; or None."""
    socket = base_events.socket
    protocol = {socket.SOCK_STREAM: socket.IPPROTO_TCP,
                socket.SOCK_DGRAM: socket.IPPROTO_UDP}.get(type)
    number = _port_number(port)
    if (host is None or protocol is None or number is None
            or not hasattr(socket, 'inet_pton')
            or proto not in (0, socket.IPPROTO_TCP, socket.IPPROTO_UDP)):
        return None
    if isinstance(host, bytes):
        host = host.decode('idna')
    if '%' in host:
        # An address with a zone, of which inet_pton() knows nothing.
        return None
    any_family = family == socket.AF_UNSPEC
    for candidate in (socket.AF_INET, socket.AF_INET6) if any_family else (family,):
        try:
            socket.inet_pton(candidate, host)
        except OSError:
            continue
        more = (flowinfo, scopeid) if candidate == socket.AF_INET6 else ()
        return candidate, type, protocol, '', (host, number, *more)
    return None


def _interleave_addrinfos(addrinfos, first_address_family_count=1):
    """The addresses in an order where families take turns; the first family has a lead of some."""
    families = {}
    for info in addrinfos:
        families.setdefault(info[0], []).append(info)
    queues = list(families.values())
    lead = max(first_address_family_count - 1, 0)
    ordered = queues[0][:lead]
    queues[0] = queues[0][lead:]
    for turn in range(max(map(len, queues))):
        ordered.extend(queue[turn] for queue in queues if turn < len(queue))
    return ordered


def _check_ssl_arguments(ssl, **timeouts):
    for name, value in timeouts.items():
        if value is not None and not ssl:
            raise ValueError(f'{name} is only meaningful with ssl')


def _check_stream(socket, sock):
    if sock.type != socket.SOCK_STREAM:
        raise ValueError(f'A Stream Socket was expected, got {sock!r}')


def _remove_stale_socket(path):
    """Remove a socket that a server has left behind."""
    import stat
    try:
        if stat.S_ISSOCK(os.stat(path).st_mode):
            os.remove(path)
    except FileNotFoundError:
        pass
    except OSError as err:
        # Perhaps nothing may be removed from the folder, but sockets be made in it.
        base_events.logger.error('Unable to check or remove stale UNIX socket %r: %r', path, err)


class ConnectionMethods:
    """Methods of BaseEventLoop."""

    # Names of hosts.

    def _getaddrinfo_debug(self, host, port, family, type, proto, flags):
        """getaddrinfo(), logged."""
        asked = [f"{host}:{port!r}"]
        asked += [f'{label}={value!r}'
                  for label, value in (('family', family), ('type', type), ('proto', proto),
                                       ('flags', flags)) if value]
        question = ', '.join(asked)
        base_events.logger.debug('Get address info %s', question)
        began = self.time()
        found = base_events.socket.getaddrinfo(host, port, family, type, proto, flags)
        took = self.time() - began
        log = base_events.logger
        (log.info if took >= self.slow_callback_duration else log.debug)(
            f'Getting address info {question} took {took * 1e3:.3f}ms: {found!r}')
        return found

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """socket.getaddrinfo(), without blocking."""
        ask = self._getaddrinfo_debug if self._debug else base_events.socket.getaddrinfo
        return await self.run_in_executor(None, ask, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        """socket.getnameinfo(), without blocking."""
        return await self.run_in_executor(
            None, base_events.socket.getnameinfo, sockaddr, flags)

    async def _ensure_resolved(self, address, *, family=0, type=1, proto=0, flags=0, loop):
        """What getaddrinfo() finds for a host and a port; asked only for names."""
        host, port = address[:2]
        known = base_events._ipaddr_info(host, port, family, type, proto, *address[2:])
        if known is not None:
            return [known]
        return await loop.getaddrinfo(host, port, family=family, type=type, proto=proto,
                                      flags=flags)

    async def _resolve_all(self, address, **kind):
        found = await self._ensure_resolved(address, loop=self, **kind)
        if not found:
            raise OSError('getaddrinfo() returned empty list')
        return found

    # Clients.

    async def create_connection(
            self, protocol_factory, host=None, port=None,
            *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None,
            server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
            happy_eyeballs_delay=None, interleave=None, all_errors=False):
        """Connect to a server; gives a transport and a protocol.

        The addresses of the host are tried in turn; with `happy_eyeballs_delay` the next attempt
        begins that many seconds after one that is still under way.
        """
        if server_hostname is not None:
            if not ssl:
                raise ValueError('server_hostname is only meaningful with ssl')
        elif ssl:
            if not host:
                raise ValueError('You must set server_hostname when using ssl without a host')
            server_hostname = host
        _check_ssl_arguments(ssl, ssl_handshake_timeout=ssl_handshake_timeout,
                             ssl_shutdown_timeout=ssl_shutdown_timeout)
        if sock is not None:
            _check_ssl_socket(sock)
        if happy_eyeballs_delay is not None and interleave is None:
            interleave = 1
        socket = base_events.socket
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            kind = {'family': family, 'type': socket.SOCK_STREAM, 'proto': proto, 'flags': flags}
            infos = await self._resolve_all((host, port), **kind)
            local = None if local_addr is None else await self._resolve_all(local_addr, **kind)
            if interleave:
                infos = _interleave_addrinfos(infos, interleave)
            sock = await self._connect_to_one_of(infos, local, happy_eyeballs_delay, all_errors)
        elif sock is None:
            raise ValueError('host and port was not specified and no sock specified')
        else:
            _check_stream(socket, sock)
        transport, protocol = await self._create_connection_transport(
            sock, protocol_factory, ssl, server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
        if self._debug:
            base_events.logger.debug("%r connected to %s:%r: (%r, %r)",
                                     transport.get_extra_info('socket'), host, port,
                                     transport, protocol)
        return transport, protocol

    async def _connect_to_one_of(self, infos, local, delay, all_errors):
        """A socket connected to one of several addresses."""
        # A list for each attempt.
        failures = []
        sock = None
        if delay is None:
            for info in infos:
                try:
                    sock = await self._connect_sock(failures, info, local)
                    break
                except OSError:
                    continue
        else:
            from functools import partial
            from .staggered import staggered_race
            attempts = (partial(self._connect_sock, failures, info, local) for info in infos)
            sock, _, _ = await staggered_race(attempts, delay, loop=self)
        if sock is not None:
            return sock
        errors = [error for attempt in failures for error in attempt]
        try:
            if all_errors:
                raise ExceptionGroup("create_connection failed", errors)
            texts = list(map(str, errors))
            if len(set(texts)) == 1:
                raise errors[0]
            raise OSError(f"Multiple exceptions: {', '.join(texts)}")
        finally:
            # The errors' tracebacks refer to this frame.
            del errors, failures

    async def _connect_sock(self, exceptions, addr_info, local_addr_infos=None):
        """Make, bind and connect one socket; errors are also put into a list in the list given."""
        own_errors = []
        exceptions.append(own_errors)
        family, kind, proto, _, address = addr_info
        sock = None
        try:
            sock = base_events.socket.socket(family=family, type=kind, proto=proto)
            sock.setblocking(False)
            if local_addr_infos is not None:
                self._bind_to_one_of(sock, family, local_addr_infos, own_errors)
            await self.sock_connect(sock, address)
            return sock
        except BaseException as error:
            if isinstance(error, OSError):
                own_errors.append(error)
            if sock is not None:
                sock.close()
            raise
        finally:
            exceptions = own_errors = None

    def _bind_to_one_of(self, sock, family, infos, errors):
        for own_family, _, _, _, address in infos:
            if own_family != family:
                continue
            try:
                sock.bind(address)
                return
            except OSError as exc:
                errors.append(OSError(
                    exc.errno, 'error while attempting to bind on '
                    f'address {address!r}: {exc.strerror.lower()}'))
        if errors:
            raise errors.pop()
        raise OSError(f"no matching local address with {family=} found")

    async def _create_connection_transport(
            self, sock, protocol_factory, ssl, server_hostname, server_side=False,
            ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        if ssl:
            transport = self._make_ssl_transport(
                sock, protocol, None if isinstance(ssl, bool) else ssl, waiter,
                server_side=server_side, server_hostname=server_hostname,
                ssl_handshake_timeout=ssl_handshake_timeout,
                ssl_shutdown_timeout=ssl_shutdown_timeout)
        else:
            transport = self._make_socket_transport(sock, protocol, waiter)
        return await self._when_made(waiter, transport, protocol)

    async def _when_made(self, waiter, transport, protocol):
        """Wait for a new transport; it is closed if that fails."""
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False,
                        server_hostname=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None):
        """Would encrypt a connection, which needs a module ssl."""
        raise RuntimeError('Python ssl module is not available')

    # Servers.

    async def create_server(
            self, protocol_factory, host=None, port=None,
            *, family=0, flags=1, sock=None, backlog=100, ssl=None,
            reuse_address=None, reuse_port=None,
            ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        """Make a server that listens at a port of one or more hosts (a string or several; all if
        it is empty or None), or at a socket; gives a Server."""
        if isinstance(ssl, bool):
            raise TypeError('ssl argument must be an SSLContext or None')
        _check_ssl_arguments(ssl is not None, ssl_handshake_timeout=ssl_handshake_timeout,
                             ssl_shutdown_timeout=ssl_shutdown_timeout)
        if sock is not None:
            _check_ssl_socket(sock)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            addresses = await self._addresses_of_hosts(host, port, family, flags)
            reuse_address = True if reuse_address is None else reuse_address
            sockets = self._bound_sockets(addresses, reuse_address, reuse_port)
        else:
            if sock is None:
                raise ValueError('Neither host/port nor sock were specified')
            _check_stream(base_events.socket, sock)
            sockets = [sock]
        for sock in sockets:
            sock.setblocking(False)
        server = Server(self, sockets, protocol_factory, ssl, backlog,
                        ssl_handshake_timeout, ssl_shutdown_timeout)
        if start_serving:
            await server.start_serving()
        if self._debug:
            base_events.logger.info("%r is serving", server)
        return server

    async def _create_server_getaddrinfo(self, host, port, family, flags):
        found = await self._ensure_resolved(
            (host, port), family=family, type=base_events.socket.SOCK_STREAM, flags=flags,
            loop=self)
        if not found:
            raise OSError(f'getaddrinfo({host!r}) returned empty list')
        return found

    async def _addresses_of_hosts(self, host, port, family, flags):
        """The different addresses that a server is to listen at."""
        if host == '':
            hosts = [None]
        elif isinstance(host, str) or not hasattr(type(host), '__iter__'):
            hosts = [host]
        else:
            hosts = host
        found = await tasks.gather(*(
            self._create_server_getaddrinfo(each, port, family=family, flags=flags)
            for each in hosts))
        return {info for infos in found for info in infos}

    def _bound_sockets(self, addresses, reuse_address, reuse_port):
        socket = base_events.socket
        sockets = []
        try:
            for family, kind, proto, _, address in addresses:
                try:
                    sock = socket.socket(family, kind, proto)
                except socket.error:
                    # Perhaps the system has no such family.
                    if self._debug:
                        base_events.logger.warning(
                            'create_server() failed to create socket.socket(%r, %r, %r)',
                            family, kind, proto, exc_info=True)
                    continue
                sockets.append(sock)
                if reuse_address:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
                if reuse_port:
                    _set_reuseport(sock)
                if family == socket.AF_INET6 and hasattr(socket, 'IPPROTO_IPV6'):
                    # It would take the port of the socket of the other family too.
                    sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
                try:
                    sock.bind(address)
                except OSError as err:
                    raise OSError(err.errno, 'error while attempting to bind on address '
                                  f'{address!r}: {err.strerror.lower()}') from None
        except BaseException:
            for sock in sockets:
                sock.close()
            raise
        return sockets

    async def connect_accepted_socket(
            self, protocol_factory, sock, *, ssl=None,
            ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Make a transport and a protocol for a connection that was accepted elsewhere."""
        _check_stream(base_events.socket, sock)
        _check_ssl_arguments(ssl, ssl_handshake_timeout=ssl_handshake_timeout,
                             ssl_shutdown_timeout=ssl_shutdown_timeout)
        _check_ssl_socket(sock)
        transport, protocol = await self._create_connection_transport(
            sock, protocol_factory, ssl, '', server_side=True,
            ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
        if self._debug:
            base_events.logger.debug("%r handled: (%r, %r)",
                                     transport.get_extra_info('socket'), transport, protocol)
        return transport, protocol

    # Datagrams.

    async def create_datagram_endpoint(
            self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
            flags=0, reuse_port=None, allow_broadcast=None, sock=None):
        """Make a transport for datagrams, bound to a local address, connected to a remote one, or
        over a socket; gives it and the protocol."""
        socket = base_events.socket
        if sock is not None:
            if sock.type != socket.SOCK_DGRAM:
                raise ValueError(f'A UDP Socket was expected, got {sock!r}')
            modifiers = {'local_addr': local_addr, 'remote_addr': remote_addr, 'family': family,
                         'proto': proto, 'flags': flags, 'reuse_port': reuse_port,
                         'allow_broadcast': allow_broadcast}
            given = ', '.join(f'{name}={value}' for name, value in modifiers.items() if value)
            if given:
                raise ValueError('socket modifier keyword arguments can not be used '
                                 f'when sock is specified. ({given})')
            sock.setblocking(False)
            remote = None
        else:
            candidates = await self._datagram_addresses(local_addr, remote_addr, family, proto,
                                                        flags)
            sock, remote = await self._datagram_socket(candidates, local_addr, remote_addr,
                                                       reuse_port, allow_broadcast)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = self._make_datagram_transport(sock, protocol, remote, waiter)
        if self._debug:
            if local_addr:
                base_events.logger.info(
                    "Datagram endpoint local_addr=%r remote_addr=%r created: (%r, %r)",
                    local_addr, remote_addr, transport, protocol)
            else:
                base_events.logger.debug(
                    "Datagram endpoint remote_addr=%r created: (%r, %r)",
                    remote_addr, transport, protocol)
        return await self._when_made(waiter, transport, protocol)

    async def _datagram_addresses(self, local_addr, remote_addr, family, proto, flags):
        """What may be tried: pairs of (family, protocol) and (local, remote address)."""
        socket = base_events.socket
        given = [local_addr, remote_addr]
        if not any(given):
            if family == 0:
                raise ValueError('unexpected address family')
            return [((family, proto), (None, None))]
        if hasattr(socket, 'AF_UNIX') and family == socket.AF_UNIX:
            for address in given:
                if not (address is None or isinstance(address, str)):
                    raise TypeError('string is expected')
            if local_addr and local_addr[0] not in (0, '\x00'):
                _remove_stale_socket(local_addr)
            return [((family, proto), tuple(given))]
        found = {}
        for place, address in enumerate(given):
            if address is None:
                continue
            if not (isinstance(address, tuple) and len(address) == 2):
                raise TypeError('2-tuple is expected')
            for own_family, _, own_proto, _, resolved in await self._resolve_all(
                    address, family=family, type=socket.SOCK_DGRAM, proto=proto, flags=flags):
                found.setdefault((own_family, own_proto), [None, None])[place] = resolved
        # A kind of socket is of use if it has an address for each that was given.
        usable = [(kind, pair) for kind, pair in found.items()
                  if all(resolved is not None or not address
                         for resolved, address in zip(pair, given))]
        if not usable:
            raise ValueError('can not get address information')
        return usable

    async def _datagram_socket(self, candidates, has_local, has_remote, reuse_port,
                               allow_broadcast):
        """A socket for the first candidate that works, and its remote address."""
        socket = base_events.socket
        first_error = None
        for (family, proto), (local, remote) in candidates:
            sock = None
            try:
                sock = socket.socket(family=family, type=socket.SOCK_DGRAM, proto=proto)
                if reuse_port:
                    base_events._set_reuseport(sock)
                if allow_broadcast:
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
                sock.setblocking(False)
                if has_local:
                    sock.bind(local)
                if not has_remote:
                    return sock, None
                if not allow_broadcast:
                    await self.sock_connect(sock, remote)
                return sock, remote
            except BaseException as error:
                if sock is not None:
                    sock.close()
                if not isinstance(error, OSError):
                    raise
                first_error = first_error or error
        raise first_error

    # Pipes and child processes.

    async def connect_read_pipe(self, protocol_factory, pipe):
        """Make a transport that reads from a pipe, a file object; gives it and the protocol."""
        return await self._connect_pipe('Read', self._make_read_pipe_transport,
                                        protocol_factory, pipe)

    async def connect_write_pipe(self, protocol_factory, pipe):
        """Make a transport that writes to a pipe, a file object; gives it and the protocol."""
        return await self._connect_pipe('Write', self._make_write_pipe_transport,
                                        protocol_factory, pipe)

    async def _connect_pipe(self, kind, make, protocol_factory, pipe):
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = make(pipe, protocol, waiter)
        await self._when_made(waiter, transport, protocol)
        if self._debug:
            base_events.logger.debug(f'{kind} pipe %r connected: (%r, %r)',
                                     pipe.fileno(), transport, protocol)
        return transport, protocol

    def _log_subprocess(self, msg, stdin, stdout, stderr):
        shown = [msg]
        if stdin is not None:
            shown.append(f'stdin={_format_pipe(stdin)}')
        joined = stdout is not None and stderr == _STDOUT
        if joined:
            shown.append(f'stdout=stderr={_format_pipe(stdout)}')
        else:
            shown += [f'{label}={_format_pipe(pipe)}'
                      for label, pipe in (('stdout', stdout), ('stderr', stderr))
                      if pipe is not None]
        base_events.logger.debug(' '.join(shown))

    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=_PIPE, stdout=_PIPE,
                               stderr=_PIPE, universal_newlines=False, shell=True, bufsize=0,
                               encoding=None, errors=None, text=None, **kwargs):
        """Run a command of the shell; gives a transport and a protocol."""
        if not isinstance(cmd, (bytes, str)):
            raise ValueError("cmd must be a string")
        _check_binary(universal_newlines, True, shell, bufsize, text, encoding, errors)
        return await self._run_child(protocol_factory, f'run shell command {cmd!r}', cmd, True,
                                     stdin, stdout, stderr, bufsize, kwargs)

    async def subprocess_exec(self, protocol_factory, program, *args, stdin=_PIPE, stdout=_PIPE,
                              stderr=_PIPE, universal_newlines=False, shell=False, bufsize=0,
                              encoding=None, errors=None, text=None, **kwargs):
        """Run a program; gives a transport and a protocol."""
        _check_binary(universal_newlines, False, shell, bufsize, text, encoding, errors)
        # Arguments are not logged: they may be secret, or long.
        return await self._run_child(protocol_factory, f'execute program {program!r}',
                                     (program, *args), False, stdin, stdout, stderr, bufsize,
                                     kwargs)

    async def _run_child(self, protocol_factory, what, args, shell, stdin, stdout, stderr,
                         bufsize, kwargs):
        protocol = protocol_factory()
        logged = self._debug
        if logged:
            self._log_subprocess(what, stdin, stdout, stderr)
        transport = await self._make_subprocess_transport(
            protocol, args, shell, stdin, stdout, stderr, bufsize, **kwargs)
        if logged and self._debug:
            base_events.logger.info('%s: %r', what, transport)
        return transport, protocol

    # Left to subclasses.

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        raise NotImplementedError

    def _make_ssl_transport(
            self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
            server_hostname=None, extra=None, server=None, ssl_handshake_timeout=None,
            ssl_shutdown_timeout=None, call_connection_made=True):
        raise NotImplementedError

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        raise NotImplementedError

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        raise NotImplementedError

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        raise NotImplementedError

    async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr,
                                         bufsize, extra=None, **kwargs):
        raise NotImplementedError

    # Sending files.

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send a file over a transport; gives how many bytes were sent.

        By os.sendfile() where that is possible; otherwise by reading and writing, or with
        SendfileNotAvailableError if `fallback` is false.  The file's position is behind what was
        sent, also after an error.
        """
        if transport.is_closing():
            raise RuntimeError("Transport is closing")
        modes = constants._SendfileMode
        mode = getattr(transport, '_sendfile_compatible', modes.UNSUPPORTED)
        if mode is modes.UNSUPPORTED:
            raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
        if mode is modes.TRY_NATIVE:
            try:
                return await self._sendfile_native(transport, file, offset, count)
            except exceptions.SendfileNotAvailableError:
                if not fallback:
                    raise
        elif not fallback:
            raise RuntimeError("fallback is disabled and native sendfile is not "
                               f"supported for transport {transport!r}")
        return await self._sendfile_fallback(transport, file, offset, count)

    async def _sendfile_native(self, transp, file, offset, count):
        raise exceptions.SendfileNotAvailableError("sendfile syscall is not supported")

    async def _sendfile_fallback(self, transp, file, offset, count):
        protocol = None

        async def send(view):
            await protocol.drain()
            # The transport may keep it, and the buffer is filled anew.
            transp.write(bytes(view))

        if offset:
            file.seek(offset)
        protocol = _SendfileFallbackProtocol(transp)
        try:
            return await self._send_by_reading(file, offset, count, 16384, send)
        finally:
            await protocol.restore()

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        """Send a file over a socket; as sendfile()."""
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")
        _check_ssl_socket(sock)
        self._check_sendfile_params(sock, file, offset, count)
        try:
            return await self._sock_sendfile_native(sock, file, offset, count)
        except exceptions.SendfileNotAvailableError:
            if not fallback:
                raise
        return await self._sock_sendfile_fallback(sock, file, offset, count)

    async def _sock_sendfile_native(self, sock, file, offset, count):
        raise exceptions.SendfileNotAvailableError(
            f"syscall sendfile is not available for socket {sock!r} and file {file!r} combination")

    async def _sock_sendfile_fallback(self, sock, file, offset, count):
        if offset:
            file.seek(offset)
        return await self._send_by_reading(
            file, offset, count, constants.SENDFILE_FALLBACK_READBUFFER_SIZE,
            lambda view: self.sock_sendall(sock, view))

    async def _send_by_reading(self, file, offset, count, block, send):
        """Read a file in blocks and send these; how many bytes that were."""
        buffer = memoryview(bytearray(min(count, block) if count else block))
        sent = 0
        try:
            while not count or sent < count:
                room = buffer[:count - sent] if count else buffer
                size = await self.run_in_executor(None, file.readinto, room)
                if not size:
                    break
                await send(buffer[:size])
                sent += size
            return sent
        finally:
            if sent and hasattr(file, 'seek'):
                file.seek(offset + sent)

    def _check_sendfile_params(self, sock, file, offset, count):
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError("file should be opened in binary mode")
        if sock.type != base_events.socket.SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        for value, least, message in (
                (1 if count is None else count, 1, f"count must be a positive integer (got {count!r})"),
                (offset, 0, f"offset must be a non-negative integer (got {offset!r})")):
            if not isinstance(value, int):
                raise TypeError(message)
            if value < least:
                raise ValueError(message)


def _format_pipe(fd):
    names = {_PIPE: '<pipe>', _STDOUT: '<stdout>'}
    return names.get(fd) or repr(fd) if isinstance(fd, int) else repr(fd)


def _check_binary(universal_newlines, wanted_shell, shell, bufsize, text, encoding, errors):
    """Child processes of the loop speak bytes."""
    for name, given, wanted in (('universal_newlines', bool(universal_newlines), False),
                                ('shell', bool(shell), wanted_shell),
                                ('bufsize', bufsize, 0),
                                ('text', bool(text), False),
                                ('encoding', encoding, None),
                                ('errors', errors, None)):
        if given != wanted:
            raise ValueError(f"{name} must be {wanted}")
