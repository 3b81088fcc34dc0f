/** What was done so far, for the report at the end. */
export interface SimulatorReport {
  readonly terminals: number;
  readonly connects: number;
  /** Connections made again, after a dead zone or a loss. */
  readonly reconnects: number;
  /** Terminals that the server does not let in. */
  readonly turnedAway: number;
  readonly positions: {
    /** Measured. */
    readonly made: number;
    /** Confirmed by the server as dealt with, by either road. */
    readonly stored: number;
    /** Of these by OsmAnd's protocol. */
    readonly osmand: number;
    /** Given up because a phone's memory was full. */
    readonly dropped: number;
  };
  readonly commands: Readonly<Record<"sent" | "accepted" | "refused" | "repeated", number>>;
  readonly byKind: Readonly<Record<string, KindTally>>;
  /** How often each reason was given, `kind CODE`. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Steps left out because the record they are about was refused. */
  readonly leftOut: number;
}

interface KindTally {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
}

type Counted = "connects" | "reconnects" | "turnedAway" | "leftOut" | "repeated";

export interface Tally {
  count(what: Counted): void;
  positions(what: keyof SimulatorReport["positions"], count: number): void;
  command(kind: string, what: keyof KindTally): void;
  refusal(kind: string, code: string): void;
  report(terminals: number): SimulatorReport;
}

export function createTally(): Tally {
  const counts = { connects: 0, reconnects: 0, turnedAway: 0, leftOut: 0, repeated: 0 };
  const positions = { made: 0, stored: 0, osmand: 0, dropped: 0 };
  const byKind: Record<string, { sent: number; accepted: number; refused: number }> = {};
  const refusals: Record<string, number> = {};
  const total = (what: keyof KindTally) =>
    Object.values(byKind).reduce((sum, kind) => sum + kind[what], 0);
  return {
    count: (what) => {
      counts[what] += 1;
    },
    positions: (what, count) => {
      positions[what] += count;
    },
    command(kind, what) {
      const known = byKind[kind] ?? { sent: 0, accepted: 0, refused: 0 };
      known[what] += 1;
      byKind[kind] = known;
    },
    refusal: (kind, code) => {
      refusals[`${kind} ${code}`] = (refusals[`${kind} ${code}`] ?? 0) + 1;
    },
    report: (terminals) => ({
      terminals,
      connects: counts.connects,
      reconnects: counts.reconnects,
      turnedAway: counts.turnedAway,
      positions: { ...positions },
      commands: {
        sent: total("sent"),
        accepted: total("accepted"),
        refused: total("refused"),
        repeated: counts.repeated,
      },
      byKind: structuredClone(byKind),
      refusals: { ...refusals },
      leftOut: counts.leftOut,
    }),
  };
}

/** Some lines for a person. */
export function reportText(report: SimulatorReport): string {
  const { positions, commands } = report;
  const lines = [
    `terminals ${report.terminals}, connects ${report.connects}, reconnects ${report.reconnects}, turned away ${report.turnedAway}`,
    `positions made ${positions.made}, stored ${positions.stored} (OsmAnd ${positions.osmand}), dropped ${positions.dropped}`,
    `commands sent ${commands.sent}, accepted ${commands.accepted}, refused ${commands.refused}, repeated ${commands.repeated}, steps left out ${report.leftOut}`,
  ];
  const kinds = Object.entries(report.byKind).sort(([a], [b]) => a.localeCompare(b));
  for (const [kind, { sent, accepted, refused }] of kinds) {
    lines.push(`  ${kind.padEnd(28)} ${sent} sent, ${accepted} accepted, ${refused} refused`);
  }
  for (const [what, count] of Object.entries(report.refusals)) {
    lines.push(`  refused: ${what} × ${count}`);
  }
  return lines.join("\n");
}
