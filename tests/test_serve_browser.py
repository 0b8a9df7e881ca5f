"""The explorer in a real browser: search, open, highlight, follow, query; by keyboard, on a phone, in the dark.

Playwright drives a Chromium that is installed already; without either of them the tests are skipped with a line.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serve_graphs import HOSTILE
from test_serve_server import Server, start, stop

pytestmark = pytest.mark.slow
playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")

PACT = "treatygraph/id/treaty/iran-russia-strategic-partnership-2025"
NEWS = "treatygraph/id/document/treaty-signed"
PAGES = [
    "",
    PACT,
    NEWS,
    "treatygraph/id/state/iran",
    "timeline",
    "network",
    "map",
    "unrealised",
    "disagreements",
    "query",
]
CONTRAST = """() => {
  const channel = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = (text) => text.match(/[0-9.]+/g).map(Number);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const text = getComputedStyle(e).backgroundColor;
      if (/^rgb/.test(text) && colour(text)[3] !== 0) return colour(text);
    }
    return colour(getComputedStyle(document.documentElement).backgroundColor);
  };
  const low = [];
  for (const e of document.querySelectorAll('main :is(a, p, li, h1, h2, dt), .mod, .fine, nav a, footer p')) {
    if (!e.innerText || !e.getClientRects().length) continue;
    const a = light(colour(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push([e.className, e.innerText.slice(0, 30), ratio]);
  }
  return low;
}"""
PAINTED = """() => {
  const canvas = document.getElementById('net');
  return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
}"""
OUTSIDE = """() => {
  const map = document.querySelector('.map svg').getBoundingClientRect();
  return [...document.querySelectorAll('.labels text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < map.left || box.right > map.right;
  }).map((text) => text.textContent);
}"""
IN_VIEW = """(which) => {
  const box = document.querySelector(which).getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight;
}"""
NAMELESS = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter((e) => !e.labels.length && !e.ariaLabel).length"""
REPEATED = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  return ids.length - new Set(ids).size;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no Chromium is installed (Debian: chromium; CHROMIUM names another): run tests/install_stores.sh")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    running = start(root / "output" / "sample.ttl")
    yield running
    stop(running)


@pytest.fixture
def page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page; a complaint of the browser, or a request to anywhere else, fails the test."""
    context = browser.new_context(**getattr(request, "param", {"viewport": {"width": 1280, "height": 900}}))
    opened, complaints = context.new_page(), []
    opened.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda r: None if "//127.0.0.1:" in r.url else complaints.append(r.url))
    yield opened
    context.close()
    assert not complaints


def test_search_as_you_type_and_open_by_keyboard(page: Any, server: Server) -> None:
    page.goto(server.address)
    page.keyboard.press("/")
    page.keyboard.type("turkman")
    page.wait_for_selector("#found li")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "hit-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/treaty-of-turkmenchay-1828")
    assert page.inner_text("h1") == "Treaty of Turkmenchay"


def test_from_a_fact_to_its_words_and_back(page: Any, server: Server) -> None:
    page.goto(server.address + PACT)
    page.click("#p-signedOn details summary")
    link = page.locator("#p-signedOn .evidence a.words").first
    words = link.inner_text()
    link.click()
    page.wait_for_selector(".text .here")
    assert "".join(page.locator(".text .here").all_inner_texts()) == words
    assert page.locator(".text .here").first.is_visible()
    assert page.evaluate(IN_VIEW, "#back") and page.evaluate(IN_VIEW, ".text .here")
    page.click("#back")
    page.wait_for_url("**/" + PACT)


def test_from_the_words_to_the_fact(page: Any, server: Server) -> None:
    page.goto(server.address + NEWS)
    link = page.locator(".read a.fact").first
    target = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_selector(f"#{target}:target")
    assert page.locator(f"#{target}").is_visible()


def test_the_text_of_the_page_is_the_text(page: Any, server: Server) -> None:
    page.goto(server.address + NEWS)
    query = f"SELECT ?t {{ <https://w3id.org/{NEWS}> nif:isString ?t }}"
    text = server.sparql(query, "text/tab-separated-values").body.split("\n")[1].strip('"')
    shown = page.evaluate("document.getElementById('text').textContent")
    assert shown == text.replace("\\n", "\n").replace('\\"', '"')


def test_pointing_and_focus_show_the_triples(page: Any, server: Server) -> None:
    page.goto(server.address + NEWS)
    page.hover(".text a.e.c >> nth=0")
    assert page.is_visible("#card") and "told as fact" in page.inner_text("#card")
    page.keyboard.press("Escape")
    assert not page.is_visible("#card")
    page.focus(".text a.e >> nth=1")
    assert page.is_visible("#card")


def test_a_query_and_a_link_of_its_answer(page: Any, server: Server) -> None:
    page.goto(server.address + "query")
    page.fill("#query", "SELECT ?treaty WHERE { ?treaty a tg:Treaty } ORDER BY ?treaty")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer td a")
    assert page.locator("#answer tbody tr").count() == 21
    page.locator("#answer td a").first.click()
    assert page.locator(".eyebrow").inner_text().lower() == "treaty"


def test_a_query_that_is_wrong_says_where(browser: Any, server: Server) -> None:
    page = browser.new_page()
    page.goto(server.address + "query")
    page.fill("#query", "SELECT *")
    page.click("#ask button")
    page.wait_for_selector("#answer .error")
    assert "cannot be read" in page.inner_text("#answer")
    page.close()


def test_a_named_question_is_asked(page: Any, server: Server) -> None:
    page.goto(server.address + "query?name=treaties-between")
    page.wait_for_selector("#answer td")
    assert "Treaty of Gulistan" in page.inner_text("#answer")


def test_the_network_is_drawn_and_leads_on(page: Any, server: Server) -> None:
    page.goto(server.address + "network")
    page.wait_for_selector("#net[data-done]")
    assert page.evaluate(PAINTED)
    page.focus("#net")
    page.keyboard.press("ArrowRight")
    name, _, told = page.inner_text("#tip").partition(":")
    assert "linked here" in told
    page.keyboard.press("Enter")
    page.wait_for_url("**/treatygraph/id/**")
    assert name in page.inner_text("h1")


@pytest.mark.parametrize(
    "page", [{"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 360, "height": 740}}], indirect=True
)
def test_the_names_on_the_map_stay_on_it(page: Any, server: Server) -> None:
    page.goto(server.address + "map")
    assert page.locator(".labels text").count() > 5
    assert page.evaluate(OUTSIDE) == []


def test_the_skip_link_comes_first_and_focus_is_seen(page: Any, server: Server) -> None:
    page.goto(server.address + PACT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("page", [{"viewport": {"width": 360, "height": 740}}], indirect=True, ids=["phone"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(page: Any, server: Server, path: str) -> None:
    page.goto(server.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    "page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
@pytest.mark.parametrize("path", PAGES)
def test_all_words_can_be_read_in_light_and_dark(page: Any, server: Server, path: str) -> None:
    page.goto(server.address + path)
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_heading_its_landmarks_and_names_for_its_controls(
    page: Any, server: Server, path: str
) -> None:
    page.goto(server.address + path)
    assert page.locator("h1").count() == page.locator("main").count() == page.locator("header.top").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate(NAMELESS) == page.evaluate(REPEATED) == 0


def test_without_scripts_everything_can_still_be_read(browser: Any, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address + NEWS)
    assert page.locator(".text a.e").count() > 10 and page.locator(".read li").count() > 5
    page.goto(server.address + "search?q=gulistan")
    page.click(".hits a >> nth=0")
    assert "Gulistan" in page.inner_text("h1")
    context.close()


def test_a_hostile_graph_runs_nothing(browser: Any, tmp_path: Path) -> None:
    graph = tmp_path / "evil.ttl"
    graph.write_text(HOSTILE, encoding="utf-8")
    running = start(graph, "--workers", 1)
    try:
        page = browser.new_page()
        page.add_init_script("window.ran = 0; window.boom = () => { window.ran += 1; };")
        for path in (
            "",
            "treatygraph/id/state/evil",
            "treatygraph/id/document/evil#char=0,9",
            "network",
            "search?q=evil",
        ):
            page.goto(running.address + path)
            assert page.evaluate("window.ran") == 0
        page.fill("#q", "evil")
        page.wait_for_selector("#found li")
        page.goto(running.address + "treatygraph/id/document/evil")
        page.hover(".text .e >> nth=0")
        assert page.is_visible("#card") and page.evaluate("window.ran") == 0
        page.close()
    finally:
        stop(running)
