"""Cuts signatures and quoted mail off a message."""


def trim(message: str) -> str:
    kept = message.split("\n-- \n")[0].splitlines()
    return "\n".join(line for line in kept if not line.startswith(">"))
