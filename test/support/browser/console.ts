/** What a person at a console does, by what is written on it. */
import type { Locator } from "playwright-core";
import type { Screen } from "./browser.ts";

export const ALARM = 'article.alarm[data-kind="sos"]';

export const queueRow = ({ page }: Screen, key: string): Locator =>
  page.locator(`.queue-row[data-key="${key}"]`);

/** Selects a record in the queue; leaves it open in the drawer. */
export async function openRecord(screen: Screen, key: string): Promise<Locator> {
  await queueRow(screen, key).click();
  const record = screen.page.locator("article.record");
  await record.waitFor();
  return record;
}

/** Presses the control of a command about the open record, wherever the action bar put it. */
export async function pressAction({ page }: Screen, kind: string): Promise<void> {
  const button = page.locator(`.actions button[data-action="${kind}"]`);
  const others = page.locator(".action-others > summary");
  // The record may only just be coming: one of them stands in the bar, and the summary before what it holds.
  await button.or(others).first().waitFor();
  if (!(await button.isVisible())) await others.click();
  await button.click();
}

/** Finds an action by its words in the command box. */
export async function runCommand({ page }: Screen, words: string): Promise<void> {
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "搜索或命令" }).fill(words);
  await page.getByRole("option", { name: words }).first().click();
}

/** Chooses in one of the form's lists; several times for a list of several. */
export async function choose({ page }: Screen, label: string, option: string): Promise<void> {
  const box = page.locator("section.task").getByRole("combobox", { name: label });
  await box.click();
  // A short list cannot be typed into.
  if (await box.isEditable()) await box.fill(option);
  const list = page.locator(`#${await box.getAttribute("aria-controls")}`).locator("xpath=..");
  await list.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
  await page.keyboard.press("Tab");
}

/** Sends the form that is open and waits until it is gone. */
export async function submitTask({ page }: Screen): Promise<void> {
  const task = page.locator("section.task");
  await task
    .locator("button.ant-btn-primary[type=submit], .action-row button.ant-btn-primary")
    .first()
    .click();
  await task.waitFor({ state: "detached" });
}
