"""Encrypted connections, which need a module ssl that this interpreter does not have."""

__all__ = ()

from . import protocols

ssl = None


class SSLProtocol(protocols.BufferedProtocol):
    """Would encrypt what another protocol sends and receives."""

    def __init__(self, loop, app_protocol, sslcontext, waiter, server_side=False,
                 server_hostname=None, call_connection_made=True, ssl_handshake_timeout=None,
                 ssl_shutdown_timeout=None):
        raise RuntimeError("stdlib ssl module not available")
