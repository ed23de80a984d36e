"""How much one request may ask for."""

from flask import Flask


def set_up(app: Flask, max_body_bytes: int) -> None:
    """Refuse larger bodies before they are read."""
    app.config["MAX_CONTENT_LENGTH"] = max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = 0
    app.config["MAX_FORM_PARTS"] = 0
