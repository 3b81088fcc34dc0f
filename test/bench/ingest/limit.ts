/**
 * The limit: bare `ws` and bare `node:http` that read and judge each position as ours do, and answer
 * it. They ask nobody who he is and keep nothing.
 */
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { batchFixToFix, type FixSender } from "../../../server/app/positions/fix.ts";
import { PositionIngest } from "../../../server/app/positions/ingest.ts";
import { LastValues } from "../../../server/app/positions/last-values.ts";
import { parseOsmandQuery } from "../../../server/edge/osmand/parse-query.ts";
import { reportToFix } from "../../../server/edge/osmand/report-to-fix.ts";
import { type BatchFix, decodeBatch, positionBatch } from "../../../shared/wire/position-batch.ts";

const port = Number(process.argv[2]);
const ingest = new PositionIngest({
  values: new LastValues(),
  tracks: { append: () => true, ended: () => undefined, settled: async () => true },
  trackedSince: () => 0,
  changed: () => undefined,
});
const senderOf = (trackIndex: number): FixSender => ({
  officerId: "o",
  deviceId: `d${trackIndex}`,
  trackIndex,
  source: "SOCKET",
});
let phones = 0;

const http = createServer(({ url = "" }, response) => {
  const parsed = parseOsmandQuery(new URLSearchParams(url.slice(url.indexOf("?"))));
  const index = parsed.ok ? Number(parsed.report.deviceId.slice(1)) : 0;
  const fix = parsed.ok && reportToFix(parsed.report, senderOf(index), Date.now());
  if (fix) ingest.ingest([fix]);
  response.writeHead(fix ? 200 : 400, { "Content-Length": 0 }).end();
});

new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (socket) => {
  const sender = senderOf(phones);
  phones += 1;
  const storedUpTo = (fixes: readonly BatchFix[]) => {
    const now = Date.now();
    return ingest.ingest(fixes.map((fix) => batchFixToFix(fix, sender, now))).storedUpTo;
  };
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) {
      const decoded = decodeBatch(data);
      if (decoded.ok) socket.send(`42["stored",{"storedUpTo":${storedUpTo(decoded.value)}}]`);
      return;
    }
    const text = data.toString("utf8");
    const start = text.indexOf("[");
    const [, body] = JSON.parse(text.slice(start)) as [string, unknown];
    const batch = positionBatch.safeParse(body);
    if (!batch.success) return;
    socket.send(`43${text.slice(2, start)}[{"storedUpTo":${storedUpTo(batch.data.fixes)}}]`);
  });
});
process.on("disconnect", () => process.exit());
http.listen(port, "127.0.0.1", () => process.send?.("listens"));
