import { describe, expect, it } from "vitest";
import { commandEntry, commandKinds } from "../../shared/domain/modules.ts";
import { liftedFields } from "../../shared/wire/free-text.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";

const fromClients = commandKinds().filter((kind) => commandEntry(kind)?.spec.nature !== "SYSTEM");

describe("payload schemas", () => {
  it("AUTH-1 every command kind of a client has a schema, and every schema a kind", () => {
    expect(Object.keys(PAYLOADS).sort()).toEqual([...fromClients].sort());
  });

  it.each(fromClients)("%s refuses a field it does not know", (kind) => {
    expect(PAYLOADS[kind]?.safeParse({ surprise: 1 }).success).toBe(false);
  });

  it("MASK-3 free text is lifted out of every payload that has any", () => {
    const lifted = Object.fromEntries(
      Object.entries(PAYLOADS)
        .filter(([kind]) => /^(operation|incident|order|report|message)\./.test(kind))
        .map(([kind, schema]) => [kind, liftedFields(schema)] as const)
        .filter(([, fields]) => fields.length > 0),
    );
    expect(lifted).toEqual({
      "operation.pause": ["reason"],
      "operation.abort": ["reason", "withdrawal"],
      "operation.draft": ["planDoc"],
      "operation.revise": ["planDoc"],
      "operation.reject": ["reason"],
      "operation.checkMember": ["reason"],
      "operation.recordAttendee": ["reason"],
      "operation.recordScene": ["text"],
      "operation.attestEvidence": ["reason"],
      "incident.designate": ["reason"],
      "incident.handBack": ["reason"],
      "incident.declineAssist": ["reason"],
      "incident.report": ["detail"],
      "incident.requestCancel": ["reason"],
      "incident.setLevel": ["reason"],
      "incident.resolve": ["reason"],
      "incident.review": ["findings"],
      "incident.falseAlarm": ["reason"],
      "order.task": ["body"],
      "order.pause": ["body"],
      "order.liftPause": ["body"],
      "order.abort": ["body"],
      "order.feedback": ["text"],
      "order.return": ["text"],
      "order.revoke": ["reason"],
      "order.command": ["body"],
      "order.correct": ["body"],
      "order.defer": ["body"],
      "order.reassign": ["body"],
      "order.resource": ["body"],
      "order.askReconsideration": ["reason"],
      "order.answerReconsideration": ["text"],
      "report.submit": ["text"],
      "report.handle": ["text"],
      "message.send": ["text"],
    });
  });

  it("INC-8 an SOS is not reported by the form", () => {
    const report = { level: "LARGER", kind: "SOS" };
    expect(PAYLOADS["incident.report"]?.safeParse(report).success).toBe(false);
    expect(PAYLOADS["incident.sos"]?.safeParse({}).success).toBe(true);
  });
});
