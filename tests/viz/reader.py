"""A reader with the page of Nordvik open in a browser."""

from pathlib import Path
from urllib.parse import quote

BASE = "https://w3id.org/corporate-plans/id/"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Reader:
    """A reader with a page open, who notes everything that goes wrong."""

    def __init__(self, browser, file: Path, hash_: str = "", **context) -> None:
        settings = {"viewport": DESKTOP, "reduced_motion": "reduce", **context}
        self.context = browser.new_context(**settings)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.open(file.as_uri() + hash_)

    def _dialog(self, dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")

    def address(self) -> str:
        """What the page has written behind the `#` of its address: `page.url` may lag behind."""
        return self.page.evaluate("window.location.hash")

    def where(self, slug: str) -> dict[str, float]:
        """The place of a thing on the screen."""
        return self.page.evaluate(
            """(iri) => {
              const id = viz.data.nodeOf.get(iri);
              const at = viz.network.net.canvasToDOM(viz.network.net.getPositions([id])[id]);
              const box = viz.byId("stage").getBoundingClientRect();
              return { x: at.x + box.x, y: at.y + box.y };
            }""",
            BASE + slug,
        )

    def click(self, slug: str) -> None:
        at = self.where(slug)
        self.page.mouse.click(at["x"], at["y"])
        self.page.wait_for_selector("#panel:not([hidden])")

    def shown(self) -> int:
        return self.page.evaluate("viz.state.shown().nodes.size")

    def selected(self) -> str | None:
        return self.page.evaluate("viz.data.nodes[viz.state.now().selected]?.label ?? null")

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.id || document.activeElement.tagName")


def at(slug: str, **more: str) -> str:
    return "#" + "&".join(
        f"{k}={quote(v, safe='')}" for k, v in {"sel": BASE + slug, **more}.items()
    )
