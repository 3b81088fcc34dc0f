import type { Audience } from "../../../shared/domain/authority/audience.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";
import { fieldPaths } from "../../oracle/field-paths.ts";
import { readOracle, words } from "../../oracle/read-oracle.ts";
import { SAMPLES } from "../../oracle/samples.ts";
import type { Samples } from "./cells.ts";

const ORACLE = readOracle("./audience.csv");

/** What a station may be shown of the content depends on what it is asked for. */
const BY_SERVICE = readOracle("./units.csv");
const OF_SERVICES = new Set(BY_SERVICE.flatMap(({ fields }) => words(fields)));

function shownToStation(common: ReadonlySet<string>, service: string): ReadonlySet<string> {
  const fields = words(BY_SERVICE.find((row) => row.service === service)?.fields);
  return new Set([...[...common].filter((field) => !OF_SERVICES.has(field)), ...fields]);
}

/** `recipient.console.jiangan` and `recipient.console.hanyang` are one kind of seat. */
const seatOf = (audience: string): string => audience.split(".").slice(0, 2).join(".");

/** Fields of a kind of record that a seat may be shown, over all samples of that kind. */
function shownTo(type: AnyRecord["type"], seat: string): ReadonlySet<string> {
  const names = Object.keys(SAMPLES).filter((name) => SAMPLES[name]?.type === type);
  return new Set(
    ORACLE.filter((row) => names.includes(row.record ?? ""))
      .filter((row) => words(row.audiences).some((audience) => seatOf(audience) === seat))
      .map((row) => row.field ?? ""),
  );
}

/** A list may be empty, and then stands for what its elements would be. */
const isListed = (path: string, listed: ReadonlySet<string>): boolean =>
  listed.has(path) || [...listed].some((each) => each.startsWith(`${path}[]`));

export interface SeenFields {
  /** Fields × views looked at. */
  readonly cells: number;
  /** Fields that a view gets and no row of the oracle gives it. */
  readonly unlisted: readonly string[];
  readonly seats: ReadonlySet<string>;
}

/** Every field of every record in every view, in all provinces that were kept. */
export function seenFields(samples: Samples): SeenFields {
  const known = new Map<string, ReadonlySet<string>>();
  const unlisted = new Set<string>();
  const seats = new Set<string>();
  let cells = 0;
  const listed = (record: AnyRecord, seat: string) => {
    const key = `${record.type} ${seat}`;
    const fields = known.get(key) ?? shownTo(record.type, seat);
    known.set(key, fields);
    const isStation = record.type === "police" && seat === "unit.partner";
    return isStation ? shownToStation(fields, record.kind) : fields;
  };
  for (const { record, world } of samples.all) {
    const module = moduleOf(record.type);
    const audiences = new Set<Audience>(
      module.audiences(record as never, world).map(({ audience }) => audience),
    );
    for (const audience of audiences) {
      const seat = seatOf(audience);
      seats.add(seat);
      const allowed = listed(record, seat);
      for (const path of fieldPaths(module.project(record as never, world, audience))) {
        cells += 1;
        if (isListed(path, allowed)) continue;
        unlisted.add(`${record.type} ${path} to ${seat}`);
      }
    }
  }
  return { cells, unlisted: [...unlisted], seats };
}
