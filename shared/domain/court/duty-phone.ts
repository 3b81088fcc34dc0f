import type { StateReader } from "../kernel/state.ts";
import type { Court } from "./state.ts";

/** The telephone of a court's duty desk (official data), where one is registered. */
export const dutyPhone = (court: Court | undefined): string | undefined =>
  court?.dutyContacts?.find(({ roles }) => roles.includes("DUTY_OFFICER"))?.phone;

/** Name and telephone of the court that asks, for those who hold no record of it. */
export function askingCourt(state: StateReader, courtId: string) {
  const court = state.get("court", courtId);
  const courtName = court?.name;
  const courtPhone = dutyPhone(court);
  return {
    ...(courtName === undefined ? {} : { courtName }),
    ...(courtPhone === undefined ? {} : { courtPhone }),
  };
}
