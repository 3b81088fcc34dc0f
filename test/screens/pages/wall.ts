import { closing, held, muster, onDuty, policeAsked, sos, sosAnswered } from "../console-states.ts";
import type { FacePages } from "../screen-page.ts";

const WALL = {
  seat: { wall: "武汉市中级人民法院" },
  route: "",
  readyWhen: ".wall-figures",
} as const;

export const WALL_PAGES: FacePages = {
  face: "wall",
  pages: [
    {
      name: "wall-empty",
      shows: "the wall of an intermediate court before the day begins",
      ...WALL,
    },
    {
      name: "wall-quiet",
      shows: "a working day on the wall: force, operations, custody clocks, nothing red",
      ...WALL,
      state: async (stage) => {
        for (const make of [onDuty, closing, muster, held]) await make(stage);
      },
    },
    {
      name: "wall-sos",
      shows: "a call for help takes the screen: who, where, since when, who holds it, who was told",
      ...WALL,
      state: async (stage) => {
        await policeAsked(stage);
        await sos(stage);
      },
      readyWhen: ".wall-alarm",
    },
    {
      name: "wall-acknowledged",
      shows: "the same call when somebody took it: in the list again",
      ...WALL,
      state: sosAnswered,
    },
    {
      name: "wall-stale",
      shows: "the connection is gone: everything grey, and since when",
      ...WALL,
      press: async (page) => {
        await page.context().setOffline(true);
        await page.locator(".map-stale").waitFor();
      },
    },
  ],
};
