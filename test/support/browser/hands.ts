/** What a person does with mouse and keyboard, counted by whoever does it. */
import type { Screen } from "./browser.ts";

/** Every click, key or chord, and text typed in one go is one interaction; nothing else is offered. */
interface Hand {
  click(selector: string): Promise<void>;
  key(key: string): Promise<void>;
  type(text: string): Promise<void>;
}

/** One task with its limit, at one seat or several. An interaction beyond the limit fails at once. */
export class Task {
  #done: string[] = [];
  readonly #name: string;
  readonly #most: number;

  constructor(name: string, most: number) {
    this.#name = name;
    this.#most = most;
  }

  get count(): number {
    return this.#done.length;
  }

  at({ page }: Screen): Hand {
    return {
      click: async (selector) => {
        this.#note(`click ${selector}`);
        await page.locator(selector).first().click();
      },
      key: async (key) => {
        this.#note(`key ${key}`);
        await page.keyboard.press(key);
      },
      type: async (text) => {
        this.#note(`type ${text}`);
        await page.keyboard.type(text);
      },
    };
  }

  /** For the test's output, as a number to quote. */
  print(): void {
    process.stdout.write(`${this.#name}: ${this.count} of at most ${this.#most} interactions\n`);
  }

  #note(interaction: string): void {
    this.#done.push(interaction);
    if (this.#done.length <= this.#most) return;
    throw new Error(`${this.#name} takes more than ${this.#most}: ${this.#done.join(", ")}`);
  }
}
