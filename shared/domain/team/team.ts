import { belongsTo } from "../court/belongs.ts";
import { consolesUpward } from "../court/consoles.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { type Belongs, newRecord } from "../kernel/new-record.ts";
import { accept, type Decision, type RefusalText, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { isOfCourt } from "../officer/of-court.ts";
import type { Team } from "./state.ts";

interface RegisterTeam {
  readonly courtId: string;
  readonly name: string;
  readonly leadOfficerId?: string;
  readonly memberIds?: readonly string[];
}

type TeamRegistered = DomainEvent<
  "TeamRegistered",
  {
    readonly belongs: Belongs;
    readonly name: string;
    readonly leadOfficerId?: string;
    readonly memberIds: readonly string[];
  }
>;

/** Officers may be registered after their team, so only a known officer of another court is wrong. */
function register({ id, payload, state }: DecideInput<Team, RegisterTeam>): Decision<DomainEvent> {
  const { courtId, name, leadOfficerId, memberIds = [] } = payload;
  if (!state.get("court", courtId)) return refuse("NO_SUCH_COURT");
  const named = [...memberIds, ...(leadOfficerId ? [leadOfficerId] : [])];
  const foreign = named.some((each) => {
    const officer = state.get("officer", each);
    return officer !== undefined && !isOfCourt(state, each, courtId);
  });
  if (foreign) return refuse("OFFICER_OF_ANOTHER_COURT", { ruleId: "REG-4" });
  return accept({
    type: "TeamRegistered",
    ref: { type: "team", id },
    data: {
      belongs: belongsTo(state, courtId),
      name,
      ...(leadOfficerId ? { leadOfficerId } : {}),
      memberIds,
    },
  } satisfies TeamRegistered);
}

const TEAM_COMMANDS: CommandSpecs<Team> = {
  "team.register": command<Team, RegisterTeam>({
    nature: "REQUEST",
    target: "NEW",
    bySystem: true,
    courtOf: (payload) => payload.courtId,
    decide: register,
  }),
};

const TEAM_REFUSALS: Readonly<Record<string, RefusalText>> = {
  OFFICER_OF_ANOTHER_COURT: {
    what: { zh: "该人员属其他法院", en: "That officer belongs to another court" },
    fix: { zh: "请选择本院人员", en: "Choose officers of the same court" },
  },
};

function evolve(_team: Team | undefined, raw: DomainEvent, meta: EventMeta): Team {
  const { ref, data } = raw as TeamRegistered;
  const { belongs, ...content } = data;
  return { ...newRecord("team", ref.id, belongs, meta), ...content };
}

/** Members named at registration, and officers registered into the team since. */
const membersOf = (team: Team, state: StateReader): string[] => [
  ...new Set([
    ...team.memberIds,
    ...state.linked("officer", `team:${team.id}`).map((officer) => officer.id),
  ]),
];

export const teamModule: EntityModule<"team"> = {
  type: "team",
  eventTypes: ["TeamRegistered"],
  commands: TEAM_COMMANDS,
  refusals: TEAM_REFUSALS,
  evolve,
  standing: () => "REGISTERED",
  parts: () => ({}),
  links: (team) => [`court:${team.courtId}`],
  live: () => true,
  dependents: () => [],
  deadlines: () => [],
  audiences: (team, state) => consolesUpward(state, team.courtId),
  project: (team, state) => ({
    courtId: team.courtId,
    name: team.name,
    ...(team.leadOfficerId ? { leadOfficerId: team.leadOfficerId } : {}),
    memberIds: membersOf(team, state),
  }),
  line: () => undefined,
};
