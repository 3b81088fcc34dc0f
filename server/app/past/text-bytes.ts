/** Large enough that few pieces are made, small enough to be encoded in passing. */
const PIECE_CHARS = 65_536;

/** A long text as bytes, encoded piece by piece: at the end it is only put together. */
export class TextBytes {
  private readonly pieces: Uint8Array[] = [];
  private text = "";

  add(text: string): void {
    this.text += text;
    if (this.text.length >= PIECE_CHARS) this.encode();
  }

  bytes(): Uint8Array {
    this.encode();
    return Buffer.concat(this.pieces);
  }

  private encode(): void {
    this.pieces.push(Buffer.from(this.text));
    this.text = "";
  }
}
