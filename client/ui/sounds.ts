/**
 * Four sounds of a seat, each with its own timbre. The alarm repeats until somebody stops it; none
 * can be muted silently: a muted seat shows it (`muted` lives in the ui store).
 */
export type SoundName = "alarm" | "request" | "overdue" | "trouble";

export interface Note {
  readonly hz: number;
  /** Seconds from the start of the sound. */
  readonly at: number;
  readonly lasts: number;
  readonly wave: OscillatorType;
  /** 0..1 */
  readonly gain: number;
}

/** Alarm: two-tone siren · request: two soft bells · overdue: three knocks · trouble: a low buzz. */
export const SCORES: Readonly<Record<SoundName, readonly Note[]>> = {
  alarm: [0, 0.5, 1].flatMap((at): Note[] => [
    { hz: 960, at, lasts: 0.22, wave: "square", gain: 0.5 },
    { hz: 770, at: at + 0.25, lasts: 0.22, wave: "square", gain: 0.5 },
  ]),
  request: [
    { hz: 660, at: 0, lasts: 0.3, wave: "sine", gain: 0.5 },
    { hz: 880, at: 0.22, lasts: 0.5, wave: "sine", gain: 0.5 },
  ],
  overdue: [0, 0.2, 0.4].map(
    (at): Note => ({ hz: 440, at, lasts: 0.1, wave: "triangle", gain: 0.7 }),
  ),
  trouble: [0, 0.45].map(
    (at): Note => ({ hz: 140, at, lasts: 0.35, wave: "sawtooth", gain: 0.35 }),
  ),
};

/** Where notes are heard. The browser may keep it silent until a person touched the page. */
export interface Speaker {
  play(notes: readonly Note[]): void;
  /** True while the browser lets nothing be heard; the seat shows it. */
  blocked(): boolean;
  /** After a person's gesture. */
  unblock(): void;
}

export function browserSpeaker(): Speaker {
  let context: AudioContext | undefined;
  const opened = () => {
    context ??= new AudioContext();
    return context;
  };
  const resume = (audio: AudioContext) => {
    audio.resume().catch(() => {
      // Not allowed yet: `blocked` says so until the person touches the page.
    });
  };
  return {
    play(notes) {
      const audio = opened();
      if (audio.state !== "running") resume(audio);
      for (const note of notes) playNote(audio, note);
    },
    blocked: () => opened().state !== "running",
    unblock: () => resume(opened()),
  };
}

/** Short ramps at both ends, or a click is heard. */
const RAMP_S = 0.015;

function playNote(audio: AudioContext, { hz, at, lasts, wave, gain }: Note): void {
  const start = audio.currentTime + at;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = wave;
  oscillator.frequency.value = hz;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(gain, start + RAMP_S);
  volume.gain.setValueAtTime(gain, start + lasts - RAMP_S);
  volume.gain.linearRampToValueAtTime(0, start + lasts);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + lasts);
}
