export const link = {
  state: {
    idle: "not connected",
    connecting: "connecting",
    connectingTries: "connecting, {{n}} tries",
    syncing: "connected, catching up",
    live: "connected",
    behind: "behind",
    "signed-out": "signed out; sign in again",
    outdated: "the system was updated; reloading",
  },
  why: {
    WEBSOCKET_BLOCKED:
      "the server answers, but this network blocks its live channel (WebSocket): ask the network administrator",
    NOT_OUR_SERVER:
      "something else answers in the server’s place: perhaps this network wants a sign-in first",
  },
  refused: {
    REVOKED: "This sign-in was revoked; ask an administrator",
    FORBIDDEN: "You have no right to this seat",
    BAD_DEVICE: "This device is not enrolled or was revoked; ask an administrator",
  },
  age: "data {{age}}",
  late: "data {{age}} · {{state}}",
  stale: "Data out of date · reconnecting · last update {{time}}",
  never: "No data yet · {{state}}",
  offline: "No network · saved on this phone",
  store: {
    READ_ONLY:
      "The store is read-only, new acts are not kept: order by telephone; calls for help still ring",
    UNAVAILABLE:
      "The store does not answer, new acts are not kept: order by telephone; calls for help still ring",
  },
  trouble: {
    CLOCK_HELD:
      "The machine's clock and server time differ; the server keeps its own time, the High Court's desk decides",
    SCAN_LATE: "Clocks are checked late: reminders and escalations may be delayed; watch by hand",
    JOURNAL:
      "The store does not take calls for help; they stand in the emergency journal until it does",
    JOURNAL_FAILED:
      "The emergency journal cannot be written: calls for help may not be kept; confirm by telephone",
    ANCHORS_LATE: "The signed anchors of the log are late; proof against tampering lags behind",
    ACCOUNTS:
      "The store of accounts does not answer: nobody can sign in; seats that are signed in go on",
    VAULT: "The vault does not answer: names and texts cannot be read or kept now",
    TRACKS:
      "Positions are not being kept: phones hold theirs and send again; have a technician check the disk of the tracks",
    NODES:
      "The servers do not hear each other: positions that another one takes in stand still, events are not affected",
    BEAT_FAILED: "The sentinel hears nothing of the server; have a technician check the data disk",
  },
  sentinel: {
    late: "Sentinel's alarm: the server does not check its clocks; calls for help may not climb; confirm by telephone",
    unreachable:
      "The sentinel cannot be reached; nobody watches whether the server checks its clocks",
  },
  signIn: "Sign in",
  failure: {
    OFFLINE: "No network; it did not reach the server",
    TIMEOUT: "The server did not answer in time",
    UNREADABLE: "The server's answer could not be read",
    other: "The server answered {{code}}",
  },
  outbox: {
    waiting: "{{n}} to send · oldest {{time}}",
    empty: "everything is stored",
    stored: "stored {{time}}",
    tries: "{{n}} tries",
    forget: "Remove this entry",
  },
};
