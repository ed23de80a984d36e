"""The API's page for people: every operation on it, nothing from elsewhere, readable without a script."""

import re

import pytest

from journal.web import openapi


@pytest.fixture(scope="module")
def page(app):
    answer = app.test_client().get("/docs/api")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return answer.get_data(as_text=True)


def test_every_operation_is_on_it(page, app):
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    for path, methods in openapi.document(app)["paths"].items():
        assert path in text
        for operation in methods.values():
            assert operation["summary"].replace("'", "&#39;") in text or operation["summary"] in text


def test_it_needs_nothing_from_elsewhere_and_no_script(page):
    assert "<script" not in page
    assert "style=" not in page
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", page)


def test_its_style_is_served_beside_it(page, app):
    [address] = re.findall(r'<link[^>]+href="([^"]+)"', page)
    answer = app.test_client().get(address)

    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert "http" not in answer.get_data(as_text=True)
