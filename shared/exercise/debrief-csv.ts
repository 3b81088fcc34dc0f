import type { ExerciseStatus } from "../wire/exercise.ts";
import { EXPORT_MARK, markedCsv } from "./marked-csv.ts";

const VERDICTS: Readonly<Record<ExerciseStatus["targets"][number]["verdict"], string>> = {
  MET: "达标 met",
  MISSED: "超时 missed",
  RUNNING: "进行中 running",
  LATE: "已超时 late",
  NOT_BEGUN: "未开始 not begun",
  NOT_REACHED: "未完成 not reached",
};

/** The debrief sheet (讲评表): one line per target, times in China's time and with their zone. */
export function debriefCsv(status: ExerciseStatus): { name: string; text: string } {
  const { scenario, deployment, startedAt, endedAt, speed, targets, seats, at } = status;
  const titleOf = new Map(seats.map(({ seat, title, court }) => [seat, `${court} ${title}`]));
  const text = markedCsv("EXERCISE", [
    [`讲评表 Debrief`, deployment, `${scenario.title.zh} ${scenario.title.en}`],
    ["开始 started", zoned(startedAt), "结束 ended", endedAt ? zoned(endedAt) : "进行中 running"],
    ["制表 made", zoned(at), "速度 speed", `×${speed}`],
    [],
    [
      "项目 target",
      "target",
      "起 from",
      "止 to",
      "用时(秒) took (s)",
      "目标(秒) target (s)",
      "结果 verdict",
      "责任人 who",
      "席位 played by",
    ],
    ...targets.map((each) => [
      each.title.zh,
      each.title.en,
      zoned(each.fromAt),
      zoned(each.toAt),
      each.tookS ?? "",
      each.targetS,
      VERDICTS[each.verdict],
      each.by
        ? `${each.by.court} ${each.by.title} ${each.by.name}`
        : (each.awaited ?? []).map((seat) => titleOf.get(seat) ?? seat).join("；"),
      playedBy(each),
    ]),
  ]);
  return { name: `${EXPORT_MARK.EXERCISE.file}${scenario.id}-debrief.csv`, text };
}

const playedBy = ({ by }: ExerciseStatus["targets"][number]): string => {
  if (!by) return "";
  return by.simulated ? "模拟 simulator" : "人员 person";
};

const EIGHT_HOURS_MS = 8 * 3_600_000;

const zoned = (at: number | undefined): string =>
  at === undefined
    ? ""
    : `${new Date(at + EIGHT_HOURS_MS).toISOString().slice(0, 19).replace("T", " ")} +08:00`;
