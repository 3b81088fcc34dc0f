/** What is wrong with a page at its size, in words. */
import type { Page } from "playwright-core";
import type { Screen } from "./browser.ts";

/** Things with a frame of their own that must never run out of the glass. */
const HEADLINES = "h1, h2, header, .top-bar, .alarm-bar, .wall-alarm, .f-sos, .link-banner";

/** Wider than the page, out of the glass, or cut off inside. */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate((headlines) => {
    const isShown = (element: HTMLElement): boolean => {
      const { width, height } = element.getBoundingClientRect();
      // Words for screen readers lie in one clipped pixel.
      return width > 1 && height > 1 && getComputedStyle(element).visibility !== "hidden";
    };
    const isOut = (element: HTMLElement): boolean => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1;
    };
    const isCut = (element: HTMLElement): boolean => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const runsOver = element.scrollWidth > element.clientWidth + 1;
      return runsOver && overflowX !== "visible" && textOverflow !== "ellipsis";
    };
    const nameOf = ({ tagName, className, textContent: innerText }: HTMLElement): string =>
      `${tagName.toLowerCase()}.${className} “${innerText.slice(0, 30)}”`;
    const shown = [...document.querySelectorAll<HTMLElement>(headlines)].filter(isShown);
    const { scrollWidth } = document.documentElement;
    return [
      ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide of ${innerWidth}`] : []),
      ...shown.filter(isOut).map((element) => `${nameOf(element)} runs out of the glass`),
      ...shown.filter(isCut).map((element) => `${nameOf(element)} is cut off`),
    ];
  }, HEADLINES);

const NEED_NAMES: ReadonlySet<string> = new Set([
  "button",
  "link",
  "textbox",
  "searchbox",
  "combobox",
  "checkbox",
  "radio",
  "switch",
  "tab",
  "menuitem",
]);

interface Value {
  readonly value?: unknown;
}
interface Node {
  readonly ignored: boolean;
  readonly role?: Value;
  readonly name?: Value;
  readonly backendDOMNodeId?: number;
}

/** Controls that a screen reader could only call “button”, from the browser's own tree. */
export async function nameless({ context, page }: Screen): Promise<string[]> {
  const devtools = await context.newCDPSession(page);
  const tree = (await devtools.send("Accessibility.getFullAXTree")) as unknown as {
    readonly nodes: readonly Node[];
  };
  const mute = tree.nodes.filter(
    ({ ignored, role, name }) =>
      !ignored && NEED_NAMES.has(String(role?.value)) && String(name?.value ?? "").trim() === "",
  );
  const found = await Promise.all(
    mute.map(async ({ backendDOMNodeId }) => {
      const { outerHTML } = await devtools.send("DOM.getOuterHTML", {
        ...(backendDOMNodeId === undefined ? {} : { backendNodeId: backendDOMNodeId }),
      });
      return outerHTML.slice(0, 120);
    }),
  );
  await devtools.detach();
  return found;
}

/** Before a sign-in the page asks whether a session is still good, and is told that there is none. */
export const complaints = ({ problems }: Screen): readonly string[] =>
  problems.filter((problem) => !/401.*\/api\/me/.test(problem));
