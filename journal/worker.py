"""gunicorn's worker with threads, which leaves nobody standing at the door when it stops."""

import select

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):  # type: ignore[misc]
    """Lets in, when it is asked to stop, whoever has knocked already, and only then closes the door.

    A connection is made before anybody accepts it, and its request may have been sent by then. Left in the queue it
    would be reset without an answer when the last worker is gone, and until then nobody would know.
    """

    alive: bool

    def set_accept_enabled(self, enabled: bool) -> None:
        """Open or close the door."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                self._let_in(listener)
                listener.close()

    def is_parent_alive(self) -> bool:
        """Stop as if asked to where the master is gone.

        Left alone, gunicorn would tell whoever keeps a connection that it may be used again, and serve on for the whole
        `graceful_timeout`, with the port held against the next master.
        """
        if not super().is_parent_alive():
            self.alive = False
        return self.alive

    def _let_in(self, listener: object) -> None:
        knocking = select.poll()
        knocking.register(listener, select.POLLIN)  # type: ignore[arg-type]
        while knocking.poll(0):
            self.accept(listener)
