"""Threads of the web server that wait for nobody to hang up.

gunicorn's own process ends each connection in the thread that also takes people in: it says that nothing more will
come and then waits up to two seconds until the other side has hung up, too. As long as one telephone far away takes
for that, nobody else is taken in. Here a process looks at a connection again only when something has come over it.
"""

import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ

from gunicorn.workers.gthread import TConn, ThreadWorker

LINGERS = 2.0  # seconds the other side has to hang up; a process looks every second
AT_ONCE = 65_536  # bytes


class Threads(ThreadWorker):
    """gunicorn's threads; connections that are over wait among those that may still say something."""

    def init_process(self) -> None:
        self.leaving: dict[TConn, None] = {}  # the one that has waited longest stands first
        super().init_process()

    def finish_request(self, conn: TConn, fs: "Future[object]") -> None:
        """A thread is done with this connection: keep it for the next request, or let it go."""
        if not self.alive or fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self.nr_conns -= 1
            self.let_go(conn)

    def let_go(self, conn: TConn) -> None:
        """Say that nothing more comes. Closed at once with something unread, the end of the answer would be lost."""
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, EVENT_READ, partial(self.hear, conn))
        except (OSError, ValueError, KeyError):
            conn.close()
            return
        conn.timeout = time.monotonic() + LINGERS
        self.leaving[conn] = None

    def hear(self, conn: TConn, sock: socket.socket) -> None:
        """What still comes is thrown away, until the other side hangs up."""
        try:
            more = sock.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self.close(conn)

    def close(self, conn: TConn) -> None:
        """It is over on both sides, or has waited long enough."""
        del self.leaving[conn]
        with suppress(OSError, ValueError, KeyError):
            self.poller.unregister(conn.sock)
        conn.close()

    def murder_pending(self) -> None:
        """Whoever has not hung up in time is hung up on; asked every time the process has looked around."""
        super().murder_pending()
        now = time.monotonic()
        while self.leaving and (first := next(iter(self.leaving))).timeout <= now:
            self.close(first)
