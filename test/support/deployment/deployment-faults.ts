/**
 * Everything that is wrong with a compose file and its proxy, one sentence each. A function, so that
 * a test can hold a spoilt copy against it.
 */
import { BlockList } from "node:net";
import { type Config, readConfig } from "../../../server/config.ts";
import { SETTINGS } from "../../../server/settings.ts";
import { type ComposeFile, environmentOf, readCompose, type Service } from "./compose-file.ts";
import {
  doorsOf,
  missingBackends,
  type ProxySection,
  type ProxyServer,
  readProxy,
  serversOf,
} from "./proxy-file.ts";

/** What two nodes may differ in; everything else is the same or a deployment comes apart. */
const OWN_SETTINGS = ["NODE_NAME", "SENTINEL_URL", "SIMULATOR"];
/** Files without which a second node reads nothing of the first's, or is not believed. */
const SHARED_FILES = ["VAULT_KEY_FILE", "ANCHOR_KEY_FILE", "DEMO_SEED_FILE"];
/** Places that two nodes must never share: each is written by one process alone. */
const OWN_FOLDERS = ["DATA_DIR", "EMERGENCY_DIR", "TRACKS_DIR", "ANCHOR_FILE"];
const LOOPBACK = /^127\.0\.0\.1:(\d+):(\d+)$/;

export interface DeploymentFiles {
  readonly compose: string;
  readonly proxy: string;
}

type Named = readonly [name: string, service: Service];

export function deploymentFaults({ compose, proxy }: DeploymentFiles): readonly string[] {
  const file = readCompose(compose);
  const services = Object.entries(file.services);
  const wrong = services.flatMap(wrongSettings);
  // The rest asks what the settings come to.
  if (wrong.length > 0) return [...services.flatMap(unknownSettings), ...wrong];
  return [
    ...services.flatMap(boundFaults),
    ...services.flatMap((one) => nameFaults(one, file)),
    ...services.flatMap(unknownSettings),
    ...nodeFaults(nodesOf(file)),
    ...storeFaults(file),
    ...proxyFaults(file, proxy),
  ];
}

/** The services that run the application itself: those that may write their data folder. */
export const nodesOf = ({ services }: ComposeFile): readonly Named[] =>
  Object.entries(services).filter(
    ([, { environment, command }]) => "DATA_DIR" in environment && command === undefined,
  );

const sentinelsOf = ({ services }: ComposeFile): readonly Named[] =>
  Object.entries(services).filter(([, { command }]) =>
    command?.includes("server/sentinel/main.ts"),
  );

function boundFaults([name, service]: Named): string[] {
  const endsByItself = service.restart === "no";
  return [
    ...(["root", "0"].includes(service.user) ? [`${name}: runs as root`] : []),
    ...("disable" in service.healthcheck && !endsByItself ? [`${name}: no healthcheck`] : []),
    ...(service.ports.length > 0 && name !== "proxy" ? [`${name}: publishes a port`] : []),
    ...service.ports
      .filter((port) => !LOOPBACK.test(port))
      .map((port) => `${name}: ${port} is not on loopback`),
  ];
}

/** Names that must exist in the same file. */
function nameFaults([name, service]: Named, file: ComposeFile): string[] {
  const missing = (what: string, names: readonly string[], known: object): string[] =>
    names.filter((each) => !(each in known)).map((each) => `${name}: ${what} ${each} is unknown`);
  const volumes = service.volumes
    .map((volume) => volume.split(":")[0] ?? "")
    .filter((source) => !source.startsWith("./"));
  return [
    ...missing("network", Object.keys(service.networks), file.networks),
    ...missing("volume", volumes, file.volumes),
    ...missing("service", Object.keys(service.depends_on), file.services),
  ];
}

function unknownSettings([name, { environment }]: Named): string[] {
  const known = new Set(SETTINGS.map((setting) => setting.name));
  return Object.keys(environment)
    .filter((setting) => !known.has(setting))
    .map((setting) => `${name}: no setting is called ${setting}`);
}

function wrongSettings([name, service]: Named): string[] {
  if (Object.keys(service.environment).length === 0) return [];
  const complaint = complaintOf(service);
  return complaint === undefined ? [] : [`${name}: ${complaint}`];
}

/** What the server would say to this environment. */
export function complaintOf(service: Pick<Service, "environment">): string | undefined {
  try {
    configOf(service);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const configOf = (service: Pick<Service, "environment">): Config =>
  readConfig(environmentOf(service), () => []);

function nodeFaults(nodes: readonly Named[]): string[] {
  const [first, ...others] = nodes;
  if (first === undefined || others.length === 0) return ["there are not two nodes"];
  const names = nodes.map(([, { environment }]) => environment.NODE_NAME);
  return [
    ...(new Set(names).size === nodes.length ? [] : ["two nodes have one name"]),
    ...others.flatMap((other) => differences(first, other)),
    ...SHARED_FILES.flatMap((setting) => sharedFaults(nodes, setting)),
    ...OWN_FOLDERS.flatMap((setting) => ownFaults(nodes, setting)),
    ...(nodes.filter(([, service]) => configOf(service).simulator).length > 1
      ? ["two simulators move the same officers"]
      : []),
  ];
}

function differences([name, one]: Named, [otherName, other]: Named): string[] {
  const settings = new Set([...Object.keys(one.environment), ...Object.keys(other.environment)]);
  return [...settings]
    .filter((setting) => !OWN_SETTINGS.includes(setting))
    .filter((setting) => one.environment[setting] !== other.environment[setting])
    .map((setting) => `${name} and ${otherName} differ in ${setting}`);
}

/** The volume on which a path of a container lies. */
function mountOf({ volumes }: Service, path: string): { source: string; isReadOnly: boolean } {
  const mounts = volumes.map((volume) => volume.split(":"));
  const [source = "", , mode] =
    mounts.find(([, at = "/"]) => path === at || path.startsWith(`${at}/`)) ?? [];
  return { source, isReadOnly: mode === "ro" };
}

function sharedFaults(nodes: readonly Named[], setting: string): string[] {
  const mounts = nodes.map(([, service]) => mountOf(service, service.environment[setting] ?? ""));
  const sources = new Set(mounts.map(({ source }) => source));
  return [
    ...(sources.size === 1 && !sources.has("") ? [] : [`${setting} is not the same on all nodes`]),
    ...(mounts.every(({ isReadOnly }) => isReadOnly) ? [] : [`${setting}: a node may change it`]),
  ];
}

/** A place that is not named lies in the data folder. */
function ownFaults(nodes: readonly Named[], setting: string): string[] {
  const sources = nodes.map(([, service]) => {
    const { environment } = service;
    return mountOf(service, environment[setting] || (environment.DATA_DIR ?? "")).source;
  });
  const isOwn = new Set(sources).size === nodes.length && !sources.includes("");
  return isOwn ? [] : [`${setting} is not each node's own volume`];
}

function storeFaults(file: ComposeFile): string[] {
  return nodesOf(file).flatMap(([name, { environment, depends_on }]) => {
    const hosts = [environment.MONGODB_URI, environment.REDIS_URL].flatMap(hostsOf);
    return [
      ...hosts
        .filter((host) => !(host in file.services) || !("store" in networksOf(file, host)))
        .map((host) => `${name}: no service ${host} on the network store`),
      ...hosts
        .filter((host) => !(host in depends_on))
        .map((host) => `${name}: waits not for ${host}`),
      ...(environment.REDIS_URL ? [] : [`${name}: no REDIS_URL`]),
    ];
  });
}

const networksOf = ({ services }: ComposeFile, name: string) => services[name]?.networks ?? {};

/** Of `scheme://a,b:1/…`. */
const hostsOf = (uri = ""): string[] =>
  (/^[a-z+]+:\/\/([^/]*)/.exec(uri)?.[1] ?? "")
    .split(",")
    .flatMap((host) => host.replace(/^.*@/, "").replace(/:\d+$/, "") || []);

function proxyFaults(file: ComposeFile, text: string): string[] {
  const { proxy } = file.services;
  if (proxy === undefined) return ["no proxy"];
  const sections = readProxy(text);
  const servers = serversOf(sections);
  const published = proxy.ports.map((port) => Number(LOOPBACK.exec(port)?.[2])).toSorted();
  return [
    ...missingBackends(sections).map((name) => `proxy: no backend ${name}`),
    ...servers.flatMap((server) => serverFaults(file, server)),
    ...(String(published) === String(doorsOf(sections).toSorted())
      ? []
      : ["proxy: its doors and the published ports differ"]),
    ...["ready", "serving", "waiting"].flatMap((backend) => backendFaults(file, servers, backend)),
    ...addressFaults(file, proxy),
    ...sentinelFaults(file, (host) => doorTo(sections, host)),
  ];
}

/** Each server is a service's port, reachable from the proxy. */
function serverFaults(file: ComposeFile, { host, port }: ProxyServer): string[] {
  const service = file.services[host];
  if (service === undefined) return [`proxy: no service ${host}`];
  const config = configOf(service);
  const isSentinel = sentinelsOf(file).some(([name]) => name === host);
  const listens = isSentinel ? config.sentinel.port : config.port;
  return [
    ...("front" in service.networks ? [] : [`proxy: ${host} is not on the network front`]),
    ...(port === listens ? [] : [`proxy: ${host} listens on ${listens}, not on ${port}`]),
  ];
}

/** All nodes stand behind each of the three, and a cookie means one of them. */
function backendFaults(
  file: ComposeFile,
  servers: readonly ProxyServer[],
  backend: string,
): string[] {
  const mine = servers.filter((server) => server.backend === backend);
  const cookies = new Set(mine.map(({ cookie }) => cookie));
  return [
    ...nodesOf(file)
      .filter(([name]) => !mine.some(({ host }) => host === name))
      .map(([name]) => `proxy: ${name} is not behind ${backend}`),
    ...(backend === "waiting" || cookies.size === mine.length
      ? []
      : [`proxy: two servers of ${backend} have one cookie`]),
  ];
}

/** What the nodes believe is the proxy, and Docker gives that address to nobody else. */
function addressFaults(file: ComposeFile, proxy: Service): string[] {
  const address = proxy.networks.front?.ipv4_address ?? "";
  const front = file.networks.front;
  const [ipam] = front && "ipam" in front ? front.ipam.config : [];
  const isIn = (range = "0.0.0.0/32") => {
    const list = new BlockList();
    const [net = "", bits] = range.split("/");
    list.addSubnet(net, Number(bits));
    return list.check(address);
  };
  return [
    ...(isIn(ipam?.subnet) ? [] : ["proxy: its address is not on its network"]),
    ...(isIn(ipam?.ip_range) ? ["proxy: its address may be given to another"] : []),
    ...nodesOf(file)
      .filter(([, service]) => String(configOf(service).trustedProxies) !== address)
      .map(([name]) => `${name}: TRUSTED_PROXIES is not the proxy alone`),
  ];
}

/** The door of the proxy that leads to a host. */
function doorTo(sections: readonly ProxySection[], host: string): number | undefined {
  const backend = serversOf(sections).find((server) => server.host === host)?.backend;
  const front = sections.find(({ lines }) => lines.includes(`default_backend ${backend}`));
  return front === undefined ? undefined : doorsOf([front])[0];
}

/** Each node has one, on the node's data, with its settings, at the address that it tells pages. */
function sentinelFaults(file: ComposeFile, doorOf: (host: string) => number | undefined): string[] {
  const sentinels = sentinelsOf(file);
  return nodesOf(file).flatMap((node) => {
    const data = dataOf(node[1]).source;
    const mine = sentinels.find(([, each]) => dataOf(each).source === data);
    if (!mine) return [`${node[0]}: no sentinel`];
    const others = sentinels.flatMap(([name]) => (name === mine[0] ? [] : doorOf(name)));
    return [...pairFaults(node, mine), ...toldFaults(node, mine[0], [doorOf(mine[0]), ...others])];
  });
}

const dataOf = (service: Service) => mountOf(service, configOf(service).dataDir);

function pairFaults([name, node]: Named, [mine, sentinel]: Named): string[] {
  const isSame = entriesOf(sentinel) === entriesOf(node);
  return [
    ...(dataOf(sentinel).isReadOnly ? [] : [`${mine}: may write its node's data`]),
    ...(isSame ? [] : [`${mine}: has other settings than ${name}`]),
    ...(configOf(node).sentinel.start ? [`${name}: starts a second sentinel`] : []),
  ];
}

const entriesOf = ({ environment }: Service): string => String(Object.entries(environment));

/** Its own sentinel's door first, then those to which its pages may move. */
function toldFaults(
  [name, node]: Named,
  sentinel: string,
  doors: readonly (number | undefined)[],
): string[] {
  const { url, others = [] } = configOf(node).sentinel;
  const told = [url, ...others].map((each) => Number(each && new URL(each).port));
  return [
    ...(told[0] === doors[0] ? [] : [`${name}: SENTINEL_URL does not lead to ${sentinel}`]),
    ...(String(told.slice(1)) === String(doors.slice(1))
      ? []
      : [`${name}: knows not the other sentinels`]),
  ];
}
