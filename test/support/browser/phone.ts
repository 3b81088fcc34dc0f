/** What an officer does on the phone, by what is written on it. */
import type { Page } from "playwright-core";
import type { Screen } from "./browser.ts";

/** In front of the court of 江岸. */
export const JIANGAN = { latitude: 30.5996, longitude: 114.3093 } as const;

export async function goOnDuty({ page }: Screen): Promise<void> {
  await page.getByRole("button", { name: "上岗" }).click();
  await page.locator(".f-share[data-share=sharing]").waitFor();
}

/**
 * Somebody who walks: 20 m a second until `seen`. The browser keeps the time of a place that never
 * changes, where a receiver measures anew.
 */
export async function walkUntil(
  { context }: Screen,
  seen: () => Promise<boolean> | boolean,
): Promise<void> {
  const { latitude, longitude } = JIANGAN;
  for (let step = 1; step <= 20; step += 1) {
    await context.setGeolocation({ latitude: latitude + step * 2e-4, longitude, accuracy: 8 });
    for (let look = 0; look < 11; look += 1) {
      if (await seen()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error("nobody saw the officer walk");
}

export interface Person {
  readonly name: string;
  readonly idNumber?: string;
  readonly caseNo?: string;
}

/** Controls somebody nobody has decided about yet; leaves the phone on the record's screen. */
export async function control(
  { page }: Screen,
  kind: "拘传" | "拘留",
  { name, idNumber, caseNo = "(2026)鄂0102执138号" }: Person,
): Promise<void> {
  await goHome(page);
  await page.getByRole("link", { name: "拘传/拘留" }).click();
  await page.getByRole("link", { name: kind, exact: true }).click();
  await page.getByLabel("姓名").fill(name);
  if (idNumber) await page.getByLabel("身份证号（可不填）").fill(idNumber);
  await page.getByLabel("案号").fill(caseNo);
  await page.getByRole("button", { name: "已控制" }).click();
  await page.locator(".f-steps").waitFor();
}

/** The next step of the record on the screen, e.g. 到案. */
export const report = ({ page }: Screen, step: string): Promise<void> =>
  page.getByRole("button", { name: step, exact: true }).click();

export async function askPolice({ page }: Screen): Promise<void> {
  await goHome(page);
  await page.getByRole("link", { name: "请求公安" }).click();
  await page.getByRole("link", { name: "新请求" }).click();
  await page.getByText("处置暴力抗拒", { exact: true }).click();
  await page.getByRole("button", { name: "发出请求" }).click();
}

/** Reads how far the phone's own operations have come; opens the list of them. */
export async function openOutbox({ page }: Screen): Promise<void> {
  await goHome(page);
  await page.locator("a.f-outbox").click();
}

const HOLD_MS = 1_000;
/** Somewhat longer than the hold: a hand lets go late. */
const PRESSED_MS = 1_150;

/** Holds the call for help. Returns when the hold was over, by the machine's clock, ms. */
export async function holdSos({ page }: Screen): Promise<number> {
  const bar = page.locator(".f-sos-bar");
  await page.locator(".f-sos-bar[data-hold=idle]").waitFor();
  // On the page, not on the bar: a bar that is drawn anew under the finger would never say so.
  const pressed = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const note = (event: Event) => resolve(Date.now() - (performance.now() - event.timeStamp));
        document.addEventListener("pointerdown", note, { once: true, capture: true });
      }),
  );
  const box = await bar.boundingBox();
  if (!box) throw new Error("no bar to hold");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  const pressedAt = await pressed;
  await page.waitForTimeout(PRESSED_MS);
  await page.mouse.up();
  return pressedAt + HOLD_MS;
}

export async function goHome(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = "#/";
  });
}
