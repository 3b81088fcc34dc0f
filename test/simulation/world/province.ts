import { openKernel } from "../../../server/app/kernel.ts";
import {
  createMemoryLogMedium,
  type MemoryLogMedium,
  openMemoryLog,
} from "../../../server/log/log-memory.ts";
import { openVault } from "../../../server/vault/sealed-vault.ts";
import { createMemoryVaultRows } from "../../../server/vault/vault-rows-memory.ts";
import { smallProvince } from "../../support/kernel/small-province.ts";
import { TestClock } from "../../support/kernel/test-kernel.ts";
import { GENESIS, type Seated } from "./sim-server.ts";

let built: Promise<MemoryLogMedium> | undefined;

/** A log that holds the small province and nothing else; every simulation begins with a copy. */
export async function provinceLog(): Promise<MemoryLogMedium> {
  built ??= build();
  const { commits, seqByCommandId } = await built;
  return { commits: [...commits], seqByCommandId: new Map(seqByCommandId) };
}

async function build(): Promise<MemoryLogMedium> {
  const medium = createMemoryLogMedium();
  const clock = new TestClock();
  clock.pass(-60_000);
  const kernel = await openKernel({
    log: openMemoryLog(medium),
    access: openMemoryLog(createMemoryLogMedium()),
    vault: await openVault(createMemoryVaultRows(), new Uint8Array(32)),
    clock,
    genesis: GENESIS,
    node: "simulated",
    severalWriters: false,
    newId: () => "none",
    pause: () => Promise.resolve(),
    yieldTurn: () => Promise.resolve(),
  });
  await Promise.all(smallProvince().map((command) => kernel.app.systemCommand(command)));
  return medium;
}

const desk = (courtId: string): [string, Seated] => [
  `${courtId}.duty`,
  { view: `console:${courtId}`, courtId, officerId: `${courtId}.duty` },
];
const wall = (courtId: string): [string, Seated] => [
  `${courtId}.wall`,
  { view: `wall:${courtId}`, courtId },
];
const phone = (officerId: string, courtId: string): [string, Seated] => [
  officerId,
  { view: `field:${officerId}`, courtId, officerId },
];

/** Who has a device. 黄陂 is the host of the detention that 江岸 carries out. */
export const DEVICES: ReadonlyMap<string, Seated> = new Map([
  desk("jiangan"),
  desk("wuhan"),
  desk("high"),
  desk("huangpi"),
  wall("jiangan"),
  wall("wuhan"),
  phone("jiangan.police", "jiangan"),
  phone("jiangan.police2", "jiangan"),
  phone("huangpi.police", "huangpi"),
  phone("fancheng.police", "fancheng"),
]);

const hand = (officerId: string): [string, Seated] => [
  officerId,
  { view: "console:jiangan", courtId: "jiangan", officerId },
];

/** Devices, and those whose papers are handed in by somebody else. */
export const SEATS: ReadonlyMap<string, Seated> = new Map([
  ...DEVICES,
  hand("jiangan.judge"),
  hand("jiangan.president"),
]);
