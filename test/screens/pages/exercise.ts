import { EXERCISE_PASSWORD } from "../../../server/exercise/bootstrap-exercise.ts";
import { exerciseStatus } from "../../../shared/wire/exercise.ts";
import { request } from "../../support/server/http-client.ts";
import type { FacePages, SizeName } from "../screen-page.ts";
import type { Stage } from "../stage.ts";

/** The whole eviction then lasts less than four minutes. */
const SPEED = 12;
const ASK_EVERY_MS = 1_000;
const LONGEST_MS = 10 * 60_000;
const chief = { login: "chief" };
const OLD: readonly SizeName[] = ["1366"];

/** Waits until the sheet says so; the exercise plays by itself meanwhile. */
async function until(
  stage: Stage,
  isSo: (status: ReturnType<typeof exerciseStatus.parse>) => boolean,
): Promise<void> {
  const { url } = stage.room;
  const account = { login: chief.login, password: EXERCISE_PASSWORD };
  const { headers } = await request(url, "POST", "/api/login", {}, account);
  const cookie = (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const end = Date.now() + LONGEST_MS;
  for (;;) {
    const { json } = await request(url, "GET", "/api/exercise", { cookie });
    const read = exerciseStatus.safeParse(json);
    if (read.success && isSo(read.data)) return;
    if (Date.now() > end) throw new Error("the exercise has not come so far");
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

export const EXERCISE_PAGES: FacePages = {
  face: "exercise",
  env: { EXERCISE: "xiangyang", EXERCISE_SPEED: String(SPEED), SIMULATOR: "1" },
  password: EXERCISE_PASSWORD,
  pages: [
    {
      name: "exercise-login",
      shows: "the sign-in of an exercise: hatched frame, the cast by court",
      seat: "nobody",
      route: "/login",
      readyWhen: ".demo-grid",
    },
    {
      name: "exercise-console",
      shows: "a console in an exercise: whose turn it is, and until when the simulator waits",
      seat: chief,
      route: "/console",
      readyWhen: ".queue",
    },
    {
      name: "exercise-sheet-running",
      shows: "the sheet in the middle of it: what is met, what runs, who does it",
      seat: chief,
      state: (stage) =>
        until(stage, ({ steps }) => steps.filter(({ state }) => state === "DONE").length > 20),
      route: "/exercise",
      readyWhen: ".debrief tbody tr",
    },
    {
      name: "exercise-phone",
      shows: "a phone in an exercise: the mark stays in sight",
      seat: { login: "scene" },
      route: "/field",
      readyWhen: "main.f-main",
      sizes: ["390"],
    },
    {
      name: "exercise-debrief",
      shows: "the sheet after the end: each time against its target, and who",
      seat: chief,
      state: (stage) => until(stage, ({ endedAt }) => endedAt !== undefined),
      route: "/exercise",
      readyWhen: ".debrief tbody tr",
    },
    {
      name: "exercise-debrief-print",
      shows: "the same on paper",
      seat: chief,
      route: "/exercise",
      readyWhen: ".debrief tbody tr",
      press: async (page) => {
        await page.emulateMedia({ media: "print" });
      },
      sizes: OLD,
    },
  ],
};
