import { useRecordMap } from "../../store/use-records.ts";

/**
 * Surname and title. A wall may not hold the record of somebody of another court, so what the
 * projection says beside the id comes second; nothing when neither knows.
 */
export function useOfficerName(): (officerId: string | undefined, said?: object) => string {
  const officers = useRecordMap("officer");
  return (officerId, said) => {
    const short = officerId === undefined ? undefined : officers.get(officerId)?.dto.short;
    return short ?? (said as { readonly name?: string } | undefined)?.name ?? "";
  };
}
