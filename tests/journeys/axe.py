"""axe-core, run in a page: what hinders people who use assistive technology."""

from __future__ import annotations

from playwright.async_api import Frame, Page

from tests.faults.processes import ROOT

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")

_RUN = """
async (within) => {
  const { violations } = await axe.run(within ?? document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map((node) => ({ impact, text: `${id}: ${help}: ${node.target.flat(9).join(" ")}` +
      ` (${node.any.concat(node.all).map((each) => each.message).join("; ")})` })));
}
"""


async def findings(page: Page | Frame, within: str | None = None) -> list[str]:
    """The serious and critical findings on the page, shadow trees included; [] is well.

    `within` is a selector of the part to look at. The code is put in past the page's
    own policy, so that strict pages can be looked at too.
    """
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.read_text())
    found = await page.evaluate(_RUN, within)
    return [f"{each['impact']}: {each['text']}" for each in found if each["impact"] in GRAVE]
