"""Trouble on request: the next matching REST calls fail as Discord's do on a bad day."""

from __future__ import annotations

from dataclasses import dataclass, field

from .errors import Json


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer to give in place of the real one."""

    method: str
    path: str  # how the path begins, without /api/v10
    status: int  # 0: none, the connection is cut
    body: Json
    headers: dict[str, str]
    delivered: bool = False  # whether what was asked for is done all the same


@dataclass
class InjectedFaults:
    """Faults in the order that they were asked for; each is used once."""

    waiting: list[Fault] = field(default_factory=list)

    def fail(
        self,
        method: str,
        path: str,
        status: int,
        code: int = 0,
        message: str = "",
        *,
        delivered: bool = False,
    ) -> None:
        """The next call of `method` on a path that begins with `path` fails with `status`.

        `delivered`: only its answer is lost, as where a gateway between runs out of patience.
        """
        body: Json = {"message": message or str(status), "code": code}
        self.waiting.append(Fault(method, path, status, body, {}, delivered))

    def cut(self, method: str, path: str) -> None:
        """The next such call gets no answer: its connection breaks, and that of its repetition.

        aiohttp itself sends once more what may be sent twice, a PUT or GET: two are cut.
        """
        self.waiting += [Fault(method, path, 0, {}, {})] * 2

    def limit(
        self, method: str, path: str, retry_after: float, *, everywhere: bool = False
    ) -> None:
        """The next such call gets a 429 that says when to come back, in seconds.

        `everywhere`: the global limit, which holds back every other call as well.
        """
        message = "You are being rate limited."
        body: Json = {"message": message, "retry_after": retry_after, "global": everywhere}
        headers = {
            "Retry-After": str(retry_after),
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Reset-After": str(retry_after),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        self.waiting.append(Fault(method, path, 429, body, headers))

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for this call, used up; None where none waits."""
        for fault in self.waiting:
            if fault.method == method and path.startswith(fault.path):
                self.waiting.remove(fault)
                return fault
        return None
