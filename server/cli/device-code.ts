/** `npm run device:code`: a new one-time enrolment code for a registered device. */
import { parseArgs } from "node:util";
import { issueEnrolmentCode } from "../edge/http/enrolment.ts";
import { explained } from "./explained.ts";
import { openTool } from "./open-tool.ts";

const USAGE = `Makes a one-time code (24 h) with which a registered device gets its secret.

  npm run device:code -- --device ID [--data DIR]      a new code for this device
  npm run device:code -- --badge NO [--data DIR]       lists the devices of this officer

The phone types the code at /field; a tracker's keeper sends it once:
  curl -X POST URL/api/devices/enrol -H 'content-type: application/json' -d '{"code":"XXXX-XXXX-XXXX"}'
and gets {"deviceId", "token"}; the token's part behind the dot is the secret for /osmand/SECRET.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      device: { type: "string" },
      badge: { type: "string" },
      data: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help || (values.device === undefined) === (values.badge === undefined)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const tool = await openTool(values.data);
  try {
    const { world } = tool.kernel.app;
    const wanted = [...world.all("device")].filter((device) =>
      values.device === undefined
        ? world.get("officer", device.officerId ?? "")?.badgeNo === values.badge
        : device.id === values.device,
    );
    if (wanted.length === 0) {
      console.error(
        values.device === undefined
          ? `no device of badge ${values.badge}`
          : `no device ${values.device}`,
      );
      return 1;
    }
    if (values.device === undefined) {
      for (const { id, kind, label, status } of wanted)
        console.log(`${id}  ${kind}  ${label}  ${status}`);
      return 0;
    }
    if (wanted[0]?.status === "REVOKED") {
      console.error(`${values.device} is revoked: register the device anew`);
      return 1;
    }
    console.log(await issueEnrolmentCode(tool.stores.accounts, values.device, tool.clock.now()));
    return 0;
  } finally {
    await tool.close();
  }
}

process.exitCode = await explained(main);
