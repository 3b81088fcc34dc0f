/**
 * The accounts port: credentials, sessions and device secrets. Mutable on purpose; what a person
 * may do (roles, grants, disabled accounts, revoked sessions) is in the log, so every node obeys.
 * Secrets are stored only as hashes: passwords as argon2id, tokens and codes as SHA-256.
 */

export interface Account {
  /** What the person types; unique, lower case. */
  readonly login: string;
  /** Of an observer's seat: the seat's id. */
  readonly officerId: string;
  /** PHC string `$argon2id$…`. */
  readonly passwordHash: string;
  /** Integer ms. */
  readonly createdAt: number;
}

/** Who a session speaks for. A kiosk (wall screen) has a court and no person. */
export type SessionSubject =
  | { readonly kind: "person"; readonly officerId: string; readonly login: string }
  | { readonly kind: "device"; readonly officerId: string; readonly deviceId: string }
  | { readonly kind: "kiosk"; readonly courtId: string; readonly deviceId: string }
  /** 观摩席: reads frames, has no person of the courts. */
  | { readonly kind: "observer"; readonly observerId: string; readonly login: string };

export interface Session {
  /** Public id, safe to log and to name in events; not the token. */
  readonly id: string;
  /** SHA-256 hex of the opaque token. */
  readonly tokenHash: string;
  readonly subject: SessionSubject;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface DeviceSecret {
  readonly deviceId: string;
  /** SHA-256 hex of the secret (256 random bits, so no slow hash is needed). */
  readonly secretHash: string;
}

/** A one-time code that binds a device to what the code was issued for. */
export interface EnrolmentCode {
  readonly codeHash: string;
  readonly deviceId: string;
  readonly expiresAt: number;
}

/** The public half of a phone's key for calls for help; it outlives sessions. */
export interface SosKey {
  /** Made of officer and public key, so that nobody can take another's. */
  readonly keyId: string;
  readonly officerId: string;
  /** Uncompressed P-256 point, base64url. */
  readonly publicKey: string;
  readonly enrolledAt: number;
}

export interface AccountStore {
  /** False when the login is taken. */
  createAccount(account: Account): Promise<boolean>;
  findAccount(login: string): Promise<Account | undefined>;
  setPassword(login: string, passwordHash: string): Promise<void>;
  countAccounts(): Promise<number>;

  putSession(session: Session): Promise<void>;
  findSession(tokenHash: string): Promise<Session | undefined>;
  /** Which of these are not in the store (any more). */
  missingSessions(ids: readonly string[]): Promise<string[]>;
  deleteSession(id: string): Promise<void>;
  deleteSessionsOf(officerId: string): Promise<void>;
  /** Deletes what expired at or before `now`; returns how many. */
  expireSessions(now: number): Promise<number>;

  putDeviceSecret(secret: DeviceSecret): Promise<void>;
  findDeviceSecret(deviceId: string): Promise<DeviceSecret | undefined>;
  findDeviceBySecret(secretHash: string): Promise<DeviceSecret | undefined>;
  deleteDeviceSecret(deviceId: string): Promise<void>;

  putEnrolmentCode(code: EnrolmentCode): Promise<void>;
  /** Takes the code out: at most one caller ever gets it. Expired codes are never returned. */
  takeEnrolmentCode(codeHash: string, now: number): Promise<EnrolmentCode | undefined>;

  /** Puts the key (again), and lets only the `keep` newest of its officer stand. */
  putSosKey(key: SosKey, keep: number): Promise<void>;
  findSosKey(keyId: string): Promise<SosKey | undefined>;
  close(): Promise<void>;
}
