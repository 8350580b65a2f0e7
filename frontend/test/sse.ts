/** An event of a stream as the server writes it. */
export function frame(id: string, event: string, data: unknown): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A response whose body arrives in these pieces; then it ends, or breaks. */
export function streamed(pieces: readonly Uint8Array[], end: 'ends' | 'breaks' = 'ends'): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces[next++];
      if (piece !== undefined) {
        controller.enqueue(piece);
      } else if (end === 'breaks') {
        controller.error(new TypeError('network error'));
      } else {
        controller.close();
      }
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
}

/** The bytes cut at random places, also inside characters; the same seed cuts in the same places. */
export function cut(bytes: Uint8Array, seed: number): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let random = seed;
  for (let start = 0; start < bytes.length; ) {
    // A linear congruential generator (Numerical Recipes).
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    const end = start + 1 + (random % 9);
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return pieces;
}
