// Cuts the bytes of a socket into messages.

/** Largest message, as announced in the handshake, and a little for its header. */
const MAX_MESSAGE_BYTES = 48_000_000 + 16_384;
const HEADER_BYTES = 16;

/** Thrown when the bytes cannot be the protocol; the connection is then closed. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

/** Collects chunks until whole messages are there. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** Takes a chunk and returns the messages that are now complete. */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const frames: Buffer[] = [];
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Buffer | undefined {
    if (this.#length < 4) return undefined;
    if ((this.#chunks[0] as Buffer).length < 4) this.#join();
    const size = (this.#chunks[0] as Buffer).readInt32LE(0);
    if (size < HEADER_BYTES || size > MAX_MESSAGE_BYTES) throw new ProtocolError(`Impossible message length ${size}`);
    if (this.#length < size) return undefined;
    this.#join();
    const all = this.#chunks[0] as Buffer;
    this.#chunks = all.length > size ? [all.subarray(size)] : [];
    this.#length -= size;
    return all.subarray(0, size);
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks, this.#length)];
  }
}
