import { expect, test } from "vitest";
import { SendQueue } from "../../../server/app/send-queue.ts";

test("VIEW-22 given patches that never cease, when somebody who came back waits, then he is answered after a few of them and the patches keep their order", async () => {
  const queue = new SendQueue();
  const order: string[] = [];
  let isAnswered = false;
  const patch = (n: number): void => {
    void queue.patch(async () => {
      order.push(`p${n}`);
      // The next commit is there before this one is out.
      if (!isAnswered && n < 1_000) patch(n + 1);
    });
  };
  patch(0);
  await queue.answer(async () => {
    isAnswered = true;
    order.push("answer");
  });
  await queue.idle();
  const at = order.indexOf("answer");
  expect(at).toBeGreaterThan(0);
  expect(at).toBeLessThanOrEqual(20);
  const patches = order.filter((one) => one !== "answer");
  expect(patches).toEqual(patches.map((_, n) => `p${n}`));
});

test("VIEW-22 given a room that waits, when patches come, then all of a few go before the next answer", async () => {
  const queue = new SendQueue();
  const order: string[] = [];
  for (const n of [0, 1]) void queue.answer(async () => void order.push(`a${n}`));
  for (const n of [0, 1, 2]) void queue.patch(async () => void order.push(`p${n}`));
  await queue.idle();
  expect(order).toEqual(["p0", "p1", "p2", "a0", "a1"]);
});
