"""A page under watch: whatever goes wrong in it fails the test that opened it."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Response

# Chromium says in the console, too, that an answer was an error: those are judged as answers.
SAID_TWICE = "Failed to load resource"
OF_THE_GRAPHICS = (
    "GL Driver Message",
    "GPU stall",
    "WebGL",
)  # drawing without a graphics card is slow, not wrong
MAY_BE_REFUSED = {"document", "fetch", "xhr"}  # a page or a question may be refused politely; a file may not


@dataclass
class Watch:
    """What went wrong in the pages of one browser context, in words."""

    problems: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context from now on."""
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("console", self._on_console)
        context.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type not in {"error", "warning"} or text.startswith(SAID_TWICE):
            return
        if not any(words in text for words in OF_THE_GRAPHICS):
            self.problems.append(f"console {message.type}: {text}")

    def _on_response(self, response: Response) -> None:
        limit = 500 if response.request.resource_type in MAY_BE_REFUSED else 400
        if response.status >= limit:
            self.problems.append(f"{response.status} {response.url}")
