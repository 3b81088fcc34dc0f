import { v7 } from "uuid";
import type { FacePages } from "../screen-page.ts";
import type { Stage } from "../stage.ts";

async function approached(stage: Stage): Promise<void> {
  await stage.did("jiangan.judge", "interference.record", v7(), {
    caseNo: "(2026)鄂0102执138号",
    approacher: "OFFICIAL",
    who: "某局负责人",
    approachedBy: "PHONE",
    approachedAt: Date.now() - 3_600_000,
    asked: "询问能否暂缓腾退",
  });
  // A look of the court above at a person of this one stands on the record too.
  await (await stage.who("wuhan.duty")).records("officer");
}

export const INSPECT_PAGES: FacePages = {
  face: "inspect",
  pages: [
    {
      name: "inspect-empty",
      shows: "an inspector's page before anybody has recorded an approach",
      seat: { login: "jiangan.inspector" },
      route: "/inspector",
      readyWhen: "main h2",
    },
    {
      name: "inspect",
      shows:
        "an approach from outside, recorded below, as the court above reads it; and who looked",
      seat: { login: "wuhan.inspector" },
      state: approached,
      route: "/inspector",
      readyWhen: ".interference-row",
    },
  ],
};
