"""Refusals in Discord's own form: a status, a code, a sentence, and where in the payload."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Body = Any  # whatever JSON a client sends: an object, a list, or nothing


@dataclass(eq=False)
class ApiError(Exception):
    """A refusal that the REST side turns into a response."""

    status: int
    code: int
    message: str
    errors: Json = field(default_factory=dict)

    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


def unauthorized() -> ApiError:
    return ApiError(401, 0, "401: Unauthorized")


def unknown_route() -> ApiError:
    return ApiError(404, 0, "404: Not Found")


def unknown_channel() -> ApiError:
    return ApiError(404, 10003, "Unknown Channel")


def unknown_message() -> ApiError:
    return ApiError(404, 10008, "Unknown Message")


def unknown_webhook() -> ApiError:
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    return ApiError(404, 10062, "Unknown interaction")


def already_acknowledged() -> ApiError:
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> ApiError:
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    return ApiError(403, 50013, "Missing Permissions")


def not_the_author() -> ApiError:
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    return ApiError(400, 50006, "Cannot send an empty message")


def direct_messages_closed() -> ApiError:
    return ApiError(403, 50007, "Cannot send messages to this user")


def expired_token() -> ApiError:
    return ApiError(401, 50027, "Invalid Webhook Token")


def no_history() -> ApiError:
    return ApiError(400, 160002, "Cannot reply without permission to read message history")


@dataclass(slots=True)
class Faults:
    """What is wrong with a payload, gathered by path; raised all together as error 50035."""

    tree: Json = field(default_factory=dict)

    def add(self, path: str, code: str, message: str) -> None:
        """Note a fault at a dotted path such as `data.components.0.custom_id`."""
        node = self.tree
        for key in path.split("."):
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: str, value: object, least: int, most: int) -> None:
        """A text must have between `least` and `most` characters."""
        if not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f"Could not interpret {value!r} as string.")
        elif not least <= len(value) <= most:
            if least:
                message = f"Must be between {least} and {most} in length."
            else:
                message = f"Must be {most} or fewer in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH", message)

    def count(self, path: str, values: list[Any], most: int, least: int = 0) -> None:
        """A list must have between `least` and `most` entries."""
        if not least <= len(values) <= most:
            message = f"Must be between {least} and {most} in length."
            self.add(path, "BASE_TYPE_BAD_LENGTH", message)

    def refuse(self) -> None:
        """Raise if there is any fault."""
        if self.tree:
            raise ApiError(400, 50035, "Invalid Form Body", self.tree)
